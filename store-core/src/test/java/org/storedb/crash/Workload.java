package org.storedb.crash;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.storedb.CheckpointPolicy;
import org.storedb.CompactionPolicy;
import org.storedb.Durability;
import org.storedb.Keyspace;
import org.storedb.Store;
import org.storedb.StoreContext;
import org.storedb.StoreOptions;
import org.storedb.TestStores;
import org.storedb.WriteBatch;
import org.storedb.error.StoreException;
import org.storedb.index.IndexDefinition;
import org.storedb.internal.io.Environment;
import org.storedb.maintenance.CompactionResult;
import org.storedb.query.Filter;
import org.storedb.query.Query;
import org.storedb.storage.StorageDirectory;
import org.storedb.testing.SteppedTasks;
import org.storedb.testing.TestEnvironments;

/**
 * Drives a store step by step and keeps the model of it: the contents after each commit, how many commits have been
 * acknowledged, and how many of these a power loss must not take. All of it follows from one seed.
 */
final class Workload {

    static final int SEGMENT_BYTES = 64 << 10;

    private static final int KEYS = 6;
    private static final String[] FIELDS = {"name", "city", "team"};
    private static final List<IndexDefinition> INDEXES = List.of(
            IndexDefinition.uniqueOn("email"),
            IndexDefinition.on("city", "name"),
            IndexDefinition.on("city").descending("name").where(Filter.exists("team")),
            IndexDefinition.onEachElementOf("tags").caseInsensitive());

    private final long seed;
    private final Random random;
    private final StorageDirectory directory;
    private final Durability durability;
    private final StoreVariant variant;
    private final List<SortedMap<String, String>> history = new ArrayList<>(List.of(new TreeMap<>()));
    private final Map<String, Map<String, @Nullable Object>> documents = new HashMap<>();
    private final Map<String, Integer> revisions = new HashMap<>();
    private SteppedTasks tasks = new SteppedTasks();
    private @Nullable InstantSource clock;
    private @Nullable Store store;
    private int acknowledged;
    private int durable;
    private int nextValue;
    private boolean smallValues;

    Workload(long seed, StorageDirectory directory, Durability durability) {
        this(seed, directory, durability, StoreVariant.PLAIN);
    }

    Workload(long seed, StorageDirectory directory, Durability durability, StoreVariant variant) {
        this.seed = seed;
        this.random = new Random(seed);
        this.directory = directory;
        this.durability = durability;
        this.variant = variant;
    }

    static StoreOptions options(Durability durability) {
        return StoreOptions.defaults()
                .withSegmentBytes(SEGMENT_BYTES)
                .withCompaction(new CompactionPolicy(true, 0.25))
                .withCheckpoints(new CheckpointPolicy(true, 4 << 10, 0.25, 1))
                .withDurability(durability);
    }

    /** The contents that may be found: index k holds those after k commits, the last one may still be under way. */
    List<SortedMap<String, String>> history() {
        return history;
    }

    /** Number of commits that a killed process must not lose. */
    int acknowledged() {
        return acknowledged;
    }

    /** Number of commits that a power loss must not take. */
    int durable() {
        return durable;
    }

    /** Makes values short, for tests that go through every byte. */
    void useSmallValues() {
        smallValues = true;
    }

    /** Has the store read this wall clock from the next open on; the one that it has without stands still. */
    void useClock(InstantSource newClock) {
        clock = newClock;
    }

    boolean isOpen() {
        return store != null;
    }

    Store store() {
        if (store == null) {
            throw new IllegalStateException("Not open");
        }
        return store;
    }

    void open() {
        tasks = new SteppedTasks();
        Environment environment =
                clock == null ? TestEnvironments.stepped(seed, tasks) : TestEnvironments.stepped(seed, tasks, clock);
        store = TestStores.open(directory, variant.applyTo(options(durability)), environment);
    }

    void close() {
        Store closing = store;
        if (closing != null) {
            store = null;
            boolean accepting = acceptsWrites(closing);
            closing.close();
            durable = accepting ? acknowledged : durable;
        }
    }

