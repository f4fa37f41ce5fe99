package org.storedb.expiry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.storedb.Access;
import org.storedb.Expiry;
import org.storedb.Store;
import org.storedb.StoreOptions;
import org.storedb.StoreSalvage;
import org.storedb.TestStores;
import org.storedb.Transaction;
import org.storedb.error.ReadOnlyException;
import org.storedb.index.IndexDefinition;
import org.storedb.internal.transaction.Expiries;
import org.storedb.maintenance.OperationMonitor;
import org.storedb.testing.SimulatedDirectory;

/** What becomes of the records: when they are removed, when not, and what a clock that is wrong can do. */
class ExpiryPurgeTests {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration GRACE = Duration.ofMinutes(10);
    private static final Duration YEAR = Duration.ofDays(365);

    private final TimedStore timed = new TimedStore(StoreOptions.defaults().withExpiryGrace(GRACE));

    @AfterEach
    void verifyAndClose() {
        assertThat(timed.store().verify().problems()).isEmpty();
        timed.close();
    }

    private void insert(int count, Duration lifetime) {
        timed.store().inTransaction(transaction -> {
            for (int i = 0; i < count; i++) {
                transaction
                        .collection("things")
                        .insert(Map.of("id", "t" + i, "number", i, "text", "x".repeat(200)), Expiry.after(lifetime));
            }
            return count;
        });
    }

    private long stored() {
        return TestStores.state(timed.store()).withExpired().records().get(1).size();
    }

    private long putAside() {
        return TestStores.state(timed.store()).expiries().expiredCount();
    }

    @Test
    void recordsAreRemovedAfterTheGracePeriod() {
        insert(1000, MINUTE);
        timed.pass(MINUTE);
        timed.runBackground();
        assertThat(putAside()).isEqualTo(1000);
        timed.pass(GRACE.minusSeconds(1));
        timed.runBackground();
        assertThat(stored()).isEqualTo(1000);
        timed.pass(Duration.ofSeconds(1));
        timed.runBackground();
        assertThat(stored()).isZero();
        assertThat(putAside()).isZero();
        timed.reopen();
        assertThat(stored()).isZero();
    }

    @Test
    void compactionKeepsWhatHasExpiredUntilItIsRemoved() {
        insert(500, MINUTE);
        timed.collection().insert(Map.of("id", "stays"));
        timed.pass(MINUTE);
        assertThat(timed.collection().count()).isEqualTo(1);
        compact();
        assertThat(putAside()).isEqualTo(500);
        assertThat(timed.store().verify().problems()).isEmpty();
        timed.killAndReopen();
        assertThat(putAside()).isEqualTo(500);
        long before = timed.store().stats().log().bytesOnDisk();
        assertThat(timed.store().purgeExpired()).isEqualTo(500);
        assertThat(timed.store().purgeExpired()).isZero();
        compact();
        assertThat(timed.store().stats().log().liveBytes()).isLessThan(before / 2);
        timed.reopen();
        assertThat(timed.collection().count()).isEqualTo(1);
        assertThat(stored()).isEqualTo(1);
    }

    private void insertAndDelete() {
        timed.collection().insert(Map.of("id", "more", "text", "x".repeat(5000)));
        timed.collection().delete("more");
    }

    private void compact() {
        var running = timed.store().compact();
        timed.runBackground();
        assertThat(running).isCompleted();
    }

    @Test
    void whatGotAnotherRecordMeanwhileStays() {
        insert(3, MINUTE);
        timed.pass(MINUTE);
        timed.runBackground();
        timed.collection().insert(Map.of("id", "t1", "number", 7));
        timed.pass(GRACE);
        timed.runBackground();
        assertThat(stored()).isEqualTo(1);
        assertThat(timed.collection().get("t1").orElseThrow()).containsEntry("number", 7);
    }

