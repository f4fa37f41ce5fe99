package org.storedb.spring.data.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.data.annotation.TypeAlias;
import org.springframework.data.mapping.MappingException;
import org.storedb.ExpiryPolicy;
import org.storedb.spring.data.core.mapping.Document;
import org.storedb.spring.data.core.mapping.Expires;
import org.storedb.spring.data.core.mapping.StorePersistentEntity;

/** Several classes in one collection, and when their documents expire. */
class SharedExpiryTests {

    private static final Instant FUTURE = Instant.parse("2100-01-01T00:00:00Z");

    @Test
    void classesThatDifferAreRefusedAtTheStart() {
        assertRefused(Set.of(HourlyNote.class, DailyNote.class), "after PT1H", "after PT24H");
    }

    @Test
    void classThatNeverExpiresIsNotTakenAlong() {
        assertRefused(Set.of(HourlyNote.class, LastingNote.class), "after PT1H", "never");
    }

    @Test
    void subclassThatDiffersIsRefused() {
        assertRefused(Set.of(Message.class, Reminder.class), "after PT24H", "after PT1H");
    }

    @Test
    void timesInDifferentFieldsAreRefused() {
        assertRefused(Set.of(Offer.class, Coupon.class), "until", "validTo");
    }

    @Test
    void fieldThatIsNoTimeForOthersIsRefused() {
        assertRefused(Set.of(Offer.class, Poster.class), "until", "never");
    }

    @Test
    void equalOnesAreOne() {
        assertThat(policy(Set.of(HourlyNote.class, SixtyMinutesNote.class), "notes"))
                .isEqualTo(ExpiryPolicy.after(Duration.ofHours(1)));
    }

    @Test
    void subclassInheritsTheTimeOfTheClass() {
        assertThat(policy(Set.of(Message.class, Letter.class), "messages"))
                .isEqualTo(ExpiryPolicy.after(Duration.ofDays(1)));
    }

    @Test
    void timeInAFieldIsForThoseThatHaveIt() {
        try (StoreFixture fixture = started(Set.of(Offer.class, Advice.class))) {
            fixture.template().insertAll(List.of(new Offer("1", FUTURE)));
            fixture.template().insertAll(List.of(new Advice("2", "wait")));
            assertThat(fixture.store().collection("offers").expiresAt("1")).contains(FUTURE);
            assertThat(fixture.store().collection("offers").expiresAt("2")).isEmpty();
        }
    }

    private static void assertRefused(Set<Class<?>> classes, String... mentioned) {
        assertThatExceptionOfType(MappingException.class)
                .isThrownBy(() -> started(classes).close())
                .withMessageContaining("expire differently")
                .satisfies(refused -> assertThat(refused.getMessage()).contains(mentioned))
                .satisfies(refused ->
                        classes.forEach(type -> assertThat(refused.getMessage()).contains(type.getSimpleName())));
    }

    private static ExpiryPolicy policy(Set<Class<?>> classes, String collection) {
        try (StoreFixture fixture = started(classes)) {
            return fixture.store().collection(collection).expiryPolicy();
        }
    }

    /** Does what the starter does with the entities it has found. */
    private static StoreFixture started(Set<Class<?>> classes) {
        StoreFixture fixture = new StoreFixture(context -> context.setInitialEntitySet(classes));
        fixture.template().getConverter().getMappingContext().initialize();
        List<StorePersistentEntity<?>> entities = List.copyOf(
                fixture.template().getConverter().getMappingContext().getPersistentEntities());
        fixture.template().createIndexes(entities);
        return fixture;
    }

    @Document("notes")
    @Expires(after = "1h")
    record HourlyNote(String id) {}

    @Document("notes")
    @Expires(after = "60m")
    record SixtyMinutesNote(String id) {}

    @Document("notes")
    @Expires(after = "1d")
    record DailyNote(String id) {}

    @Document("notes")
    record LastingNote(String id) {}

    @Document("messages")
    @TypeAlias("message")
    @Expires(after = "1d")
    static class Message {
        @Nullable
        String id;
    }

    @TypeAlias("letter")
    static class Letter extends Message {}

    @TypeAlias("reminder")
    @Expires(after = "1h")
    static class Reminder extends Message {}

    @Document("offers")
    record Offer(String id, @Expires Instant until) {}

    @Document("offers")
    record Coupon(String id, @Expires Instant validTo) {}

    @Document("offers")
    record Poster(String id, String until) {}

    @Document("offers")
    record Advice(String id, String text) {}
}
