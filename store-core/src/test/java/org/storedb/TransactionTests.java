package org.storedb;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.storedb.error.DuplicateIdException;
import org.storedb.error.ReadOnlyException;
import org.storedb.error.StoreClosedException;
import org.storedb.error.TransactionClosedException;
import org.storedb.error.TransactionConflictException;
import org.storedb.error.TransactionTimedOutException;
import org.storedb.error.UniqueIndexViolationException;
import org.storedb.index.IndexDefinition;
import org.storedb.testing.CheckedExceptions;

class TransactionTests {

    private static final TransactionOptions SNAPSHOT =
            TransactionOptions.defaults().withIsolation(Isolation.SNAPSHOT);

    private final Store store = Store.openInMemory();

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void writesAreInvisibleUntilCommit() {
        try (Transaction transaction = store.begin()) {
            put(transaction, "a", "1");
            assertThat(get(transaction, "a")).isEqualTo("1");
            assertThat(get(store, "a")).isNull();

            transaction.commit();
        }
        assertThat(get(store, "a")).isEqualTo("1");
    }

    @Test
    void rollbackDropsWrites() {
        put(store, "a", "1");
        try (Transaction transaction = store.begin()) {
            put(transaction, "a", "2");
            transaction.keyspace("test").delete(bytes("a"));
            transaction.rollback();
        }
        assertThat(get(store, "a")).isEqualTo("1");
    }

    @Test
    void nothingRemainsOfACallThatACheckedExceptionEnds() {
        StoreOptions options = StoreOptions.defaults().withValidator("things", document -> {
            if (document.field("bad") != null) {
                CheckedExceptions.throwAnyway(new IOException("no rules"));
            }
            return List.of();
        });
        try (Store strict = Store.openInMemory(options);
                Transaction transaction = strict.begin()) {
            var things = transaction.collection("things");
            things.insert(Map.of("id", 1));
            assertThatThrownBy(() -> things.insertAll(List.of(Map.of("id", 2), Map.of("id", 3, "bad", true))))
                    .isInstanceOf(IOException.class);
            transaction.commit();
            assertThat(strict.collection("things").count()).isEqualTo(1);
        }
    }

    @Test
    void closeRollsBack() {
        try (Transaction transaction = store.begin()) {
            put(transaction, "a", "1");
        }
        assertThat(get(store, "a")).isNull();
    }

    @Test
    void ownWritesAreInOwnScans() {
        put(store, "b", "1");
        put(store, "d", "1");
        try (Transaction transaction = store.begin()) {
            put(transaction, "a", "2");
            put(transaction, "c", "2");
            transaction.keyspace("test").delete(bytes("b"));

            assertThat(keys(transaction)).containsExactly("a", "c", "d");
            assertThat(transaction.keyspace("test").count()).isEqualTo(3);
            assertThat(transaction.keyspace("test").count(KeyRange.from(bytes("c"))))
                    .isEqualTo(2);
        }
        assertThat(keys(store)).containsExactly("b", "d");
    }

    @Test
    void readsComeFromTheSnapshotOfTheBeginning() {
        put(store, "a", "1");
        try (Transaction transaction = store.begin(SNAPSHOT)) {
            put(store, "a", "2");
            put(store, "b", "2");
            assertThat(get(transaction, "a")).isEqualTo("1");
            assertThat(keys(transaction)).containsExactly("a");
        }
    }

    @Test
    void firstCommitterWins() {
        put(store, "a", "1");
        for (TransactionOptions options : List.of(SNAPSHOT, TransactionOptions.defaults())) {
            try (Transaction transaction = store.begin(options)) {
                put(transaction, "a", "mine");
                put(store, "a", "theirs");
                assertThatThrownBy(transaction::commit)
                        .isInstanceOf(TransactionConflictException.class)
                        .hasMessageContaining("keyspace 'test'");
                assertThat(transaction.isActive()).isFalse();
            }
            assertThat(get(store, "a")).isEqualTo("theirs");
        }
    }

    @Test
    void writeSkewIsPossibleAtSnapshotOnly() {
        assertThat(writeSkewSucceeds(SNAPSHOT)).isTrue();
        assertThat(writeSkewSucceeds(TransactionOptions.defaults())).isFalse();
    }

