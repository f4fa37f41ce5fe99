package org.storedb.spring.data.core.convert;

import java.lang.reflect.Method;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.aop.support.AopUtils;
import org.springframework.dao.DataRetrievalFailureException;
import org.storedb.spring.data.core.mapping.LoadedOnDemand;

/**
 * An entity that is read when one of its methods, other than the getter of its id, is first called. Its proxy exposes
 * the properties of the entity and no others, so that it can be written as JSON. Safe for use by multiple threads.
 */
final class LazyReference implements MethodInterceptor, LoadedOnDemand {

    private final Class<?> type;
    private final Object documentId;
    private final StoreConverter converter;
    private @Nullable Object entity; // guarded by this

    private LazyReference(Class<?> type, Object documentId, StoreConverter converter) {
        this.type = type;
        this.documentId = documentId;
        this.converter = converter;
    }

    static Object proxy(Class<?> type, Object documentId, StoreConverter converter) {
        ProxyFactory factory = new ProxyFactory();
        factory.addInterface(LoadedOnDemand.class);
        if (type.isInterface()) {
            factory.addInterface(type);
        } else {
            factory.setTargetClass(type);
            factory.setProxyTargetClass(true);
        }
        factory.setOpaque(true);
        factory.addAdvice(new LazyReference(type, documentId, converter));
        return factory.getProxy(type.getClassLoader());
    }

    /** Returns the entity behind a lazy reference, or any other object itself. */
    @SuppressWarnings("unchecked") // the entity behind a proxy is of its class
    static <T> T entityBehind(T object) {
        return object instanceof LoadedOnDemand reference ? (T) reference.referredEntity() : object;
    }

    @Override
    public @Nullable Object invoke(MethodInvocation call) throws Throwable {
        Method method = call.getMethod();
        MappingDocumentCodec<?> codec = converter.codec(type);
        if (codec.isIdGetter(method)) {
            return codec.entityId(documentId);
        }
        Object target = method.getDeclaringClass() == LoadedOnDemand.class ? this : referredEntity();
        return AopUtils.invokeJoinpointUsingReflection(target, method, call.getArguments());
    }

    @Override
    public Object referredDocumentId() {
        return documentId;
    }

    @Override
    public synchronized Object referredEntity() {
        if (entity == null) {
            entity = converter.getReferenceLoader().load(type, documentId);
        }
        if (entity == null) {
            throw new DataRetrievalFailureException(
                    "The referenced %s with id '%s' no longer exists".formatted(type.getSimpleName(), documentId));
        }
        return entity;
    }
}
