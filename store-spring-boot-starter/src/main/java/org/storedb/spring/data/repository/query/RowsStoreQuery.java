package org.storedb.spring.data.repository.query;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.IncorrectResultSizeDataAccessException;
import org.springframework.data.domain.PageImpl;
import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.SliceImpl;
import org.springframework.data.domain.Sort;
import org.springframework.data.repository.query.QueryMethod;
import org.springframework.data.repository.query.RepositoryQuery;
import org.springframework.data.repository.query.ValueExpressionDelegate;
import org.springframework.data.support.PageableExecutionUtils;
import org.storedb.query.Aggregation;
import org.storedb.query.Query;
import org.storedb.query.text.BoundAggregation;
import org.storedb.query.text.BoundSelection;
import org.storedb.query.text.BoundStatement;
import org.storedb.spring.data.core.RowReader;
import org.storedb.spring.data.core.SortConversion;
import org.storedb.spring.data.core.StoreOperations;
import org.storedb.spring.data.core.StoreQueryMapper;

/**
 * A query for fields of entities, or for aggregates over groups of them, given as text that is parsed and checked when
 * the repository is created.
 */
public class RowsStoreQuery implements RepositoryQuery {

    private final StoreQueryMethod method;
    private final StatementText text;
    private final StoreOperations operations;
    private final StoreQueryMapper queryMapper;
    private final Class<?> entityType;

    /** Rejects a text that selects nothing of the entity, or that does not fit its method. */
    public RowsStoreQuery(
            StoreQueryMethod method, String text, StoreOperations operations, ValueExpressionDelegate expressions) {
        this.method = method;
        this.operations = operations;
        this.queryMapper = new StoreQueryMapper(operations.getConverter());
        this.entityType = method.getEntityType();
        this.text = new StatementText(method, text, operations, expressions);
        if (entityType.isAssignableFrom(method.getReturnedObjectType())) {
            throw method.unsupported("its query selects fields or figures, which make no %s; use 'find'"
                    .formatted(entityType.getSimpleName()));
        }
        if (method.isScrollQuery() || method.isGeoQuery()) {
            throw method.unsupported("rows come as a page, a slice or a collection");
        }
        if (!this.text.hasParameters() && !method.getParameters().hasDynamicProjection()) {
            this.text.checked(
                    () -> rows(this.text.withoutParameters(), Sort.unsorted()).reader(method.getRowType()));
        }
    }

    @Override
    public QueryMethod getQueryMethod() {
        return method;
    }

    @Override
    public @Nullable Object execute(Object[] arguments) {
        StoreParameterAccessor accessor = new StoreParameterAccessor(method, arguments);
        Pageable pageable = accessor.getPageable();
        Rows rows = rows(text.bind(accessor), accessor.getSort());
        Class<?> projection = accessor.findDynamicProjection();
        Class<?> type = projection == null ? method.getRowType() : projection;
        RowReader<?> reader = rows.reader(type);
        long limit = accessor.maxResults();
        if (pageable.isPaged()) {
            return page(rows, reader, pageable);
        }
        if (method.isStreamQuery()) {
            return rows.read(reader, 0, limit);
        }
        List<?> all = rows.read(reader, 0, limit).toList();
        if (method.isPageQuery()) {
            return new PageImpl<>(all);
        }
        if (method.isSliceQuery()) {
            return new SliceImpl<>(all);
        }
        return method.isCollectionQuery() ? all : single(all);
    }

    private <R> Object page(Rows rows, RowReader<R> reader, Pageable pageable) {
        int size = pageable.getPageSize();
        if (method.isSliceQuery()) {
            List<R> found = rows.read(reader, pageable.getOffset(), size + 1L).toList();
            boolean hasNext = found.size() > size;
            return new SliceImpl<>(hasNext ? found.subList(0, size) : found, pageable, hasNext);
        }
        List<R> found = rows.read(reader, pageable.getOffset(), size).toList();
        if (method.isPageQuery()) {
            return PageableExecutionUtils.getPage(found, pageable, rows::count);
        }
        return method.isStreamQuery() ? found.stream() : found;
    }

    private @Nullable Object single(List<?> rows) {
        if (rows.size() > 1) {
            throw new IncorrectResultSizeDataAccessException(
                    "The query of %s gives more than one row; return a collection, or say 'limit 1'"
                            .formatted(method.getName()),
                    1);
        }
        return rows.isEmpty() ? null : rows.get(0);
    }

    private Rows rows(BoundStatement statement, Sort sort) {
        if (statement instanceof BoundSelection selection) {
            return new Selected(selection, sort);
        }
        return new Aggregated(((BoundAggregation) statement).aggregation(), sort);
    }

    private <R> RowReader<R> reader(List<RowReader.Column> columns, Class<R> type) {
        return RowReader.of(columns, type, operations.getConverter(), method.getProjectionFactory());
    }

    private static long left(long limit, long skipped, long wanted) {
        return Math.min(Math.max(0, limit - skipped), wanted);
    }

    /** The rows of a statement that has all its values. */
    private interface Rows {

        <R> RowReader<R> reader(Class<R> type);

        /** Reads at most {@code wanted} rows, after skipping {@code skipped}. */
        <R> Stream<R> read(RowReader<R> reader, long skipped, long wanted);

        long count();
    }

    /** Fields of documents. */
    private final class Selected implements Rows {

        private final List<String> properties;
        private final Query query;

        Selected(BoundSelection selection, Sort sort) {
            this.properties = selection.fields();
            Sort whole = SortConversion.properties(selection.query().sort()).and(sort);
            this.query =
                    queryMapper.toStored(selection.query(), entityType).sort(queryMapper.toStored(whole, entityType));
        }

        @Override
        public <R> RowReader<R> reader(Class<R> type) {
            return RowsStoreQuery.this.reader(
                    properties.stream()
                            .map(name -> new RowReader.Column(name, queryMapper.field(name, entityType)))
                            .toList(),
                    type);
        }

        @Override
        public <R> Stream<R> read(RowReader<R> reader, long skipped, long wanted) {
            String[] paths = properties.stream()
                    .map(name -> queryMapper.field(name, entityType).path())
                    .toArray(String[]::new);
            Query part = query.offset(query.offset() + skipped).limit(left(query.limit(), skipped, wanted));
            return operations.execute(
                    entityType, collection -> collection.findFields(part, paths).map(reader::read));
        }

        @Override
        public long count() {
            return operations.execute(entityType, collection -> collection.count(query));
        }
    }

    /** Aggregates over groups. */
    private final class Aggregated implements Rows {

        private final Aggregation aggregation;
        private final Aggregation stored;

        Aggregated(Aggregation aggregation, Sort sort) {
            this.aggregation = aggregation.sort(SortConversion.toStore(
                    SortConversion.properties(aggregation.sort()).and(sort)));
            this.stored = queryMapper.toStored(this.aggregation, entityType);
        }

        @Override
        public <R> RowReader<R> reader(Class<R> type) {
            return RowsStoreQuery.this.reader(queryMapper.columns(aggregation, entityType), type);
        }

        @Override
        public <R> Stream<R> read(RowReader<R> reader, long skipped, long wanted) {
            Aggregation part = stored.offset(stored.offset() + skipped).limit(left(stored.limit(), skipped, wanted));
            return operations.execute(
                    entityType,
                    collection -> collection.aggregate(part).stream().map(reader::read));
        }

        @Override
        public long count() {
            return operations.execute(entityType, collection ->
                    (long) collection.aggregate(stored).size());
        }
    }
}
