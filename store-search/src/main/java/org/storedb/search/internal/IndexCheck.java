package org.storedb.search.internal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.StringHelper;
import org.jspecify.annotations.Nullable;
import org.storedb.Snapshot;
import org.storedb.Versioned;
import org.storedb.error.OperationCancelledException;
import org.storedb.maintenance.OperationMonitor;
import org.storedb.maintenance.OperationProgress;
import org.storedb.query.Query;
import org.storedb.search.definition.TextField;
import org.storedb.search.definition.TextIndexDefinition;

/**
 * Compares an index with the documents: each is indexed once more, in memory, and must produce the same words at the
 * same positions. Not thread-safe.
 */
public final class IndexCheck {

    private static final int BATCH = 2_000;
    private static final int PROBLEMS_MAX = 100;

    private final TextIndexDefinition definition;
    private final FieldAnalyzers analyzer;
    private final OperationMonitor monitor;
    private final List<String> problems = new ArrayList<>();
    private long documents;
    private long entriesWithoutDocument;

    public IndexCheck(TextIndexDefinition definition, FieldAnalyzers analyzer, OperationMonitor monitor) {
        this.definition = definition;
        this.analyzer = analyzer;
        this.monitor = monitor;
    }

    /**
     * Compares a generation, which must be held, with the documents.
     *
     * @throws IOException if the index cannot be read
     */
    public void run(Generation generation) throws IOException {
        for (LeafReaderContext leaf : generation.reader().leaves()) {
            leaf.reader().checkIntegrity();
        }
        Map<Object, Entry> entries = entries(generation.reader());
        Snapshot snapshot = generation.snapshot();
        long total = snapshot.collection(definition.collection()).count();
        List<Versioned<DocumentTexts>> batch = new ArrayList<>();
        for (Versioned<DocumentTexts> document : (Iterable<Versioned<DocumentTexts>>)
                snapshot.collection(definition.collection(), new DocumentTextCodec(definition))
                        .findVersioned(Query.all())::iterator) {
            batch.add(document);
            if (batch.size() == BATCH) {
                compare(batch, entries, total);
            }
        }
        compare(batch, entries, total);
        entriesWithoutDocument = entries.size();
    }

    /** Adds a problem, unless there are too many already. */
    public void addProblem(String problem) {
        if (problems.size() < PROBLEMS_MAX) {
            problems.add(problem);
        }
    }

    /** Returns the first hundred problems. */
    public List<String> problems() {
        return problems;
    }

    /** Returns how many documents were compared. */
    public long documents() {
        return documents;
    }

    /**
     * Returns how many documents are in the index but not in the collection: expired ones, or removals that were
     * missed.
     */
    public long entriesWithoutDocument() {
        return entriesWithoutDocument;
    }

    private void compare(List<Versioned<DocumentTexts>> batch, Map<Object, Entry> entries, long total)
            throws IOException {
        Map<Object, Entry> expected;
        try (ByteBuffersDirectory memory = new ByteBuffersDirectory();
                IndexWriter writer = new IndexWriter(memory, new IndexWriterConfig(analyzer))) {
            for (Versioned<DocumentTexts> document : batch) {
                IndexConnection.put(writer, definition, document.id(), document.document());
            }
            try (DirectoryReader reader = DirectoryReader.open(writer)) {
                expected = entries(reader);
            }
        }
        for (Versioned<DocumentTexts> document : batch) {
            if (LuceneDocuments.isIndexable(document.id())) {
                compare(document.id(), expected.get(document.id()), entries.remove(document.id()));
            }
        }
        documents += batch.size();
        batch.clear();
        monitor.progress(new OperationProgress("comparing documents with the text index", documents, total));
        if (monitor.isCancelled()) {
            throw new OperationCancelledException("The verification of text index " + definition.name()
                    + " was cancelled after " + documents + " documents");
        }
    }

    private void compare(Object id, @Nullable Entry expected, @Nullable Entry actual) {
        String problem = null;
        if (expected == null || actual == null) {
            problem = "is not in the index";
        } else if (expected.revision() != actual.revision()) {
            problem = "is in the index with revision " + actual.revision() + ", not " + expected.revision();
        } else if (expected.words() != actual.words()) {
            problem = "is in the index with different text";
        } else if (actual.times() > 1) {
            problem = "is in the index " + actual.times() + " times";
        }
        if (problem != null) {
            addProblem("Document " + id + " of " + definition.collection() + " " + problem);
        }
    }

    /** Returns the entry of each document in an index. */
    private Map<Object, Entry> entries(DirectoryReader reader) throws IOException {
        Map<Object, Entry> entries = new HashMap<>();
        for (LeafReaderContext context : reader.leaves()) {
            LeafReader leaf = context.reader();
            long[] words = words(leaf);
            SortedDocValues ids = DocValues.getSorted(leaf, LuceneDocuments.ID);
            NumericDocValues revisions = DocValues.getNumeric(leaf, LuceneDocuments.REVISION);
            Bits live = leaf.getLiveDocs();
            for (int document = 0; document < leaf.maxDoc(); document++) {
                if ((live == null || live.get(document))
                        && ids.advanceExact(document)
                        && revisions.advanceExact(document)) {
                    Object id = LuceneDocuments.id(ids.lookupOrd(ids.ordValue()));
                    Entry before = entries.get(id);
                    int times = before == null ? 1 : before.times() + 1;
                    entries.put(id, new Entry(revisions.longValue(), words[document], times));
                }
            }
        }
        return entries;
    }

    /** Returns a checksum over all positions of all words for each document. */
    private long[] words(LeafReader leaf) throws IOException {
        long[] sums = new long[leaf.maxDoc()];
        for (TextField field : definition.fields()) {
            String name = LuceneDocuments.textField(field);
            Terms terms = leaf.terms(name);
            TermsEnum words = terms == null ? TermsEnum.EMPTY : terms.iterator();
            PostingsEnum places = null;
            for (BytesRef word = words.next(); word != null; word = words.next()) {
                long hash = mixed(31L * name.hashCode() + hash(word));
                places = words.postings(places, PostingsEnum.POSITIONS);
                while (places.nextDoc() != DocIdSetIterator.NO_MORE_DOCS) {
                    for (int i = 0; i < places.freq(); i++) {
                        sums[places.docID()] += mixed(hash + places.nextPosition());
                    }
                }
            }
        }
        return sums;
    }

    private static long hash(BytesRef word) {
        int one = StringHelper.murmurhash3_x86_32(word, 1);
        int two = StringHelper.murmurhash3_x86_32(word, 2);
        return (long) one << Integer.SIZE | Integer.toUnsignedLong(two);
    }

    /** Mixes the bits of a number, as SplittableRandom does. */
    private static long mixed(long number) {
        long mixed = (number ^ (number >>> 30)) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
        return mixed ^ (mixed >>> 31);
    }

    /**
     * A document in an index.
     *
     * @param words checksum of its words and their positions
     * @param times how often it occurs
     */
    private record Entry(long revision, long words, int times) {}
}
