package org.storedb.expiry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.storedb.DocumentCollection;
import org.storedb.Expiry;
import org.storedb.Snapshot;
import org.storedb.index.IndexDefinition;
import org.storedb.query.Filter;
import org.storedb.query.Query;
import org.storedb.view.View;
import org.storedb.view.ViewQuery;

/** Documents that expire are in no index of any kind, nor in a view, from that moment on. */
class ExpiryInIndexesAndViewsTests {

    private static final Duration MINUTE = Duration.ofMinutes(1);

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

    private static View<Map<String, @Nullable Object>> view(
            DocumentCollection<Map<String, @Nullable Object>> collection) {
        return collection.view("byColour", 1, (thing, emitter) -> emitter.emit(thing.get("colour")));
    }
}
