package org.storedb.search.internal;

import java.io.IOException;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.search.IndexSearcher;
import org.storedb.Snapshot;

/** The index and the store as of one commit. Users hold it, and release it afterwards. Safe for use by many threads. */
public final class Generation implements AutoCloseable {

    private final DirectoryReader reader;
    private final IndexSearcher searcher;
    private final Snapshot snapshot;

    /** Creates a generation that owns one reference to {@code reader}. */
    Generation(DirectoryReader reader, Snapshot snapshot) {
        this.reader = reader;
        this.searcher = new IndexSearcher(reader);
        this.searcher.setQueryCache(null); // A cache would keep readers alive, along with results of filters by id.
        this.snapshot = snapshot;
    }

    /** Holds the generation; returns {@code false} if it has already been released. */
    boolean hold() {
        return reader.tryIncRef();
    }

    /** Releases the generation. */
    @Override
    public void close() throws IOException {
        reader.decRef();
    }

    DirectoryReader reader() {
        return reader;
    }

    IndexSearcher searcher() {
        return searcher;
    }

    /** Returns the documents that the index was built from. */
    public Snapshot snapshot() {
        return snapshot;
    }

    /** Returns the last commit of the store that is in the index. */
    public long sequence() {
        return snapshot.sequence();
    }

    /** Returns the number of documents in the index. */
    public int documents() {
        return reader.numDocs();
    }
}
