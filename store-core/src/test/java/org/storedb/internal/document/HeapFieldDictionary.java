package org.storedb.internal.document;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A dictionary in memory with room for a given number of names. */
public final class HeapFieldDictionary implements FieldDictionary {

    private final int capacity;
    private final Map<String, Integer> ids = new LinkedHashMap<>();
    private final List<String> names = new ArrayList<>();

    public HeapFieldDictionary() {
        this(Integer.MAX_VALUE);
    }

    public HeapFieldDictionary(int capacity) {
        this.capacity = capacity;
    }

    @Override
    public int idOf(String name) {
        int id = find(name);
        if (id != UNKNOWN || names.size() == capacity) {
            return id;
        }
        names.add(name);
        ids.put(name, names.size() - 1);
        return names.size() - 1;
    }

    @Override
    public int find(String name) {
        return ids.getOrDefault(name, UNKNOWN);
    }

    @Override
    public String nameOf(int id) {
        if (id < 0 || id >= names.size()) {
            throw new MalformedDocumentException("No field has id " + id);
        }
        return names.get(id);
    }
}
