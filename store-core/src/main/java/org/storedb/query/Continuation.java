package org.storedb.query;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A position in the order of a query, given by the document that is or was there: the values that it is sorted by, and
 * its id. It stays valid when documents are added and removed. Immutable if its values are.
 *
 * @param values the values of the sort fields, in the same order; null for a missing field. For an order by distance,
 *     the distance in metres; null where there is no point
 * @param id the document's id
 */
public record Continuation(List<@Nullable Object> values, Object id) {

    public Continuation {
        values = Collections.unmodifiableList(new ArrayList<>(values));
    }
}
