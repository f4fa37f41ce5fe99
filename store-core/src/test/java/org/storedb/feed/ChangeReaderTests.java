package org.storedb.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.storedb.CompactionPolicy;
import org.storedb.DocumentCollection;
import org.storedb.Durability;
import org.storedb.Keyspace;
import org.storedb.Savepoint;
import org.storedb.Snapshot;
import org.storedb.Store;
import org.storedb.StoreOptions;
import org.storedb.Transaction;
import org.storedb.TransactionOptions;
import org.storedb.WriteBatch;
import org.storedb.error.ChangesLostException;
import org.storedb.error.InvalidNameException;
import org.storedb.error.InvalidQueryException;
import org.storedb.error.StoreClosedException;
import org.storedb.index.IndexDefinition;
import org.storedb.internal.io.MemoryDirectory;
import org.storedb.query.Filter;
import org.storedb.testing.InterceptedDirectory;
import org.storedb.testing.IoInterceptor;
import org.storedb.testing.IoOperation;

/** What a reader of changes gets, and when. */
class ChangeReaderTests {

    private static final Duration LONG = Duration.ofSeconds(30);

    private final Store store = Store.openInMemory(
            StoreOptions.defaults().withSegmentBytes(64 << 10).withCompaction(CompactionPolicy.manual()));

    /** A person. */
    record Person(String id, String name, int age) {}

    private final DocumentCollection<Person> people = store.collection("people", Person.class);
    private final Keyspace counters = store.keyspace("counters");

    @AfterEach
    void closeStore() {
        store.close();
    }

    @Test
    void eachCommitIsDeliveredInOrder() {
        ChangeReader reader = store.changes().read(ChangeRequest.all());
        people.insert(new Person("ada", "Ada", 36));
        people.replace(new Person("ada", "Ada Lovelace", 36));
        counters.put("visits".getBytes(UTF_8), "1".getBytes(UTF_8));
        people.delete("ada");
        counters.delete("visits".getBytes(UTF_8));

        assertThat(ChangeLines.drain(reader))
                .containsExactly(
                        "INSERT people ada 0 Ada",
                        "UPDATE people ada 1 Ada Lovelace",
                        "PUT counters visits 1",
                        "DELETE people ada",
                        "DELETE counters visits");
        assertThat(reader.position()).isEqualTo(store.snapshot().sequence());
    }

    @Test
    void aTransactionComesAsAWhole() {
        ChangeReader reader = store.changes().read(ChangeRequest.all());
        try (Transaction transaction = store.begin()) {
            transaction.collection("people", Person.class).insert(new Person("bob", "Bob", 5));
            transaction.keyspace("counters").put(new byte[] {1}, new byte[] {2});
            transaction.collection("people", Person.class).insert(new Person("ada", "Ada", 36));
            assertThat(reader.poll()).isNull();
            transaction.commit();
        }
        ChangeTransaction delivered = Objects.requireNonNull(reader.poll());

        assertThat(delivered.changes()).hasSize(3);
        assertThat(delivered.sequence()).isEqualTo(store.snapshot().sequence());
        assertThat(delivered.committedAt()).isNotNull();
        assertThat(reader.poll()).isNull();
    }

    @Test
    void kindsAreThoseOfTheWholeTransaction() {
        people.insert(new Person("old", "Old", 1));
        ChangeReader reader = store.changes().read(ChangeRequest.ofCollections("people"));
        store.runInTransaction(transaction -> {
            DocumentCollection<Person> own = transaction.collection("people", Person.class);
            own.insert(new Person("new", "New", 1));
            own.replace(new Person("new", "Newer", 2));
            own.delete("old");
            own.insert(new Person("old", "Old again", 3));
            own.insert(new Person("short", "Short", 1));
            own.delete("short");
        });

        assertThat(ChangeLines.drain(reader))
                .containsExactly("INSERT people new 1 Newer", "UPDATE people old 0 Old again");
    }

    @Test
    void whatIsRolledBackIsNotDelivered() {
        ChangeReader reader = store.changes().read(ChangeRequest.ofCollections("people"));
        try (Transaction transaction = store.begin()) {
            DocumentCollection<Person> own = transaction.collection("people", Person.class);
            own.insert(new Person("kept", "Kept", 1));
            Savepoint savepoint = transaction.savepoint();
            own.insert(new Person("dropped", "Dropped", 2));
            own.replace(new Person("kept", "Changed", 2));
            transaction.rollbackTo(savepoint);
            own.insert(new Person("later", "Later", 3));
            transaction.commit();
        }
        try (Transaction transaction = store.begin()) {
            transaction.collection("people", Person.class).insert(new Person("never", "Never", 1));
        }

        assertThat(ChangeLines.drain(reader))
                .containsExactly("INSERT people kept 0 Kept", "INSERT people later 0 Later");
    }

