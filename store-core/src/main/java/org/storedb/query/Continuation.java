package org.storedb.query;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A place in the order of a query, given by the document that stands there, or did: the values that it is sorted by, and
 * its id. It stays right when documents come and go. Immutable if its values are.
 *
 * @param values those of the fields of the sort, one for each, in the same order; null for a field that is missing. For an
 *     order by distance, the distance in metres; null where there is no point
 * @param id the document's id
 */
public record Continuation(List<@Nullable Object> values, Object id) {

    public Continuation {
        values = Collections.unmodifiableList(new ArrayList<>(values));
    }
}
