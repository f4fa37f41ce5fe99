package org.storedb.spring.data.repository.query;

import org.springframework.data.domain.Limit;
import org.springframework.data.domain.Pageable;
import org.springframework.data.repository.query.ParametersParameterAccessor;

/** Accessor for the arguments of a call, in which a page is not a limit, and a limit is not a page. */
final class StoreParameterAccessor extends ParametersParameterAccessor {

    private final Object[] arguments;

    StoreParameterAccessor(StoreQueryMethod method, Object[] arguments) {
        super(method.getParameters(), arguments);
        this.arguments = arguments;
    }

    /** Returns the arguments as they were passed, without unwrapping any. */
    Object[] arguments() {
        return arguments;
    }

    @Override
    public Pageable getPageable() {
        return getParameters().hasPageableParameter() ? super.getPageable() : Pageable.unpaged();
    }

    @Override
    public Limit getLimit() {
        return getParameters().hasLimitParameter() ? super.getLimit() : Limit.unlimited();
    }

    /** Returns the maximum number of results that the limit allows. */
    long maxResults() {
        Limit limit = getLimit();
        return limit.isLimited() ? limit.max() : Long.MAX_VALUE;
    }
}
