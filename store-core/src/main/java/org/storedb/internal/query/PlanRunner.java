package org.storedb.internal.query;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.storedb.internal.document.EncodedValue;
import org.storedb.internal.query.QueryPlan.Slice;
import org.storedb.internal.transaction.KeptRecord;
import org.storedb.internal.transaction.RecordPointer;
import org.storedb.query.Filter;

/**
 * Runs the steps of one plan. What the result depends on is noted in the view before the first document is read. For
 * one thread.
 */
final class PlanRunner {

    private final CollectionView collection;
    private final KeySources keySources;
    private final @Nullable PlanMeters meters;

    /**
     * Creates a runner of one plan.
     *
     * @param meters counts the rows of each step, or {@code null} if not requested
     */
    PlanRunner(CollectionView collection, @Nullable PlanMeters meters) {
        this.collection = collection;
        this.keySources = new KeySources(collection);
        this.meters = meters;
    }

    DocumentSource open(QueryPlan.Documents step) {
        if (meters == null) {
            return source(step);
        }
        return meters.metered(step, meters.time(step, () -> source(step)));
    }

    KeySource open(QueryPlan.Keys step) {
        if (meters == null) {
            return source(step);
        }
        return meters.metered(step, meters.time(step, () -> source(step)));
    }

    /** Returns the documents of keys that are known to be matches. */
    DocumentSource read(KeySource keys) {
        return read(keys, false);
    }

    private DocumentSource read(KeySource keys, boolean noted) {
        DocumentSource documents = mayReadAhead()
                ? new DocumentsAhead(collection, keySources, keys)
                : new DocumentReads(collection, keySources, keys, noted);
        return meters == null ? documents : meters.countedReads(documents);
    }

    private DocumentSource scan(QueryPlan.Access access) {
        DocumentSource documents = new DocumentScan(collection, keySources.scan(access));
        return meters == null ? documents : meters.countedReads(meters.counted(access, documents));
    }

    /** Returns whether documents may be read in advance: reads are not noted, and yield the same at any time. */
    private boolean mayReadAhead() {
        return collection.neverChanges();
    }

    long count(QueryPlan.Count step) {
        if (meters == null) {
            return number(step);
        }
        Supplier<Long> number = () -> number(step);
        long count = meters.time(step, number);
        meters.of(step).setRows(1);
        return count;
    }

    private DocumentSource source(QueryPlan.Documents step) {
        if (step instanceof QueryPlan.Read read) {
            return documents(read.input());
        }
        if (step instanceof QueryPlan.Test test) {
            DocumentSource documents = open(test.input());
            Predicate<EncodedValue> filter =
                    FilterMatcher.compile(new Filter.And(test.filters()), collection.dictionary());
            return () -> nextMatch(documents, filter);
        }
        if (step instanceof QueryPlan.Nearest nearest) {
            return nearest(nearest);
        }
        if (step instanceof QueryPlan.SliceDocuments slice) {
            return new DocumentSlice(open(slice.input()), slice.slice());
        }
        return () -> null;
    }

    private DocumentSource documents(QueryPlan.Keys input) {
        if (mayReadAhead() && input instanceof QueryPlan.SortDocuments sort) {
            return documents(sort);
        }
        if (mayReadAhead()
                && input instanceof QueryPlan.Access access
                && access.path().scansRecords()) {
            return scan(access);
        }
        return read(open(input), comesFromIndex(input));
    }

    private DocumentSource documents(QueryPlan.SortDocuments sort) {
        if (meters == null) {
            return sorted(sort).toDocuments(this::read);
        }
        return meters.counted(sort, meters.time(sort, () -> sorted(sort).toDocuments(this::read)));
    }

    private KeySource source(QueryPlan.Keys step) {
        if (step instanceof QueryPlan.Access access) {
            return keySources.open(access);
        }
        if (step instanceof QueryPlan.Merge merge) {
            KeySource merged = keySources.merged(merge);
            return meters == null ? merged : meters.metered(merge.access(), merged);
        }
        if (step instanceof QueryPlan.SortDocuments sort) {
            return sorted(sort).toSource();
        }
        if (step instanceof QueryPlan.SortKeys sort) {
            Position after = sort.after();
            SortedMatches matches = new SortedMatches(sort.slice(), after == null ? null : after.recordKey());
            for (KeySource keys = open(sort.input()); keys.next(); ) {
                byte[] key = keys.recordKey();
                matches.add(key, key, keys.pointer());
            }
            return matches.toSource();
        }
        if (step instanceof QueryPlan.Union union) {
            keySources.records(); // As it is now, whatever the transaction deletes while the result is read.
            List<KeySource> sources = union.steps().stream().map(this::open).toList();
            return RecordKeys.union(sources).toSource(union.descending());
        }
        if (step instanceof QueryPlan.Intersection intersection) {
            return common(intersection.steps()).toSource(intersection.descending());
        }
        if (step instanceof QueryPlan.SliceKeys slice) {
            return new KeySlice(open(slice.input()), slice.slice());
        }
        return new SortedMatches(Slice.ALL, null).toSource();
    }

