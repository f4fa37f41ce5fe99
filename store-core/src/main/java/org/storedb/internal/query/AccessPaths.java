package org.storedb.internal.query;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.storedb.document.DocumentCodec;
import org.storedb.internal.document.CatalogEntry.IndexEntry;
import org.storedb.internal.document.KeyEncoder;
import org.storedb.internal.index.CountedTree;
import org.storedb.internal.index.TreeRange;

/** Finds the ways to the documents that a filter can match: the records and each index. */
final class AccessPaths {

    /** Combinations of values of several fields beyond this number are left to the filter. */
    private static final int COMBINATIONS_MAX = 1000;

    /** Of more ranges than this only as many are counted to estimate all. */
    private static final int COUNTED_RANGES_MAX = 128;

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
        AccessPath byId = path(null);
        paths.add(byId);
        if (byId.points() && byId.rows() <= 1) {
            return paths;
        }
        collection.indexes().forEach(index -> paths.add(path(index)));
        return paths;
    }

    private AccessPath path(@Nullable IndexEntry index) {
        List<String> fields =
                new ArrayList<>(index == null ? List.of() : index.definition().fields());
        fields.add(DocumentCodec.ID_FIELD);
        Set<String> boundFields = new LinkedHashSet<>();
        List<byte[]> prefixes = List.of(EMPTY);
        List<TreeRange> ranges = List.of(TreeRange.all());
        boolean points = false;
        for (String field : fields) {
            IntervalSet values = conjunction.valuesOf(field);
            if (values == null || (!boundFields.isEmpty() && tooMany(prefixes, values))) {
                break;
            }
            boundFields.add(field);
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
                fields,
                boundFields,
                ranges,
                lookups,
                lookups ? ranges.size() : rows(index, ranges),
                conjunction.residual(boundFields));
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