    private boolean writeSkewSucceeds(TransactionOptions options) {
        put(store, "x", "1");
        put(store, "y", "1");
        try (Transaction one = store.begin(options);
                Transaction other = store.begin(options)) {
            get(one, "x");
            get(one, "y");
            get(other, "x");
            get(other, "y");
            put(one, "x", "0");
            put(other, "y", "0");
            one.commit();
            other.commit();
            return true;
        } catch (TransactionConflictException e) {
            return false;
        }
    }

    @Test
    void phantomIsPossibleAtSnapshotOnly() {
        assertThat(phantomSucceeds(SNAPSHOT)).isTrue();
        assertThat(phantomSucceeds(TransactionOptions.defaults())).isFalse();
    }

    private boolean phantomSucceeds(TransactionOptions options) {
        try (Transaction transaction = store.begin(options)) {
            long count = transaction.keyspace("test").count(KeyRange.prefix(bytes("p")));
            put(store, "p" + count, "phantom");
            put(transaction, "count", Long.toString(count));
            transaction.commit();
            return true;
        } catch (TransactionConflictException e) {
            return false;
        }
    }

    @Test
    void readOfAnAbsentKeyConflictsWithItsInsert() {
        put(store, "other", "1");
        try (Transaction transaction = store.begin()) {
            assertThat(get(transaction, "absent")).isNull();
            put(store, "absent", "now there");
            put(transaction, "result", "was absent");
            assertThatThrownBy(transaction::commit).isInstanceOf(TransactionConflictException.class);
        }
    }

    @Test
    void readOfAnEmptyNewKeyspaceConflictsWithItsFirstInsert() {
        try (Transaction transaction = store.begin()) {
            assertThat(transaction.keyspace("fresh").count()).isZero();
            store.keyspace("fresh").put(bytes("a"), bytes("1"));
            put(transaction, "result", "fresh was empty");
            assertThatThrownBy(transaction::commit).isInstanceOf(TransactionConflictException.class);
        }
    }

    @Test
    void firstWriteToANewKeyspaceDoesNotConflictWithItself() {
        try (Transaction transaction = store.begin()) {
            assertThat(transaction.keyspace("fresh").get(bytes("a"))).isNull();
            transaction.keyspace("fresh").put(bytes("a"), bytes("1"));
            transaction.commit();
        }
        assertThat(store.keyspace("fresh").count()).isEqualTo(1);
    }

    @Test
    void refusedInsertIsAReadOfWhatWasInItsWay() {
        DocumentCollection<Map<String, Object>> people = store.collection("people");
        people.createIndex(IndexDefinition.on("email").asUnique());
        people.insert(Map.of("id", "ada", "email", "ada@x"));

        Transaction sameId = store.begin();
        assertThatThrownBy(() -> sameId.collection("people").insert(Map.of("id", "ada")))
                .isInstanceOf(DuplicateIdException.class);
        Transaction sameEmail = store.begin();
        assertThatThrownBy(() -> sameEmail.collection("people").insert(Map.of("id", "eve", "email", "ada@x")))
                .isInstanceOf(UniqueIndexViolationException.class);
        Transaction snapshot = store.begin(TransactionOptions.defaults().withIsolation(Isolation.SNAPSHOT));
        assertThatThrownBy(() -> snapshot.collection("people").insert(Map.of("id", "ada")))
                .isInstanceOf(DuplicateIdException.class);
        people.delete("ada");
        for (Transaction transaction : List.of(sameId, sameEmail, snapshot)) {
            transaction.collection("log").save(Map.of("id", "saw", "text", "there is an Ada"));
        }

        assertThatThrownBy(sameId::commit).isInstanceOf(TransactionConflictException.class);
        assertThatThrownBy(sameEmail::commit).isInstanceOf(TransactionConflictException.class);
        snapshot.commit();
    }

    @Test
    void changesElsewhereDoNotConflict() {
        put(store, "a", "1");
        try (Transaction transaction = store.begin()) {
            get(transaction, "a");
            transaction.keyspace("test").count(KeyRange.between(bytes("a"), bytes("c")));
            put(store, "c", "2");
            store.keyspace("elsewhere").put(bytes("a"), bytes("2"));
            put(transaction, "b", "3");
            transaction.commit();
        }
        assertThat(keys(store)).containsExactly("a", "b", "c");
    }

