package org.storedb.spring.data.core;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.ScrollPosition;
import org.springframework.data.domain.Slice;
import org.springframework.data.domain.Sort;
import org.springframework.data.domain.Window;
import org.storedb.query.Aggregation;
import org.storedb.query.Filter;
import org.storedb.query.Query;
import org.storedb.query.QueryExplanation;

/**
 * A query for entities, their order and the type of the results. Filters and sorts name properties by their paths in
 * the entity, and their values are those of the entity. Immutable: each method that refines the query returns a changed
 * copy.
 *
 * <pre>{@code
 * operations.query(Trip.class).as(Departure.class)
 *         .matching(Filter.gte("seatsLeft", 2)).sort(Sort.by("departure")).limit(20).all();
 * }</pre>
 *
 * @param <R> the type of the results
 */
public interface EntityQuery<R> {

    /** Restricts the results to those that also match this filter. */
    EntityQuery<R> matching(Filter filter);

    /**
     * Restricts the results to those that also match the given query's filter; its order precedes any other, and its
     * offset and limit apply.
     *
     * @throws org.springframework.dao.InvalidDataAccessApiUsageException if it continues from a position
     */
    EntityQuery<R> matching(Query query);

    /** Orders results that are equal in the order so far. */
    EntityQuery<R> sort(Sort sort);

    /** Skips this many results at the start. */
    EntityQuery<R> skip(long count);

    /** Limits the number of results: over all pages together, but for each window separately. */
    EntityQuery<R> limit(long max);

    /**
     * Projects the results to another type: an interface with getters of properties, or a class whose constructor takes
     * properties. If the type determines which properties it needs, nothing else is read of a document, unless
     * callbacks complete entities after they are read.
     */
    <N> EntityQuery<N> as(Class<N> resultType);

    /**
     * Returns the only match.
     *
     * @throws org.springframework.dao.IncorrectResultSizeDataAccessException if there is more than one
     */
    Optional<R> one();

    Optional<R> first();

    List<R> all();

    /** Returns the matches as of now, read lazily by the stream. */
    Stream<R> stream();

    long count();

    boolean exists();

    /** Returns a page, with the total number of matches. */
    Page<R> page(Pageable pageable);

    /** Returns a page that tells whether there is a next one. */
    Slice<R> slice(Pageable pageable);

    /**
     * Returns the matches after a position.
     *
     * @throws org.springframework.dao.InvalidDataAccessApiUsageException if this query skips results
     */
    Window<R> scroll(ScrollPosition position);

    /**
     * Returns the distinct values of a property, in their order. References are as in the entity: a lazy one is loaded
     * when it is used, and only then fails if its entity is gone; otherwise {@code null} stands for an entity that is
     * gone.
     */
    List<@Nullable Object> distinct(String property);

    /**
     * Aggregates all matches in groups. Sorts, offsets and limits of the rows belong in the aggregation.
     *
     * @param rowType the type of the result for a row, see {@link RowReader}
     * @throws org.springframework.dao.InvalidDataAccessApiUsageException if this query has a sort, an offset or a limit
     */
    <N> List<N> aggregate(Aggregation aggregation, Class<N> rowType);

    /** Returns how the store finds the matches. */
    QueryExplanation explain();
}
