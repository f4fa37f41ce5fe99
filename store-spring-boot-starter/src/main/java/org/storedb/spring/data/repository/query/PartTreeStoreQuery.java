package org.storedb.spring.data.repository.query;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.convert.converter.Converter;
import org.springframework.dao.IncorrectResultSizeDataAccessException;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.dao.support.DataAccessUtils;
import org.springframework.data.convert.DtoInstantiatingConverter;
import org.springframework.data.core.PropertyReferenceException;
import org.springframework.data.domain.Limit;
import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.Slice;
import org.springframework.data.domain.SliceImpl;
import org.springframework.data.domain.Sort;
import org.springframework.data.repository.query.ParametersParameterAccessor;
import org.springframework.data.repository.query.QueryMethod;
import org.springframework.data.repository.query.RepositoryQuery;
import org.springframework.data.repository.query.ResultProcessor;
import org.springframework.data.repository.query.ReturnedType;
import org.springframework.data.repository.query.parser.PartTree;
import org.springframework.data.support.PageableExecutionUtils;
import org.springframework.data.util.ReflectionUtils;
import org.springframework.util.ClassUtils;
import org.storedb.DocumentCollection;
import org.storedb.query.Query;
import org.storedb.spring.data.core.StoreOperations;
import org.storedb.spring.data.core.StoreQueryMapper;

/** A query that is the name of its method, compiled when the repository is made. */
public class PartTreeStoreQuery implements RepositoryQuery {

    private static final Pattern LIMITED_SUBJECT =
            Pattern.compile("(?:count|delete|remove)(?:Distinct)?(?:First|Top)(?<number>\\d*)(?=\\p{Lu})");

    private final StoreQueryMethod method;
    private final StoreOperations operations;
    private final StoreQueryMapper queryMapper;
    private final Class<?> entityType;
    private final PartTree tree;
    private final Predicate predicate;
    private final Limit ownLimit;

    /** Refuses a method whose name is no query of the entity, or that asks for something the store cannot do. */
    public PartTreeStoreQuery(StoreQueryMethod method, StoreOperations operations) {
        this.method = method;
        this.operations = operations;
        this.queryMapper = new StoreQueryMapper(operations.getConverter());
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
        Sort sort = tree.getSort().and(accessor.getSort());
        Query query = Query.where(predicate.bind(values)).sort(queryMapper.toStored(sort, entityType));
        // with a Pageable, the accessor's limit would be the size of the page
        boolean hasLimit = method.getParameters().hasLimitParameter();
        Limit limit = hasLimit ? smaller(ownLimit, accessor.getLimit()) : ownLimit;
        return limit.isLimited() ? query.limit(limit.max()) : query;
    }

    private @Nullable Object find(Query query, ParametersParameterAccessor accessor) {
        boolean hasPageable = method.getParameters().hasPageableParameter();
        Pageable pageable = hasPageable ? accessor.getPageable() : Pageable.unpaged();
        if (method.isPageQuery()) {
            return PageableExecutionUtils.getPage(list(paged(query, pageable)), pageable, () -> count(query));
        }
        if (method.isSliceQuery()) {
            return slice(query, pageable);
        }
        if (method.isStreamQuery()) {
            return operations.execute(entityType, collection -> collection.find(paged(query, pageable)));
        }
        if (method.isCollectionQuery()) {
            return list(paged(query, pageable));
        }
        return single(query);
    }

    /** The part of the query's results that makes up a page; a limit of the query itself counts over all pages. */
    private static Query paged(Query query, Pageable pageable) {
        if (pageable.isUnpaged()) {
            return query;
        }
        long left = Math.max(0, query.limit() - pageable.getOffset());
        return query.offset(pageable.getOffset()).limit(Math.min(left, pageable.getPageSize()));
    }

    private Object slice(Query query, Pageable pageable) {
        if (pageable.isUnpaged()) {
            return sliceOf(list(query), pageable, false);
        }
        Query page = paged(query, pageable);
        long left = Math.max(0, query.limit() - pageable.getOffset());
        boolean mayHaveNext = left > page.limit();
        List<?> results = list(mayHaveNext ? page.limit(page.limit() + 1) : page);
        boolean hasNext = results.size() > pageable.getPageSize();
        List<?> content = hasNext ? results.subList(0, pageable.getPageSize()) : results;
        return sliceOf(content, pageable, hasNext);
    }

    private static <T> Slice<T> sliceOf(List<T> content, Pageable pageable, boolean hasNext) {
        return new SliceImpl<>(content, pageable, hasNext);
    }

    private @Nullable Object single(Query query) {
        List<?> results = list(query.limit(Math.min(query.limit(), 2)));
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

    private List<?> list(Query query) {
        return operations.execute(entityType, collection -> asList(collection.find(query)));
    }

    private static List<?> asList(Stream<?> stream) {
        return stream.toList();
    }

    private long count(Query query) {
        return operations.execute(entityType, collection -> collection.count(query));
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