    private long number(QueryPlan.Count step) {
        if (step instanceof QueryPlan.CountRanges ranges) {
            return ranges.slice().countOf(keySources.count(ranges.path()));
        }
        long count = 0;
        if (step instanceof QueryPlan.CountRows rows) {
            if (rows.input() instanceof QueryPlan.Keys keys) {
                for (KeySource source = open(keys); source.next(); ) {
                    count++;
                }
            } else if (rows.input() instanceof QueryPlan.Documents documents) {
                for (DocumentSource source = open(documents); source.next() != null; ) {
                    count++;
                }
            }
        }
        return count;
    }

    private SortedMatches sorted(QueryPlan.SortDocuments sort) {
        SortKeys sortKeys = new SortKeys(sort.orders(), collection.dictionary());
        Position after = sort.after();
        SortedMatches matches =
                new SortedMatches(sort.slice(), after == null ? null : after.sortKey(sortKeys, sort.orders()));
        DocumentSource documents = open(sort.input());
        for (FoundDocument found = documents.next(); found != null; found = documents.next()) {
            byte[] sortKey = sortKeys.of(found.document(), found.key());
            if (mayReadAhead()) {
                matches.add(sortKey, found);
            } else {
                matches.add(sortKey, found.key(), found.pointer());
            }
        }
        return matches;
    }

    /** Runs the search within a circle: what is outside it is farther away than everything inside. */
    private DocumentSource nearest(QueryPlan.Nearest nearest) {
        List<byte[]> keys = new ArrayList<>();
        for (KeySource within = open(nearest.within()); within.next(); ) {
            keys.add(within.recordKey());
        }
        return keys.size() == nearest.within().slice().limit()
                ? read(RecordKeys.inOrder(keys))
                : open(nearest.otherwise());
    }

    private RecordKeys common(List<QueryPlan.Keys> inputs) {
        List<KeySource> sources = inputs.stream().map(this::open).toList(); // All of them: the result depends on all.
        RecordKeys common = RecordKeys.of(sources.get(0));
        for (KeySource source : sources.subList(1, sources.size())) {
            if (!common.isEmpty()) {
                common = common.retain(source);
            }
        }
        return common;
    }

    /**
     * Returns whether the keys come from an index alone: such a record can change without a change of what led to it.
     */
    private static boolean comesFromIndex(QueryPlan.Keys step) {
        if (step instanceof QueryPlan.Access access) {
            return access.path().index() != null;
        }
        if (step instanceof QueryPlan.SliceKeys slice) {
            return comesFromIndex(slice.input());
        }
        if (step instanceof QueryPlan.SortKeys sort) {
            return comesFromIndex(sort.input());
        }
        return step instanceof QueryPlan.Merge
                || step instanceof QueryPlan.Union
                || step instanceof QueryPlan.Intersection;
    }

    private static @Nullable FoundDocument nextMatch(DocumentSource documents, Predicate<EncodedValue> filter) {
        FoundDocument next = documents.next();
        while (next != null && !filter.test(next.document())) {
            next = documents.next();
        }
        return next;
    }

    /** Some of the documents of another source. */
    private static final class DocumentSlice implements DocumentSource {

        private final DocumentSource input;
        private long toSkip;
        private long remaining;

        DocumentSlice(DocumentSource input, Slice slice) {
            this.input = input;
            this.toSkip = slice.offset();
            this.remaining = slice.limit();
        }

        @Override
        public @Nullable FoundDocument next() {
            if (remaining == 0) {
                return null;
            }
            for (; toSkip > 0; toSkip--) {
                if (input.next() == null) {
                    remaining = 0;
                    return null;
                }
            }
            remaining--;
            return input.next();
        }
    }

    /** Some of the keys of another source. */
    private static final class KeySlice implements KeySource {

        private final KeySource input;
        private long toSkip;
        private long remaining;

        KeySlice(KeySource input, Slice slice) {
            this.input = input;
            this.toSkip = slice.offset();
            this.remaining = slice.limit();
        }

        @Override
        public boolean next() {
            if (remaining == 0) {
                return false;
            }
            for (; toSkip > 0; toSkip--) {
                if (!input.next()) {
                    remaining = 0;
                    return false;
                }
            }
            remaining--;
            return input.next();
        }

        @Override
        public byte[] recordKey() {
            return input.recordKey();
        }

        @Override
        public @Nullable RecordPointer pointer() {
            return input.pointer();
        }

        @Override
        public @Nullable KeptRecord kept() {
            return input.kept();
        }
    }
}
