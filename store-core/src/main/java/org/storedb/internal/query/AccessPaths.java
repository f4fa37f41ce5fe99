package org.storedb.internal.query;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.storedb.internal.document.CatalogEntry.IndexEntry;
import org.storedb.internal.index.CountedTree;
import org.storedb.internal.index.TreeRange;
import org.storedb.internal.query.KeyPart.Column;
import org.storedb.internal.query.KeyPart.Form;

/**
 * Finds the paths to the documents that a filter can match: the records, and each index that has an entry for every
 * match; an index on words gives several.
 */
final class AccessPaths {

    /** Combinations of values of several fields beyond this number are left to the filter. */
    private static final int COMBINATIONS_MAX = 1000;

    /** Of more ranges than this, only this many are counted to estimate the total. */
    private static final int COUNTED_RANGES_MAX = 128;

    /** Of the words in a filter, only this many of the rarest are looked up in one index. */
    private static final int WORDS_MAX = 8;

    private static final byte[] EMPTY = {};
    static final List<KeyPart> RECORD_KEY = List.of(KeyPart.ID);

    private final CollectionView collection;
    private final Conjunction conjunction;

    AccessPaths(CollectionView collection, Conjunction conjunction) {
        this.collection = collection;
        this.conjunction = conjunction;
    }

    /** Returns all paths, the records first; only one if that leads to at most one document. */
    List<AccessPath> all() {
        return all(column -> true);
    }

    /**
     * Returns all paths that can be better than the records. An index that has all documents, and on whose first column
     * the filter has no condition, is not: it has no fewer keys than the records, if these were counted, and documents
     * are read through it in random order.
     *
     * @param isOrderOfUse whether such an index is useful if its keys are sorted by this column: it may save a sort
     */
    List<AccessPath> all(Predicate<Column> isOrderOfUse) {
        List<AccessPath> paths = new ArrayList<>();
        AccessPath byId = path(null, RECORD_KEY, null, null);
        paths.add(byId);
        if (byId.oneAtMost()) {
            return paths;
        }
        for (IndexShape index : collection.indexes()) {
            Column first = index.firstColumn();
            boolean isNoBetter = byId.counted() && index.complete() && conjunction.valuesOf(first) == null;
            if (!isNoBetter || isOrderOfUse.test(first)) {
                addPaths(index, paths);
            }
            AccessPath last = paths.get(paths.size() - 1);
            if (last.oneAtMost()) {
                return List.of(last);
            }
        }
        return paths;
    }

    /** Adds the paths through an index; none if it lacks matches. */
    private void addPaths(IndexShape index, List<AccessPath> paths) {
        Conjunction given = index.given();
        if (given != null && !conjunction.implies(given)) {
            return;
        }
        Column elements = index.elements();
        if (elements == null) {
            AccessPath path = path(index.entry(), index.parts(), null, given);
            if (hasAllMatches(path)) {
                paths.add(path);
            }
            return;
        }
        boolean words = elements.form() == Form.WORD;
        conjunction.elementsOf(elements).stream()
                .filter(bounds -> words || bounds.values().isPoint()) // Different ones can lead to the same document.
                .map(element -> path(index.entry(), index.parts(), element, given))
                .filter(AccessPaths::hasAllMatches)
                .sorted(Comparator.comparingLong(AccessPath::rows))
                .limit(words ? WORDS_MAX : 1)
                .forEach(paths::add);
    }

    /** Returns whether every match has a key. */
    private static boolean hasAllMatches(AccessPath path) {
        for (KeyPart part : path.parts()) {
            if (part.column().isSparse() && !path.boundColumns().contains(part.column())) {
                return false;
            }
        }
        return true;
    }

