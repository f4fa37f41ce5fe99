package org.storedb.spring.data.repository.query;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.convert.converter.Converter;
import org.springframework.dao.IncorrectResultSizeDataAccessException;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.dao.support.DataAccessUtils;
import org.springframework.data.convert.DtoInstantiatingConverter;
import org.springframework.data.core.PropertyReferenceException;
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
import org.springframework.data.repository.query.parser.PartTree;
import org.springframework.data.util.ReflectionUtils;
import org.springframework.util.ClassUtils;
import org.storedb.DocumentCollection;
import org.storedb.query.Query;
import org.storedb.spring.data.core.PageReader;
import org.storedb.spring.data.core.StoreOperations;
import org.storedb.spring.data.core.StoreQueryMapper;
import org.storedb.spring.data.core.WindowReader;

/** A query that is the name of its method, compiled when the repository is made. */
public class PartTreeStoreQuery implements RepositoryQuery {

    private static final Pattern LIMITED_SUBJECT =
            Pattern.compile("(?:count|delete|remove)(?:Distinct)?(?:First|Top)(?<number>\\d*)(?=\\p{Lu})");

    private final StoreQueryMethod method;
    private final StoreOperations operations;
    private final StoreQueryMapper queryMapper;
    private final PageReader pages;
    private final WindowReader windows;
    private final Class<?> entityType;
    private final PartTree tree;
    private final Predicate predicate;
    private final Limit ownLimit;

    /** Refuses a method whose name is no query of the entity, or that asks for something the store cannot do. */
    public PartTreeStoreQuery(StoreQueryMethod method, StoreOperations operations) {
        this.method = method;
        this.operations = operations;
        this.queryMapper = new StoreQueryMapper(operations.getConverter());
        this.pages = new PageReader(operations);
        this.windows = new WindowReader(operations);
        this.entityType = method.getEntityType();
        this.tree = parse(method);
        this.predicate = new StoreQueryCreator(method, operations.getConverter()).create(tree);
        this.ownLimit = tree.isLimiting() ? tree.getResultLimit() : limitOfOtherSubjects(method.getName());
        refuseUnsupportedSort();
        if (tree.isDelete() && ClassUtils.resolvePrimitiveIfNecessary(method.getReturnType()) == Boolean.class) {
            throw method.unsupported("a method that deletes returns nothing, how many it deleted, or what it deleted");
        }
    }

    private static PartTree parse(StoreQueryMethod method) {
        try {
            return new PartTree(method.getName(), method.getEntityType());
        } catch (IllegalArgumentException | PropertyReferenceException e) {
            throw method.unsupported(e);
        }
    }

    /** {@code PartTree} would count or delete everything, because it knows First and Top of finding methods only. */
    private static Limit limitOfOtherSubjects(String methodName) {
        Matcher limited = LIMITED_SUBJECT.matcher(methodName);
        if (!limited.lookingAt()) {
            return Limit.unlimited();
        }
        String number = limited.group("number");
        return Limit.of(number.isEmpty() ? 1 : Integer.parseInt(number));
    }

    private void refuseUnsupportedSort() {
        try {
            queryMapper.toStored(tree.getSort(), entityType);
        } catch (InvalidDataAccessApiUsageException e) {
            throw method.unsupported(e);
        }
    }

    @Override
    public QueryMethod getQueryMethod() {
        return method;
    }

    @Override
    public @Nullable Object execute(Object[] arguments) {
        ParametersParameterAccessor accessor = new ParametersParameterAccessor(method.getParameters(), arguments);
        Query query = query(accessor);
        if (tree.isCountProjection()) {
            return operations.execute(entityType, collection -> collection.count(query));
        }
        if (tree.isExistsProjection()) {
            return operations.execute(entityType, collection -> collection.exists(query));
        }
        if (tree.isDelete()) {
            return delete(query);
        }
        ResultProcessor processor = method.getResultProcessor().withDynamicProjection(accessor);
        return processor.processResult(find(query, accessor), dtoConverter(processor.getReturnedType()));
    }

    private Query query(ParametersParameterAccessor accessor) {
        List<@Nullable Object> values = new ArrayList<>();
        accessor.iterator().forEachRemaining(values::add);
        Query query = Query.where(predicate.bind(values)).sort(queryMapper.toStored(sort(accessor), entityType));
        // with a Pageable, the accessor's limit would be the size of the page
        boolean hasLimit = method.getParameters().hasLimitParameter();
        Limit limit = hasLimit ? smaller(ownLimit, accessor.getLimit()) : ownLimit;
        return limit.isLimited() ? query.limit(limit.max()) : query;
    }

    private Sort sort(ParametersParameterAccessor accessor) {
        return tree.getSort().and(accessor.getSort());
    }

    private @Nullable Object find(Query query, ParametersParameterAccessor accessor) {
        boolean hasPageable = method.getParameters().hasPageableParameter();
        Pageable pageable = hasPageable ? accessor.getPageable() : Pageable.unpaged();
        if (method.isScrollQuery()) {
            return window(query, pageable, accessor);
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

    private Window<?> window(Query query, Pageable pageable, ParametersParameterAccessor accessor) {
        ScrollPosition position = accessor.getScrollPosition();
        if (position == null && method.getParameters().hasScrollPositionParameter()) {
            throw new InvalidDataAccessApiUsageException(
                    "%s needs a position; ScrollPosition.keyset() and ScrollPosition.offset() are at the start"
                            .formatted(method.getName()));
        }
        long limit = pageable.isPaged() ? Math.min(query.limit(), pageable.getPageSize()) : query.limit();
        return windows.read(
                query.filter(),
                sort(accessor),
                limit,
                position == null ? ScrollPosition.offset() : position,
                entityType);
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

    private static Limit smaller(Limit one, Limit other) {
        if (one.isUnlimited()) {
            return other;
        }
        return other.isLimited() && other.max() < one.max() ? other : one;
    }
}
