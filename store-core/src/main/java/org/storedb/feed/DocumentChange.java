package org.storedb.feed;

import java.util.OptionalLong;

/** A document was inserted, replaced or removed. */
public non-sealed interface DocumentChange extends Change {

    /** Returns the name of the collection. */
    default String collection() {
        return source();
    }

    /** Returns the id of the document: a {@code String} or a {@code Long}. */
    Object id();

    /**
     * Returns the revision of the document after the change; empty for a {@link ChangeKind#DELETE} and an
     * {@link ChangeKind#EXPIRE}.
     */
    OptionalLong revision();

    /**
     * Returns the document after the change.
     *
     * @throws IllegalStateException for a {@link ChangeKind#DELETE} and an {@link ChangeKind#EXPIRE}, which leave none
     */
    DocumentImage after();

    /** Returns the document before the transaction. */
    Before<DocumentImage> before();
}