    @Test
    void readOnlyTransactionNeverConflictsAndRefusesWrites() {
        put(store, "a", "1");
        try (Transaction transaction = store.begin(TransactionOptions.defaults().withReadOnly(true))) {
            assertThat(get(transaction, "a")).isEqualTo("1");
            put(store, "a", "2");
            assertThat(get(transaction, "a")).isEqualTo("1");
            assertThatThrownBy(() -> put(transaction, "a", "3")).isInstanceOf(ReadOnlyException.class);
            transaction.commit();
        }
    }

    @Test
    void savepointDropsWhatCameAfterIt() {
        put(store, "a", "0");
        try (Transaction transaction = store.begin()) {
            put(transaction, "a", "1");
            Savepoint first = transaction.savepoint();
            put(transaction, "a", "2");
            put(transaction, "b", "2");
            Savepoint second = transaction.savepoint();
            put(transaction, "c", "3");

            transaction.rollbackTo(first);
            assertThat(get(transaction, "a")).isEqualTo("1");
            assertThat(keys(transaction)).containsExactly("a");
            assertThatThrownBy(() -> transaction.rollbackTo(second)).isInstanceOf(IllegalArgumentException.class);

            put(transaction, "d", "4");
            transaction.rollbackTo(first);
            put(transaction, "e", "5");
            transaction.release(first);
            assertThatThrownBy(() -> transaction.rollbackTo(first)).isInstanceOf(IllegalArgumentException.class);
            transaction.commit();
        }
        assertThat(keys(store)).containsExactly("a", "e");
        assertThat(get(store, "a")).isEqualTo("1");
    }

    @Test
    void scanThatWasBegunBeforeARollbackGoesOnWithWhatItSaw() {
        try (Transaction transaction = store.begin()) {
            Savepoint savepoint = transaction.savepoint();
            put(transaction, "a", "1");
            var scan = transaction.keyspace("test").scan(KeyRange.all()).iterator();
            transaction.rollbackTo(savepoint);
            put(transaction, "b", "2");

            assertThat(scan.next().value()).isEqualTo(bytes("1"));
            assertThat(scan.hasNext()).isFalse();
        }
    }

