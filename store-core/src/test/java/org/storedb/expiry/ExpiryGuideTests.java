package org.storedb.expiry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.storedb.DocumentCollection;
import org.storedb.Expiry;
import org.storedb.ExpiryPolicy;
import org.storedb.Keyspace;
import org.storedb.Store;
import org.storedb.testing.JavaGuide;

/** The examples of docs/TTL.md, as they are, and with time that passes. */
class ExpiryGuideTests {

    record Token(String id, String user) {}

    private final TimedStore timed = new TimedStore();
    private final Store store = timed.store();

    @Test
    void examplesDoWhatTheGuideSays(@TempDir Path folder) throws IOException {
        assertThat(new JavaGuide("TTL.md").run(folder)).isEqualTo(3);
    }

    @Test
    void oneDocument() {
        DocumentCollection<Token> tokens = store.collection("tokens", Token.class);

        tokens.insert(new Token("t1", "ann"), Expiry.after(Duration.ofMinutes(15)));
        tokens.save(new Token("t2", "bob"), Expiry.at(Instant.parse("2100-01-02T00:00:00Z")));
        tokens.insert(new Token("t3", "eve"), Expiry.afterUnused(Duration.ofMinutes(30)));

        assertThat(tokens.expiresAt("t2")).contains(Instant.parse("2100-01-02T00:00:00Z"));
        tokens.expire("t1", Expiry.after(Duration.ofHours(1)));
        tokens.persist("t1");
        timed.pass(Duration.ofMinutes(29));
        tokens.touch("t3");
        timed.pass(Duration.ofMinutes(29));
        assertThat(tokens.count()).isEqualTo(3);
        timed.pass(Duration.ofDays(1));
        assertThat(tokens.find(org.storedb.query.Query.all()).map(Token::id)).containsExactly("t1");
    }

    @Test
    void collections() {
        store.collection("sessions").setExpiryPolicy(ExpiryPolicy.afterUnused(Duration.ofMinutes(30)));
        store.collection("codes").setExpiryPolicy(ExpiryPolicy.after(Duration.ofHours(1)));
        store.collection("offers")
                .setExpiryPolicy(ExpiryPolicy.atField("validUntil").orElse(ExpiryPolicy.after(Duration.ofDays(30))));

        store.collection("sessions").insert(Map.of("id", "s"));
        store.collection("codes").insert(Map.of("id", "c"));
        store.collection("offers")
                .insert(Map.of("id", "o", "validUntil", timed.wall().plus(Duration.ofDays(2))));
        timed.pass(Duration.ofHours(1));
        assertThat(store.collection("sessions").count()).isZero();
        assertThat(store.collection("codes").count()).isZero();
        timed.pass(Duration.ofDays(1));
        assertThat(store.collection("offers").count()).isEqualTo(1);
        timed.pass(Duration.ofDays(1));
        assertThat(store.collection("offers").count()).isZero();
    }

    @Test
    void keys() {
        byte[] key = "k".getBytes(UTF_8);
        byte[] value = "v".getBytes(UTF_8);
        Keyspace cache = store.keyspace("cache");
        cache.put(key, value, Expiry.after(Duration.ofSeconds(90)));
        timed.pass(Duration.ofSeconds(89));
        assertThat(cache.get(key)).isEqualTo(value);
        cache.expire(key, Expiry.never());
        timed.pass(Duration.ofDays(1));
        assertThat(cache.get(key)).isEqualTo(value);
    }
}
