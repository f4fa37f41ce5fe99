package org.storedb.spring.observation;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.lang.reflect.Method;
import java.util.Collection;
import java.util.Iterator;
import java.util.function.Supplier;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mapping.PersistentEntity;
import org.springframework.util.ClassUtils;
import org.storedb.spring.data.core.StoreOperations;
import org.storedb.spring.data.core.mapping.StoreMappingContext;
import org.storedb.spring.data.core.mapping.StorePersistentEntity;

/**
 * Interceptor that creates an observation named {@code store.operation} of each call of {@link StoreOperations}, with
 * the low-cardinality keys {@code store.operation}, the name of the method, and {@code store.collection}, or
 * {@code none}. For a stream, only its opening is observed.
 */
final class StoreOperationObserver implements MethodInterceptor {

    private static final String NAME = "store.operation";
    private static final String COLLECTION = "store.collection";
    private static final String NO_COLLECTION = "none";

    private final Supplier<ObservationRegistry> registry;
    private final StoreMappingContext entities;

    StoreOperationObserver(Supplier<ObservationRegistry> registry, StoreMappingContext entities) {
        this.registry = registry;
        this.entities = entities;
    }

    @Override
    public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
        ObservationRegistry current = registry.get();
        if (current.isNoop() || !isOperation(invocation.getMethod())) {
            return invocation.proceed();
        }
        String operation = invocation.getMethod().getName();
        String collection = collectionIn(invocation.getArguments());
        Observation observation = Observation.createNotStarted(NAME, current)
                .contextualName(operation + " " + collection)
                .lowCardinalityKeyValue(NAME, operation)
                .lowCardinalityKeyValue(COLLECTION, collection)
                .start();
        Observation.Scope scope = observation.openScope();
        try {
            return invocation.proceed();
        } catch (Throwable e) {
            observation.error(e);
            throw e;
        } finally {
            scope.close();
            observation.stop();
        }
    }

    /**
     * Returns whether the template itself does the work; a default method of the interface only leads to one that does.
     */
    private static boolean isOperation(Method method) {
        Method declared =
                ClassUtils.getMethodIfAvailable(StoreOperations.class, method.getName(), method.getParameterTypes());
        return declared != null && !declared.isDefault() && declared.getParameterCount() > 0;
    }

    private String collectionIn(@Nullable Object[] arguments) {
        for (int at = arguments.length - 1; at >= 0; at--) {
            Class<?> type = entityType(arguments[at]);
            PersistentEntity<?, ?> entity = type == null ? null : entities.getPersistentEntity(type);
            if (entity instanceof StorePersistentEntity<?> known) {
                return known.getCollectionName();
            }
        }
        return NO_COLLECTION;
    }

    /**
     * Returns the class of the entities that an argument refers to. Only collections are examined, as not every
     * Iterable can be read twice.
     */
    private @Nullable Class<?> entityType(@Nullable Object argument) {
        if (argument instanceof Class<?> type) {
            return type;
        }
        if (argument instanceof Collection<?> several) {
            Iterator<?> each = several.iterator();
            return each.hasNext() ? entityType(each.next()) : null;
        }
        Class<?> type = argument == null ? null : ClassUtils.getUserClass(argument);
        return type != null && entities.hasPersistentEntityFor(type) ? type : null;
    }
}
