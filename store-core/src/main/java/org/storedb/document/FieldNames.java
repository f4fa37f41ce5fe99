package org.storedb.document;

import java.util.List;

/**
 * The names of fields that are read together, from any number of objects: what a collection has them stored as is looked up
 * once. To be made once for each kind of object, and kept. Immutable.
 */
public final class FieldNames {

    private final List<String> names;

    private FieldNames(List<String> names) {
        this.names = names;
    }

    /** These names, in this order. */
    public static FieldNames of(List<String> names) {
        return new FieldNames(List.copyOf(names));
    }

    /** How many names there are. */
    public int size() {
        return names.size();
    }

    /** The name at a position from 0 on. */
    public String get(int position) {
        return names.get(position);
    }
}
