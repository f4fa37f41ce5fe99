package org.storedb.spring.data.core.mapping;

/**
 * What an entity implements that stands where a {@link DocumentReference} leads, and is read when one of its own methods is
 * first called.
 */
public interface LoadedOnDemand {

    /** The id of its document; does not read it. */
    Object referredDocumentId();

    /**
     * The entity itself, which is read now if it has not been yet.
     *
     * @throws org.springframework.dao.DataRetrievalFailureException if it is not there any more
     */
    Object referredEntity();
}
