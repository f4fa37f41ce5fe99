package org.storedb.internal.query;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.storedb.internal.document.CatalogEntry.IndexEntry;
import org.storedb.internal.document.IndexKeys;
import org.storedb.internal.index.CountedTree;
import org.storedb.internal.index.Presence;
import org.storedb.internal.index.TreeRange;
import org.storedb.internal.query.QueryPlan.KeyOrder;
import org.storedb.internal.transaction.RecordPointer;

/** Opens walks over the trees of a collection, and tells the view what they depend on. For one thread. */
final class KeySources {

    private final CollectionView collection;
    private @Nullable CountedTree<RecordPointer> records;

    KeySources(CollectionView collection) {
        this.collection = collection;
    }

    /** Returns the record keys of an access. */
    KeySource open(QueryPlan.Access access) {
        AccessPath path = access.path();
        noteReads(path);
        IndexEntry index = path.index();
        if (index == null) {
            return recordSource(access);
        }
        records(); // As of the same moment as the index, whatever the transaction writes while the result is read.
        CountedTree<Presence> tree = collection.view().index(index.treeId());
        int fieldCount = path.indexFieldCount();
        if (path.oneAtMost() && access.skip() == 0) {
            byte[] entry = tree.firstKey(path.ranges().get(0));
            return new SingleRecord(entry == null ? null : IndexKeys.recordKey(entry, fieldCount), null);
        }
        if (access.keyOrder() == KeyOrder.DESCENDING_VALUES) {
            return new DescendingSource(
                    new DescendingValues(tree, path.ranges(), fieldCount, access.skip()), fieldCount);
        }
        boolean ascending = access.keyOrder() == KeyOrder.ASCENDING;
        TreeWalk<Presence> walk = new TreeWalk<>(tree, path.ranges(), ascending, access.skip());
        return new IndexWalk(collection, walk, fieldCount);
    }

    /** Returns a walk over the records of an access to them. */
    TreeWalk<RecordPointer> scan(QueryPlan.Access access) {
        noteReads(access.path());
        return walk(access);
    }

    /** Returns the record keys of the accesses to each of several values, by id. */
    KeySource merged(QueryPlan.Merge merge) {
        AccessPath path = merge.access().path();
        CountedTree<?> tree = tree(path);
        records(); // As above.
        return new MergedKeys(tree, merge.values(), path.indexFieldCount());
    }

    /** Returns the tree whose keys a path uses. */
    CountedTree<?> tree(AccessPath path) {
        noteReads(path);
        IndexEntry index = path.index();
        return index == null ? records() : collection.view().index(index.treeId());
    }

    /** Returns how many keys the ranges of a path have. */
    long count(AccessPath path) {
        if (path.counted()) {
            noteReads(path);
            return path.rows();
        }
        CountedTree<?> tree = tree(path);
        long count = 0;
        for (TreeRange range : path.ranges()) {
            count += tree.count(range);
        }
        return count;
    }

    /** Returns the location of the record of a key; {@code null} if there is none. */
    @Nullable
    RecordPointer find(byte[] recordKey) {
        return records().get(recordKey);
    }

    private KeySource recordSource(QueryPlan.Access access) {
        AccessPath path = access.path();
        if (path.points() && path.ranges().size() == 1 && access.skip() == 0) {
            byte[] key = Objects.requireNonNull(path.ranges().get(0).from());
            RecordPointer pointer = collection.view().find(collection.recordTreeId(), key);
            return new SingleRecord(pointer == null ? null : key, pointer);
        }
        return new RecordSource(walk(access));
    }

    private TreeWalk<RecordPointer> walk(QueryPlan.Access access) {
        boolean ascending = access.keyOrder() == KeyOrder.ASCENDING;
        return new TreeWalk<>(records(), access.path().ranges(), ascending, access.skip());
    }

    /**
     * Returns the tree of records; a transaction with writes may have to build it, so it is fetched only when needed.
     */
    CountedTree<RecordPointer> records() {
        CountedTree<RecordPointer> tree = records;
        if (tree == null) {
            tree = collection.view().records(collection.recordTreeId());
            records = tree;
        }
        return tree;
    }

    private void noteReads(AccessPath path) {
        IndexEntry index = path.index();
        int treeId = index == null ? collection.recordTreeId() : index.treeId();
        for (TreeRange range : path.ranges()) {
            byte[] from = range.from();
            if (path.points() && from != null) {
                collection.view().noteKeyRead(treeId, from);
            } else {
                collection.view().noteRangeRead(treeId, range);
            }
        }
    }

    /** One record, or none. */
    private static final class SingleRecord implements KeySource {

        private final byte @Nullable [] key;
        private final @Nullable RecordPointer pointer;
        private boolean taken;

        /**
         * Creates a source of the record of a key.
         *
         * @param key {@code null} for no record
         */
        SingleRecord(byte @Nullable [] key, @Nullable RecordPointer pointer) {
            this.key = key;
            this.pointer = pointer;
        }

        @Override
        public boolean next() {
            boolean first = !taken;
            taken = true;
            return first && key != null;
        }

        @Override
        public byte[] recordKey() {
            return Objects.requireNonNull(key, "next() returned false");
        }

        @Override
        public @Nullable RecordPointer pointer() {
            return pointer;
        }
    }

    /** Keys from the records' own tree. */
    private record RecordSource(TreeWalk<RecordPointer> walk) implements KeySource {
        @Override
        public boolean next() {
            return walk.next();
        }

        @Override
        public byte[] recordKey() {
            return walk.key();
        }

        @Override
        public RecordPointer pointer() {
            return walk.value();
        }
    }

    /** Keys from an index in the order of descending values. */
    private record DescendingSource(DescendingValues walk, int fieldCount) implements KeySource {
        @Override
        public boolean next() {
            return walk.next();
        }

        @Override
        public byte[] recordKey() {
            return IndexKeys.recordKey(walk.key(), fieldCount);
        }

        @Override
        public @Nullable RecordPointer pointer() {
            return null;
        }
    }
}
