package org.storedb.tool;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.storedb.CheckpointPolicy;
import org.storedb.Durability;
import org.storedb.Store;
import org.storedb.StoreOptions;
import org.storedb.index.IndexDefinition;

/** Stores on the file system for the tool to work on. */
final class ToolStores {

    /** How many orders {@link #create} puts into a store. */
    static final int ORDERS = 400;

    static final StoreOptions OPTIONS =
            StoreOptions.defaults().withSegmentBytes(64 << 10).withDurability(Durability.OS);

    /** With these a store opens without reading its first segments. */
    static final StoreOptions WITH_CHECKPOINT = OPTIONS.withCheckpoints(new CheckpointPolicy(true, 0, 0, 0));

    private ToolStores() {}

    /** Creates a closed store of several segments. */
    static Path create(Path directory, StoreOptions options) {
        try (Store store = Store.open(directory, options)) {
            store.collection("orders").createIndex(IndexDefinition.on("customer"));
            for (int i = 0; i < ORDERS; i++) {
                store.collection("orders").insert(Map.of("id", i, "customer", "c" + i % 10, "note", "n".repeat(500)));
            }
            store.keyspace("cache").put("key".getBytes(UTF_8), "value".getBytes(UTF_8));
        }
        return directory;
    }

    static long countOrders(Path directory) {
        try (Store store = Store.open(directory, OPTIONS)) {
            return store.collection("orders").count();
        }
    }

    /** Flips a bit in the middle of a file. */
    static void damage(Path file) throws IOException {
        byte[] content = Files.readAllBytes(file);
        content[content.length / 2] ^= 1;
        Files.write(file, content);
    }

    /** Returns the first segment of a store, which is sealed. */
    static Path firstSegment(Path directory) {
        return directory.resolve("segment-0000000001.log");
    }

    /** Returns the contents of all files of a directory. */
    static Map<String, String> files(Path directory) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> paths = Files.list(directory)) {
            for (Path path : paths.toList()) {
                files.put(
                        String.valueOf(path.getFileName()),
                        Base64.getEncoder().encodeToString(Files.readAllBytes(path)));
            }
        }
        return files;
    }
}
