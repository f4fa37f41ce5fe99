package org.storedb.expiry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.storedb.DocumentCollection;
import org.storedb.Expiry;
import org.storedb.error.UniqueIndexViolationException;
import org.storedb.index.IndexDefinition;
import org.storedb.maintenance.OperationMonitor;
import org.storedb.maintenance.OperationProgress;
import org.storedb.query.Filter;
import org.storedb.query.Query;

/** A document that has expired is in nobody's way: its values may be taken, whatever still lies in the files. */
class ExpiryUniqueIndexTests {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final IndexDefinition UNIQUE = IndexDefinition.uniqueOn("code");
    private static final Query WITH_CODE = Query.where(Filter.eq("code", 1));

    private final TimedStore timed = new TimedStore();
    private final DocumentCollection<Map<String, @Nullable Object>> things = timed.collection();

    @AfterEach
    void verifyAndClose() {
        assertThat(timed.store().verify().problems()).isEmpty();
        timed.close();
    }

    @Test
    void aUniqueIndexIsBuiltWithoutThem() {
        insertExpiring("old");
        insert("new");
        assertThatThrownBy(() -> things.createIndex(UNIQUE)).isInstanceOf(UniqueIndexViolationException.class);
        timed.pass(MINUTE);
        things.createIndex(UNIQUE);
        assertThat(things.count(WITH_CODE)).isOne();
        assertThatThrownBy(() -> insert("another")).isInstanceOf(UniqueIndexViolationException.class);
        timed.killAndReopen();
        assertThat(timed.collection().indexes()).containsExactly(UNIQUE);
        assertThat(timed.collection().count(WITH_CODE)).isOne();
    }

    @Test
    void whatExpiresWhileTheIndexIsBuiltIsInNobodysWay() {
        insertExpiring("old");
        boolean[] inserted = {false};
        Consumer<OperationProgress> whenItHasBeenRead = progress -> {
            if (!inserted[0]) {
                inserted[0] = true;
                timed.pass(MINUTE);
                insert("new");
            }
        };
        things.createIndex(UNIQUE, OperationMonitor.of(whenItHasBeenRead, () -> false));
        assertThat(inserted[0]).isTrue();
        assertThat(things.find(WITH_CODE))
                .singleElement()
                .satisfies(found -> assertThat(found).containsEntry("id", "new"));
    }

    @Test
    void theirValuesCanBeTakenAtOnce() {
        things.createIndex(UNIQUE);
        insertExpiring("old");
        assertThatThrownBy(() -> insert("new")).isInstanceOf(UniqueIndexViolationException.class);
        timed.pass(MINUTE);
        insert("new");
        timed.killAndReopen();
        assertThat(timed.collection().count(WITH_CODE)).isOne();
    }

    @Test
    void aStoreThatIsOpenedLaterBuildsItsIndexesWithoutThem() {
        things.createIndex(UNIQUE);
        insertExpiring("old");
        timed.pass(MINUTE);
        insert("new");
        timed.reopen();
        assertThat(timed.collection().count(WITH_CODE)).isOne();
    }

    private void insertExpiring(String id) {
        things.insert(Map.of("id", id, "code", 1), Expiry.after(MINUTE));
    }

    private void insert(String id) {
        timed.collection().insert(Map.of("id", id, "code", 1));
    }
}