    @Test
    void clockThatGoesForwardHidesAndDestroysNothing() {
        timed.collection().createIndex(IndexDefinition.on("number"));
        insert(100, Duration.ofDays(30));
        timed.setClock(YEAR);
        timed.runBackground();
        assertThat(timed.collection().count()).isZero();
        timed.pass(GRACE.minusSeconds(5));
        timed.runBackground();
        timed.setClock(YEAR.negated());
        timed.pass(GRACE.multipliedBy(5));
        timed.runBackground();
        timed.runBackground();
        assertThat(timed.collection().count())
                .as("a reported expiry does not un-happen")
                .isZero();
        assertThat(timed.store().purgeExpired()).isZero();
        assertThat(stored()).as("but nothing is gone").isEqualTo(100);

        timed.close();
        SimulatedDirectory salvaged = new SimulatedDirectory();
        StoreSalvage.run(timed.directory(), salvaged, StoreOptions.defaults(), OperationMonitor.none());
        timed.openAgain(salvaged, StoreOptions.defaults());
        assertThat(timed.collection().count()).as("salvage brings it back").isEqualTo(100);
        assertThat(timed.collection().expiresAt("t3")).contains(TimedStore.START.plus(Duration.ofDays(30)));
    }

    @Test
    void clockThatIsRightAfterAllRemovesInTheEnd() {
        insert(10, Duration.ofDays(1));
        timed.setClock(Duration.ofDays(2)); // As after a long sleep of the machine.
        timed.runBackground();
        timed.pass(GRACE);
        timed.runBackground();
        assertThat(stored()).isZero();
    }

    @Test
    void timeGoesOnWhenTheClockWasSetBack() {
        timed.setClock(YEAR);
        timed.collection().insert(Map.of("id", "first"));
        timed.setClock(YEAR.negated());
        timed.reopen();
        timed.collection().insert(Map.of("id", "a"), Expiry.after(MINUTE));
        timed.pass(MINUTE.minusSeconds(1));
        assertThat(timed.collection().exists("a")).isTrue();
        timed.pass(Duration.ofSeconds(1));
        assertThat(timed.collection().exists("a")).isFalse();
    }

    @Test
    void expiryIsKnownToTheLogWithoutAnyCommit() {
        insert(1, MINUTE);
        timed.pass(MINUTE);
        assertThat(timed.collection().count()).isZero();
        timed.runBackground();
        timed.setClock(Duration.ofDays(-1));
        timed.killAndReopen();
        assertThat(timed.collection().count()).isZero();
    }

    @Test
    void compactionDoesNotTakeAwayThatItIsKnown() {
        insert(1, MINUTE);
        insertAndDelete();
        compact(); // The record is in a segment of its own.
        timed.pass(MINUTE);
        timed.runBackground(); // An empty commit says that it has expired,
        insertAndDelete();
        compact(); // and goes with all that is in its segment.
        assertThat(timed.store().stats().log().segments()).hasSize(2);
        timed.setClock(Duration.ofDays(-1));
        timed.killAndReopen();
        assertThat(timed.collection().count()).isZero();
    }

    @Test
    void readersHideAndRemoveNothing() {
        insert(5, MINUTE);
        Store reader = timed.reader(StoreOptions.defaults().withAccess(Access.FOLLOW));
        timed.collection().insert(Map.of("id", "more"), Expiry.after(MINUTE.multipliedBy(2)));
        reader.refresh();
        assertThat(reader.collection("things").count()).isEqualTo(6);
        timed.pass(MINUTE);
        assertThat(reader.collection("things").count()).isEqualTo(1);
        assertThat(reader.collection("things").get("t1")).isEmpty();
        timed.pass(MINUTE);
        reader.refresh();
        assertThat(reader.collection("things").count()).isZero();
        timed.collection().insert(Map.of("id", "t1"));
        reader.refresh();
        assertThat(reader.collection("things").find(org.storedb.query.Query.all()))
                .hasSize(1);
        timed.store().purgeExpired();
        timed.collection().insert(Map.of("id", "t2"), Expiry.after(MINUTE));
        reader.refresh();
        assertThat(reader.collection("things").count()).isEqualTo(2);
        assertThatThrownBy(reader::purgeExpired).isInstanceOf(ReadOnlyException.class);
        reader.close();
    }

