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
 * Results of queries, each with the tree of records that it was made of. Trees never change, so a result is right for as
 * long as the collection has the same tree. The results that have not been used for the longest time go first. Safe for
 * use by many threads.
 */
public final class ResultCache {

    private static final int RESULT_BYTES = 400; // The query, and what holds the result.
    private static final int KEY_BYTES = 24; // The object of a key, beside its bytes.

    private final int resultsMax;
    private final long bytesMax;
    private final Map<Question, Result> results = new LinkedHashMap<>(16, 0.75f, true); // Guarded by this.
    private long bytes;

    public ResultCache(int resultsMax, long bytesMax) {
        this.resultsMax = resultsMax;
        this.bytesMax = bytesMax;
    }

    /** Most bytes that the keys of one result may have. */
    long keyBytesMax() {
        return bytesMax - RESULT_BYTES;
    }

    /** The memory that a key takes up, nearly. */
    static long bytesOf(byte[] key) {
        return KEY_BYTES + (long) key.length;
    }

    /** The keys of the documents that were found, or {@code null} if they are not known. */
    synchronized @Nullable List<byte[]> keys(int treeId, Query query, CountedTree<RecordPointer> tree) {
        Result result = current(new Question(QueryKind.FIND, treeId, query), tree);
        return result == null ? null : result.keys;
    }

    /** The number of documents that was counted, or {@code null} if it is not known. */
    synchronized @Nullable Long count(int treeId, Query query, CountedTree<RecordPointer> tree) {
        Result result = current(new Question(QueryKind.COUNT, treeId, query), tree);
        return result == null ? null : result.count;
    }

    /** Keeps the keys of the documents that were found. */
    synchronized void putKeys(int treeId, Query query, CountedTree<RecordPointer> tree, List<byte[]> keys) {
        long keyBytes = keys.stream().mapToLong(ResultCache::bytesOf).sum();
        put(
                new Question(QueryKind.FIND, treeId, query),
                new Result(new WeakReference<>(tree), keys, keys.size(), RESULT_BYTES + keyBytes));
    }

    /** Keeps the number of documents that was counted. */
    synchronized void putCount(int treeId, Query query, CountedTree<RecordPointer> tree, long count) {
        put(
                new Question(QueryKind.COUNT, treeId, query),
                new Result(new WeakReference<>(tree), List.of(), count, RESULT_BYTES));
    }

    private @Nullable Result current(Question question, CountedTree<RecordPointer> tree) {
        Result result = results.get(question);
        if (result == null || result.tree.get() == tree) {
            return result;
        }
        if (result.tree.get() == null) { // Nobody can ask for that state any more.
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

    /** What was asked. Values of conditions count as the same if they are equal, so some questions are never met again. */
    private record Question(QueryKind kind, int treeId, Query query) {}

    /**
     * What was found.
     *
     * @param tree the records that the result was made of; held weakly, so that an old state can be freed
     */
    private record Result(WeakReference<CountedTree<RecordPointer>> tree, List<byte[]> keys, long count, long bytes) {}
}