    @Test
    void onlyWhatIsAskedForIsDelivered() {
        ChangeReader both = store.changes()
                .read(ChangeRequest.ofCollections("people", "later").andKeyspaces("other"));
        people.insert(new Person("ada", "Ada", 36));
        counters.put(new byte[] {1}, new byte[] {1});
        store.keyspace("other").put("k".getBytes(UTF_8), "v".getBytes(UTF_8));
        store.collection("unasked").insert(Map.of("id", "x"));
        store.collection("later").insert(Map.of("id", "y", "name", "Y"));

        assertThat(ChangeLines.drain(both))
                .containsExactly("INSERT people ada 0 Ada", "PUT other k v", "INSERT later y 0 Y");
    }

    @Test
    void keyspacesAreAdded() {
        assertThat(ChangeRequest.ofKeyspaces("a").andKeyspaces("b").andKeyspaces("a", "c"))
                .satisfies(request -> assertThat(request.keyspaces()).containsExactlyInAnyOrder("a", "b", "c"))
                .satisfies(request -> assertThat(request.collections()).isNull());
        assertThat(ChangeRequest.all().andKeyspaces("a").keyspaces())
                .as("it had all of them, and all collections")
                .isNull();
    }

    @Test
    void aFilterSeesTheDocumentAfterTheChange() {
        ChangeReader adults =
                store.changes().read(ChangeRequest.ofCollections("people").where(Filter.gte("age", 18)));
        people.insert(new Person("ada", "Ada", 36));
        people.insert(new Person("kid", "Kid", 7));
        people.replace(new Person("kid", "Grown", 18));
        people.replace(new Person("ada", "Young", 3));
        people.delete("ada");

        assertThat(ChangeLines.drain(adults))
                .containsExactly("INSERT people ada 0 Ada", "UPDATE people kid 1 Grown", "DELETE people ada");
        assertThatThrownBy(() -> store.changes().read(ChangeRequest.all().where(Filter.eq("", 1))))
                .isInstanceOf(InvalidQueryException.class);
    }

    @Test
    void internalsAreNeverDelivered() {
        ChangeReader all = store.changes().read(ChangeRequest.all().after(0).named("watcher"));
        people.insert(new Person("ada", "Ada", 36));
        people.createIndex(IndexDefinition.on("name"));
        people.dropIndex("name");

        assertThat(ChangeLines.drain(all)).containsExactly("INSERT people ada 0 Ada");
        all.confirm();
        assertThat(ChangeLines.drain(all)).isEmpty();
        assertThat(store.stats().keyspaces()).isEmpty();
        assertThatThrownBy(() -> store.keyspace("_positions")).isInstanceOf(InvalidNameException.class);
    }

