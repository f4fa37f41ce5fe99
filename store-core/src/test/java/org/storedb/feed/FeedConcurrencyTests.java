package org.storedb.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.storedb.CompactionPolicy;
import org.storedb.DocumentCollection;
import org.storedb.Durability;
import org.storedb.Snapshot;
import org.storedb.Store;
import org.storedb.StoreOptions;
import org.storedb.query.Query;

/** Consumers beside many writers and compactions: what they get, in the order in which they get it, leads to the store. */
class FeedConcurrencyTests {

    private static final int WRITERS = 4;
    private static final int TRANSACTIONS = 600;
    private static final int IDS = 40;

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stopThreads() {
        threads.shutdownNow();
    }

    @ParameterizedTest
    @EnumSource
    void replayingTheChangesGivesTheStore(Durability durability) throws Exception {
        StoreOptions options = StoreOptions.defaults()
                .withSegmentBytes(64 << 10)
                .withSyncInterval(Duration.ofMillis(5))
                .withDurability(durability)
                .withCompaction(new CompactionPolicy(true, 0.2));
        try (Store store = Store.openInMemory(options)) {
            Replica pulled = new Replica();
            Replica pushed = new Replica();
            ChangeReader reader = store.changes().read(ChangeRequest.all().named("pulled"));
            ChangeSubscription subscription =
                    store.changes().subscribe(ChangeRequest.all().named("pushed"), pushed::apply);
            List<Future<?>> writers = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                int writer = i;
                writers.add(threads.submit(() -> write(store, writer)));
            }
            Future<?> compactor = threads.submit((Callable<Object>) () -> {
                while (!Thread.interrupted()) {
                    store.compact().join();
                    Thread.sleep(2);
                }
                return true;
            });
            while (pulled.transactions < WRITERS * TRANSACTIONS) {
                pulled.apply(Objects.requireNonNull(reader.next(Duration.ofSeconds(60)), "nothing came"));
            }
            for (Future<?> writer : writers) {
                writer.get(60, TimeUnit.SECONDS);
            }
            compactor.cancel(true);
            while (pushed.transactions < WRITERS * TRANSACTIONS) {
                assertThat(subscription.status().error()).isNull();
                Thread.sleep(1);
            }
            subscription.close();

            assertThat(reader.poll()).isNull();
            assertThat(pulled.documents).isEqualTo(contents(store));
            assertThat(pushed.documents).isEqualTo(pulled.documents);
            assertThat(pushed.stamps).isEqualTo(pulled.stamps);
            assertThat(pulled.stamps.values()).containsOnly(TRANSACTIONS).hasSize(WRITERS);
        }
    }

    @Test
    void aSnapshotAndTheChangesBehindItGiveTheStore() throws Exception {
        try (Store store = Store.openInMemory(StoreOptions.defaults().withDurability(Durability.OS))) {
            List<Future<?>> writers = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                int writer = i;
                writers.add(threads.submit(() -> write(store, writer)));
            }
            List<Replica> replicas = new ArrayList<>();
            List<ChangeReader> readers = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                Thread.sleep(5);
                Snapshot snapshot = store.changes().snapshot();
                Replica replica = new Replica();
                replica.documents.putAll(contents(snapshot));
                replica.isPartial = true;
                replicas.add(replica);
                readers.add(store.changes().read(ChangeRequest.all().after(snapshot.sequence())));
            }
            for (Future<?> writer : writers) {
                writer.get(60, TimeUnit.SECONDS);
            }
            store.sync();
            for (int i = 0; i < readers.size(); i++) {
                ChangeReader reader = readers.get(i);
                for (ChangeTransaction next = reader.poll(); next != null; next = reader.poll()) {
                    replicas.get(i).apply(next);
                }
                assertThat(replicas.get(i).documents).isEqualTo(contents(store));
            }
        }
    }

    private static Map<String, String> contents(org.storedb.StoreContext context) {
        Map<String, String> contents = new TreeMap<>();
        context.collection("docs")
                .findVersioned(Query.all())
                .forEach(found -> contents.put(
                        String.valueOf(found.id()),
                        found.revision() + " " + found.document().get("name")));
        return contents;
    }

    /** Each transaction stamps its number under the writer's key, and changes some documents. */
    private static void write(Store store, int writer) {
        Random random = new Random(writer);
        for (int i = 1; i <= TRANSACTIONS; i++) {
            int number = i;
            long seed = random.nextLong();
            store.runInTransaction(transaction -> {
                Random choice = new Random(seed);
                DocumentCollection<Map<String, Object>> docs = docs(transaction.collection("docs"));
                for (int j = choice.nextInt(4); j > 0; j--) {
                    String id = "d" + choice.nextInt(IDS);
                    if (choice.nextInt(4) == 0) {
                        docs.delete(id);
                    } else {
                        var unused = docs.save(Map.of("id", id, "name", writer + "/" + number + " " + "x".repeat(100)));
                    }
                }
                transaction.keyspace("stamps").put(bytes("writer" + writer), bytes(Integer.toString(number)));
            });
        }
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // Maps without null values.
    private static DocumentCollection<Map<String, Object>> docs(DocumentCollection collection) {
        return collection;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    /** What a consumer makes of the changes. */
    private static final class Replica {

        private final Map<String, String> documents = new TreeMap<>();
        private final Map<String, Integer> stamps = new HashMap<>();
        private volatile int transactions;
        private boolean isPartial;
        private long lastSequence;

        void apply(ChangeTransaction transaction) {
            assertThat(transaction.sequence()).isGreaterThan(lastSequence);
            lastSequence = transaction.sequence();
            int stampsBefore = stamps.size();
            int count = 0;
            for (Change change : transaction.changes()) {
                if (change instanceof DocumentChange document) {
                    apply(document);
                } else {
                    count++;
                    apply((ValueChange) change);
                }
            }
            assertThat(count).as("each transaction has one stamp").isEqualTo(1);
            assertThat(stamps.size()).isBetween(stampsBefore, stampsBefore + 1);
            int now = transactions + 1;
            transactions = now;
        }

        private void apply(DocumentChange change) {
            String id = String.valueOf(change.id());
            boolean known = documents.containsKey(id);
            assertThat(change.kind())
                    .isIn(known ? List.of(ChangeKind.UPDATE, ChangeKind.DELETE) : List.of(ChangeKind.INSERT));
            if (change.isRemoval()) {
                documents.remove(id);
            } else {
                documents.put(
                        id,
                        change.revision().getAsLong() + " "
                                + change.after().toMap().get("name"));
            }
        }

        private void apply(ValueChange change) {
            String writer = new String(change.key(), UTF_8);
            int number = Integer.parseInt(new String(change.value(), UTF_8));
            Integer before = stamps.put(writer, number);
            if (!isPartial || before != null) {
                assertThat(number).isEqualTo(before == null ? 1 : before + 1);
            }
        }
    }
}