    /** Whether it is certain that nothing has stopped the store, so that closing it makes everything durable. */
    private static boolean acceptsWrites(Store store) {
        try {
            return store.stats().failure() == null;
        } catch (StoreException | OutOfMemoryError e) { // The fault of a campaign has hit the question.
            return false;
        }
    }

    /** Goes on after the process was killed: the commit under way is there as a whole, or it is not. */
    void openAfterKill() {
        open();
        SortedMap<String, String> found = Contents.of(store());
        if (!found.equals(current())) {
            takeBack();
        }
        if (!found.equals(current())) {
            throw new AssertionError("After a kill the store contains " + found + " instead of " + current());
        }
        acknowledged = history.size() - 1;
        documents.clear();
        revisions.clear();
        Contents.people(store()).findVersioned(Query.all()).forEach(each -> {
            documents.put(each.id().toString(), each.document());
            revisions.put(each.id().toString(), (int) each.revision());
        });
    }

    Step anyStep() {
        int dice = random.nextInt(100);
        if (dice < 30) {
            return Step.PUT;
        }
        Step[] others = {
            Step.DELETE,
            Step.BATCH,
            Step.TRANSACTION,
            Step.INSERT,
            Step.INSERT,
            Step.UPDATE,
            Step.UPDATE,
            Step.REMOVE,
            Step.CREATE_INDEX,
            Step.SYNC,
            Step.COMPACT,
            Step.REOPEN,
            Step.PUT,
            Step.PUT
        };
        return others[dice % others.length];
    }

    void run(Step step) {
        switch (step) {
            case PUT -> put(anyKey());
            case DELETE -> delete(anyKey());
            case BATCH -> batch();
            case TRANSACTION -> transaction();
            case INSERT -> insert();
            case UPDATE -> update();
            case REMOVE -> remove();
            case CREATE_INDEX -> createIndex();
            case SYNC -> {
                store().sync();
                durable = acknowledged;
            }
            case COMPACT -> compact();
            case REOPEN -> {
                close();
                open();
            }
        }
    }

    /** One more entry or one less; small, and without an effect on what the seed leads to. */
    void smallCommit(int number) {
        String key = "key" + number % KEYS;
        if (number % 3 == 0 && current().containsKey(Contents.entryName(key))) {
            delete(key);
        } else {
            put(key, ("small " + number).getBytes(UTF_8));
        }
    }

    /** An entry that is larger than a segment, so that the log rolls over; without an effect on what the seed leads to. */
    void rollingCommit(int number) {
        put("key" + number % KEYS, new byte[SEGMENT_BYTES + number]);
    }

    /** Compares the open store with the model. */
    void requireContents() {
        SortedMap<String, String> found = Contents.of(store());
        if (!found.equals(current())) {
            throw new AssertionError("The store contains " + found + "\nbut the model\n" + current());
        }
    }

    /** Strikes out the commit under way if there is one: the store has said that it did not happen. */
    void takeBack() {
        if (history.size() - 1 > acknowledged) {
            history.remove(history.size() - 1);
        }
    }

    private void put(String key) {
        put(key, anyValue());
    }

    private void put(String key, byte[] value) {
        attempt(next -> next.put(Contents.entryName(key), Contents.digest(value)));
        entries(store()).put(key.getBytes(UTF_8), value);
        done();
    }

    private void delete(String key) {
        attempt(next -> next.remove(Contents.entryName(key)));
        entries(store()).delete(key.getBytes(UTF_8));
        done();
    }

    private void batch() {
        WriteBatch batch = new WriteBatch();
        attempt(next -> {
            int size = 1 + random.nextInt(5);
            for (int i = 0; i < size; i++) {
                String key = anyKey();
                if (random.nextInt(3) == 0) {
                    batch.delete(key.getBytes(UTF_8));
                    next.remove(Contents.entryName(key));
                } else {
                    byte[] value = anyValue();
                    batch.put(key.getBytes(UTF_8), value);
                    next.put(Contents.entryName(key), Contents.digest(value));
                }
            }
        });
        entries(store()).write(batch);
        done();
    }