    @Test
    void usedDocumentsStay() {
        Duration unused = Duration.ofMinutes(30);
        timed.collection().insert(Map.of("id", "used"), Expiry.afterUnused(unused));
        timed.collection().insert(Map.of("id", "touched"), Expiry.afterUnused(unused));
        timed.collection().insert(Map.of("id", "unused"), Expiry.afterUnused(unused));
        long commits = timed.store().stats().sequence();
        for (int i = 0; i < 40; i++) {
            assertThat(timed.collection().get("used")).isPresent();
            timed.pass(Duration.ofMillis(10));
        }
        timed.runBackground();
        assertThat(timed.store().stats().sequence()).as("reads write nothing").isEqualTo(commits);
        for (int i = 0; i < 20; i++) {
            timed.pass(Duration.ofMinutes(29));
            assertThat(timed.collection().get("used")).isPresent();
            assertThat(timed.collection().touch("touched")).isTrue();
        }
        assertThat(timed.collection().getVersioned("used").orElseThrow().revision())
                .isZero();
        assertThat(timed.collection().count()).isEqualTo(2);
        timed.reopen();
        timed.pass(unused.minusSeconds(1));
        assertThat(timed.collection().count()).isEqualTo(2);
        timed.pass(unused.dividedBy(4));
        assertThat(timed.collection().count()).isZero();
    }

    @Test
    void transactionsDoNotConflictWithTheirOwnUses() {
        byte[] key = {1};
        Duration unused = Duration.ofMinutes(30);
        timed.collection().insert(Map.of("id", "used"), Expiry.afterUnused(unused));
        timed.store().keyspace("values").put(key, new byte[1], Expiry.afterUnused(unused));
        timed.pass(Duration.ofMinutes(29));
        try (Transaction transaction = timed.store().begin()) {
            assertThat(transaction.collection("things").get("used")).isPresent();
            assertThat(transaction.keyspace("values").get(key)).hasSize(1);
            timed.runBackground();
            transaction.collection("things").insert(Map.of("id", "more"));
            transaction.commit();
        }
        timed.pass(Duration.ofMinutes(29));
        assertThat(timed.collection().exists("used")).isTrue();
        assertThat(timed.store().keyspace("values").exists(key)).isTrue();
    }

    @Test
    void valuesOfKeyspacesExpireToo() {
        byte[] key = "key".getBytes(StandardCharsets.UTF_8);
        byte[] other = "other".getBytes(StandardCharsets.UTF_8);
        var values = timed.store().keyspace("values");
        values.put(key, new byte[] {1}, Expiry.after(MINUTE));
        values.put(other, new byte[] {2}, Expiry.afterUnused(MINUTE));
        assertThat(values.expiresAt(key)).contains(TimedStore.START.plus(MINUTE));
        timed.pass(MINUTE.minusSeconds(1));
        assertThat(values.get(other)).containsExactly(2);
        timed.pass(Duration.ofSeconds(2));
        assertThat(values.get(key)).isNull();
        assertThat(values.exists(key)).isFalse();
        assertThat(values.count()).isEqualTo(1);
        assertThat(values.get(other)).containsExactly(2);
        assertThat(values.delete(key)).isFalse();
        assertThat(values.expire(key, Expiry.never())).isFalse();
        values.put(key, new byte[] {3});
        assertThat(values.touch(other)).isTrue();
        assertThat(values.expire(other, Expiry.never())).isTrue();
        timed.pass(YEAR);
        assertThat(values.count()).isEqualTo(2);
        assertThat(values.expiresAt(key)).isEmpty();
        timed.killAndReopen();
        assertThat(timed.store().keyspace("values").get(key)).containsExactly(3);
        Expiries expiries = TestStores.state(timed.store()).expiries();
        assertThat(expiries.nextMillis()).isEqualTo(Long.MAX_VALUE);
        assertThat(expiries.expiredCount()).isZero();
    }
}
