package org.storedb.spring.data.core;

import org.springframework.data.domain.Sort;
import org.storedb.document.DocumentPatch;
import org.storedb.query.Filter;

/**
 * Entities that match, to be changed where they are: none is read, no callback hears of them, and versions grow.
 * Filters, sorts and changes name properties and take values as the entity has them. Immutable: each method that says more
 * returns a changed copy.
 */
public interface EntityUpdate {

    /** Only those that match this, too. */
    EntityUpdate matching(Filter filter);

    /** One after the other in this order, which counts for a limit and for values that must be unique. */
    EntityUpdate sort(Sort sort);

    /** So many at the most. */
    EntityUpdate limit(long max);

    /**
     * Changes all of them or none.
     *
     * @return how many were changed
     * @throws org.springframework.dao.DuplicateKeyException if one gets a value that must be unique and is taken
     */
    long apply(DocumentPatch changes);
}
