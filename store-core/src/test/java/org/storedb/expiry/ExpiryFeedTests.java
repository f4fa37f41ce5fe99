package org.storedb.expiry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.storedb.Expiry;
import org.storedb.Keyspace;
import org.storedb.feed.ChangeLines;
import org.storedb.feed.ChangeReader;
import org.storedb.feed.ChangeRequest;
import org.storedb.feed.DocumentChange;

/** What those who follow the changes hear of documents that expire. */
class ExpiryFeedTests {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final TimedStore timed = new TimedStore();

    @AfterEach
    void close() {
        timed.close();
    }

    @Test
    void whatExpiresIsReportedWhenItIsPurged() {
        ChangeReader reader = timed.store().changes().read(ChangeRequest.all().withBefore());
        timed.collection().insert(Map.of("id", "a", "name", "A"), Expiry.after(MINUTE));
        timed.collection().insert(Map.of("id", "b", "name", "B"));
        assertThat(ChangeLines.drain(reader)).containsExactly("INSERT things a 0 A", "INSERT things b 0 B");
        timed.pass(MINUTE);
        assertThat(timed.collection().exists("a")).isFalse();
        assertThat(reader.poll()).isNull();

        assertThat(timed.store().purgeExpired()).isEqualTo(1);
        timed.store().sync(); // A purge does not wait for the medium.
        DocumentChange expired =
                (DocumentChange) Objects.requireNonNull(reader.poll()).changes().get(0);
        assertThat(ChangeLines.of(expired)).isEqualTo("EXPIRE things a");
        assertThat(expired.isRemoval()).isTrue();
        assertThat(expired.before().content().orElseThrow().toMap()).containsEntry("name", "A");
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
            assertThat(transaction.collection("things").expire("a", Expiry.after(MINUTE)))
                    .isTrue();
            assertThat(transaction.collection("things").expire("a", Expiry.never()))
                    .isTrue();
        });
        assertThat(ChangeLines.drain(reader)).isEmpty();
        assertThat(timed.collection().expiresAt("a")).isEmpty();

        timed.store().runInTransaction(transaction -> {
            var unused = transaction.collection("things").replace(Map.of("id", "a", "name", "A2"));
            assertThat(transaction.collection("things").expire("a", Expiry.after(MINUTE)))
                    .isTrue();
        });
        assertThat(ChangeLines.drain(reader)).containsExactly("UPDATE things a 1 A2");
    }

    @Test
    void anotherExpiryAloneOfAKeyIsNoChange() {
        Keyspace sessions = timed.store().keyspace("sessions");
        byte[] key = "a".getBytes(UTF_8);
        sessions.put(key, "A".getBytes(UTF_8), Expiry.afterUnused(MINUTE));
        ChangeReader reader = timed.store().changes().read(ChangeRequest.all());
        timed.pass(MINUTE.dividedBy(2));
        assertThat(sessions.touch(key)).isTrue();
        assertThat(sessions.expire(key, Expiry.after(MINUTE.multipliedBy(2)))).isTrue();
        assertThat(sessions.expire(key, Expiry.never())).isTrue();
        assertThat(ChangeLines.drain(reader)).isEmpty();
        assertThat(sessions.expiresAt(key)).isEmpty();

        timed.store().runInTransaction(transaction -> {
            transaction.keyspace("sessions").put(key, "A2".getBytes(UTF_8));
            assertThat(transaction.keyspace("sessions").expire(key, Expiry.after(MINUTE)))
                    .isTrue();
        });
        assertThat(ChangeLines.drain(reader)).containsExactly("PUT sessions a A2");
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
