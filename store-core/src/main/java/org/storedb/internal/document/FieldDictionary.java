package org.storedb.internal.document;

import org.storedb.document.FieldNames;

/**
 * The names of the fields of one collection's documents as small numbers from 0 on. A name keeps its number once it has
 * one. Safe for use by many threads.
 */
public interface FieldDictionary {

    /** The id of a name that has not been assigned one. */
    int UNKNOWN = -1;

    /**
     * Returns the id of {@code name}, assigning one if it has none; {@link #UNKNOWN} if it has none and there is no
     * room for more.
     */
    int idOf(String name);

    /** Returns the id of {@code name}, or {@link #UNKNOWN}. */
    int find(String name);

    /** Returns the ids of names that belong together, as of now or some earlier time. */
    default FieldIds idsOf(FieldNames together) {
        return FieldIds.of(together, this);
    }

    /**
     * Returns the name with this id.
     *
     * @throws MalformedDocumentException if there is none
     */
    String nameOf(int id);
}
