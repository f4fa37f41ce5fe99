package org.storedb.spring.data.core;

import java.util.List;
import org.springframework.data.domain.Sort;
import org.storedb.query.Filter;

/**
 * Entities that match, to be removed; no callback for deletions hears of them. Filters and sorts name properties and take
 * values as the entity has them. Immutable: each method that says more returns a changed copy.
 */
public interface EntityRemoval<T> {

    /** Only those that match this, too. */
    EntityRemoval<T> matching(Filter filter);

    /** In this order, which counts for a limit. */
    EntityRemoval<T> sort(Sort sort);

    /** So many at the most. */
    EntityRemoval<T> limit(long max);

    /**
     * Removes all of them or none, without reading them.
     *
     * @return how many there were
     */
    long all();

    /** Removes all of them or none, and returns what they were. */
    List<T> andReturn();
}
