package org.storedb.view;

import java.util.List;
import java.util.OptionalLong;

/**
 * Some of the rows that a query finds.
 *
 * @param startIndex how many rows come before
 * @param total how many rows there are within the bounds of the query, whatever its start index and limit
 */
public record ViewPage<T>(List<ViewRow<T>> rows, long startIndex, long total) {

    public ViewPage {
        rows = List.copyOf(rows);
    }

    /** The start index of the next page, if there is one. */
    public OptionalLong nextIndex() {
        long next = startIndex + rows.size();
        return next < total && !rows.isEmpty() ? OptionalLong.of(next) : OptionalLong.empty();
    }
}
