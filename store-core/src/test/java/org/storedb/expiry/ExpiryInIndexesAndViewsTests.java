package org.storedb.expiry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.storedb.CheckpointPolicy;
import org.storedb.DocumentCollection;
import org.storedb.Expiry;
import org.storedb.OpenProgress;
import org.storedb.Snapshot;
import org.storedb.StoreOptions;
import org.storedb.index.IndexDefinition;
import org.storedb.query.Filter;
import org.storedb.query.Query;
import org.storedb.view.View;
import org.storedb.view.ViewQuery;

/** Documents that expire are in no index of any kind, nor in a view, from that moment on. */
class ExpiryInIndexesAndViewsTests {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final StoreOptions OPTIONS =
            StoreOptions.defaults().withCheckpoints(new CheckpointPolicy(true, 1 << 16, 0.1, 1));

    private final TimedStore timed = new TimedStore();
    private final DocumentCollection<Map<String, @Nullable Object>> things = timed.collection();

    @AfterEach
    void verifyAndClose() {
        assertThat(timed.store().verify().problems()).isEmpty();
        timed.close();
    }

    @Test
    void allEntriesOfADocumentGo() {
        things.createIndex(IndexDefinition.onEachElementOf("tags"));
        things.createIndex(IndexDefinition.on("colour").where(Filter.gt("code", 1)));
        things.insert(Map.of("id", "a", "tags", List.of("x", "y"), "colour", "Red", "code", 2), Expiry.after(MINUTE));
        things.insert(Map.of("id", "b", "tags", List.of("x"), "colour", "red", "code", 1));
        Query tagged = Query.where(Filter.hasElement("tags", "x"));
        Query partial = Query.where(Filter.gt("code", 1));
        assertThat(things.count(tagged)).isEqualTo(2);
        assertThat(things.count(partial)).isOne();

        timed.pass(MINUTE);
        assertThat(things.count(tagged)).isOne();
        assertThat(things.count(Query.where(Filter.hasElement("tags", "y")))).isZero();
        assertThat(things.count(partial)).isZero();
        timed.killAndReopen();
        assertThat(timed.collection().count(tagged)).isOne();
    }

    @Test
    void anIndexThatIsBuiltAfterwardsDoesNotShowThem() {
        things.insert(Map.of("id", "a", "tags", List.of("x")), Expiry.after(MINUTE));
        things.insert(Map.of("id", "b", "tags", List.of("x")));
        timed.pass(MINUTE);
        things.createIndex(IndexDefinition.onEachElementOf("tags"));
        assertThat(things.count(Query.where(Filter.hasElement("tags", "x")))).isOne();
    }

    @Test
    void rowsOfAViewGoAndASnapshotKeepsItsOwn() {
        View<Map<String, @Nullable Object>> view = view(things);
        things.insert(Map.of("id", "a", "colour", "red"), Expiry.after(MINUTE));
        things.insert(Map.of("id", "b", "colour", "red"));
        assertThat(view.count(ViewQuery.key("red"))).isEqualTo(2);
        Snapshot before = timed.store().snapshot();

        timed.pass(MINUTE);
        assertThat(view.count(ViewQuery.key("red"))).isOne();
        timed.store()
                .runInTransaction(transaction -> assertThat(
                                view(transaction.collection(things.name())).count(ViewQuery.key("red")))
                        .isOne());
        assertThat(view(before.collection(things.name())).count(ViewQuery.key("red")))
                .isEqualTo(2);
        timed.runBackground();
        assertThat(view.count(ViewQuery.key("red"))).isOne();
    }

    /** What was committed last is in the checkpoint of a store that is closed before anybody reads from it. */
    @Test
    void whatHasExpiredUnnoticedBeforeACheckpointIsInNoIndexAfterIt() {
        reopenWith(OPTIONS);
        timed.collection().createIndex(IndexDefinition.on("colour"));
        timed.collection().insert(Map.of("id", "a", "colour", "red"), Expiry.after(MINUTE));
        timed.collection().insertAll(List.of(Map.of("colour", "green"), Map.of("colour", "green")));
        timed.pass(MINUTE);
        Query red = Query.where(Filter.eq("colour", "red"));
        assertThat(timed.collection().count(red)).isZero();
        timed.collection().insert(Map.of("id", "b", "colour", "red"), Expiry.at(TimedStore.START));
        timed.reopen();
        assertThat(timed.collection().find(red)).isEmpty();
        assertThat(timed.collection().count(red)).isZero();
    }

    @Test
    void indexesAreNotBuiltAnewAfterTheirRemoval() {
        Set<OpenProgress.Phase> phases = EnumSet.noneOf(OpenProgress.Phase.class);
        reopenWith(OPTIONS.withOpenListener(progress -> phases.add(progress.phase())));
        timed.collection().createIndex(IndexDefinition.on("colour"));
        timed.collection().insert(Map.of("id", "a", "colour", "red"), Expiry.after(MINUTE));
        timed.collection().insert(Map.of("id", "b", "colour", "red"));
        timed.pass(MINUTE);
        assertThat(timed.collection().count()).isOne();
        timed.reopen();
        assertThat(timed.store().purgeExpired()).isOne();
        phases.clear();
        timed.killAndReopen();
        assertThat(phases)
                .contains(OpenProgress.Phase.LOADING_CHECKPOINT)
                .doesNotContain(OpenProgress.Phase.BUILDING_INDEXES);
        assertThat(timed.collection().count(Query.where(Filter.eq("colour", "red"))))
                .isOne();
    }

    private void reopenWith(StoreOptions options) {
        timed.close();
        timed.openAgain(timed.directory(), options);
    }

    private static View<Map<String, @Nullable Object>> view(
            DocumentCollection<Map<String, @Nullable Object>> collection) {
        return collection.view("byColour", 1, (thing, emitter) -> emitter.emit(thing.get("colour")));
    }
}
