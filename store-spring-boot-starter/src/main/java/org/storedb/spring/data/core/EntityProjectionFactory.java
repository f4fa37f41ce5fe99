package org.storedb.spring.data.core;

import org.springframework.data.projection.SpelAwareProxyProjectionFactory;
import org.storedb.spring.data.core.mapping.LoadedOnDemand;

/**
 * Factory of interface projections that projects the entity that a lazy reference leads to. Properties without getters
 * are read from fields, and those of the proxy of a reference are empty.
 */
public final class EntityProjectionFactory extends SpelAwareProxyProjectionFactory {

    @Override
    public <T> T createProjection(Class<T> type, Object source) {
        return super.createProjection(
                type, source instanceof LoadedOnDemand reference ? reference.referredEntity() : source);
    }
}
