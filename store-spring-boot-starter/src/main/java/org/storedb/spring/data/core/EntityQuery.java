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
 * Entities that match, in an order, as something. Filters and sorts name properties by their paths in the entity and take
 * values as the entity has them. Immutable: each method that says more returns a changed copy.
 *
 * <pre>{@code
 * operations.query(Trip.class).as(Departure.class)
 *         .matching(Filter.gte("seatsLeft", 2)).sort(Sort.by("departure")).limit(20).all();
 * }</pre>
 *
 * @param <R> what the caller gets
 */
public interface EntityQuery<R> {

    /** Only those that match this, too. */
    EntityQuery<R> matching(Filter filter);

    /**
     * Only those that match this one's filter, too, in its order before any other, with its offset and limit.
     *
     * @throws org.springframework.dao.InvalidDataAccessApiUsageException if it goes on from a place
     */
    EntityQuery<R> matching(Query query);

    /** In this order where the one so far has them equal. */
    EntityQuery<R> sort(Sort sort);

    /** Without so many at the start. */
    EntityQuery<R> skip(long count);

    /** So many at the most; over all pages together, and for each window anew. */
    EntityQuery<R> limit(long max);

    /**
     * As something else: an interface with getters of properties, or a class whose constructor takes properties. If it says
     * what it takes, nothing else is read of a document, unless callbacks complete entities after they are read.
     */
    <N> EntityQuery<N> as(Class<N> resultType);

    /**
     * The only match.
     *
     * @throws org.springframework.dao.IncorrectResultSizeDataAccessException if there are several
     */
    Optional<R> one();

    Optional<R> first();

    List<R> all();

    /** The matches as of now, read as the stream gets to them. */
    Stream<R> stream();

    long count();

    boolean exists();

    /** A page, and how many there are on all pages. */
    Page<R> page(Pageable pageable);

    /** A page, and whether there is another one. */
    Slice<R> slice(Pageable pageable);

    /**
     * What comes after a position.
     *
     * @throws org.springframework.dao.InvalidDataAccessApiUsageException if this query skips some
     */
    Window<R> scroll(ScrollPosition position);

    /**
     * The different values of a property, in their order. A reference is as an entity has it: one that is lazy is loaded when
     * it is used, and fails only then if its entity is gone; otherwise {@code null} stands for an entity that is gone.
     */
    List<@Nullable Object> distinct(String property);

    /**
     * Figures about groups of all matches. What sorts, skips or limits the rows belongs into the aggregation.
     *
     * @param rowType what becomes of a row, see {@link RowReader}
     * @throws org.springframework.dao.InvalidDataAccessApiUsageException if this query has a sort, an offset or a limit
     */
    <N> List<N> aggregate(Aggregation aggregation, Class<N> rowType);

    /** How the store finds the matches. */
    QueryExplanation explain();
}
