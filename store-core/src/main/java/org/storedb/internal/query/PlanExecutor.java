package org.storedb.internal.query;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.storedb.internal.document.CatalogEntry.IndexEntry;
import org.storedb.internal.document.DocumentId;
import org.storedb.internal.document.EncodedValue;
import org.storedb.internal.document.IndexKeys;
import org.storedb.internal.document.MalformedDocumentException;
import org.storedb.internal.index.CountedTree;
import org.storedb.internal.index.Presence;
import org.storedb.internal.index.TreeRange;
import org.storedb.internal.query.QueryPlan.KeyOrder;
import org.storedb.internal.transaction.RecordPointer;
import org.storedb.internal.transaction.StoredRecord;
import org.storedb.query.Filter;
import org.storedb.query.Query;

/**
 * Answers queries over one collection, which must have been validated. What the answers depend on is noted at the view
 * before the first document is read. For one thread.
 */
public final class PlanExecutor {

    /** More matches than this are sorted together instead of in a heap that keeps the best ones. */
    private static final long HEAP_MAX = 100_000;

    private final CollectionView collection;
    private @Nullable CountedTree<RecordPointer> records;

    public PlanExecutor(CollectionView collection) {
        this.collection = collection;
    }

    /** How {@link #find} would answer {@code query}. */
    public QueryPlan explain(Query query) {
        return QueryPlanner.plan(query, collection);
    }

    /** The matches in the query's order, read as the iterator gets to them. */
    public Iterator<FoundDocument> find(Query query) {
        QueryPlan plan = query.limit() == 0 ? new QueryPlan.Nothing() : explain(query);
        if (plan instanceof QueryPlan.Walk walk) {
            return walk(walk, query);
        }
        if (plan instanceof QueryPlan.SortMatches sort) {
            return sorted(sort);
        }
        return List.<FoundDocument>of().iterator();
    }

    /** Number of matches; offset and limit count. */
    public long count(Query query) {
        if (query.limit() == 0 || !(QueryPlanner.planUnordered(query, collection) instanceof QueryPlan.Walk walk)) {
            return 0;
        }
        AccessPath path = walk.path();
        long matches = path.coversFilter() ? countKeys(path) : countMatches(path, query);
        return Math.min(query.limit(), Math.max(0, matches - query.offset()));
    }

    /** Whether {@link #count} is more than 0. */
    public boolean exists(Query query) {
        return count(query.limit(Math.min(query.limit(), 1))) > 0;
    }

    /** Number of documents for each value of a field, see {@link ValueCounts}. */
    public Map<@Nullable Object, Long> countBy(String field) {
        return new ValueCounts(collection, this).of(field);
    }

    private Iterator<FoundDocument> walk(QueryPlan.Walk plan, Query query) {
        AccessPath path = plan.path();
        noteReads(path);
        KeySource source = source(path, plan.keyOrder(), path.coversFilter() ? query.offset() : 0);
        Predicate<EncodedValue> test = test(path);
        return new Iterator<>() {
            private long toSkip = path.coversFilter() ? 0 : query.offset();
            private long remaining = query.limit();
            private @Nullable FoundDocument next;

            @Override
            public boolean hasNext() {
                while (next == null && remaining > 0 && source.next()) {
                    FoundDocument found = read(source, path);
                    if (!test.test(found.document())) {
                        continue;
                    }
                    if (toSkip > 0) {
                        toSkip--;
                    } else {
                        next = found;
                    }
                }
                return next != null;
            }

            @Override
            public FoundDocument next() {
                if (!hasNext() || next == null) {
                    throw new NoSuchElementException();
                }
                FoundDocument found = next;
                next = null;
                remaining--;
                return found;
            }
        };
    }

    private Iterator<FoundDocument> sorted(QueryPlan.SortMatches plan) {
        AccessPath path = plan.path();
        noteReads(path);
        long end = plan.limit() > Long.MAX_VALUE - plan.offset() ? Long.MAX_VALUE : plan.offset() + plan.limit();
        List<SortedMatch> matches = end <= HEAP_MAX ? firstMatches(plan, (int) end) : allMatches(plan);
        int from = (int) Math.min(plan.offset(), matches.size());
        int to = (int) Math.min(end, matches.size());
        Iterator<SortedMatch> chosen = matches.subList(from, to).iterator();
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return chosen.hasNext();
            }

