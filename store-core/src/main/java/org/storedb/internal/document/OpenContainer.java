package org.storedb.internal.document;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An object or array that a {@link DocumentEncoder} is writing. */
final class OpenContainer {

    boolean object;
    int start;
    int firstEntry;
    int lastId; // of the name of the last value; -1 if there is none
    boolean ascending; // Whether each id was above the previous one.
    String lastInlineName = ""; // the last name without an id
    private @Nullable Set<String> inlineNames;

    void open(boolean isObject, int atByte, int atEntry) {
        object = isObject;
        start = atByte;
        firstEntry = atEntry;
        lastId = -1;
        ascending = true;
        inlineNames = null;
    }

    Set<String> inlineNames() {
        Set<String> names = inlineNames;
        if (names == null) {
            names = new HashSet<>();
            inlineNames = names;
        }
        return names;
    }
}
