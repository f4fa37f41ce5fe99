package org.storedb.expiry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.storedb.CheckpointPolicy;
import org.storedb.DocumentCollection;
import org.storedb.Expiry;
import org.storedb.Savepoint;
import org.storedb.Snapshot;
import org.storedb.StoreOptions;
import org.storedb.Transaction;
import org.storedb.error.DocumentNotFoundException;
import org.storedb.error.TransactionConflictException;
import org.storedb.error.UniqueIndexViolationException;
import org.storedb.index.IndexDefinition;
import org.storedb.query.Filter;
import org.storedb.query.Query;
import org.storedb.query.Sort;

class ExpiryTests {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Expiry IN_A_MINUTE = Expiry.after(MINUTE);

    private final TimedStore timed = new TimedStore();
    private DocumentCollection<Map<String, @Nullable Object>> things = timed.collection();

    @BeforeEach
    void addIndexes() {
        things.createIndex(IndexDefinition.on("colour"));
        things.createIndex(IndexDefinition.uniqueOn("code"));
    }

    @AfterEach
    void verifyAndClose() {
        assertThat(timed.store().verify().problems()).isEmpty();
        timed.close();
    }

    private static Map<String, @Nullable Object> thing(String id, String colour, int code) {
        return new HashMap<>(Map.of("id", id, "colour", colour, "code", code));
    }

    @Test
    void nothingFindsWhatHasExpired() {
        things.insert(thing("a", "red", 1), IN_A_MINUTE);
        things.insert(thing("b", "red", 2));
        timed.pass(MINUTE.minusMillis(1));
        assertThat(things.count()).isEqualTo(2);
        assertThat(things.expiresAt("a")).contains(TimedStore.START.plus(MINUTE));
        timed.pass(Duration.ofMillis(1));

        assertThat(things.get("a")).isEmpty();
        assertThat(things.exists("a")).isFalse();
        assertThat(things.expiresAt("a")).isEmpty();
        assertThat(things.count()).isEqualTo(1);
        assertThat(things.count(Query.where(Filter.eq("colour", "red")))).isEqualTo(1);
        assertThat(things.count(Query.where(Filter.eq("code", 1)))).isZero();
        assertThat(things.exists(Query.where(Filter.eq("code", 1)))).isFalse();
        assertThat(things.find(Query.where(Filter.eq("colour", "red"))).map(found -> found.get("id")))
                .containsExactly("b");
        assertThat(things.find(Query.all().sort(Sort.by("code"))).map(found -> found.get("id")))
                .containsExactly("b");
        assertThat(things.countBy("colour")).containsExactlyEntriesOf(Map.of("red", 1L));
        assertThat(timed.store().stats().collections().get(0).documents()).isEqualTo(1);
    }

    @Test
    void writesDoNotFindItEither() {
        things.insert(thing("a", "red", 1), IN_A_MINUTE);
        timed.pass(MINUTE);

        assertThat(things.update("a", found -> found)).isEmpty();
        assertThatThrownBy(() -> things.replace(thing("a", "red", 1))).isInstanceOf(DocumentNotFoundException.class);
        assertThat(things.delete("a")).isFalse();
        assertThat(things.delete(Query.all())).isZero();
        assertThat(things.touch("a")).isFalse();
        assertThat(things.persist("a")).isFalse();
        assertThat(things.get("a")).isEmpty();
    }

    @Test
    void itsIdIsFreeForAnother() {
        things.insert(thing("a", "red", 1), IN_A_MINUTE);
        things.replace(thing("a", "blue", 1));
        things.expire("a", IN_A_MINUTE);
        timed.pass(MINUTE);
        things.insert(thing("a", "green", 9));

        assertThat(things.getVersioned("a").orElseThrow().revision()).isZero();
        assertThat(things.count(Query.where(Filter.eq("colour", "blue")))).isZero();
        timed.pass(MINUTE);
        assertThat(things.get("a").orElseThrow()).containsEntry("colour", "green");
    }

