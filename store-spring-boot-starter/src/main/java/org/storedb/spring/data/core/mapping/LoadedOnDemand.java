package org.storedb.spring.data.core.mapping;

/**
 * Implemented by the proxy of an entity that a {@link DocumentReference} refers to, which is read when one of its own
 * methods is first called.
 */
public interface LoadedOnDemand {

    /** Returns the id of the entity's document, without reading it. */
    Object referredDocumentId();

    /**
     * Returns the entity itself, reading it if this has not happened yet.
     *
     * @throws org.springframework.dao.DataRetrievalFailureException if it no longer exists
     */
    Object referredEntity();
}
