package org.storedb.internal.query;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.storedb.internal.document.CatalogEntry.IndexEntry;
import org.storedb.internal.index.TreeRange;
import org.storedb.query.Filter;

/**
 * One way to the documents that a filter can match.
 *
 * @param index the index to go through; {@code null} means the records themselves, which are ordered by id
 * @param fields what the keys consist of: the index's fields, then the id
 * @param boundFields the fields whose bounds the ranges enforce
 * @param ranges disjoint and ascending; they contain the keys of all matches
 * @param rows how many keys the ranges contain, nearly
 * @param residual what the documents in the ranges are still to be tested for
 */
record AccessPath(
        @Nullable IndexEntry index,
        List<String> fields,
        Set<String> boundFields,
        List<TreeRange> ranges,
        boolean points,
        long rows,
        List<Filter> residual) {

    AccessPath {
        boundFields = new LinkedHashSet<>(boundFields);
    }

    /** Whether the ranges contain matches only, so that counting keys is counting documents. */
    boolean coversFilter() {
        return residual.isEmpty();
    }

    /** Number of the fields of the index itself. */
    int indexFieldCount() {
        return index == null ? 0 : index.definition().fields().size();
    }

    /** What the path goes through, for people. */
    String way() {
        String way;
        if (index != null) {
            way = "index " + index.definition().name();
        } else {
            way = boundFields.isEmpty() ? "full scan" : points ? "id lookup" : "id range";
        }
        if (boundFields.isEmpty()) {
            return way;
        }
        return way + " on " + String.join(", ", boundFields)
                + (ranges.size() == 1 ? ", 1 range" : ", " + ranges.size() + " ranges");
    }
}
