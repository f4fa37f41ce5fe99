package org.storedb.spring.data.core;

import java.util.List;
import org.springframework.data.domain.Sort;
import org.storedb.query.Filter;

/**
 * A removal of matching entities; callbacks for deletions are not called. Filters and sorts name properties of the
 * entity, and their values are those of the entity. Immutable: each method that refines the removal returns a changed
 * copy.
 */
public interface EntityRemoval<T> {

    /** Restricts the removal to entities that also match this filter. */
    EntityRemoval<T> matching(Filter filter);

    /** Removes entities in this order, which matters for a limit. */
    EntityRemoval<T> sort(Sort sort);

    /** Limits the number of entities removed. */
    EntityRemoval<T> limit(long max);

    /**
     * Removes all matches or none, without reading them.
     *
     * @return the number of entities removed
     */
    long all();

    /** Removes all matches or none, and returns the removed entities. */
    List<T> andReturn();
}
