package org.storedb.internal.query;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.storedb.internal.index.CountedTree;
import org.storedb.internal.transaction.RecordPointer;
import org.storedb.query.Query;
import org.storedb.query.text.BoundQuery;
import org.storedb.query.text.PrintedQuery;
import org.storedb.query.text.QueryKind;
import org.storedb.query.text.QueryText;

/** One query over one state of a collection, and what a cache has, or will have, of its result. */
final class CachedQuery {

    private final ResultCache cache;
    private final int treeId;
    private final Query query;
    private final CountedTree<RecordPointer> tree;
    private final long bytes;

    private CachedQuery(ResultCache cache, int treeId, Query query, CountedTree<RecordPointer> tree, long bytes) {
        this.cache = cache;
        this.treeId = treeId;
        this.query = query;
        this.tree = tree;
        this.bytes = bytes;
    }

    /**
     * Returns the query, or {@code null} if its result cannot be cached: if the query itself is too large, or if a value
     * is mutable, so that the query cannot be recognized.
     */
    static @Nullable CachedQuery of(Query query, CollectionView collection, ResultCache cache) {
        if (query.continuation() != null) {
            return null;
        }
        BoundQuery bound = new BoundQuery(QueryKind.FIND, collection.name(), query);
        PrintedQuery printed = QueryText.print(bound);
        if (!printed.arguments().isEmpty()) {
            return null; // Whatever has a textual form is of an immutable class.
        }
        long bytes = ResultCache.bytesOf(printed.text());
        if (bytes > cache.bytesMax()) {
            return null;
        }
        int treeId = collection.recordTreeId();
        return new CachedQuery(cache, treeId, query, collection.view().records(treeId), bytes);
    }

    /** Returns the keys of the documents, or {@code null} if they are not cached. */
    @Nullable
    KeySource keys() {
        List<byte[]> keys = cache.keys(treeId, query, tree);
        return keys == null ? null : RecordKeys.inOrder(keys);
    }

    /** Returns the number of documents, or {@code null} if it is not cached. */
    @Nullable
    Long count() {
        return cache.count(treeId, query, tree);
    }

    void putCount(long count) {
        cache.putCount(treeId, query, tree, count, bytes);
    }

    /** Returns the same documents, whose keys are cached once the last one was read. */
    DocumentSource collected(DocumentSource source) {
        return new DocumentSource() {
            private @Nullable List<byte[]> keys = new ArrayList<>(); // null: too many, or done
            private long bytesWithKeys = bytes;

            @Override
            public @Nullable FoundDocument next() {
                FoundDocument next = source.next();
                List<byte[]> collected = keys;
                if (collected == null) {
                    return next;
                }
                if (next != null) {
                    collected.add(next.key());
                    bytesWithKeys += ResultCache.bytesOf(next.key());
                }
                if (bytesWithKeys > cache.bytesMax()) {
                    keys = null;
                } else if (next == null || collected.size() == query.limit()) {
                    cache.putKeys(treeId, query, tree, List.copyOf(collected), bytesWithKeys);
                    keys = null;
                }
                return next;
            }
        };
    }
}
