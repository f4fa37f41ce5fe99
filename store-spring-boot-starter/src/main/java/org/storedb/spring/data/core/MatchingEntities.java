package org.storedb.spring.data.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.IncorrectResultSizeDataAccessException;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.ScrollPosition;
import org.springframework.data.domain.Slice;
import org.springframework.data.domain.Sort;
import org.springframework.data.domain.Window;
import org.springframework.data.projection.ProjectionFactory;
import org.storedb.DocumentCollection;
import org.storedb.query.Aggregation;
import org.storedb.query.Filter;
import org.storedb.query.Query;
import org.storedb.query.QueryExplanation;
import org.storedb.spring.data.core.convert.QueryField;

/**
 * A query for entities of a class.
 *
 * @param filter the filter, with the names and values used in documents
 * @param sort the sort, with the names of properties
 */
record MatchingEntities<T, R>(
        StoreOperations operations,
        ProjectionFactory projections,
        Class<T> type,
        Filter filter,
        Sort sort,
        long offset,
        long max,
        Class<R> resultType)
        implements EntityQuery<R> {

    @Override
    public EntityQuery<R> matching(Filter more) {
        return with(filter.and(mapper().toStored(more, type)), sort, offset, max);
    }

    @Override
    public EntityQuery<R> matching(Query query) {
        if (query.continuation() != null) {
            throw new InvalidDataAccessApiUsageException(
                    "The query continues from a document, which depends on its own sort; pass it to"
                            + " StoreOperations.find, or use scroll, which takes a position");
        }
        Sort sorted = SortConversion.properties(query.sort()).and(sort);
        return with(filter, sorted, query.offset(), query.limit()).matching(query.filter());
    }

    @Override
    public EntityQuery<R> sort(Sort more) {
        return more.isUnsorted() ? this : with(filter, SortConversion.then(sort, more), offset, max);
    }

    @Override
    public EntityQuery<R> skip(long count) {
        requireNotNegative("skip", count);
        return count == offset ? this : with(filter, sort, count, max);
    }

    @Override
    public EntityQuery<R> limit(long newMax) {
        requireNotNegative("limit", newMax);
        return newMax == max ? this : with(filter, sort, offset, newMax);
    }

    private static void requireNotNegative(String what, long count) {
        if (count < 0) {
            throw new InvalidDataAccessApiUsageException("%s must not be negative, but is %d".formatted(what, count));
        }
    }

    private MatchingEntities<T, R> with(Filter newFilter, Sort newSort, long newOffset, long newMax) {
        return new MatchingEntities<>(operations, projections, type, newFilter, newSort, newOffset, newMax, resultType);
    }

    @Override
    public <N> EntityQuery<N> as(Class<N> newResultType) {
        return new MatchingEntities<>(operations, projections, type, filter, sort, offset, max, newResultType);
    }

    @Override
    public Optional<R> one() {
        List<R> found = read(query(sort, Math.min(max, 2)), matches -> {
            List<R> two = new ArrayList<>(2); // Cheaper than a list of any size.
            matches.forEachOrdered(two::add);
            return two;
        });
        if (found.size() > 1) {
            throw new IncorrectResultSizeDataAccessException(
                    "More than one %s matches; use first() or all()".formatted(type.getSimpleName()), 1);
        }
        return found.isEmpty() ? Optional.empty() : Optional.of(found.get(0));
    }

    @Override
    public Optional<R> first() {
        return read(query(sort, Math.min(max, 1)), Stream::findFirst);
    }

    @Override
    public List<R> all() {
        return read(query());
    }

    @Override
    public Stream<R> stream() {
        return read(query(), matches -> matches);
    }

    @Override
    public long count() {
        return count(query());
    }

    @Override
    public boolean exists() {
        return operations.execute(type, collection -> collection.exists(query()));
    }

    @Override
    public Page<R> page(Pageable pageable) {
        return pages(pageable.getSort()).page(pageable);
    }

    @Override
    public Slice<R> slice(Pageable pageable) {
        return pages(pageable.getSort()).slice(pageable);
    }

    @Override
    public Window<R> scroll(ScrollPosition position) {
        if (offset > 0) {
            throw new InvalidDataAccessApiUsageException(
                    "A window begins after its position, so its query must not skip %d; use the position instead"
                            .formatted(offset));
        }
        return new WindowReader(operations)
                .read(filter, sort, max, position, type)
                .map(projection().ofEntity());
    }

    @Override
    public List<@Nullable Object> distinct(String property) {
        QueryField field = mapper().field(property, type).nullable();
        return operations.execute(
                type,
                collection -> collection.distinct(field.path(), query()).stream()
                        .<@Nullable Object>map(field::fromStored)
                        .toList());
    }

    @Override
    public <N> List<N> aggregate(Aggregation aggregation, Class<N> rowType) {
        if (sort.isSorted() || offset > 0 || max < Long.MAX_VALUE) {
            throw new InvalidDataAccessApiUsageException(
                    "Figures cover all matches, so their query must not have a sort, skip or limit; remove it, or set"
                            + " it on the Aggregation, where it applies to the rows");
        }
        Aggregation stored = mapper().toStored(aggregation, type);
        Aggregation ofMatches = stored.where(filter.and(stored.filter()));
        RowReader<N> reader =
                RowReader.of(mapper().columns(aggregation, type), rowType, operations.getConverter(), projections);
        return operations.execute(
                type,
                collection -> collection.aggregate(ofMatches).stream()
                        .map(reader::read)
                        .toList());
    }

    @Override
    public QueryExplanation explain() {
        return operations.execute(type, collection -> collection.explain(query()));
    }

    private PageReader<R> pages(Sort more) {
        Query query = query(SortConversion.then(sort, more));
        return new PageReader<>(
                max, bounds -> read(query.offset(offset + bounds.offset()).limit(bounds.limit())), () -> count(query));
    }

    private List<R> read(Query query) {
        return read(query, Stream::toList);
    }

    /** Returns what {@code result} makes of the matches, reading them where the store's exceptions are translated. */
    private <A> A read(Query query, Function<Stream<R>, A> result) {
        Projection<T, R> projection =
                operations.completesEntities() ? projection().ofWholeEntities() : projection();
        return operations.execute(type, collection -> result.apply(matches(collection, query, projection)));
    }

    private static <T, R> Stream<R> matches(
            DocumentCollection<T> collection, Query query, Projection<T, R> projection) {
        return projection.readsFields()
                ? collection.findFields(query, projection.paths()).map(projection.ofRow())
                : collection.find(query).map(projection.ofEntity());
    }

    private long count(Query query) {
        return operations.execute(type, collection -> collection.count(query));
    }

    private Query query() {
        return query(sort);
    }

    private Query query(Sort order) {
        return query(order, max);
    }

    private Query query(Sort order, long limit) {
        return new Query(filter, mapper().toStored(order, type), offset, limit);
    }

    private Projection<T, R> projection() {
        return Projection.of(type, resultType, operations.getConverter(), projections);
    }

    private StoreQueryMapper mapper() {
        return new StoreQueryMapper(operations.getConverter());
    }
}
