package org.storedb.expiry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.storedb.DocumentCollection;
import org.storedb.Expiry;
import org.storedb.ExpiryPolicy;
import org.storedb.document.DocumentPatch;
import org.storedb.error.InvalidDocumentException;
import org.storedb.error.InvalidQueryException;
import org.storedb.query.Filter;
import org.storedb.query.Query;

class ExpiryPolicyTests {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Instant LATER = TimedStore.START.plus(HOUR);

    private final TimedStore timed = new TimedStore();

    @AfterEach
    void verifyAndClose() {
        assertThat(timed.store().verify().problems()).isEmpty();
        timed.close();
    }

    private void insert(String id, @Nullable Object until) {
        Map<String, @Nullable Object> document = new HashMap<>(Map.of("id", id));
        document.put("until", until);
        timed.collection().insert(document);
    }

    @Test
    void documentsOfACollectionExpireAfterItsTime() {
        timed.collection().insert(Map.of("id", "before"));
        timed.collection().setExpiryPolicy(ExpiryPolicy.after(HOUR));
        insert("a", null);
        timed.collection().insert(Map.of("id", "own"), Expiry.after(HOUR.multipliedBy(2)));
        timed.collection().insert(Map.of("id", "never"), Expiry.never());
        timed.reopen();
        assertThat(timed.collection().expiryPolicy()).isEqualTo(ExpiryPolicy.after(HOUR));
        timed.pass(HOUR.dividedBy(2));
        insert("b", null);
        timed.collection().update("a", found -> found);
        timed.pass(HOUR.dividedBy(2));
        assertThat(timed.collection().get("a")).isEmpty();
        assertThat(timed.collection().count()).isEqualTo(4);
        timed.collection().setExpiryPolicy(ExpiryPolicy.none());
        insert("c", null);
        timed.pass(HOUR);
        assertThat(timed.collection().find(Query.all()).map(found -> found.get("id")))
                .containsExactlyInAnyOrder("before", "never", "c");
        assertThat(timed.collection().expiryPolicy()).isEqualTo(ExpiryPolicy.none());
    }

    @Test
    void documentsOfACollectionExpireUnused() {
        timed.collection().setExpiryPolicy(ExpiryPolicy.afterUnused(HOUR));
        insert("a", null);
        insert("b", null);
        for (int i = 0; i < 5; i++) {
            timed.pass(HOUR.dividedBy(2));
            assertThat(timed.collection().get("a")).isPresent();
        }
        assertThat(timed.collection().exists("b")).isFalse();
    }

    @Test
    void fieldSaysWhen() {
        timed.collection().setExpiryPolicy(ExpiryPolicy.atField("until"));
        insert("instant", LATER);
        insert("text", "2100-01-01T02:00:00+01:00");
        insert("number", LATER.toEpochMilli());
        insert("decimal", new BigDecimal(LATER.toEpochMilli() + ".9"));
        insert("past", Instant.EPOCH);
        insert("negative", -1e300);
        insert("null", null);
        insert("far", new BigDecimal("1e9999"));
        insert("farther", "+999999999-12-31T00:00:00Z");
        assertThat(timed.collection().expiresAt("instant")).contains(LATER);
        assertThat(timed.collection().expiresAt("text")).contains(LATER);
        assertThat(timed.collection().expiresAt("number")).contains(LATER);
        assertThat(timed.collection().expiresAt("decimal")).contains(LATER);
        assertThat(timed.collection().count()).isEqualTo(7);
        timed.pass(HOUR.dividedBy(2));
        timed.collection().patch("text", DocumentPatch.empty().set("until", LATER.plus(HOUR)));
        timed.collection().patch("number", DocumentPatch.empty().set("other", 1));
        timed.pass(HOUR.dividedBy(2));
        assertThat(timed.collection().find(Query.all()).map(found -> found.get("id")))
                .containsExactlyInAnyOrder("null", "far", "farther", "text");
    }

    @Test
    void documentOfTheFarthestTimeLeavesNothingBehind() {
        timed.collection().setExpiryPolicy(ExpiryPolicy.atField("until"));
        insert("deleted", Long.MAX_VALUE);
        assertThat(timed.store().stats().expiry().nextAt()).isNotNull();
        timed.collection().delete("deleted");
        assertThat(timed.store().stats().expiry().expiring()).isZero();
        insert("patched", Long.MAX_VALUE);
        timed.collection().patch("patched", DocumentPatch.empty().unset("until"));
        assertThat(timed.store().stats().expiry().expiring()).isZero();
    }

