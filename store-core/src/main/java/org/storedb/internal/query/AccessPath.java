package org.storedb.internal.query;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.storedb.internal.document.CatalogEntry.IndexEntry;
import org.storedb.internal.index.TreeRange;
import org.storedb.internal.query.KeyPart.Column;
import org.storedb.query.Filter;

/**
 * One way to reach the documents that a filter can match.
 *
 * @param index the index to use; {@code null} means the records themselves, which are ordered by id
 * @param parts the parts of the keys: the index's parts, then the id
 * @param boundColumns the parts of the keys whose bounds the ranges enforce, without duplicates
 * @param ranges disjoint and ascending; they contain the keys of all matches
 * @param points whether each range has at most one key, which may be looked up instead
 * @param oneAtMost whether the ranges have at most one key altogether
 * @param rows approximate number of keys in the ranges
 * @param counted whether that number is exact
 * @param repeating whether the ranges may contain several keys of one document
 * @param residual the filters for which the documents in the ranges still have to be tested
 */
record AccessPath(
        @Nullable IndexEntry index,
        List<KeyPart> parts,
        List<Column> boundColumns,
        List<TreeRange> ranges,
        boolean points,
        boolean oneAtMost,
        long rows,
        boolean counted,
        boolean repeating,
        List<Filter> residual) {

    /** Returns the names of the {@link #parts}; a field that is in the keys unchanged is named by its path. */
    List<String> fields() {
        return parts.stream().map(part -> part.column().toString()).toList();
    }

    /** Returns the names of the {@link #boundColumns}. */
    List<String> boundFields() {
        return boundColumns.stream().map(Column::toString).toList();
    }

    /** Returns whether the ranges contain matches only, so that counting keys is counting documents. */
    boolean coversFilter() {
        return residual.isEmpty();
    }

    /** Returns whether ranges of the records themselves are scanned. */
    boolean scansRecords() {
        return index == null && !points;
    }

    /** Returns the number of fields of the index itself. */
    int indexFieldCount() {
        return index == null ? 0 : index.definition().parts().size();
    }

    /** Returns a readable description of what the path goes through. */
    String way() {
        String way;
        if (index != null) {
            way = "index " + index.definition().name();
        } else {
            way = boundColumns.isEmpty() ? "full scan" : points ? "id lookup" : "id range";
        }
        if (boundColumns.isEmpty()) {
            return way;
        }
        return way + " on " + String.join(", ", boundFields())
                + (ranges.size() == 1 ? ", 1 range" : ", " + ranges.size() + " ranges");
    }
}