    @Test
    void readingGoesOnBehindAnyPosition() {
        List<Long> sequences = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            people.insert(new Person("p" + i, "x".repeat(500), i));
            sequences.add(store.snapshot().sequence());
        }
        assertThat(store.stats().log().segments()).hasSizeGreaterThan(3);
        for (int i = 0; i < 500; i += 37) {
            ChangeReader reader = store.changes().read(ChangeRequest.all().after(sequences.get(i)));
            List<Long> read = new ArrayList<>();
            for (ChangeTransaction next = reader.poll(); next != null; next = reader.poll()) {
                read.add(next.sequence());
            }
            assertThat(read).isEqualTo(sequences.subList(i + 1, 500));
        }
        assertThat(ChangeLines.drain(store.changes().read(ChangeRequest.all().after(0))))
                .hasSize(500);
    }

    @Test
    void aPositionAheadOfTheStoreIsRefused() {
        people.insert(new Person("ada", "Ada", 36));
        long ahead = store.snapshot().sequence() + 1;

        assertThatThrownBy(() -> store.changes().read(ChangeRequest.all().after(ahead)))
                .isInstanceOfSatisfying(ChangesLostException.class, lost -> {
                    assertThat(lost.asked()).isEqualTo(ahead);
                    assertThat(lost.newest()).isEqualTo(ahead - 1);
                })
                .hasMessageContaining("the last commit is " + (ahead - 1));
    }

    @Test
    void aConsumerHearsOfWhatACompactionHasRemovedAndStartsFromASnapshot() {
        for (int i = 0; i < 2000; i++) {
            people.save(new Person("p" + i % 10, "x".repeat(100), i));
        }
        ChangeReader slow = store.changes().read(ChangeRequest.all().after(0));
        assertThat(slow.poll()).isNotNull();
        store.compact().join();
        long oldest = store.changes().oldestPosition();
        assertThat(oldest).isPositive();

        assertThatThrownBy(() -> store.changes().read(ChangeRequest.all().after(oldest - 1)))
                .isInstanceOfSatisfying(ChangesLostException.class, lost -> {
                    assertThat(lost.asked()).isEqualTo(oldest - 1);
                    assertThat(lost.oldest()).isEqualTo(oldest);
                });
        // The segment that it stands in is its own; the next one is not there any more.
        assertThatThrownBy(() -> ChangeLines.drain(slow)).isInstanceOf(ChangesLostException.class);
        assertThatThrownBy(slow::poll).isInstanceOf(ChangesLostException.class);

        Snapshot start = store.changes().snapshot();
        ChangeReader reader = store.changes().read(ChangeRequest.all().after(start.sequence()));
        people.save(new Person("p0", "after", 1));
        assertThat(start.collection("people").count()).isEqualTo(10);
        assertThat(ChangeLines.drain(reader)).containsExactly("UPDATE people p0 200 after");
    }

    @Test
    void copiesOfACompactionAreNoChanges() {
        for (int i = 0; i < 300; i++) {
            people.insert(new Person("p" + i, "x".repeat(500), i));
        }
        for (int i = 0; i < 300; i += 2) {
            people.delete("p" + i);
        }
        ChangeReader reader = store.changes().read(ChangeRequest.all());
        store.compact().join();
        people.insert(new Person("after", "After", 1));
        store.compact().join();

        assertThat(ChangeLines.drain(reader)).containsExactly("INSERT people after 0 After");
    }

    @Test
    void aReaderWaitsForTheNextCommit() throws Exception {
        ChangeReader reader = store.changes().read(ChangeRequest.all());
        assertThat(reader.next(Duration.ofMillis(1))).isNull();
        Thread writer = new Thread(() -> people.insert(new Person("ada", "Ada", 36)));
        writer.start();

        assertThat(reader.next(LONG)).isNotNull();
        writer.join();
    }

    @Test
    void noWakeUpIsLost() throws Exception {
        int rounds = 3000;
        ChangeReader reader = store.changes().read(ChangeRequest.ofKeyspaces("counters"));
        AtomicInteger taken = new AtomicInteger();
        Thread writer = new Thread(() -> {
            for (int i = 1; i <= rounds; i++) {
                counters.put(new byte[] {1}, new byte[] {1});
                while (taken.get() < i) {
                    Thread.onSpinWait();
                }
            }
        });
        writer.start();
        long start = System.nanoTime();
        for (int i = 1; i <= rounds; i++) {
            assertThat(reader.next(LONG)).isNotNull();
            taken.incrementAndGet();
        }
        writer.join();
        // Each wake-up that is lost takes a second at least.
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(LONG);
    }

    @Test
    void anInterruptEndsTheWaitingOnly() throws Exception {
        ChangeReader reader = store.changes().read(ChangeRequest.all());
        people.insert(new Person("ada", "Ada", 36));
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> reader.next(LONG)).isInstanceOf(InterruptedException.class);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();

        assertThat(reader.next(LONG)).isNotNull();
    }

    @Test
    void closingEndsAReaderThatWaits() throws Exception {
        ChangeReader reader = store.changes().read(ChangeRequest.all());
        Thread closer = new Thread(reader::close);
        closer.start();

        assertThatThrownBy(() -> reader.next(LONG)).isInstanceOf(StoreClosedException.class);
        closer.join();
        assertThatThrownBy(reader::poll).isInstanceOf(StoreClosedException.class);
        reader.close();
    }

    @Test
    void closingTheStoreEndsItsReaders() throws Exception {
        ChangeReader reader = store.changes().read(ChangeRequest.all().named("x"));
        Thread closer = new Thread(store::close);
        closer.start();

        assertThatThrownBy(() -> reader.next(LONG)).isInstanceOf(StoreClosedException.class);
        closer.join();
        assertThatThrownBy(() -> store.changes()).isInstanceOf(StoreClosedException.class);
    }

    @Test
    void deliveredDocumentsOutliveTheStore() {
        ChangeReader reader = store.changes().read(ChangeRequest.all());
        people.insert(new Person("ada", "Ada", 36));
        ChangeTransaction delivered = Objects.requireNonNull(reader.poll());
        store.close();

        DocumentChange change = (DocumentChange) delivered.changes().get(0);
        assertThat(change.after().as(Person.class)).isEqualTo(new Person("ada", "Ada", 36));
        assertThat(change.after().toMap()).containsEntry("name", "Ada");
        assertThat(change.revision()).isEqualTo(OptionalLong.of(0));
    }

    @Test
    void aDeleteHasNoDocumentAfter() {
        people.insert(new Person("ada", "Ada", 36));
        ChangeReader reader = store.changes().read(ChangeRequest.all());
        people.delete("ada");
        counters.put(new byte[] {1}, new byte[] {1});
        counters.delete(new byte[] {1});
        DocumentChange change =
                (DocumentChange) Objects.requireNonNull(reader.poll()).changes().get(0);

        assertThat(change.revision()).isEmpty();
        assertThatThrownBy(change::after)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no document 'ada' after a DELETE");
        reader.poll();
        ValueChange value =
                (ValueChange) Objects.requireNonNull(reader.poll()).changes().get(0);
        assertThatThrownBy(value::value)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no value after a DELETE");
    }

    @Test
    void batchesOfKeyspacesAreTransactions() {
        ChangeReader reader = store.changes().read(ChangeRequest.ofKeyspaces("counters"));
        counters.write(new WriteBatch()
                .put("a".getBytes(UTF_8), "1".getBytes(UTF_8))
                .put("b".getBytes(UTF_8), "2".getBytes(UTF_8))
                .put("a".getBytes(UTF_8), "3".getBytes(UTF_8)));

        assertThat(Objects.requireNonNull(reader.poll()).changes()).hasSize(2);
    }

    @Test
    void commitsThatAreNotDurableWaitForASync() throws Exception {
        try (Store lazy = Store.openInMemory(
                StoreOptions.defaults().withDurability(Durability.OS).withSyncInterval(Duration.ofMillis(50)))) {
            ChangeReader durable = lazy.changes().read(ChangeRequest.all());
            ChangeReader committed = lazy.changes().read(ChangeRequest.all().withDelivery(Delivery.COMMITTED));
            lazy.keyspace("k").put("a".getBytes(UTF_8), "1".getBytes(UTF_8));

            assertThat(ChangeLines.drain(committed)).containsExactly("PUT k a 1");
            assertThat(durable.poll()).isNull();
            lazy.sync();
            assertThat(ChangeLines.drain(durable)).containsExactly("PUT k a 1");

            lazy.keyspace("k").put("a".getBytes(UTF_8), "2".getBytes(UTF_8));
            assertThat(durable.next(LONG)).as("the feed asks for a sync itself").isNotNull();
        }
    }

    @Test
    void closingDoesNotWaitForTheEndOfTheLog() throws Exception {
        Thread polling = Thread.currentThread();
        AtomicInteger reads = new AtomicInteger(-1);
        AtomicReference<@Nullable Thread> closing = new AtomicReference<>(null);
        IoInterceptor disk = new IoInterceptor() {
            @Override
            public void before(IoOperation operation) {
                Thread closer = closing.get();
                if (closer != null && Thread.currentThread() == polling && reads.incrementAndGet() == 5) {
                    closer.start();
                    while (closer.getState() != Thread.State.WAITING) {
                        Thread.onSpinWait();
                    }
                }
            }
        };
        StoreOptions options =
                StoreOptions.defaults().withSegmentBytes(64 << 10).withCompaction(CompactionPolicy.manual());
        try (Store large = Store.open(new InterceptedDirectory(new MemoryDirectory(), disk), options)) {
            ChangeReader reader = large.changes().read(ChangeRequest.ofCollections("people"));
            large.collection("people").insert(Map.of("id", "ada"));
            assertThat(reader.poll()).isNotNull();
            for (byte i = 0; i < 100; i++) {
                large.keyspace("others").put(new byte[] {i}, new byte[60_000]);
            }
            Thread closer = new Thread(reader::close);
            closing.set(closer);

            assertThatThrownBy(reader::poll).isInstanceOf(StoreClosedException.class);

            assertThat(reads.get()).isBetween(5, 50);
            closer.join();
        }
    }

    @Test
    void aReaderIsNotBehindWhatTheStoreItselfCommittedAndACompactionRemoved() {
        for (int age = 0; age < 200; age++) {
            people.save(new Person("ada", "Ada", age));
        }
        ChangeReader reader = store.changes().read(ChangeRequest.all());
        long before = reader.position();
        store.sequence("numbers").next();
        assertThat(store.compact().join().segmentsCompacted()).isPositive();

        assertThat(reader.poll()).isNull();
        assertThat(reader.position()).isEqualTo(store.snapshot().sequence()).isGreaterThan(before);
        people.save(new Person("bob", "Bob", 5));
        assertThat(ChangeLines.drain(reader)).containsExactly("INSERT people bob 0 Bob");
    }

    @Test
    void aSingleTransactionMayBeDeliveredLaterThanOthers() {
        ChangeReader reader = store.changes().read(ChangeRequest.all());
        store.inTransaction(
                TransactionOptions.defaults().withDurability(Durability.OS),
                transaction -> transaction.collection("people", Person.class).insert(new Person("lazy", "Lazy", 1)));
        assertThat(reader.poll()).isNull();
        people.insert(new Person("ada", "Ada", 36));

        assertThat(ChangeLines.drain(reader)).containsExactly("INSERT people lazy 0 Lazy", "INSERT people ada 0 Ada");
    }
}
