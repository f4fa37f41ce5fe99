package org.storedb.internal.query;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.storedb.internal.document.CatalogEntry.IndexEntry;
import org.storedb.internal.document.KeyEncoder;
import org.storedb.internal.index.CountedTree;
import org.storedb.internal.index.TreeRange;
import org.storedb.internal.query.KeyPart.Column;
import org.storedb.internal.query.KeyPart.Form;
import org.storedb.query.Filter;

/**
 * Finds the ways to the documents that a filter can match: the records, and each index that has an entry of every match;
 * several ones through an index on words.
 */
final class AccessPaths {

    /** Combinations of values of several fields beyond this number are left to the filter. */
    private static final int COMBINATIONS_MAX = 1000;

    /** Of more ranges than this only as many are counted to estimate all. */
    private static final int COUNTED_RANGES_MAX = 128;

    /** Of the words that a filter asks for, only as many of the rarest are looked up in one index. */
    private static final int WORDS_MAX = 8;

    private static final byte[] EMPTY = {};

    private final CollectionView collection;
    private final Conjunction conjunction;

    AccessPaths(CollectionView collection, Conjunction conjunction) {
        this.collection = collection;
        this.conjunction = conjunction;
    }

    /** All of them, the records first; nothing else if that is the look-up of one id. */
    List<AccessPath> all() {
        List<AccessPath> paths = new ArrayList<>();
        AccessPath byId = path(null, List.of(KeyPart.ID), null, null);
        paths.add(byId);
        if (byId.points() && byId.rows() <= 1) {
            return paths;
        }
        for (IndexEntry index : collection.indexes()) {
            paths.addAll(paths(index));
        }
        return paths;
    }

    /** The ways through an index; none if it lacks matches. */
    private List<AccessPath> paths(IndexEntry index) {
        Filter filter = index.definition().filter();
        Conjunction given = filter == null ? null : new Conjunction(filter);
        if (given != null && !conjunction.implies(given)) {
            return List.of();
        }
        List<KeyPart> parts = Stream.concat(index.definition().parts().stream().map(KeyPart::of), Stream.of(KeyPart.ID))
                .toList();
        Column elements = parts.stream()
                .map(KeyPart::column)
                .filter(Column::isElement)
                .findFirst()
                .orElse(null);
        if (elements == null) {
            AccessPath path = path(index, parts, null, given);
            return hasAllMatches(path) ? List.of(path) : List.of();
        }
        boolean words = elements.form() == Form.WORD;
        return conjunction.elementsOf(elements).stream()
                .filter(bounds -> words || bounds.values().isPoint()) // Different ones can lead to the same document.
                .map(element -> path(index, parts, element, given))
                .filter(AccessPaths::hasAllMatches)
                .sorted(Comparator.comparingLong(AccessPath::rows))
                .limit(words ? WORDS_MAX : 1)
                .toList();
    }

    /** Whether no match is without a key. */
    private static boolean hasAllMatches(AccessPath path) {
        return path.parts().stream()
                .map(KeyPart::column)
                .allMatch(column -> !column.isSparse() || path.boundColumns().contains(column));
    }

    private AccessPath path(
            @Nullable IndexEntry index,
            List<KeyPart> parts,
            @Nullable FieldBounds element,
            @Nullable Conjunction given) {
        Set<Column> boundColumns = new LinkedHashSet<>();
        List<byte[]> prefixes = List.of(EMPTY);
        List<TreeRange> ranges = List.of(TreeRange.all());
        boolean points = false;
        for (KeyPart part : parts) {
            IntervalSet values = valuesOf(part, element);
            if (values == null || (!boundColumns.isEmpty() && tooMany(prefixes, values))) {
                break;
            }
            boundColumns.add(part.column());
            ranges = ranges(prefixes, values);
            points = values.hasOnlyPoints();
            if (!points) {
                break;
            }
            prefixes = prefixes(prefixes, values);
        }
        boolean lookups = index == null && points;
        return new AccessPath(
                index,
                parts,
                boundColumns,
                ranges,
                lookups,
                lookups ? ranges.size() : rows(index, ranges),
                element != null && !element.values().isPoint(),
                conjunction.residual(boundColumns, element, given));
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

    private static byte[] joined(byte[] prefix, byte[] end) {
        return new KeyEncoder().appendBytes(prefix).appendBytes(end).toBytes();
    }

    private long rows(@Nullable IndexEntry index, List<TreeRange> ranges) {
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