    @Test
    void documentsWithoutTheFieldHaveAnAlternative() {
        timed.collection().setExpiryPolicy(ExpiryPolicy.atField("until").orElse(ExpiryPolicy.after(HOUR)));
        insert("a", null);
        insert("b", LATER.plus(HOUR));
        timed.pass(HOUR);
        assertThat(timed.collection().exists("a")).isFalse();
        assertThat(timed.collection().exists("b")).isTrue();
    }

    @Test
    void documentThatLosesTheFieldNoLongerExpires() {
        timed.collection().setExpiryPolicy(ExpiryPolicy.atField("until"));
        for (String id : List.of("unset", "null", "updated", "patched", "explicit", "other")) {
            insert(id, LATER);
        }
        timed.collection().patch("unset", DocumentPatch.empty().unset("until"));
        timed.collection().patch("null", DocumentPatch.empty().set("until", null));
        timed.collection().update("updated", document -> Map.of("id", "updated"));
        timed.collection()
                .update(
                        Query.where(Filter.eq("id", "patched")),
                        DocumentPatch.empty().unset("until"));
        timed.collection().expire("explicit", Expiry.after(HOUR.dividedBy(2)));
        timed.collection().patch("explicit", DocumentPatch.empty().unset("until"));
        timed.collection().patch("other", DocumentPatch.empty().set("n", 1));
        assertThat(timed.collection().expiresAt("unset")).isEmpty();
        assertThat(timed.collection().expiresAt("explicit")).contains(TimedStore.START.plus(HOUR.dividedBy(2)));
        timed.pass(HOUR);
        assertThat(timed.collection().find(Query.all()).map(found -> found.get("id")))
                .containsExactlyInAnyOrder("unset", "null", "updated", "patched");
    }

    @Test
    void documentThatLosesTheFieldGetsTheAlternative() {
        timed.collection().setExpiryPolicy(ExpiryPolicy.atField("until").orElse(ExpiryPolicy.after(HOUR)));
        insert("a", LATER.plus(HOUR));
        timed.pass(HOUR.dividedBy(2));
        timed.collection().patch("a", DocumentPatch.empty().unset("until"));
        assertThat(timed.collection().expiresAt("a")).contains(LATER.plus(HOUR.dividedBy(2)));
        timed.pass(HOUR.dividedBy(4));
        timed.collection().patch("a", DocumentPatch.empty().set("n", 1));
        assertThat(timed.collection().expiresAt("a")).contains(LATER.plus(HOUR.dividedBy(2)));
    }

    @Test
    void whatWasNoTimeBeforeThePolicyMayGo() {
        timed.collection().insert(Map.of("id", "a", "until", "tomorrow"), Expiry.at(LATER));
        timed.collection().setExpiryPolicy(ExpiryPolicy.atField("until"));
        timed.collection().patch("a", DocumentPatch.empty().unset("until"));
        assertThat(timed.collection().expiresAt("a")).contains(LATER);
    }

    @Test
    void whatIsNoTimeIsRefused() {
        timed.collection().setExpiryPolicy(ExpiryPolicy.atField("until"));
        assertThatThrownBy(() -> insert("a", "tomorrow"))
                .isInstanceOf(InvalidDocumentException.class)
                .hasMessageContaining("'until'")
                .hasMessageContaining("'tomorrow'");
        assertThatThrownBy(() -> insert("a", true)).isInstanceOf(InvalidDocumentException.class);
        assertThatThrownBy(() -> ExpiryPolicy.atField("")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ExpiryPolicy.none().orElse(ExpiryPolicy.none()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Expiry.after(Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
        assertThat(timed.collection().count()).isZero();
    }

    @Test
    void theFieldMustFitTheDocuments() {
        record Offer(String id, Instant validUntil, boolean open) {}
        DocumentCollection<Offer> offers = timed.store().collection("offers", Offer.class);
        assertThatThrownBy(() -> offers.setExpiryPolicy(ExpiryPolicy.atField("validUntill")))
                .isInstanceOf(InvalidQueryException.class)
                .hasMessageContaining("did you mean \"validUntil\"?");
        assertThatThrownBy(() -> offers.setExpiryPolicy(ExpiryPolicy.atField("open")))
                .isInstanceOf(InvalidQueryException.class)
                .hasMessageContaining("\"open\" of collection offers is a boolean; a time is a string");
        assertThat(offers.expiryPolicy()).isEqualTo(ExpiryPolicy.none());
        ExpiryPolicy policy = ExpiryPolicy.atField("validUntil");
        offers.setExpiryPolicy(policy);
        assertThat(offers.expiryPolicy()).isEqualTo(policy);
    }
}
