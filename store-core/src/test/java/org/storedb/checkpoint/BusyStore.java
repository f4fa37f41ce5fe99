package org.storedb.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.storedb.CheckpointPolicy;
import org.storedb.CompactionPolicy;
import org.storedb.DocumentCollection;
import org.storedb.Durability;
import org.storedb.Keyspace;
import org.storedb.Store;
import org.storedb.StoreOptions;
import org.storedb.TestStores;
import org.storedb.WriteBatch;
import org.storedb.index.IndexDefinition;
import org.storedb.maintenance.CompactionResult;
import org.storedb.query.Filter;
import org.storedb.storage.StorageDirectory;
import org.storedb.testing.InterceptedDirectory;
import org.storedb.testing.IoInterceptor;
import org.storedb.testing.IoOperation;
import org.storedb.testing.SimulatedDirectory;
import org.storedb.testing.SteppedTasks;
import org.storedb.testing.TestEnvironments;

/**
 * A store to which things happen by chance: writes of all kinds, indexes that come and go, compactions, checkpoints.
 * Writes and checkpoints slip into compactions, too, which run in the same thread here.
 */
final class BusyStore implements IoInterceptor {

    private static final int KEYS = 40;
    private static final int MOMENTS_MAX = 3;
    private static final IndexDefinition[] INDEXES = {
        IndexDefinition.on("city"),
        IndexDefinition.on("city", "team"),
        IndexDefinition.uniqueOn("email"),
        IndexDefinition.on("city").descending("team").caseInsensitive(),
        IndexDefinition.onEachElementOf("tags"),
        IndexDefinition.on("email").where(Filter.gt("team", 1)),
        IndexDefinition.on("email").where(Filter.eq("team", "nobody's")).named("empty")
    };

    private final SimulatedDirectory disk;
    private final StorageDirectory directory;
    private final Random random;
    private final List<Map<String, byte[]>> moments = new ArrayList<>();
    private SteppedTasks tasks = new SteppedTasks();
    private Store store;
    private boolean compacting;
    private boolean copying;
    private boolean nested;

    BusyStore(SimulatedDirectory disk, Random random) {
        this.disk = disk;
        this.directory = new InterceptedDirectory(disk, this);
        this.random = random;
        this.store = open();
    }

    static StoreOptions options() {
        return StoreOptions.defaults()
                .withSegmentBytes(64 << 10)
                .withDurability(Durability.OS)
                .withCompaction(new CompactionPolicy(true, 0.3))
                .withCheckpoints(new CheckpointPolicy(true, 1 << 10, 0.02, 1));
    }

    /** What a killed process would have left behind at the end of the last step, and at moments within it. */
    List<Map<String, byte[]>> takeMoments() {
        List<Map<String, byte[]>> taken = new ArrayList<>(moments);
        taken.add(disk.visibleFiles());
        moments.clear();
        return taken;
    }

    Store store() {
        return store;
    }

    void step() {
        int dice = random.nextInt(100);
        if (dice < 30) {
            writeEntries();
        } else if (dice < 70) {
            writeDocuments();
        } else if (dice < 76) {
            people().createIndex(INDEXES[random.nextInt(INDEXES.length)]);
        } else if (dice < 80) {
            people().dropIndex(INDEXES[random.nextInt(INDEXES.length)].name());
        } else if (dice < 90) {
            compacting = true;
            runBackground();
        } else if (dice < 95) {
            compacting = true;
            CompletableFuture<CompactionResult> result = store.compact();
            tasks.runWaiting();
            result.join();
        } else {
            store.close();
            store = open();
        }
        compacting = false;
        copying = false;
    }

    @Override
    public void after(IoOperation operation) {
        boolean ofSegment = operation.file().startsWith("segment-");
        copying |= compacting && ofSegment && operation.kind() == IoOperation.Kind.READ;
        boolean unlocked = operation.kind() == IoOperation.Kind.READ || operation.kind() == IoOperation.Kind.WRITE;
        if (copying && ofSegment && unlocked && !nested && random.nextInt(4) == 0) {
            nested = true;
            switch (random.nextInt(4)) {
                case 0, 1 -> runBackground();
                case 2 -> writeDocuments();
                default -> writeEntries();
            }
            nested = false;
            if (moments.size() < MOMENTS_MAX) {
                moments.add(disk.visibleFiles());
            }
        }
    }

    private void runBackground() {
        tasks.runRepeated();
        tasks.runWaiting();
    }

    /** Gives the store up without closing it. */
    void kill() {
        tasks = new SteppedTasks();
        store = open();
    }

    private Store open() {
        tasks = new SteppedTasks();
        return TestStores.open(directory, options(), TestEnvironments.stepped(random.nextLong(), tasks));
    }

    private void writeEntries() {
        WriteBatch batch = new WriteBatch();
        int count = 1 + random.nextInt(8);
        for (int i = 0; i < count; i++) {
            byte[] key = ("key" + random.nextInt(KEYS)).getBytes(UTF_8);
            if (random.nextInt(3) == 0) {
                batch.delete(key);
            } else {
                batch.put(key, new byte[random.nextInt(20) == 0 ? 10_000 : random.nextInt(200)]);
            }
        }
        Keyspace entries = store.keyspace(random.nextInt(4) == 0 ? "others" : "entries");
        entries.write(batch);
    }

    private void writeDocuments() {
        store.runInTransaction(transaction -> {
            DocumentCollection<Map<String, @Nullable Object>> people = transaction.collection("people");
            int count = 1 + random.nextInt(5);
            for (int i = 0; i < count; i++) {
                String id = "person" + random.nextInt(KEYS);
                if (random.nextInt(3) == 0) {
                    people.delete(id);
                } else {
                    people.save(document(id));
                }
            }
        });
    }

    private DocumentCollection<Map<String, @Nullable Object>> people() {
        return store.collection("people");
    }

    private Map<String, @Nullable Object> document(String id) {
        Map<String, @Nullable Object> document = new HashMap<>();
        document.put("id", id);
        document.put("email", "mail" + random.nextLong());
        document.put("city", (random.nextBoolean() ? "city" : "City") + random.nextInt(6));
        document.put("tags", List.of(random.nextInt(3), random.nextInt(3)).subList(0, random.nextInt(3)));
        if (random.nextBoolean()) {
            document.put("team", random.nextInt(4));
        }
        document.put("text", "x".repeat(random.nextInt(400)));
        return document;
    }
}
