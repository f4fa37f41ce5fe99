package org.storedb.spring.data.core.convert;

import java.util.Objects;
import org.springframework.aop.framework.Advised;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.aop.target.AbstractLazyCreationTargetSource;
import org.springframework.dao.DataRetrievalFailureException;

/** An entity that is read when one of its methods is first called. Safe for use by many threads. */
final class LazyReference extends AbstractLazyCreationTargetSource {

    private final Class<?> type;
    private final Object documentId;
    private final StoreConverter converter;

    private LazyReference(Class<?> type, Object documentId, StoreConverter converter) {
        this.type = type;
        this.documentId = documentId;
        this.converter = converter;
    }

    static Object proxy(Class<?> type, Object documentId, StoreConverter converter) {
        ProxyFactory factory = new ProxyFactory();
        factory.setTargetSource(new LazyReference(type, documentId, converter));
        if (type.isInterface()) {
            factory.setInterfaces(type);
        } else {
            factory.setProxyTargetClass(true);
        }
        return factory.getProxy(type.getClassLoader());
    }

    /** The entity behind a lazy reference; any other object as it is. */
    @SuppressWarnings("unchecked") // what a proxy stands for is of its class
    static <T> T entityBehind(T object) {
        if (!(object instanceof Advised advised) || !(advised.getTargetSource() instanceof LazyReference reference)) {
            return object;
        }
        try {
            return (T) Objects.requireNonNull(reference.getTarget());
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) { // declared for other target sources
            throw new IllegalStateException(e);
        }
    }

    Object documentId() {
        return documentId;
    }

    @Override
    public Class<?> getTargetClass() {
        return type;
    }

    @Override
    protected Object createObject() {
        Object entity = converter.getReferenceLoader().load(type, documentId);
        if (entity == null) {
            throw new DataRetrievalFailureException("The %s with id '%s' that is referred to is not there any more"
                    .formatted(type.getSimpleName(), documentId));
        }
        return entity;
    }
}
