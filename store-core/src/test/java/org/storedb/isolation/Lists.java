package org.storedb.isolation;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.storedb.KeyRange;
import org.storedb.StoreContext;
import org.storedb.query.Filter;
import org.storedb.query.Query;

/** Lists of numbers in a store, kept in one of the ways that it offers. */
enum Lists {
    /** As entries of a keyspace. */
    ENTRIES {
        @Override
        List<Integer> read(StoreContext context, int key) {
            byte[] value = context.keyspace("lists").get(idOf(key).getBytes(UTF_8));
            return value == null ? List.of() : decode(value);
        }

        @Override
        Map<Integer, List<Integer>> readAll(StoreContext context) {
            Map<Integer, List<Integer>> all = new TreeMap<>();
            try (var entries = context.keyspace("lists").scan(KeyRange.all())) {
                entries.forEach(entry -> all.put(keyOf(new String(entry.key(), UTF_8)), decode(entry.value())));
            }
            return all;
        }

        @Override
        void write(StoreContext context, int key, List<Integer> elements) {
            ByteBuffer value = ByteBuffer.allocate(Integer.BYTES * elements.size());
            elements.forEach(value::putInt);
            context.keyspace("lists").put(idOf(key).getBytes(UTF_8), value.array());
        }

        private List<Integer> decode(byte[] value) {
            List<Integer> elements = new ArrayList<>();
            ByteBuffer buffer = ByteBuffer.wrap(value);
            while (buffer.hasRemaining()) {
                elements.add(buffer.getInt());
            }
            return elements;
        }
    },

    /** As documents with a secondary index on the length, which all are read by. */
    DOCUMENTS {
        @Override
        List<Integer> read(StoreContext context, int key) {
            return context.collection("lists")
                    .get(idOf(key))
                    .map(this::elementsOf)
                    .orElse(List.of());
        }

        @Override
        Map<Integer, List<Integer>> readAll(StoreContext context) {
            Map<Integer, List<Integer>> all = new TreeMap<>();
            try (var documents = context.collection("lists").find(Query.where(Filter.gte("length", 1)))) {
                documents.forEach(document ->
                        all.put(keyOf((String) Objects.requireNonNull(document.get("id"))), elementsOf(document)));
            }
            return all;
        }

        @Override
        void write(StoreContext context, int key, List<Integer> elements) {
            context.collection("lists").save(Map.of("id", idOf(key), "length", elements.size(), "elements", elements));
        }

        private List<Integer> elementsOf(Map<String, ? extends @org.jspecify.annotations.Nullable Object> document) {
            List<?> elements = (List<?>) Objects.requireNonNull(document.get("elements"));
            return elements.stream()
                    .map(element -> ((Number) Objects.requireNonNull(element)).intValue())
                    .toList();
        }
    };

    abstract List<Integer> read(StoreContext context, int key);

    /** All lists that are not empty. */
    abstract Map<Integer, List<Integer>> readAll(StoreContext context);

    abstract void write(StoreContext context, int key, List<Integer> elements);

    private static String idOf(int key) {
        return "list-" + key;
    }

    private static int keyOf(String id) {
        return Integer.parseInt(id.substring("list-".length()));
    }
}
