package org.storedb.spring.data.repository.query;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.convert.converter.Converter;
import org.springframework.dao.IncorrectResultSizeDataAccessException;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.dao.support.DataAccessUtils;
import org.springframework.data.convert.DtoInstantiatingConverter;
import org.springframework.data.domain.Limit;
import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.ScrollPosition;
import org.springframework.data.domain.Sort;
import org.springframework.data.domain.Window;
import org.springframework.data.repository.query.ParametersParameterAccessor;
import org.springframework.data.repository.query.QueryMethod;
import org.springframework.data.repository.query.RepositoryQuery;
import org.springframework.data.repository.query.ResultProcessor;
import org.springframework.data.repository.query.ReturnedType;
import org.springframework.data.util.ReflectionUtils;
import org.springframework.util.ClassUtils;
import org.storedb.DocumentCollection;
import org.storedb.query.Filter;
import org.storedb.query.Query;
import org.storedb.query.text.QueryKind;
import org.storedb.spring.data.core.PageReader;
import org.storedb.spring.data.core.StoreOperations;
import org.storedb.spring.data.core.StoreQueryMapper;
import org.storedb.spring.data.core.WindowReader;

/** A query of a repository method: how its results become what the method returns. */
abstract class AbstractStoreQuery implements RepositoryQuery {

    private final StoreQueryMethod method;
    private final StoreOperations operations;
    private final StoreQueryMapper queryMapper;
    private final PageReader pages;
    private final WindowReader windows;
    private final Class<?> entityType;

    AbstractStoreQuery(StoreQueryMethod method, StoreOperations operations) {
        this.method = method;
        this.operations = operations;
        this.queryMapper = new StoreQueryMapper(operations.getConverter());
        this.pages = new PageReader(operations);
        this.windows = new WindowReader(operations);
        this.entityType = method.getEntityType();
    }

    /** What the query does. */
    abstract QueryKind kind();

    /** The query with the arguments of a call. */
    abstract Bound bind(ParametersParameterAccessor accessor);

    /**
     * A query that has all its values.
     *
     * @param filter with the names and values that documents have
     * @param sort with the names of properties, the method's own order first
     * @param limit the query's own; one that is an argument comes on top
     */
    record Bound(Filter filter, Sort sort, long offset, long limit) {}

    final StoreQueryMapper queryMapper() {
        return queryMapper;
    }

    /** Refuses a method that cannot return what the query gives. */
    final void refuseReturnType() {
        Class<?> returnType = ClassUtils.resolvePrimitiveIfNecessary(method.getReturnType());
        if (kind() == QueryKind.DELETE && returnType == Boolean.class) {
            throw method.unsupported("a method that deletes returns nothing, how many it deleted, or what it deleted");
        }
    }

    @Override
    public QueryMethod getQueryMethod() {
        return method;
    }

    @Override
    public @Nullable Object execute(Object[] arguments) {
        ParametersParameterAccessor accessor = new ParametersParameterAccessor(method.getParameters(), arguments);
        Bound bound = bind(accessor);
        Query query = query(bound, accessor);
        return switch (kind()) {
            case COUNT -> operations.execute(entityType, collection -> collection.count(query));
            case EXISTS -> operations.execute(entityType, collection -> collection.exists(query));
            case DELETE -> delete(query);
            case FIND -> {
                ResultProcessor processor = method.getResultProcessor().withDynamicProjection(accessor);
                yield processor.processResult(
                        find(query, bound.sort(), accessor), dtoConverter(processor.getReturnedType()));
            }
        };
    }

    private Query query(Bound bound, ParametersParameterAccessor accessor) {
        // with a Pageable, the accessor's limit would be the size of the page
        Limit limit = method.getParameters().hasLimitParameter() ? accessor.getLimit() : Limit.unlimited();
        return Query.where(bound.filter())
                .sort(queryMapper.toStored(bound.sort(), entityType))
                .offset(bound.offset())
                .limit(limit.isLimited() ? Math.min(limit.max(), bound.limit()) : bound.limit());
    }

    private @Nullable Object find(Query query, Sort sort, ParametersParameterAccessor accessor) {
        boolean hasPageable = method.getParameters().hasPageableParameter();
        Pageable pageable = hasPageable ? accessor.getPageable() : Pageable.unpaged();
        if (method.isScrollQuery()) {
            return window(query, sort, pageable, accessor);
        }
        if (method.isPageQuery()) {
            return pages.page(query, pageable, entityType);
        }
        if (method.isSliceQuery()) {
            return pages.slice(query, pageable, entityType);
        }
        if (method.isStreamQuery()) {
            return operations.execute(entityType, collection -> collection.find(PageReader.paged(query, pageable)));
        }
        if (method.isCollectionQuery()) {
            return pages.list(PageReader.paged(query, pageable), entityType);
        }
        return single(query);
    }

    private Window<?> window(Query query, Sort sort, Pageable pageable, ParametersParameterAccessor accessor) {
        ScrollPosition position = accessor.getScrollPosition();
        if (position == null && method.getParameters().hasScrollPositionParameter()) {
            throw new InvalidDataAccessApiUsageException(
                    "%s needs a position; ScrollPosition.keyset() and ScrollPosition.offset() are at the start"
                            .formatted(method.getName()));
        }
        long limit = pageable.isPaged() ? Math.min(query.limit(), pageable.getPageSize()) : query.limit();
        return windows.read(
                query.filter(), sort, limit, position == null ? ScrollPosition.offset() : position, entityType);
    }

    private @Nullable Object single(Query query) {
        List<?> results = pages.list(query.limit(Math.min(query.limit(), 2)), entityType);
        if (results.size() > 1) {
            throw moreThanOne();
        }
        return results.isEmpty() ? null : results.get(0);
    }

    private IncorrectResultSizeDataAccessException moreThanOne() {
        return new IncorrectResultSizeDataAccessException(
                "More than one %s matches %s; use First, or return a collection"
                        .formatted(entityType.getSimpleName(), method.getName()),
                1);
    }

    private @Nullable Object delete(Query query) {
        if (deletesWithoutReading()) {
            return operations.execute(entityType, collection -> collection.delete(query));
        }
        List<?> deleted = operations.executeAtomically(entityType, collection -> findAndDelete(collection, query));
        return method.isCollectionQuery() ? deleted : DataAccessUtils.singleResult(deleted);
    }

    private boolean deletesWithoutReading() {
        Class<?> returnType = ClassUtils.resolvePrimitiveIfNecessary(method.getReturnType());
        return ReflectionUtils.isVoid(returnType) || Number.class.isAssignableFrom(returnType);
    }

    private <T> List<T> findAndDelete(DocumentCollection<T> collection, Query query) {
        List<T> found = collection.find(query).toList();
        if (found.size() > 1 && !method.isCollectionQuery()) {
            throw moreThanOne();
        }
        collection.delete(query);
        return found;
    }

    private Converter<Object, Object> dtoConverter(ReturnedType returnedType) {
        if (!returnedType.isDtoProjection()) {
            return source -> source;
        }
        Converter<Object, Object> converter = new DtoInstantiatingConverter(
                returnedType.getReturnedType(),
                operations.getConverter().getMappingContext(),
                operations.getConverter().getEntityInstantiators());
        return source -> entityType.isInstance(source) ? converter.convert(source) : source;
    }
}
