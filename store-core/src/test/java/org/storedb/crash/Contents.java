package org.storedb.crash;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.storedb.DocumentCollection;
import org.storedb.KeyRange;
import org.storedb.Keyspace;
import org.storedb.StoreContext;
import org.storedb.index.IndexDefinition;
import org.storedb.query.Query;

/** What a store contains, as a map that can be compared: entries, documents with revision, and indexes. */
final class Contents {

    static final String KEYSPACE = "entries";
    static final String COLLECTION = "people";

    private Contents() {}

    /** Reads everything, each value by scan and again by its key. */
    static SortedMap<String, String> of(StoreContext store) {
        SortedMap<String, String> contents = new TreeMap<>();
        Keyspace keyspace = store.keyspace(KEYSPACE);
        keyspace.scan(KeyRange.all()).forEach(entry -> {
            byte[] again = keyspace.get(entry.key());
            boolean same = again != null && digest(again).equals(digest(entry.value()));
            contents.put(
                    entryName(new String(entry.key(), UTF_8)), same ? digest(entry.value()) : "scan and get differ");
        });
        DocumentCollection<Map<String, @Nullable Object>> people = people(store);
        people.findVersioned(Query.all())
                .forEach(found -> contents.put(
                        documentName(found.id().toString()), document(found.document(), found.revision())));
        for (IndexDefinition index : people.indexes()) {
            contents.put("index " + index.name(), index.toString());
        }
        return contents;
    }

    static DocumentCollection<Map<String, @Nullable Object>> people(StoreContext store) {
        return store.collection(COLLECTION);
    }

    static String entryName(String key) {
        return "entry " + key;
    }

    static String documentName(String id) {
        return "document " + id;
    }

    static String document(Map<String, @Nullable Object> document, long revision) {
        return revision + " " + new TreeMap<>(document);
    }

    static String digest(byte[] value) {
        CRC32C crc = new CRC32C();
        crc.update(value);
        return value.length + " bytes, " + Long.toHexString(crc.getValue());
    }
}
