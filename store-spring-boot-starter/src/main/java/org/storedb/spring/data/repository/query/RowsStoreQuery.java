package org.storedb.spring.data.repository.query;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.IncorrectResultSizeDataAccessException;
import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.Sort;
import org.springframework.data.repository.query.QueryMethod;
import org.springframework.data.repository.query.RepositoryQuery;
import org.springframework.data.repository.query.ValueExpressionDelegate;
import org.storedb.query.Aggregation;
import org.storedb.query.Query;
import org.storedb.query.Row;
import org.storedb.query.text.BoundAggregation;
import org.storedb.query.text.BoundSelection;
import org.storedb.query.text.BoundStatement;
import org.storedb.spring.data.core.PageBounds;
import org.storedb.spring.data.core.PageReader;
import org.storedb.spring.data.core.RowReader;
import org.storedb.spring.data.core.SortConversion;
import org.storedb.spring.data.core.StoreOperations;
import org.storedb.spring.data.core.StoreQueryMapper;

/**
 * A query for fields of entities, or for aggregates over groups of them, given as text that is parsed and checked when
 * the repository is created.
 */
final class RowsStoreQuery implements RepositoryQuery {

    private final StoreQueryMethod method;
    private final StatementText text;
    private final StoreOperations operations;
    private final StoreQueryMapper queryMapper;
    private final Class<?> entityType;

    /** Rejects a text that selects nothing of the entity, or that does not fit its method. */
    RowsStoreQuery(
            StoreQueryMethod method, String text, StoreOperations operations, ValueExpressionDelegate expressions) {
        this.method = method;
        this.operations = operations;
        this.queryMapper = new StoreQueryMapper(operations.getConverter());
        this.entityType = method.getEntityType();
        this.text = new StatementText(method, text, operations, expressions);
        if (entityType.isAssignableFrom(method.getReturnedObjectType())) {
            throw method.unsupported("its query selects fields or figures, which cannot be converted to %s; use 'find'"
                    .formatted(entityType.getSimpleName()));
        }
        if (method.isScrollQuery() || method.isGeoQuery()) {
            throw method.unsupported("rows are returned as a page, a slice or a collection");
        }
        if (!method.getParameters().hasDynamicProjection()) {
            this.text.checkIfComplete(statement ->
                    rows(statement, Sort.unsorted(), Long.MAX_VALUE).reader(method.getRowType()));
        }
    }

    @Override
    public QueryMethod getQueryMethod() {
        return method;
    }

    @Override
    public @Nullable Object execute(Object[] arguments) {
        StoreParameterAccessor accessor = new StoreParameterAccessor(method, arguments);
        Rows rows = rows(text.bind(accessor), accessor.getSort(), accessor.maxResults());
        Class<?> projection = accessor.findDynamicProjection();
        Class<?> type = projection == null ? method.getRowType() : projection;
        return results(rows, type, accessor.getPageable());
    }

    private <R> @Nullable Object results(Rows rows, Class<R> type, Pageable pageable) {
        RowReader<R> reader = rows.reader(type);
        PageReader<R> pages = new PageReader<>(
                rows.limit(),
                bounds -> rows.read(bounds, found -> found.map(reader::read).toList()),
                rows::count);
        if (method.isPageQuery()) {
            return pages.page(pageable);
        }
        if (method.isSliceQuery()) {
            return pages.slice(pageable);
        }
        PageBounds bounds = PageBounds.of(pageable, rows.limit());
        if (method.isStreamQuery()) {
            return rows.read(bounds, found -> found.map(reader::read));
        }
        List<R> all = rows.read(bounds, found -> found.map(reader::read).toList());
        return method.isCollectionQuery() ? all : single(all);
    }

    private @Nullable Object single(List<?> rows) {
        if (rows.size() > 1) {
            throw new IncorrectResultSizeDataAccessException(
                    "The query of %s gives more than one row; return a collection, or add 'limit 1'"
                            .formatted(method.getName()),
                    1);
        }
        return rows.isEmpty() ? null : rows.get(0);
    }

    private Rows rows(BoundStatement statement, Sort sort, long maxRows) {
        return statement instanceof BoundSelection selection
                ? new Selected(selection, sort, maxRows)
                : new Aggregated(((BoundAggregation) statement).aggregation(), sort, maxRows);
    }

    /** The rows of a statement that has all its values. */
    private abstract class Rows {

        abstract List<RowReader.Column> columns();

        /** Returns the maximum number of rows. */
        abstract long limit();

        /** Returns what {@code result} makes of a part of the rows. */
        abstract <A> A read(PageBounds bounds, Function<Stream<Row>, A> result);

        abstract long count();

        final <R> RowReader<R> reader(Class<R> type) {
            return RowReader.of(columns(), type, operations.getConverter(), method.getProjectionFactory());
        }
    }

    /** Fields of documents. */
    private final class Selected extends Rows {

        private final List<String> properties;
        private final Query query;

        Selected(BoundSelection selection, Sort sort, long maxRows) {
            Query selected = selection.query();
            this.properties = selection.fields();
            this.query = queryMapper
                    .toStored(selected, entityType)
                    .sort(queryMapper.toStored(
                            SortConversion.properties(selected.sort()).and(sort), entityType))
                    .limit(Math.min(selected.limit(), maxRows));
        }

        @Override
        List<RowReader.Column> columns() {
            return properties.stream()
                    .map(name -> new RowReader.Column(name, queryMapper.field(name, entityType)))
                    .toList();
        }

        @Override
        long limit() {
            return query.limit();
        }

        @Override
        <A> A read(PageBounds bounds, Function<Stream<Row>, A> result) {
            String[] paths = properties.stream()
                    .map(name -> queryMapper.field(name, entityType).path())
                    .toArray(String[]::new);
            Query part = query.offset(query.offset() + bounds.offset()).limit(bounds.limit());
            return operations.execute(entityType, collection -> result.apply(collection.findFields(part, paths)));
        }

        @Override
        long count() {
            return operations.execute(entityType, collection -> collection.count(query));
        }
    }

    /** Aggregates over groups. */
    private final class Aggregated extends Rows {

        private final Aggregation aggregation;
        private final Aggregation stored;

        Aggregated(Aggregation given, Sort sort, long maxRows) {
            this.aggregation = given.sort(SortConversion.toStore(
                            SortConversion.properties(given.sort()).and(sort)))
                    .limit(Math.min(given.limit(), maxRows));
            this.stored = queryMapper.toStored(aggregation, entityType);
        }

        @Override
        List<RowReader.Column> columns() {
            return queryMapper.columns(aggregation, entityType);
        }

        @Override
        long limit() {
            return stored.limit();
        }

        @Override
        <A> A read(PageBounds bounds, Function<Stream<Row>, A> result) {
            Aggregation part = stored.offset(stored.offset() + bounds.offset()).limit(bounds.limit());
            return operations.execute(entityType, collection -> result.apply(collection.aggregate(part).stream()));
        }

        @Override
        long count() {
            return operations.execute(entityType, collection ->
                    (long) collection.aggregate(stored).size());
        }
    }
}
