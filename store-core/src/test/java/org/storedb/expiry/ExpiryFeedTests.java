package org.storedb.expiry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.storedb.Expiry;
import org.storedb.feed.ChangeLines;
import org.storedb.feed.ChangeReader;
import org.storedb.feed.ChangeRequest;

/** What those who follow the changes hear of documents that expire. */
class ExpiryFeedTests {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final TimedStore timed = new TimedStore();

    @AfterEach
    void close() {
        timed.close();
    }

    @Test
    void anotherExpiryAloneIsNoChange() {
        timed.collection().insert(Map.of("id", "a", "name", "A"), Expiry.after(MINUTE));
        ChangeReader reader = timed.store().changes().read(ChangeRequest.all());
        assertThat(timed.collection().expire("a", Expiry.after(MINUTE.multipliedBy(2))))
                .isTrue();
        assertThat(timed.collection().expire("a", Expiry.never())).isTrue();
        assertThat(ChangeLines.drain(reader)).isEmpty();

        timed.store().runInTransaction(transaction -> {
            var unused = transaction.collection("things").replace(Map.of("id", "a", "name", "A2"));
            assertThat(transaction.collection("things").expire("a", Expiry.after(MINUTE)))
                    .isTrue();
        });
        assertThat(ChangeLines.drain(reader)).containsExactly("UPDATE things a 1 A2");
    }

    @Test
    void anIdThatHasExpiredIsInsertedAnew() {
        timed.collection().insert(Map.of("id", "a", "name", "A"), Expiry.after(MINUTE));
        ChangeReader reader = timed.store().changes().read(ChangeRequest.all());
        timed.pass(MINUTE);
        timed.collection().insert(Map.of("id", "a", "name", "again"));

        assertThat(ChangeLines.drain(reader)).containsExactly("INSERT things a 0 again");
    }
}