    private void transaction() {
        String key = anyKey();
        String deleted = anyKey();
        byte[] value = anyValue();
        Map<String, @Nullable Object> document = anyDocument("person" + nextValue++);
        String id = document.get("id") + "";
        attempt(next -> {
            next.put(Contents.entryName(key), Contents.digest(value));
            next.remove(Contents.entryName(deleted));
            next.put(Contents.documentName(id), Contents.document(document, 0));
        });
        store().runInTransaction(transaction -> {
            entries(transaction).put(key.getBytes(UTF_8), value);
            entries(transaction).delete(deleted.getBytes(UTF_8));
            Contents.people(transaction).insert(document);
        });
        documents.put(id, document);
        revisions.put(id, 0);
        done();
    }

    private void insert() {
        String id = "person" + nextValue++;
        Map<String, @Nullable Object> document = anyDocument(id);
        attempt(next -> next.put(Contents.documentName(id), Contents.document(document, 0)));
        Contents.people(store()).insert(document);
        documents.put(id, document);
        revisions.put(id, 0);
        done();
    }

    private void update() {
        String id = anyDocumentId();
        if (id == null) {
            insert();
            return;
        }
        Map<String, @Nullable Object> document = anyDocument(id);
        int revision = revisions.merge(id, 1, Integer::sum);
        attempt(next -> next.put(Contents.documentName(id), Contents.document(document, revision)));
        Contents.people(store()).replace(document);
        documents.put(id, document);
        done();
    }

    private void remove() {
        String id = anyDocumentId();
        if (id == null) {
            insert();
            return;
        }
        attempt(next -> next.remove(Contents.documentName(id)));
        Contents.people(store()).delete(id);
        documents.remove(id);
        revisions.remove(id);
        done();
    }

    private void createIndex() {
        IndexDefinition definition = INDEXES.get(random.nextInt(INDEXES.size()));
        attempt(next -> next.put("index " + definition.name(), definition.toString()));
        Contents.people(store()).createIndex(definition);
        done();
    }

    /** Compacts everything, or only what is dead enough, which leaves older segments beside. */
    private void compact() {
        if (random.nextBoolean()) {
            tasks.runRepeated();
            tasks.runWaiting();
            return;
        }
        CompletableFuture<CompactionResult> result = store().compact();
        tasks.runWaiting();
        result.join();
    }

    private SortedMap<String, String> current() {
        return history.get(history.size() - 1);
    }

    private void attempt(java.util.function.Consumer<SortedMap<String, String>> change) {
        SortedMap<String, String> next = new TreeMap<>(current());
        change.accept(next);
        history.add(next);
    }

    /** The commit under way has taken effect. */
    void done() {
        acknowledged = history.size() - 1;
        if (durability == Durability.ALWAYS) {
            durable = acknowledged;
        }
    }

    private static Keyspace entries(StoreContext context) {
        return context.keyspace(Contents.KEYSPACE);
    }

    private String anyKey() {
        return "key" + random.nextInt(KEYS);
    }

    private @Nullable String anyDocumentId() {
        if (documents.isEmpty()) {
            return null;
        }
        List<String> ids = new ArrayList<>(new TreeMap<>(documents).keySet());
        return ids.get(random.nextInt(ids.size()));
    }

    private byte[] anyValue() {
        byte[] value = new byte[smallValues ? random.nextInt(300) + 600 * random.nextInt(2) : anyLength()];
        random.nextBytes(value);
        if (random.nextBoolean()) {
            Arrays.fill(value, value.length / 8, value.length, (byte) nextValue); // Something that can be compressed.
        }
        return value;
    }

    private int anyLength() {
        return switch (random.nextInt(20)) {
            case 0 -> 0;
            case 1, 2, 3, 4 -> random.nextInt(20_000);
            case 5 -> 60_000 + random.nextInt(20_000);
            default -> random.nextInt(1_500);
        };
    }

    private Map<String, @Nullable Object> anyDocument(String id) {
        Map<String, @Nullable Object> document = new HashMap<>();
        document.put("id", id);
        document.put("email", "mail" + nextValue++ + "@example.org");
        for (String field : FIELDS) {
            if (random.nextBoolean()) {
                document.put(field, "some " + field + random.nextInt(4));
            }
        }
        document.put("tags", List.of("A", "b", "a").subList(0, random.nextInt(4)));
        return document;
    }
}