            @Override
            public FoundDocument next() {
                SortedMatch match = chosen.next();
                return read(match.recordKey, match.pointer);
            }
        };
    }

    private List<SortedMatch> allMatches(QueryPlan.SortMatches plan) {
        List<SortedMatch> matches = new ArrayList<>();
        forEachMatch(plan, matches::add);
        matches.sort(SortedMatch.ORDER);
        return matches;
    }

    /** As many of the first matches as {@code count}, in order, never holding more. */
    private List<SortedMatch> firstMatches(QueryPlan.SortMatches plan, int count) {
        PriorityQueue<SortedMatch> heap = new PriorityQueue<>(SortedMatch.ORDER.reversed());
        forEachMatch(plan, match -> {
            if (heap.size() < count) {
                heap.add(match);
            } else if (SortedMatch.ORDER.compare(match, heap.element()) < 0) {
                heap.remove();
                heap.add(match);
            }
        });
        List<SortedMatch> matches = new ArrayList<>(heap);
        matches.sort(SortedMatch.ORDER);
        return matches;
    }

    private void forEachMatch(QueryPlan.SortMatches plan, Consumer<SortedMatch> action) {
        AccessPath path = plan.path();
        KeySource source = source(path, KeyOrder.ASCENDING, 0);
        if (QueryPlanner.sortsKeysOnly(path, plan.orders())) {
            while (source.next()) {
                byte[] key = source.recordKey();
                noteRecord(path, key);
                action.accept(new SortedMatch(key, key, pointer(source, key)));
            }
            return;
        }
        Predicate<EncodedValue> test = test(path);
        SortKeys sortKeys = new SortKeys(plan.orders(), collection.dictionary());
        while (source.next()) {
            byte[] key = source.recordKey();
            noteRecord(path, key);
            RecordPointer pointer = pointer(source, key);
            EncodedValue document = read(key, pointer).document();
            if (test.test(document)) {
                action.accept(new SortedMatch(sortKeys.of(document, key), key, pointer));
            }
        }
    }

    private long countKeys(AccessPath path) {
        noteReads(path);
        CountedTree<?> tree = tree(path);
        long count = 0;
        for (TreeRange range : path.ranges()) {
            count += tree.count(range);
        }
        return count;
    }

    /** The number of matches, or a smaller one that is enough to answer the query. */
    private long countMatches(AccessPath path, Query query) {
        noteReads(path);
        long enough = query.limit() > Long.MAX_VALUE - query.offset() ? Long.MAX_VALUE : query.offset() + query.limit();
        KeySource source = source(path, KeyOrder.ASCENDING, 0);
        Predicate<EncodedValue> test = test(path);
        long matches = 0;
        while (matches < enough && source.next()) {
            if (test.test(read(source, path).document())) {
                matches++;
            }
        }
        return matches;
    }

    private Predicate<EncodedValue> test(AccessPath path) {
        return FilterMatcher.compile(new Filter.And(path.residual()), collection.dictionary());
    }

    /** Every document of the collection, by id. */
    Iterator<FoundDocument> everything() {
        return find(Query.all());
    }

    private CountedTree<?> tree(AccessPath path) {
        IndexEntry index = path.index();
        return index == null ? records() : collection.view().index(index.treeId());
    }

    private KeySource source(AccessPath path, KeyOrder keyOrder, long skip) {
        IndexEntry index = path.index();
        if (index == null) {
            return recordSource(path, keyOrder, skip);
        }
        records(); // From the same moment as the index, whatever the transaction writes while the result is read.
        CountedTree<Presence> tree = collection.view().index(index.treeId());
        int fieldCount = path.indexFieldCount();
        if (keyOrder == KeyOrder.DESCENDING_VALUES) {
            DescendingValues walk = new DescendingValues(tree, path.ranges(), fieldCount, skip);
            return new IndexSource(walk::next, walk::key, fieldCount);
        }
        TreeWalk<Presence> walk = new TreeWalk<>(tree, path.ranges(), keyOrder == KeyOrder.ASCENDING, skip);
        return new IndexSource(walk::next, walk::key, fieldCount);
    }

    private KeySource recordSource(AccessPath path, KeyOrder keyOrder, long skip) {
        if (path.points() && path.ranges().size() == 1 && skip == 0) {
            byte[] key = Objects.requireNonNull(path.ranges().get(0).from());
            return new SingleRecord(key, collection.view().find(collection.recordTreeId(), key));
        }
        return new RecordSource(new TreeWalk<>(records(), path.ranges(), keyOrder == KeyOrder.ASCENDING, skip));
    }

    /** The tree of records; a transaction with writes may have to build it, so it is taken only when needed. */
    private CountedTree<RecordPointer> records() {
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

    /** A record that an index led to can change without its index entry changing. */
    private void noteRecord(AccessPath path, byte[] recordKey) {
        if (path.index() != null) {
            collection.view().noteKeyRead(collection.recordTreeId(), recordKey);
        }
    }

    private FoundDocument read(KeySource source, AccessPath path) {
        byte[] key = source.recordKey();
        noteRecord(path, key);
        return read(key, pointer(source, key));
    }

    private RecordPointer pointer(KeySource source, byte[] key) {
        RecordPointer pointer = source.pointer();
        if (pointer == null) {
            pointer = records().get(key);
        }
        if (pointer == null) {
            throw new MalformedDocumentException("An index of collection " + collection.name() + " has an entry for id "
                    + DocumentId.decode(key) + ", but there is no such document");
        }
        return pointer;
    }

    private FoundDocument read(byte[] key, RecordPointer pointer) {
        StoredRecord record = collection.view().read(key, pointer);
        EncodedValue document = EncodedValue.document(record.value(), collection.dictionary());
        return new FoundDocument(key, DocumentId.decode(key), record.revision(), document);
    }

    /** A match that waits for its turn. The document is read again then: matches can be many, documents large. */
    @SuppressWarnings("ArrayRecordComponent") // Compared by its order only.
    private record SortedMatch(byte[] sortKey, byte[] recordKey, RecordPointer pointer) {

        static final Comparator<SortedMatch> ORDER =
                (first, second) -> Arrays.compareUnsigned(first.sortKey, second.sortKey);
    }

    /** The record with one id, or none. */
    private static final class SingleRecord implements KeySource {

        private final byte[] key;
        private final @Nullable RecordPointer pointer;
        private boolean taken;

        SingleRecord(byte[] key, @Nullable RecordPointer pointer) {
            this.key = key;
            this.pointer = pointer;
        }

        @Override
        public boolean next() {
            boolean first = !taken;
            taken = true;
            return first && pointer != null;
        }

        @Override
        public byte[] recordKey() {
            return key;
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

    /** Keys from an index. */
    private record IndexSource(BooleanSupplier advance, Supplier<byte[]> key, int fieldCount) implements KeySource {
        @Override
        public boolean next() {
            return advance.getAsBoolean();
        }

        @Override
        public byte[] recordKey() {
            return IndexKeys.recordKey(key.get(), fieldCount);
        }

        @Override
        public @Nullable RecordPointer pointer() {
            return null;
        }
    }
}
