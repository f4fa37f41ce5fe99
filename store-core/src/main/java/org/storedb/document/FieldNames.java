package org.storedb.document;

import java.util.List;

/**
 * The names of fields that are read together from any number of objects: their stored form in a collection is looked up
 * only once. Create one for each kind of object, and keep it. Immutable.
 */
public final class FieldNames {

    private final List<String> names;

    private FieldNames(List<String> names) {
        this.names = names;
    }

    /** Returns these names, in this order. */
    public static FieldNames of(List<String> names) {
        return new FieldNames(List.copyOf(names));
    }

    /** Returns how many names there are. */
    public int size() {
        return names.size();
    }

    /** Returns the name at a position from 0 on. */
    public String get(int position) {
        return names.get(position);
    }
}
