package org.storedb.spring.data.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.data.annotation.TypeAlias;
import org.springframework.data.annotation.Version;
import org.springframework.data.mapping.MappingException;
import org.storedb.document.DocumentPatch;
import org.storedb.query.Filter;
import org.storedb.spring.data.core.mapping.Document;
import org.storedb.spring.data.core.mapping.Expires;
import org.storedb.spring.data.core.mapping.TimeToLive;
import org.storedb.spring.data.repository.StoreRepository;

/** Entities that determine their own time to live. */
class TimeToLiveTests {

    private final StoreFixture fixture =
            new StoreFixture(context -> context.setInitialEntitySet(Set.of(Task.class, Errand.class, Chore.class)));
    private final StoreTemplate template = fixture.template();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void durationDecides() {
        template.save(new Token("1", Duration.ofMinutes(5)));
        assertExpiresIn(Duration.ofMinutes(5), "1", Token.class);
        assertThat(template.findById("1", Token.class)).contains(new Token("1", Duration.ofMinutes(5)));
    }

    @Test
    void numberCountsItsUnits() {
        template.insert(new Code("1", 90L));
        assertExpiresIn(Duration.ofSeconds(90), "1", Code.class);
        template.insert(new Visit("1", 3));
        assertExpiresIn(Duration.ofDays(3), "1", Visit.class);
    }

    @Test
    void whatHasExpiredIsNotThere() throws InterruptedException {
        Tokens tokens = fixture.repository(Tokens.class);
        tokens.save(new Token("1", Duration.ofMillis(1)));
        tokens.save(new Token("2", Duration.ofHours(1)));
        Thread.sleep(20);
        assertThat(tokens.findById("1")).isEmpty();
        assertThat(tokens.findAll()).extracting(Token::id).containsExactly("2");
    }

    @Test
    void eachWriteBeginsAnew() {
        template.save(new Token("1", Duration.ofMinutes(5)));
        template.save(new Token("1", Duration.ofHours(5)));
        assertExpiresIn(Duration.ofHours(5), "1", Token.class);
        template.update(new Token("1", Duration.ofMinutes(7)));
        assertExpiresIn(Duration.ofMinutes(7), "1", Token.class);
        template.saveAll(List.of(new Token("1", Duration.ofMinutes(9))));
        assertExpiresIn(Duration.ofMinutes(9), "1", Token.class);
    }

    @Test
    void versionsAreKept() {
        Session first = template.save(new Session("1", null, Duration.ofMinutes(5)));
        Session second = template.save(new Session("1", first.version(), Duration.ofHours(5)));
        assertThat(second.version()).isEqualTo(1);
        assertThat(template.findById("1", Session.class)).contains(second);
        assertExpiresIn(Duration.ofHours(5), "1", Session.class);
    }

    @Test
    void withoutAValueTheClassDecides() {
        template.save(new Token("1", Duration.ofMinutes(5)));
        template.save(new Token("1", null));
        assertThat(expiresAt("1", Token.class)).isEmpty();
        template.save(new Visit("1", 0));
        assertThat(expiresAt("1", Visit.class)).isEmpty();
        template.save(new Reservation("1", null));
        assertExpiresIn(Duration.ofDays(7), "1", Reservation.class);
        template.save(new Reservation("1", Duration.ofMinutes(5)));
        assertExpiresIn(Duration.ofMinutes(5), "1", Reservation.class);
    }

    @Test
    void changesInPlaceLeaveTheTime() {
        template.save(new Token("1", Duration.ofMinutes(5)));
        template.update(Token.class)
                .matching(Filter.eq("id", "1"))
                .apply(DocumentPatch.empty().set("validFor", Duration.ofHours(1).toNanos()));
        assertExpiresIn(Duration.ofMinutes(5), "1", Token.class);
    }

    @Test
    void subclassesHaveTheirOwn() {
        template.save(new Task("1"));
        template.save(new Errand("2", Duration.ofMinutes(5)));
        template.save(new Chore("3", 2));
        assertThat(expiresAt("1", Task.class)).isEmpty();
        assertExpiresIn(Duration.ofMinutes(5), "2", Task.class);
        assertExpiresIn(Duration.ofHours(2), "3", Task.class);
    }

    @Test
    void whatHasNoIdCannotBeUpdated() {
        assertThatExceptionOfType(InvalidDataAccessApiUsageException.class)
                .isThrownBy(() -> template.update(new Code(null, 1L)))
                .withMessageContaining("updated");
    }

    @Test
    void negativeTimeIsRefused() {
        assertThatExceptionOfType(InvalidDataAccessApiUsageException.class)
                .isThrownBy(() -> template.save(new Code("1", -1L)))
                .withMessageContaining("seconds")
                .withMessageContaining("-1");
        assertThat(template.count(Code.class)).isZero();
    }

    @Test
    void whatCannotBeMeantIsRefused() {
        record Named(String id, @TimeToLive String name) {}
        assertRefused(Named.class, "name");
        record Monthly(
                String id,
                @TimeToLive(unit = ChronoUnit.MONTHS) long months) {}
        assertRefused(Monthly.class, "exact length");
        record Both(
                String id,
                @TimeToLive Duration time,
                @Expires Instant until) {}
        assertRefused(Both.class, "@Expires");
        record Days(String id, @TimeToLive Period time) {}
        assertThatThrownBy(() -> template.count(Days.class)).isInstanceOf(MappingException.class);
    }

    private void assertRefused(Class<?> type, String mentioned) {
        assertThatExceptionOfType(MappingException.class)
                .isThrownBy(() -> template.count(type))
                .withMessageContaining(mentioned)
                .withMessageContaining(type.getSimpleName());
    }

    private void assertExpiresIn(Duration time, String id, Class<?> type) {
        assertThat(expiresAt(id, type).orElseThrow())
                .isCloseTo(Instant.now().plus(time), within(1, ChronoUnit.MINUTES));
    }

    private Optional<Instant> expiresAt(String id, Class<?> type) {
        return template.execute(type, collection -> collection.expiresAt(id));
    }

    record Token(String id, @TimeToLive @Nullable Duration validFor) {}

    record Code(@Nullable String id, @TimeToLive @Nullable Long seconds) {}

    record Visit(
            String id, @TimeToLive(unit = ChronoUnit.DAYS) int days) {}

    record Session(
            String id,
            @Version @Nullable Long version,
            @TimeToLive Duration idle) {}

    @Expires(after = "7d")
    record Reservation(String id, @TimeToLive @Nullable Duration held) {}

    @Document("tasks")
    static class Task {
        String id;

        Task(String id) {
            this.id = id;
        }
    }

    @TypeAlias("errand")
    static class Errand extends Task {
        @TimeToLive
        Duration open;

        Errand(String id, Duration open) {
            super(id);
            this.open = open;
        }
    }

    @TypeAlias("chore")
    static class Chore extends Task {
        @TimeToLive(unit = ChronoUnit.HOURS)
        int hours;

        Chore(String id, int hours) {
            super(id);
            this.hours = hours;
        }
    }

    interface Tokens extends StoreRepository<Token, String> {}
}
