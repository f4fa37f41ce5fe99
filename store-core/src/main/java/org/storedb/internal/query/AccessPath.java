package org.storedb.internal.query;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.storedb.internal.document.CatalogEntry.IndexEntry;
import org.storedb.internal.index.TreeRange;
import org.storedb.internal.query.KeyPart.Column;
import org.storedb.query.Filter;

/**
 * One way to the documents that a filter can match.
 *
 * @param index the index to go through; {@code null} means the records themselves, which are ordered by id
 * @param parts what the keys consist of: the index's parts, then the id
 * @param boundColumns the parts of the keys whose bounds the ranges enforce, each once
 * @param ranges disjoint and ascending; they contain the keys of all matches
 * @param points whether each range has one key at the most, which may be looked up instead
 * @param rows how many keys the ranges contain, nearly
 * @param counted whether they contain exactly so many
 * @param repeating whether the ranges can have several keys of one document
 * @param residual what the documents in the ranges are still to be tested for
 */
record AccessPath(
        @Nullable IndexEntry index,
        List<KeyPart> parts,
        List<Column> boundColumns,
        List<TreeRange> ranges,
        boolean points,
        long rows,
        boolean counted,
        boolean repeating,
        List<Filter> residual) {

    /** What {@link #parts} are called; a field that is in the keys as it is by its path. */
    List<String> fields() {
        return parts.stream().map(part -> part.column().toString()).toList();
    }

    /** What {@link #boundColumns} are called. */
    List<String> boundFields() {
        return boundColumns.stream().map(Column::toString).toList();
    }

    /** Whether the ranges contain matches only, so that counting keys is counting documents. */
    boolean coversFilter() {
        return residual.isEmpty();
    }

    /** Number of the fields of the index itself. */
    int indexFieldCount() {
        return index == null ? 0 : index.definition().parts().size();
    }

    /** What the path goes through, for people. */
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
