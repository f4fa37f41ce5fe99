package org.storedb.spring.data.repository.query;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.storedb.query.Filter;

/** A filter whose values are the arguments of a call. Immutable. */
interface BindableFilter {

    /** Returns the filter for the bindable arguments of one call. */
    Filter bind(List<@Nullable Object> arguments);
}
