package org.storedb.spring.data.repository.query;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.storedb.query.Filter;

/** A condition whose values are the arguments of a call. Immutable. */
interface Predicate {

    /** Returns the condition for the bindable arguments of one call. */
    Filter bind(List<@Nullable Object> arguments);
}
