package org.storedb.internal.document;

import org.storedb.document.FieldNames;

/**
 * The names of the fields of one collection's documents as small numbers from 0 on. A name once there keeps its number.
 * Safe for use by many threads.
 */
public interface FieldDictionary {

    /** The id of a name that was never given one. */
    int UNKNOWN = -1;

    /** The id of {@code name}, a new one if it has none; {@link #UNKNOWN} if it has none and there is no room for more. */
    int idOf(String name);

    /** The id of {@code name}, or {@link #UNKNOWN}. */
    int find(String name);

    /** The ids of names that belong together, as of now or of some time before. */
    default FieldIds idsOf(FieldNames together) {
        return FieldIds.of(together, this);
    }

    /**
     * The name with this id.
     *
     * @throws MalformedDocumentException if there is none
     */
    String nameOf(int id);
}
