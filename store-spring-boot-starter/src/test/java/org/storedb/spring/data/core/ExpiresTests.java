package org.storedb.spring.data.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.data.mapping.MappingException;
import org.springframework.data.mapping.callback.EntityCallbacks;
import org.storedb.ExpiryPolicy;
import org.storedb.document.DocumentPatch;
import org.storedb.query.Filter;
import org.storedb.spring.data.core.mapping.Expires;
import org.storedb.spring.data.core.mapping.FieldName;
import org.storedb.spring.data.core.mapping.TimeToLive;
import org.storedb.spring.data.repository.StoreRepository;

/** Entities that expire. */
@ExtendWith(OutputCaptureExtension.class)
class ExpiresTests {

    private static final Instant FUTURE = Instant.parse("2100-01-01T00:00:00Z");

    private final StoreFixture fixture = new StoreFixture();
    private final StoreTemplate template = fixture.template();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void someTimeAfterItWasWritten() {
        template.save(new Code("1", 0));
        assertThat(policy(Code.class)).isEqualTo(ExpiryPolicy.after(Duration.ofMinutes(15)));
        assertThat(expiresAt("1", Code.class).orElseThrow())
                .isCloseTo(Instant.now().plus(15, ChronoUnit.MINUTES), within(1, ChronoUnit.MINUTES));
    }

    @Test
    void someTimeAfterItWasUsed() {
        template.save(new Session("1"));
        assertThat(policy(Session.class)).isEqualTo(ExpiryPolicy.afterUnused(Duration.ofHours(1)));
        assertThat(expiresAt("1", Session.class)).isPresent();
    }

    @Test
    void atTheTimeOfAProperty() {
        template.insert(new Offer("1", FUTURE));
        template.insert(new Offer("2", null));
        assertThat(expiresAt("1", Offer.class)).contains(FUTURE);
        assertThat(expiresAt("2", Offer.class)).isEmpty();
    }

    @Test
    void whatHasExpiredIsNotThere() {
        Offers offers = fixture.repository(Offers.class);
        offers.save(new Offer("1", Instant.now().minusSeconds(1)));
        offers.save(new Offer("2", FUTURE));
        assertThat(offers.findById("1")).isEmpty();
        assertThat(offers.findAll()).extracting(Offer::id).containsExactly("2");
        assertThat(offers.count()).isEqualTo(1);
        assertThat(offers.existsByUntilBefore(FUTURE)).isFalse();
        assertThat(offers.insert(new Offer("1", FUTURE)).until()).isEqualTo(FUTURE);
    }

    @Test
    void changedTimeCounts() {
        template.insert(new Offer("1", FUTURE));
        template.update(Offer.class)
                .matching(Filter.eq("id", "1"))
                .apply(DocumentPatch.empty().set("until", FUTURE.plusSeconds(60)));
        assertThat(expiresAt("1", Offer.class)).contains(FUTURE.plusSeconds(60));
        template.save(new Offer("1", Instant.now().minusSeconds(1)));
        assertThat(template.findById("1", Offer.class)).isEmpty();
    }

    @Test
    void timeOfTheClassIsForEntitiesWithoutOne() {
        template.insert(new Ticket("1", FUTURE.toEpochMilli()));
        template.insert(new Ticket("2", null));
        assertThat(expiresAt("1", Ticket.class)).contains(FUTURE);
        assertThat(expiresAt("2", Ticket.class).orElseThrow())
                .isBefore(Instant.now().plus(8, ChronoUnit.DAYS));
    }

    @Test
    void policyThatIsNotDeclaredIsLeftAloneAndLogged(CapturedOutput output) {
        fixture.store().collection("plain").setExpiryPolicy(ExpiryPolicy.after(Duration.ofDays(1)));
        template.insert(new Plain("1"));
        template.setEntityCallbacks(EntityCallbacks.create()); // opens the collections again
        template.insert(new Plain("2"));
        assertThat(policy(Plain.class)).isEqualTo(ExpiryPolicy.after(Duration.ofDays(1)));
        assertThat(output)
                .containsOnlyOnce("the collection 'plain' expire after PT24H")
                .contains(Plain.class.getName() + " declares no @Expires");
    }

    @Test
    void declaredPolicyIsNotLogged(CapturedOutput output) {
        template.insert(new Code("1", 0));
        template.insert(new Session("1"));
        assertThat(output).doesNotContain("declares no @Expires");
    }

    @Test
    void whatCannotBeMeantIsRefused() {
        @Expires
        record Nothing(String id) {}
        assertRefused(Nothing.class, "needs a time");
        @Expires(after = "1h", afterUnused = "1h")
        record Both(String id) {}
        assertRefused(Both.class, "either");
        @Expires(after = "soon")
        record Soon(String id) {}
        assertRefused(Soon.class, "soon");
        @Expires(after = "-1s")
        record Past(String id) {}
        assertRefused(Past.class, "1 ms");
        record Named(String id, @Expires String name) {}
        assertRefused(Named.class, "name");
        record Timed(String id, @Expires(after = "1h") Instant at) {}
        assertRefused(Timed.class, "only allowed on the class");
    }

    @Test
    void timeInsideANestedObjectIsRefused() {
        record Validity(@Expires Instant until) {}
        record Pass(String id, Validity validity) {}
        assertRefused(Pass.class, "cannot be @Expires: it is inside 'validity'");
        record Lease(@TimeToLive Duration time) {}
        record Leases(List<Lease> all) {}
        record Room(String id, Leases leases) {}
        assertThatThrownBy(() -> template.count(Room.class))
                .hasMessageContaining("cannot be @TimeToLive: it is inside 'all'");
        record Shop(String id, List<Offer> offers) {}
        assertThat(policy(Shop.class)).isEqualTo(ExpiryPolicy.none());
    }

    private void assertRefused(Class<?> type, String mentioned) {
        assertThatThrownBy(() -> template.count(type))
                .isInstanceOf(MappingException.class)
                .hasMessageContaining(mentioned)
                .hasMessageContaining(type.getSimpleName());
    }

    private ExpiryPolicy policy(Class<?> type) {
        return template.execute(type, collection -> collection.expiryPolicy());
    }

    private Optional<Instant> expiresAt(String id, Class<?> type) {
        return template.execute(type, collection -> collection.expiresAt(id));
    }

    @Expires(after = "15m")
    record Code(String id, int number) {}

    @Expires(afterUnused = "PT1H")
    record Session(String id) {}

    record Offer(
            String id,
            @Expires @FieldName("valid") @Nullable Instant until) {}

    @Expires(after = "7d")
    record Ticket(String id, @Expires @Nullable Long until) {}

    record Plain(String id) {}

    interface Offers extends StoreRepository<Offer, String> {
        boolean existsByUntilBefore(Instant time);
    }
}