    @Test
    void itsValuesAreFreeForOthers() {
        things.insert(thing("a", "red", 1), IN_A_MINUTE);
        assertThatThrownBy(() -> things.insert(thing("b", "red", 1))).isInstanceOf(UniqueIndexViolationException.class);
        timed.pass(MINUTE);
        things.insert(thing("b", "red", 1));
        assertThat(things.find(Query.where(Filter.eq("code", 1))).map(found -> found.get("id")))
                .containsExactly("b");
        timed.killAndReopen();
        things = timed.collection();
        assertThat(things.find(Query.where(Filter.eq("code", 1))).map(found -> found.get("id")))
                .containsExactly("b");
        assertThatThrownBy(() -> things.insert(thing("c", "red", 1))).isInstanceOf(UniqueIndexViolationException.class);
    }

    @Test
    void wholeWritesSayAnewWhenItExpiresAndChangesDoNot() {
        things.insert(thing("saved", "red", 1), IN_A_MINUTE);
        things.insert(thing("replaced", "red", 2), IN_A_MINUTE);
        things.insert(thing("updated", "red", 3), IN_A_MINUTE);
        things.insert(thing("kept", "red", 4), IN_A_MINUTE);
        things.insert(thing("prolonged", "red", 5), IN_A_MINUTE);
        things.save(thing("saved", "red", 1));
        things.replace(thing("replaced", "red", 2));
        things.update("updated", found -> thing("updated", "blue", 3));
        things.persist("kept");
        things.expire("prolonged", Expiry.at(TimedStore.START.plus(MINUTE.multipliedBy(2))));
        timed.pass(MINUTE);

        assertThat(things.find(Query.all()).map(found -> found.get("id")))
                .containsExactlyInAnyOrder("saved", "replaced", "kept", "prolonged");
        timed.pass(MINUTE);
        assertThat(things.count()).isEqualTo(3);
    }

    @Test
    void changingTheExpiryKeepsTheRevision() {
        things.insert(thing("a", "red", 1));
        things.replace(thing("a", "red", 1));
        assertThat(things.expire("a", IN_A_MINUTE)).isTrue();
        assertThat(things.getVersioned("a").orElseThrow().revision()).isEqualTo(1);
        assertThat(things.expiresAt("a")).contains(TimedStore.START.plus(MINUTE));
        assertThat(things.expire("nobody", IN_A_MINUTE)).isFalse();
    }

    @Test
    void whatExpiresInThePastIsGoneAtOnce() {
        things.insert(thing("a", "red", 1), Expiry.at(Instant.MIN));
        things.save(thing("b", "red", 1), Expiry.at(TimedStore.START));
        assertThat(things.count()).isZero();
        things.insert(thing("c", "red", 1), Expiry.at(Instant.MAX));
        assertThat(things.count()).isEqualTo(1);
    }

    @Test
    void snapshotsAndTransactionsStayAtTheirTime() {
        things.insert(thing("a", "red", 1), IN_A_MINUTE);
        Snapshot before = timed.store().snapshot();
        Transaction transaction = timed.store().begin();
        timed.pass(MINUTE);
        assertThat(before.collection("things").get("a")).isPresent();
        assertThat(before.collection("things").count(Query.where(Filter.eq("code", 1))))
                .isEqualTo(1);
        assertThat(transaction.collection("things").get("a")).isPresent();
        transaction.rollback();
        assertThat(timed.store().snapshot().collection("things").get("a")).isEmpty();
    }

    @Test
    void transactionThatReliesOnItConflictsWhenItHasExpired() {
        things.insert(thing("a", "red", 1), IN_A_MINUTE);
        things.insert(thing("b", "red", 2));
        try (Transaction transaction = timed.store().begin()) {
            transaction.collection("things").update("a", found -> thing("a", "blue", 1));
            timed.pass(MINUTE);
            assertThat(things.get("a")).isEmpty();
            assertThatThrownBy(transaction::commit).isInstanceOf(TransactionConflictException.class);
        }
        assertThat(things.get("a")).isEmpty();
    }

