package org.storedb.spring.data.core;

import org.aopalliance.intercept.MethodInterceptor;
import org.springframework.data.mapping.model.ParameterValueProvider;
import org.springframework.data.projection.SpelAwareProxyProjectionFactory;
import org.springframework.util.ObjectUtils;
import org.storedb.spring.data.core.mapping.LoadedOnDemand;

/**
 * Factory of interface projections that projects the entity that a lazy reference leads to, and the object in an
 * {@link java.util.Optional}. Properties without getters are read from fields, and those of the proxy of a reference
 * are empty. A getter of a primitive returns its default where there is no value, as a record has it.
 */
public final class EntityProjectionFactory extends SpelAwareProxyProjectionFactory {

    @Override
    public <T> T createProjection(Class<T> type, Object source) {
        return super.createProjection(
                type, source instanceof LoadedOnDemand reference ? reference.referredEntity() : source);
    }

    /** Unwraps optionals; those that a getter returns are made again, with what they contain projected. */
    @Override
    protected MethodInterceptor postProcessAccessorInterceptor(
            MethodInterceptor interceptor, Object source, Class<?> projectionType) {
        MethodInterceptor accessor = super.postProcessAccessorInterceptor(interceptor, source, projectionType);
        return invocation -> {
            Object value = ObjectUtils.unwrapOptional(accessor.invoke(invocation));
            Class<?> declared = invocation.getMethod().getReturnType();
            return value == null ? ParameterValueProvider.getDefaultValue(declared) : value;
        };
    }
}