    private AccessPath path(
            @Nullable IndexEntry index,
            List<KeyPart> parts,
            @Nullable FieldBounds element,
            @Nullable Conjunction given) {
        List<Column> boundColumns = new ArrayList<>(parts.size());
        List<byte[]> prefixes = List.of(EMPTY);
        List<TreeRange> ranges = List.of(TreeRange.all());
        boolean points = false;
        for (KeyPart part : parts) {
            IntervalSet values = valuesOf(part, element);
            if (values == null || (!boundColumns.isEmpty() && tooMany(prefixes, values))) {
                break;
            }
            if (!boundColumns.contains(part.column())) {
                boundColumns.add(part.column());
            }
            ranges = ranges(prefixes, values);
            points = values.hasOnlyPoints();
            if (!points) {
                break;
            }
            prefixes = prefixes(prefixes, values);
        }
        boolean lookups = index == null && points;
        boolean oneAtMost = index == null ? points && ranges.size() <= 1 : isOneOfUnique(index, parts);
        return new AccessPath(
                index,
                parts,
                boundColumns,
                ranges,
                lookups,
                oneAtMost,
                lookups || oneAtMost ? ranges.size() : rows(collection, index, ranges),
                !lookups && !oneAtMost && ranges.size() < COUNTED_RANGES_MAX,
                element != null && !element.values().isPoint(),
                conjunction.residual(boundColumns, element, given));
    }

    /**
     * Returns whether all matches have the same values in a unique index, so that there is at most one, which need not
     * be counted.
     */
    private boolean isOneOfUnique(IndexEntry index, List<KeyPart> parts) {
        if (!index.definition().unique()) {
            return false;
        }
        for (KeyPart part : parts.subList(0, parts.size() - 1)) { // All but the id.
            IntervalSet values = part.column().isElement() ? null : conjunction.valuesOf(part.column());
            if (values == null || !values.isPoint() || values.hasNull()) { // Null does not count for uniqueness.
                return false;
            }
        }
        return true;
    }

    private @Nullable IntervalSet valuesOf(KeyPart part, @Nullable FieldBounds element) {
        IntervalSet values = part.column().isElement()
                ? Objects.requireNonNull(element).values()
                : conjunction.valuesOf(part.column());
        return values != null && part.descending() ? values.descending() : values;
    }

    private static boolean tooMany(List<byte[]> prefixes, IntervalSet values) {
        return (long) prefixes.size() * values.intervals().size() > COMBINATIONS_MAX;
    }

    private static List<byte[]> prefixes(List<byte[]> prefixes, IntervalSet values) {
        List<byte[]> longer = new ArrayList<>();
        for (byte[] prefix : prefixes) {
            for (KeyInterval point : values.intervals()) {
                longer.add(joined(prefix, point.from()));
            }
        }
        return longer;
    }

    private static List<TreeRange> ranges(List<byte[]> prefixes, IntervalSet values) {
        List<TreeRange> ranges = new ArrayList<>();
        for (byte[] prefix : prefixes) {
            for (KeyInterval interval : values.intervals()) {
                ranges.add(new TreeRange(joined(prefix, interval.from()), joined(prefix, interval.to())));
            }
        }
        return ranges;
    }

    static byte[] joined(byte[] prefix, byte[] end) {
        if (prefix.length == 0) {
            return end;
        }
        byte[] joined = Arrays.copyOf(prefix, prefix.length + end.length);
        System.arraycopy(end, 0, joined, prefix.length, end.length);
        return joined;
    }

    /** Returns the approximate number of keys in the ranges. */
    static long rows(CollectionView collection, @Nullable IndexEntry index, List<TreeRange> ranges) {
        CountedTree<?> tree = index == null
                ? collection.view().records(collection.recordTreeId())
                : collection.view().index(index.treeId());
        int step = 1 + ranges.size() / COUNTED_RANGES_MAX;
        long rows = 0;
        int counted = 0;
        for (int at = 0; at < ranges.size(); at += step) {
            rows += tree.count(ranges.get(at));
            counted++;
        }
        return counted == 0 ? 0 : rows * ranges.size() / counted;
    }
}
