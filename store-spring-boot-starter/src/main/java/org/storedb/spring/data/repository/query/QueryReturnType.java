package org.storedb.spring.data.repository.query;

import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.data.repository.query.ReturnedType;
import org.springframework.data.util.ReflectionUtils;
import org.springframework.util.ClassUtils;
import org.storedb.query.text.QueryKind;
import org.storedb.spring.data.core.EntityQueries;
import org.storedb.spring.data.core.StoreOperations;

/** The return type of a query method, and what it can hold of the results. */
final class QueryReturnType {

    private final StoreQueryMethod method;
    private final StoreOperations operations;
    private final Class<?> entityType;

    QueryReturnType(StoreQueryMethod method, StoreOperations operations) {
        this.method = method;
        this.operations = operations;
        this.entityType = method.getEntityType();
    }

    /** Rejects a method that cannot return the results of this kind of query. */
    void refuseUnfit(QueryKind kind) {
        if (kind == QueryKind.DELETE) {
            refuseUnfitDeletion();
        }
        if (kind == QueryKind.FIND) {
            refuseOtherThanEntities(method.getResultProcessor().getReturnedType());
        }
        if (kind == QueryKind.COUNT && !isSingle(Number.class)) {
            throw method.unsupported("a method that counts must return the number, as a long or an int");
        }
        if (kind == QueryKind.EXISTS && !isSingle(Boolean.class)) {
            throw method.unsupported("a method that tells whether something exists must return a boolean");
        }
    }

    private boolean isSingle(Class<?> expected) {
        return expected.isAssignableFrom(ClassUtils.resolvePrimitiveIfNecessary(method.getReturnType()));
    }

    private void refuseUnfitDeletion() {
        if (method.getParameters().hasPageableParameter()) {
            throw method.unsupported("a delete has no pages; use a Limit for the maximum number");
        }
        if (!isCountOrNothing() && !holdsDeletedEntities()) {
            throw method.unsupported(
                    "a method that deletes must return nothing, the number of deleted entities, or the deleted entities, as %s or a collection of these"
                            .formatted(entityType.getSimpleName()));
        }
    }

    private boolean holdsDeletedEntities() {
        boolean isPart = method.isPageQuery() || method.isSliceQuery() || method.isScrollQuery();
        return isEntity(method.getResultProcessor().getReturnedType())
                && !method.getParameters().hasDynamicProjection()
                && !isPart
                && !method.isGeoQuery();
    }

    private void refuseOtherThanEntities(ReturnedType returned) {
        if (isNoResult(returned)) {
            throw method.unsupported(whyNoResult(returned));
        }
        if (returned.isProjecting()) {
            refuseProjectionOfNothing(returned.getReturnedType());
        }
    }

    private void refuseProjectionOfNothing(Class<?> type) {
        try {
            EntityQueries.projection(entityType, type, operations, method.getProjectionFactory());
        } catch (InvalidDataAccessApiUsageException e) {
            throw method.unsupported(e);
        }
    }

    /** Returns whether nothing of what a deletion deletes is returned, except for the number. */
    boolean isCountOrNothing() {
        return ReflectionUtils.isVoid(method.getReturnType()) || isSingle(Number.class);
    }

    /**
     * Returns the type of each result of a call: that of the entity or a projection.
     *
     * @throws InvalidDataAccessApiUsageException if an argument names a type that is neither
     */
    Class<?> resultType(StoreParameterAccessor accessor) {
        ReturnedType returned =
                method.getResultProcessor().withDynamicProjection(accessor).getReturnedType();
        if (method.getParameters().hasDynamicProjection() && isNoResult(returned)) {
            throw new InvalidDataAccessApiUsageException(method.getName() + ": " + whyNoResult(returned));
        }
        return returned.isProjecting() ? returned.getReturnedType() : entityType;
    }

    /** Returns whether a type is neither that of the entity nor a projection. */
    private boolean isNoResult(ReturnedType returned) {
        boolean isProjection =
                returned.isProjecting() && !returned.getReturnedType().getName().startsWith("java.");
        return !isEntity(returned) && !isProjection;
    }

    private boolean isEntity(ReturnedType returned) {
        return !returned.isProjecting() && returned.getReturnedType().isAssignableFrom(entityType);
    }

    private String whyNoResult(ReturnedType returned) {
        return "it finds %ss, and %s is neither one of these nor a projection; use @Query with 'select' for fields"
                .formatted(
                        entityType.getSimpleName(), returned.getReturnedType().getSimpleName());
    }
}
