package org.storedb.internal.snapshot;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.storedb.internal.document.FieldDictionary;
import org.storedb.internal.document.MalformedDocumentException;

/** The field names of one collection in a file. For one thread. */
final class FileDictionary implements FieldDictionary {

    private static final int NAMES_MAX = 4096;

    private final Map<String, Integer> ids = new HashMap<>();
    private final List<String> names = new ArrayList<>();

    @Override
    public int idOf(String name) {
        Integer known = ids.get(name);
        if (known != null) {
            return known;
        }
        if (names.size() == NAMES_MAX) {
            return UNKNOWN;
        }
        add(name);
        return names.size() - 1;
    }

    @Override
    public int find(String name) {
        return ids.getOrDefault(name, UNKNOWN);
    }

    @Override
    public String nameOf(int id) {
        if (id < 0 || id >= names.size()) {
            throw new MalformedDocumentException("There is no field name with id " + id);
        }
        return names.get(id);
    }

    void add(String name) {
        ids.put(name, names.size());
        names.add(name);
    }

    /** Returns the names from a number on. */
    List<String> from(int first) {
        return names.subList(first, names.size());
    }

    int size() {
        return names.size();
    }
}
