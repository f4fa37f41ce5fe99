package org.storedb.internal.document;

import java.util.Arrays;
import org.storedb.document.FieldNames;

/**
 * The ids that a dictionary has assigned to some names. Immutable. A name that has none here may get one later, but
 * only one from {@link #end} on.
 */
public final class FieldIds {

    private static final int NO_NAME = -1;

    private final FieldNames names;
    private final int[] positions; // of the names, by id
    private final boolean complete;

    private FieldIds(FieldNames names, int[] positions, boolean complete) {
        this.names = names;
        this.positions = positions;
        this.complete = complete;
    }

    /** Returns the current ids. */
    public static FieldIds of(FieldNames names, FieldDictionary dictionary) {
        int end = 0;
        for (int position = 0; position < names.size(); position++) {
            end = Math.max(end, dictionary.find(names.get(position)) + 1);
        }
        int[] positions = new int[end];
        Arrays.fill(positions, NO_NAME);
        boolean complete = true;
        for (int position = 0; position < names.size(); position++) {
            // Looked up again: all ids below the end are assigned now, so a name that has none of them never will.
            int id = dictionary.find(names.get(position));
            if (id == FieldDictionary.UNKNOWN || id >= end) {
                complete = false;
            } else if (positions[id] != NO_NAME) {
                return new FieldIds(names, new int[0], false); // A name occurs twice.
            } else {
                positions[id] = position;
            }
        }
        return new FieldIds(names, positions, complete);
    }

    FieldNames names() {
        return names;
    }

    /** Returns the position of the name with this id, which is not negative; negative if it is none of the names. */
    int position(int id) {
        return id < positions.length ? positions[id] : NO_NAME;
    }

    /** Returns whether each name has an id. */
    boolean isComplete() {
        return complete;
    }

    /** Returns the end of the ids that are settled: each name either has one of them here or never will. */
    int end() {
        return positions.length;
    }
}