    @Test
    void workLeavesTheCommitToTheStore() {
        assertThatThrownBy(() -> store.runInTransaction(transaction -> {
                    transaction.keyspace("test").put(bytes("a"), bytes("1"));
                    transaction.commit();
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("leave out the commit");
        assertThat(store.keyspace("test").count()).isZero();
    }

    @Test
    void endedTransactionRefusesEverything() {
        Transaction transaction = store.begin();
        Keyspace keyspace = transaction.keyspace("test");
        transaction.commit();

        assertThatThrownBy(transaction::commit).isInstanceOf(TransactionClosedException.class);
        assertThatThrownBy(() -> keyspace.get(bytes("a"))).isInstanceOf(TransactionClosedException.class);
        assertThatThrownBy(transaction::savepoint).isInstanceOf(TransactionClosedException.class);
        transaction.rollback();
        transaction.close();
    }

    @Test
    void timedOutTransactionCommitsNothing() throws InterruptedException {
        Transaction transaction = store.begin(TransactionOptions.defaults().withTimeout(Duration.ofMillis(1)));
        Thread.sleep(5);

        assertThatThrownBy(() -> put(transaction, "a", "1")).isInstanceOf(TransactionTimedOutException.class);
        assertThatThrownBy(transaction::commit).isInstanceOf(TransactionTimedOutException.class);
        assertThat(transaction.isActive()).isFalse();
        assertThat(get(store, "a")).isNull();
    }

    @Test
    void timedOutTransactionCanBeRolledBackToASavepoint() throws InterruptedException {
        Transaction transaction = store.begin(TransactionOptions.defaults().withTimeout(Duration.ofMillis(500)));
        Savepoint savepoint = transaction.savepoint();
        put(transaction, "a", "1");
        Thread.sleep(510);

        transaction.rollbackTo(savepoint);
        transaction.release(savepoint);
        assertThatThrownBy(transaction::savepoint).isInstanceOf(TransactionTimedOutException.class);
        assertThatThrownBy(transaction::commit).isInstanceOf(TransactionTimedOutException.class);
    }

    @Test
    void exceptionFromTheWorkRollsBackAndIsThrownOn() {
        assertThatThrownBy(() -> store.runInTransaction(transaction -> {
                    put(transaction, "a", "1");
                    throw new IllegalArgumentException("no");
                }))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(get(store, "a")).isNull();
    }

    @Test
    void concurrentIncrementsAreAllCounted() throws Exception {
        put(store, "counter", "0");
        inThreads(8, () -> {
            for (int i = 0; i < 100; i++) {
                store.runInTransaction(transaction ->
                        put(transaction, "counter", Integer.toString(number(transaction, "counter") + 1)));
            }
        });
        assertThat(get(store, "counter")).isEqualTo("800");
        StoreStats.TransactionStats figures = store.stats().transactions();
        assertThat(figures.begun()).isEqualTo(figures.committed() + figures.rolledBack());
        assertThat(figures.rolledBack()).isEqualTo(figures.conflicted());
    }

    @Test
    void lastAttemptThrowsTheConflict() {
        TransactionOptions twice = TransactionOptions.defaults().withMaxAttempts(2);
        int[] attempts = {0};
        assertThatThrownBy(() -> store.inTransaction(twice, transaction -> {
                    attempts[0]++;
                    put(transaction, "a", "mine");
                    put(store, "a", "theirs");
                    return attempts[0];
                }))
                .isInstanceOf(TransactionConflictException.class)
                .hasMessageContaining("in each of 2 attempts")
                .hasMessageContaining("use the collections of its transaction")
                .hasCauseInstanceOf(TransactionConflictException.class);
        assertThat(attempts[0]).isEqualTo(2);
    }

    @Test
    void writersThatMeetTheCloseOfTheStoreAreRefusedOrDone() throws Exception {
        Store closing = Store.openInMemory();
        AtomicInteger acknowledged = new AtomicInteger();
        inThreads(4, () -> {
            try {
                for (int i = 0; ; i++) {
                    closing.keyspace("test").put(bytes("key" + i), bytes("value"));
                    if (acknowledged.incrementAndGet() == 500) {
                        closing.close();
                    }
                }
            } catch (StoreClosedException e) {
                assertThat(closing.isOpen()).isFalse();
            }
        });
        assertThat(acknowledged.get()).isGreaterThanOrEqualTo(500);
    }

    @Test
    void transfersBetweenAccountsKeepTheSum() throws Exception {
        for (int i = 0; i < 10; i++) {
            put(store, "account" + i, "100");
        }
        inThreads(4, () -> {
            java.util.Random random =
                    new java.util.Random(Thread.currentThread().getId());
            for (int i = 0; i < 200; i++) {
                String from = "account" + random.nextInt(10);
                String to = "account" + random.nextInt(10);
                store.runInTransaction(transaction -> {
                    if (!from.equals(to)) {
                        put(transaction, from, Integer.toString(number(transaction, from) - 1));
                        put(transaction, to, Integer.toString(number(transaction, to) + 1));
                    }
                });
                Snapshot snapshot = store.snapshot();
                int sum = snapshot.keyspace("test")
                        .scan(KeyRange.prefix(bytes("account")))
                        .mapToInt(entry -> Integer.parseInt(new String(entry.value(), UTF_8)))
                        .sum();
                assertThat(sum).isEqualTo(1000);
            }
        });
    }

    private static void inThreads(int count, Runnable work) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(count);
        CountDownLatch start = new CountDownLatch(1);
        List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            running.add(threads.submit(() -> {
                start.await();
                work.run();
                return null;
            }));
        }
        start.countDown();
        for (Future<?> each : running) {
            each.get();
        }
        threads.shutdown();
    }

    private static void put(StoreContext context, String key, String value) {
        context.keyspace("test").put(bytes(key), bytes(value));
    }

    private static @Nullable String get(StoreContext context, String key) {
        byte[] value = context.keyspace("test").get(bytes(key));
        return value == null ? null : new String(value, UTF_8);
    }

    private static int number(StoreContext context, String key) {
        return Integer.parseInt(Objects.requireNonNull(get(context, key)));
    }

    private static List<String> keys(StoreContext context) {
        return context.keyspace("test")
                .scan(KeyRange.all())
                .map(entry -> new String(entry.key(), UTF_8))
                .toList();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
