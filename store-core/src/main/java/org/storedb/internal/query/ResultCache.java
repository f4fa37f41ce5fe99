package org.storedb.internal.query;

import java.lang.ref.WeakReference;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.storedb.internal.index.CountedTree;
import org.storedb.internal.transaction.RecordPointer;
import org.storedb.query.Query;
import org.storedb.query.text.QueryKind;

/**
 * Results of queries, each with the tree of records that it was made from. Trees never change, so a result is valid as
 * long as the collection has the same tree. The least recently used results are evicted first. Safe for use by many
 * threads.
 */
public final class ResultCache {

    private static final int RESULT_BYTES = 400; // The query without its values, and the holder of the result.
    private static final int CHARACTER_BYTES = 4; // Values of a few characters are objects of their own.
    private static final int KEY_BYTES = 24; // The object of a key, beside its bytes.

    private final int resultsMax;
    private final long bytesMax;
    private final Map<Question, Result> results = new LinkedHashMap<>(16, 0.75f, true); // Guarded by this.
    private long bytes;

    public ResultCache(int resultsMax, long bytesMax) {
        this.resultsMax = resultsMax;
        this.bytesMax = bytesMax;
    }

    /** Returns the maximum bytes of a query and its result. */
    long bytesMax() {
        return bytesMax;
    }

    /** Returns about how many bytes of memory a query with this text and a result without keys take up. */
    static long bytesOf(String queryText) {
        return RESULT_BYTES + CHARACTER_BYTES * (long) queryText.length();
    }

    /** Returns the approximate memory that a key occupies. */
    static long bytesOf(byte[] key) {
        return KEY_BYTES + (long) key.length;
    }

    /** Returns the keys of the documents that were found, or {@code null} if they are not cached. */
    synchronized @Nullable List<byte[]> keys(int treeId, Query query, CountedTree<RecordPointer> tree) {
        Result result = current(new Question(QueryKind.FIND, treeId, query), tree);
        return result == null ? null : result.keys;
    }

    /** Returns the number of documents that was counted, or {@code null} if it is not cached. */
    synchronized @Nullable Long count(int treeId, Query query, CountedTree<RecordPointer> tree) {
        Result result = current(new Question(QueryKind.COUNT, treeId, query), tree);
        return result == null ? null : result.count;
    }

    /**
     * Caches the keys of the documents that were found.
     *
     * @param bytes about how much memory they and the query take up
     */
    synchronized void putKeys(int treeId, Query query, CountedTree<RecordPointer> tree, List<byte[]> keys, long bytes) {
        put(
                new Question(QueryKind.FIND, treeId, query),
                new Result(new WeakReference<>(tree), keys, keys.size(), bytes));
    }

    /**
     * Caches the number of documents that was counted.
     *
     * @param bytes about how much memory the query takes up
     */
    synchronized void putCount(int treeId, Query query, CountedTree<RecordPointer> tree, long count, long bytes) {
        put(
                new Question(QueryKind.COUNT, treeId, query),
                new Result(new WeakReference<>(tree), List.of(), count, bytes));
    }

    private @Nullable Result current(Question question, CountedTree<RecordPointer> tree) {
        Result result = results.get(question);
        if (result == null || result.tree.get() == tree) {
            return result;
        }
        if (result.tree.get() == null) { // No reader can use that state any more.
            remove(question);
        }
        return null;
    }

    private void put(Question question, Result result) {
        remove(question);
        if (result.bytes > bytesMax || resultsMax == 0) {
            return;
        }
        results.put(question, result);
        bytes += result.bytes;
        for (Iterator<Result> oldest = results.values().iterator(); isTooLarge(); ) {
            bytes -= oldest.next().bytes;
            oldest.remove();
        }
    }

    private boolean isTooLarge() {
        return results.size() > resultsMax || bytes > bytesMax;
    }

    private void remove(Question question) {
        Result old = results.remove(question);
        bytes -= old == null ? 0 : old.bytes;
    }

    /** The cached query. Values of conditions match if they are equal, so some queries are never found again. */
    private record Question(QueryKind kind, int treeId, Query query) {}

    /**
     * The cached result.
     *
     * @param tree the records from which the result was made; held weakly, so that an old state can be freed
     */
    private record Result(WeakReference<CountedTree<RecordPointer>> tree, List<byte[]> keys, long count, long bytes) {}
}
