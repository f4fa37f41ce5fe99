package org.storedb.benchmark.jmh;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.storedb.internal.document.FieldDictionary;
import org.storedb.internal.document.FieldIds;

/** A dictionary of field names without a store to keep them, with the same lookups as in a store. For one thread. */
final class FieldNames implements FieldDictionary {

    private final Map<String, Integer> ids = new ConcurrentHashMap<>();
    private final List<String> names = new ArrayList<>();
    private final Map<org.storedb.document.FieldNames, FieldIds> idsTogether = new ConcurrentHashMap<>();

    @Override
    public int idOf(String name) {
        return ids.computeIfAbsent(name, added -> {
            names.add(added);
            return names.size() - 1;
        });
    }

    @Override
    public int find(String name) {
        Integer id = ids.get(name);
        return id == null ? UNKNOWN : id;
    }

    @Override
    public FieldIds idsOf(org.storedb.document.FieldNames together) {
        return idsTogether.computeIfAbsent(together, absent -> FieldIds.of(absent, this));
    }

    @Override
    public String nameOf(int id) {
        return names.get(id);
    }
}
