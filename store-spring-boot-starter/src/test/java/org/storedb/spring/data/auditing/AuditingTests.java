package org.storedb.spring.data.auditing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.temporal.TemporalAccessor;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.data.annotation.CreatedBy;
import org.springframework.data.annotation.CreatedDate;
import org.springframework.data.annotation.LastModifiedBy;
import org.springframework.data.annotation.LastModifiedDate;
import org.springframework.data.annotation.Version;
import org.springframework.data.auditing.DateTimeProvider;
import org.springframework.data.domain.AuditorAware;
import org.storedb.spring.data.core.StoreBeans;
import org.storedb.spring.data.core.StoreOperations;
import org.storedb.spring.data.core.event.StoreBeforeConvertCallback;

/** When and by whom entities were stored: set on save, for every kind of entity class. */
class AuditingTests {

    private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant SECOND = Instant.parse("2026-01-02T00:00:00Z");

    @Test
    void recordIsAuditedBeforeItHasIdAndVersion() {
        try (var context = new AnnotationConfigApplicationContext(Application.class)) {
            StoreOperations operations = context.getBean(StoreOperations.class);
            Now now = context.getBean(Now.class);
            Letter created = operations.save(new Letter(null, null, "a", null, null, null, null));
            assertThat(created).isEqualTo(new Letter(created.id(), 0L, "a", FIRST, FIRST, "ada", "ada"));
            now.set(SECOND, "alan");
            Letter changed = operations.save(created.withText("b"));
            assertThat(changed).isEqualTo(new Letter(created.id(), 1L, "b", FIRST, SECOND, "ada", "alan"));
            assertThat(operations.findById(Objects.requireNonNull(created.id()), Letter.class))
                    .contains(changed);
        }
    }

    @Test
    void assignedIdWithAVersionIsNew() {
        try (var context = new AnnotationConfigApplicationContext(Application.class)) {
            StoreOperations operations = context.getBean(StoreOperations.class);
            assertThat(operations.insertAll(List.of(new Letter("1", null, "a", null, null, null, null))))
                    .containsExactly(new Letter("1", 0L, "a", FIRST, FIRST, "ada", "ada"));
        }
    }

    @Test
    void containersInsideContainersAreNoHindrance() {
        try (var context = new AnnotationConfigApplicationContext(Application.class)) {
            StoreOperations operations = context.getBean(StoreOperations.class);
            Plain line = new Plain("1");
            Basket basket = new Basket(
                    "b",
                    Map.of("a", List.of(line)),
                    List.of(List.of(line)),
                    Map.of("a", Map.of("b", line)),
                    List.of(Optional.of(line)),
                    Optional.of(List.of(line)),
                    null);
            Basket stored = operations.insert(basket);
            assertThat(stored.modified()).isEqualTo(FIRST);
            assertThat(operations.findById("b", Basket.class)).contains(stored);
        }
    }

    @Test
    void beanIsAuditedThoughAnotherCallbackGivesItsId() {
        try (var context = new AnnotationConfigApplicationContext(Application.class, GiveId.class)) {
            StoreOperations operations = context.getBean(StoreOperations.class);
            Parcel parcel = operations.save(new Parcel());
            assertThat(parcel.id).isEqualTo("given");
            assertThat(parcel.created).isEqualTo(FIRST.toEpochMilli());
            assertThat(parcel.author).isEqualTo("ada");
        }
    }

    @Test
    void modifiedCanBeLeftOutAtFirst() {
        try (var context = new AnnotationConfigApplicationContext(OnlyModifiedLater.class)) {
            StoreOperations operations = context.getBean(StoreOperations.class);
            Letter created = operations.save(new Letter(null, null, "a", null, null, null, null));
            assertThat(created.created()).isEqualTo(FIRST);
            assertThat(created.modified()).isNull();
            assertThat(operations.save(created).modified()).isEqualTo(FIRST);
        }
    }

    @Test
    void entityWithoutAuditPropertiesIsLeftAlone() {
        try (var context = new AnnotationConfigApplicationContext(Application.class)) {
            StoreOperations operations = context.getBean(StoreOperations.class);
            assertThat(operations.save(new Plain("1"))).isEqualTo(new Plain("1"));
        }
    }

    record Letter(
            @Nullable String id,
            @Version @Nullable Long version,
            String text,
            @CreatedDate @Nullable Instant created,
            @LastModifiedDate @Nullable Instant modified,
            @CreatedBy @Nullable String author,
            @LastModifiedBy @Nullable String editor) {
        Letter withText(String newText) {
            return new Letter(id, version, newText, created, modified, author, editor);
        }
    }

    record Plain(String id) {}

    record Basket(
            String id,
            Map<String, List<Plain>> byKind,
            List<List<Plain>> rows,
            Map<String, Map<String, Plain>> table,
            List<Optional<Plain>> gaps,
            Optional<List<Plain>> extras,
            @LastModifiedDate @Nullable Instant modified) {}

    static class Parcel {
        @Nullable
        String id;

        @CreatedDate
        long created;

        @CreatedBy
        @Nullable
        String author;
    }

    /** The time and the user set by a test. */
    static class Now implements DateTimeProvider, AuditorAware<String> {
        private Instant time = FIRST;
        private String user = "ada";

        void set(Instant newTime, String newUser) {
            time = newTime;
            user = newUser;
        }

        @Override
        public Optional<TemporalAccessor> getNow() {
            return Optional.of(time);
        }

        @Override
        public Optional<String> getCurrentAuditor() {
            return Optional.of(user);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableStoreAuditing(dateTimeProviderRef = "now")
    static class Application extends Beans {}

    @Configuration(proxyBeanMethods = false)
    @EnableStoreAuditing(dateTimeProviderRef = "now", modifyOnCreate = false, auditorAwareRef = "now")
    static class OnlyModifiedLater extends Beans {}

    @Configuration(proxyBeanMethods = false)
    static class GiveId {

        @Bean
        StoreBeforeConvertCallback<Parcel> idOfParcels() {
            return (parcel, collection) -> {
                parcel.id = "given";
                return parcel;
            };
        }
    }

    @Import(StoreBeans.class)
    static class Beans {

        @Bean
        Now now() {
            return new Now();
        }
    }
}
