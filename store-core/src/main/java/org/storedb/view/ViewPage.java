package org.storedb.view;

import java.util.List;
import java.util.OptionalLong;

/**
 * A page of the rows that a query finds.
 *
 * @param startIndex how many rows precede this page
 * @param total how many rows there are within the bounds of the query, whatever its start index and limit
 */
public record ViewPage<T>(List<ViewRow<T>> rows, long startIndex, long total) {

    public ViewPage {
        rows = List.copyOf(rows);
    }

    /** Returns the start index of the next page, if there is one. */
    public OptionalLong nextIndex() {
        long next = startIndex + rows.size();
        return next < total && !rows.isEmpty() ? OptionalLong.of(next) : OptionalLong.empty();
    }
}
