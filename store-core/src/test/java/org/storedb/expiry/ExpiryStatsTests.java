package org.storedb.expiry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.storedb.Access;
import org.storedb.Expiry;
import org.storedb.Store;
import org.storedb.StoreOptions;
import org.storedb.StoreStats.ExpiryStats;

class ExpiryStatsTests {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final TimedStore timed = new TimedStore();

    @AfterEach
    void close() {
        timed.close();
    }

    @Test
    void whatExpiresIsCountedFromTheWriteToTheRemoval() {
        assertThat(expiry()).isEqualTo(new ExpiryStats(0, null, 0, 0));
        timed.collection().insert(Map.of("id", "a"), Expiry.after(MINUTE));
        timed.collection().insert(Map.of("id", "b"), Expiry.after(MINUTE.multipliedBy(2)));
        timed.collection().insert(Map.of("id", "c"));
        timed.store().keyspace("cache").put(new byte[] {1}, new byte[0], Expiry.after(MINUTE.multipliedBy(3)));
        assertThat(expiry()).isEqualTo(new ExpiryStats(3, TimedStore.START.plus(MINUTE), 0, 0));

        timed.pass(MINUTE);
        assertThat(expiry()).isEqualTo(new ExpiryStats(2, TimedStore.START.plus(MINUTE.multipliedBy(2)), 1, 0));
        timed.pass(MINUTE);
        timed.store().keyspace("cache").delete(new byte[] {1});
        assertThat(expiry()).isEqualTo(new ExpiryStats(0, null, 2, 0));

        assertThat(timed.store().purgeExpired()).isEqualTo(2);
        assertThat(expiry()).isEqualTo(new ExpiryStats(0, null, 0, 2));
        timed.reopen();
        assertThat(expiry()).isEqualTo(new ExpiryStats(0, null, 0, 0));
    }

    @Test
    void anotherProcessSeesThemToo() {
        timed.collection().insert(Map.of("id", "a"), Expiry.after(MINUTE));
        timed.collection().insert(Map.of("id", "b"), Expiry.after(MINUTE.multipliedBy(2)));
        timed.pass(MINUTE);
        try (Store reader = timed.reader(StoreOptions.defaults().withAccess(Access.READ_ONLY))) {
            assertThat(reader.stats().expiry())
                    .isEqualTo(new ExpiryStats(1, TimedStore.START.plus(MINUTE.multipliedBy(2)), 1, 0));
        }
    }

    private ExpiryStats expiry() {
        return timed.store().stats().expiry();
    }
}
