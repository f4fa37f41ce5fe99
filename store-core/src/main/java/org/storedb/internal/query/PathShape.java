package org.storedb.internal.query;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.storedb.internal.document.CatalogEntry.IndexEntry;
import org.storedb.internal.index.TreeRange;
import org.storedb.internal.query.KeyPart.Column;
import org.storedb.query.Filter;
import org.storedb.query.Filter.Comparison;

/**
 * One way to the documents that queries of one shape can match, without the values in their comparisons. Immutable.
 *
 * @param index the index to use; {@code null} means the records themselves
 * @param parts the parts of the keys
 * @param boundColumns the first parts of the keys, those that have bounds
 * @param bounds for each of them, the number of the query's column
 * @param points whether all of them have one value only
 * @param oneAtMost whether the values lead to at most one key
 * @param residual the query's conditions that still have to be tested
 */
record PathShape(
        @Nullable IndexEntry index,
        List<KeyPart> parts,
        List<Column> boundColumns,
        List<Integer> bounds,
        boolean points,
        boolean oneAtMost,
        List<Integer> residual) {

    private static final byte[] EMPTY = {};

    /** Returns the path of a query with these values. */
    AccessPath path(CollectionView collection, KeyInterval[] values, List<Comparison> conditions) {
        List<TreeRange> ranges = List.of(range(values));
        boolean lookup = index == null && points;
        return new AccessPath(
                index,
                parts,
                boundColumns,
                ranges,
                lookup,
                oneAtMost,
                oneAtMost ? 1 : AccessPaths.rows(collection, index, ranges),
                !oneAtMost,
                false,
                residual(conditions));
    }

    private TreeRange range(KeyInterval[] values) {
        if (bounds.isEmpty()) {
            return TreeRange.all();
        }
        byte[] prefix = EMPTY;
        int last = bounds.size() - 1;
        for (int at = 0; at < last; at++) {
            prefix = AccessPaths.joined(prefix, bound(values, at).from());
        }
        KeyInterval end = bound(values, last);
        return new TreeRange(AccessPaths.joined(prefix, end.from()), AccessPaths.joined(prefix, end.to()));
    }

    private KeyInterval bound(KeyInterval[] values, int part) {
        KeyInterval value = values[bounds.get(part)];
        return parts.get(part).descending() ? value.descending() : value;
    }

    private List<Filter> residual(List<Comparison> conditions) {
        if (residual.isEmpty()) {
            return List.of();
        }
        List<Filter> filters = new ArrayList<>(residual.size());
        for (int condition : residual) {
            filters.add(conditions.get(condition));
        }
        return filters;
    }
}
