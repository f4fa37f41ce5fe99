package org.storedb.search.internal;

import java.io.IOException;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.search.IndexSearcher;
import org.storedb.Snapshot;

/**
 * The index and the store as of one commit. Whoever uses it holds it, and releases it afterwards. Safe for use by many
 * threads.
 */
public final class Generation implements AutoCloseable {

    private final DirectoryReader reader;
    private final IndexSearcher searcher;
    private final Snapshot snapshot;

    /** A generation that owns one reference to {@code reader}. */
    Generation(DirectoryReader reader, Snapshot snapshot) {
        this.reader = reader;
        this.searcher = new IndexSearcher(reader);
        this.searcher.setQueryCache(null); // It would keep readers alive, and results of filters by id.
        this.snapshot = snapshot;
    }

    /** Holds it; {@code false} if it has gone already. */
    boolean hold() {
        return reader.tryIncRef();
    }

    /** Releases it. */
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

    /** The documents that the index is of. */
    public Snapshot snapshot() {
        return snapshot;
    }

    /** The last commit of the store that is in it. */
    public long sequence() {
        return snapshot.sequence();
    }

    /** Number of documents in the index. */
    public int documents() {
        return reader.numDocs();
    }
}
