package org.storedb.spring.data.core;

import org.springframework.data.domain.Sort;
import org.storedb.document.DocumentPatch;
import org.storedb.query.Filter;

/**
 * An update of matching entities in place: none is read, no callback is called, and versions are incremented. Filters,
 * sorts and changes name properties of the entity, and their values are those of the entity. Immutable: each method
 * that refines the update returns a changed copy.
 */
public interface EntityUpdate {

    /** Restricts the update to entities that also match this filter. */
    EntityUpdate matching(Filter filter);

    /**
     * Updates entities one after the other in this order, which matters for a limit and for values that must be unique.
     */
    EntityUpdate sort(Sort sort);

    /** Limits the number of entities updated. */
    EntityUpdate limit(long max);

    /**
     * Updates all matches or none.
     *
     * @return the number of entities updated
     * @throws org.springframework.dao.DuplicateKeyException if an entity is given a value that must be unique and is
     *     taken
     */
    long apply(DocumentPatch changes);
}