    @Test
    void ownWritesExpireWithTheCommit() {
        try (Transaction transaction = timed.store().begin()) {
            DocumentCollection<Map<String, @Nullable Object>> own = transaction.collection("things");
            own.insert(thing("a", "red", 1), IN_A_MINUTE);
            Savepoint savepoint = transaction.savepoint();
            own.expire("a", Expiry.never());
            assertThat(own.expiresAt("a")).isEmpty();
            transaction.rollbackTo(savepoint);
            assertThat(own.expiresAt("a")).contains(TimedStore.START.plus(MINUTE));
            own.insert(thing("b", "red", 2), IN_A_MINUTE);
            own.persist("b");
            timed.pass(MINUTE);
            assertThat(own.count()).isEqualTo(2);
            transaction.commit();
        }
        assertThat(things.find(Query.all()).map(found -> found.get("id"))).containsExactly("b");
    }

    @Test
    void expiriesSurviveReopening() {
        things.insert(thing("a", "red", 1), IN_A_MINUTE);
        things.insert(thing("b", "red", 2), Expiry.after(MINUTE.multipliedBy(3)));
        things.insert(thing("c", "red", 3));
        timed.reopen();
        things = timed.collection();
        assertThat(things.count()).isEqualTo(3);
        timed.pass(MINUTE);
        timed.killAndReopen();
        things = timed.collection();
        assertThat(things.count()).isEqualTo(2);
        timed.reopen();
        things = timed.collection();
        assertThat(things.count(Query.where(Filter.eq("colour", "red")))).isEqualTo(2);
        timed.pass(MINUTE.multipliedBy(2));
        assertThat(things.find(Query.all()).map(found -> found.get("id"))).containsExactly("c");
        timed.reopen();
        things = timed.collection();
        assertThat(things.find(Query.where(Filter.eq("colour", "red"))).map(found -> found.get("id")))
                .containsExactly("c");
    }

    @Test
    void expiredDocumentsNeverComeBackWhenTheClockGoesBack() {
        things.insert(thing("a", "red", 1), IN_A_MINUTE);
        timed.pass(MINUTE);
        assertThat(things.get("a")).isEmpty();
        timed.setClock(Duration.ofDays(-1));
        assertThat(things.get("a")).isEmpty();
        timed.reopen();
        things = timed.collection();
        assertThat(things.get("a")).isEmpty();
        assertThat(things.count(Query.where(Filter.eq("colour", "red")))).isZero();
        things.insert(thing("b", "red", 1), IN_A_MINUTE);
        timed.pass(MINUTE.minusSeconds(1));
        assertThat(things.count()).isEqualTo(1);
        timed.pass(Duration.ofSeconds(1));
        assertThat(things.count()).isZero();
    }

    /** A conflict is the end of a commit that writes nothing, not even the time. */
    @Test
    void expiredDocumentsDoNotComeBackAfterAConflictEither() {
        things.insert(thing("a", "red", 1), IN_A_MINUTE);
        try (Transaction transaction = timed.store().begin()) {
            transaction.collection(things.name()).save(thing("a", "green", 1));
            timed.pass(MINUTE);
            assertThat(things.get("a")).isEmpty();
            assertThatThrownBy(transaction::commit).isInstanceOf(TransactionConflictException.class);
        }
        timed.setClock(Duration.ofDays(-1));
        timed.reopen();
        things = timed.collection();
        assertThat(things.get("a")).isEmpty();
    }

    @Test
    void timeGoesOnFromTheLastCommitWhenTheCheckpointHasIt() {
        StoreOptions options = StoreOptions.defaults().withCheckpoints(new CheckpointPolicy(true, 1 << 20, 0, 1));
        try (TimedStore store = new TimedStore(options)) {
            store.collection().insert(thing("a", "red", 1));
            store.pass(Duration.ofHours(1));
            store.collection().insert(thing("b", "red", 1));
            long lastMillis = store.storeMillis();
            store.setClock(Duration.ofMinutes(-30));
            store.reopen();
            assertThat(store.store().stats().open().commitsReplayed()).isZero();
            assertThat(store.storeMillis()).isGreaterThanOrEqualTo(lastMillis);
        }
    }
}
