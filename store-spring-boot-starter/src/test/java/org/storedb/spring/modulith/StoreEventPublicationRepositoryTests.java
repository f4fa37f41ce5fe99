package org.storedb.spring.modulith;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.modulith.events.EventPublication.Status;
import org.springframework.modulith.events.config.EventPublicationAutoConfiguration;
import org.springframework.modulith.events.core.EventPublicationRegistry;
import org.springframework.modulith.events.core.EventPublicationRepository;
import org.springframework.modulith.events.core.EventPublicationRepository.FailedCriteria;
import org.springframework.modulith.events.core.EventSerializer;
import org.springframework.modulith.events.core.PublicationTargetIdentifier;
import org.springframework.modulith.events.core.TargetEventPublication;
import org.springframework.modulith.events.support.CompletionMode;
import org.springframework.transaction.event.TransactionalEventListener;
import org.springframework.transaction.support.TransactionTemplate;
import org.storedb.Store;
import org.storedb.spring.autoconfigure.StoreAutoConfiguration;
import org.storedb.spring.autoconfigure.StoreModulithAutoConfiguration;
import org.storedb.spring.autoconfigure.StoreTransactionAutoConfiguration;

class StoreEventPublicationRepositoryTests {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final PublicationTargetIdentifier MAILER = PublicationTargetIdentifier.of("mailer");

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    StoreAutoConfiguration.class,
                    StoreTransactionAutoConfiguration.class,
                    StoreModulithAutoConfiguration.class,
                    TransactionAutoConfiguration.class,
                    EventPublicationAutoConfiguration.class))
            .withBean(EventSerializer.class, TextSerializer::new)
            .withPropertyValues("store.in-memory=true");

    @Test
    void publicationIsCommittedWithTheDataAndCompletedByItsListener() {
        runner.withBean(Mailer.class).run(context -> {
            StoreEventPublicationRepository repository = context.getBean(StoreEventPublicationRepository.class);
            Store store = context.getBean(Store.class);
            Mailer mailer = context.getBean(Mailer.class);
            TransactionTemplate transaction = context.getBean(TransactionTemplate.class);
            ApplicationEventPublisher events = context;
            transaction.executeWithoutResult(status -> {
                events.publishEvent(new Ordered("1"));
                assertThat(store.collection(StoreEventPublicationRepository.COLLECTION)
                                .count())
                        .isZero();
            });
            assertThat(mailer.heard()).containsExactly(new Ordered("1"));
            assertThat(repository.findIncompletePublications()).isEmpty();
            assertThat(repository.countByStatus(Status.COMPLETED)).isEqualTo(1);

            transaction.executeWithoutResult(status -> {
                events.publishEvent(new Ordered("2"));
                status.setRollbackOnly();
            });
            assertThat(store.collection(StoreEventPublicationRepository.COLLECTION)
                            .count())
                    .isEqualTo(1);
        });
    }

    @Test
    void publicationWhoseListenerFailedStaysIncomplete() {
        runner.withBean(Mailer.class).run(context -> {
            Mailer mailer = context.getBean(Mailer.class);
            mailer.fail();
            context.getBean(TransactionTemplate.class)
                    .executeWithoutResult(status -> context.publishEvent(new Ordered("1")));
            StoreEventPublicationRepository repository = context.getBean(StoreEventPublicationRepository.class);
            assertThat(repository.findIncompletePublications())
                    .extracting(TargetEventPublication::getEvent)
                    .containsExactly(new Ordered("1"));
            assertThat(context.getBean(EventPublicationRegistry.class).findIncompletePublications())
                    .hasSize(1);
            assertThat(repository.countByStatus(Status.COMPLETED)).isZero();
        });
    }

    @Test
    void statusGoesItsWay() {
        try (Store store = Store.openInMemory()) {
            StoreEventPublicationRepository repository = repositoryOf(store, CompletionMode.UPDATE);
            UUID id = repository
                    .create(TargetEventPublication.of(new Ordered("1"), MAILER, NOON))
                    .getIdentifier();
            repository.markProcessing(id);
            assertThat(repository.findByStatus(Status.PROCESSING)).hasSize(1);
            repository.markFailed(id);
            assertThat(repository.findFailedPublications(FailedCriteria.ALL)).hasSize(1);
            assertThat(repository.findFailedPublications(FailedCriteria.ALL.withPublicationsPublishedBefore(NOON)))
                    .isEmpty();
            assertThat(repository.findFailedPublications(FailedCriteria.ALL.withItemsToRead(1)))
                    .hasSize(1);
            int before = repository.findByStatus(Status.FAILED).get(0).getCompletionAttempts();
            assertThat(repository.markResubmitted(id, NOON.plusSeconds(60))).isTrue();
            assertThat(repository.markResubmitted(id, NOON.plusSeconds(61))).isFalse();
            assertThat(repository.markResubmitted(UUID.randomUUID(), NOON)).isFalse();
            TargetEventPublication again =
                    repository.findByStatus(Status.RESUBMITTED).get(0);
            assertThat(again.getCompletionAttempts()).isEqualTo(before + 1);
            assertThat(again.getLastResubmissionDate()).isEqualTo(NOON.plusSeconds(60));
            repository.markCompleted(id, NOON.plusSeconds(90));
            assertThat(repository.findIncompletePublications()).isEmpty();
            assertThat(repository.findCompletedPublications().get(0).getCompletionDate())
                    .contains(NOON.plusSeconds(90));
        }
    }

    @Test
    void completedOneStaysCompleted() {
        for (CompletionMode mode : CompletionMode.values()) {
            try (Store store = Store.openInMemory()) {
                StoreEventPublicationRepository repository = repositoryOf(store, mode);
                UUID id = repository
                        .create(TargetEventPublication.of(new Ordered("1"), MAILER, NOON))
                        .getIdentifier();
                repository.markCompleted(id, NOON);
                repository.markProcessing(id);
                repository.markFailed(id);
                assertThat(repository.markResubmitted(id, NOON)).isFalse();
                assertThat(repository.findIncompletePublications()).isEmpty();
                assertThat(repository.countByStatus(Status.COMPLETED)).isEqualTo(mode == CompletionMode.DELETE ? 0 : 1);
            }
        }
    }

    @Test
    void incompleteOnesAreFoundTheOldestFirst() {
        try (Store store = Store.openInMemory()) {
            StoreEventPublicationRepository repository = repositoryOf(store, CompletionMode.UPDATE);
            repository.create(TargetEventPublication.of(new Ordered("2"), MAILER, NOON.plusSeconds(1)));
            repository.create(TargetEventPublication.of(new Ordered("1"), MAILER, NOON));
            repository.create(TargetEventPublication.of(
                    new Ordered("1"), PublicationTargetIdentifier.of("other"), NOON.plusSeconds(2)));
            assertThat(repository.findIncompletePublications())
                    .extracting(publication -> publication.getTargetIdentifier().getValue() + publication.getEvent())
                    .containsExactly("mailerOrdered[id=1]", "mailerOrdered[id=2]", "otherOrdered[id=1]");
            assertThat(repository.findIncompletePublicationsPublishedBefore(NOON.plusSeconds(1)))
                    .hasSize(1);
            assertThat(repository.findIncompletePublicationsByEventAndTargetIdentifier(new Ordered("2"), MAILER))
                    .isPresent();
            repository.markCompleted(new Ordered("1"), MAILER, NOON.plusSeconds(9));
            assertThat(repository.findIncompletePublicationsByEventAndTargetIdentifier(new Ordered("1"), MAILER))
                    .isEmpty();
            assertThat(repository.findIncompletePublications()).hasSize(2);
        }
    }

    @Test
    void completedOnesAreKeptDeletedOrArchived() {
        for (CompletionMode mode : CompletionMode.values()) {
            try (Store store = Store.openInMemory()) {
                StoreEventPublicationRepository repository = repositoryOf(store, mode);
                TargetEventPublication one =
                        repository.create(TargetEventPublication.of(new Ordered("1"), MAILER, NOON));
                repository.create(TargetEventPublication.of(new Ordered("2"), MAILER, NOON));
                repository.markCompleted(one.getIdentifier(), NOON.plusSeconds(5));
                assertThat(repository.findIncompletePublications()).hasSize(1);
                assertThat(repository.findCompletedPublications()).hasSize(mode == CompletionMode.DELETE ? 0 : 1);
                assertThat(repository.findByStatus(Status.COMPLETED)).isEqualTo(repository.findCompletedPublications());
                assertThat(repository.countByStatus(Status.COMPLETED)).isEqualTo(mode == CompletionMode.DELETE ? 0 : 1);
                repository.deleteCompletedPublicationsBefore(NOON.plusSeconds(5));
                assertThat(repository.findCompletedPublications()).hasSize(mode == CompletionMode.DELETE ? 0 : 1);
                repository.deleteCompletedPublications();
                assertThat(repository.findCompletedPublications()).isEmpty();
                repository.deletePublications(
                        List.of(repository.findIncompletePublications().get(0).getIdentifier()));
                assertThat(repository.findIncompletePublications()).isEmpty();
            }
        }
    }

    @Test
    void completedOnesAreDeletedByTheirIds() {
        for (CompletionMode mode : CompletionMode.values()) {
            try (Store store = Store.openInMemory()) {
                StoreEventPublicationRepository repository = repositoryOf(store, mode);
                UUID completed = repository
                        .create(TargetEventPublication.of(new Ordered("1"), MAILER, NOON))
                        .getIdentifier();
                UUID kept = repository
                        .create(TargetEventPublication.of(new Ordered("2"), MAILER, NOON))
                        .getIdentifier();
                repository.markCompleted(completed, NOON);
                repository.markCompleted(kept, NOON);
                repository.deletePublications(List.of(completed));
                assertThat(repository.findCompletedPublications())
                        .extracting(TargetEventPublication::getIdentifier)
                        .isEqualTo(mode == CompletionMode.DELETE ? List.of() : List.of(kept));
            }
        }
    }

    @Test
    void eventThatCannotBeReadAnyMoreIsInNobodysWay() {
        try (Store store = Store.openInMemory()) {
            StoreEventPublicationRepository repository = repositoryOf(store, CompletionMode.UPDATE);
            Map<String, Instant> published = Map.of(TextSerializer.UNREADABLE, NOON, "1", NOON.plusSeconds(1));
            published.forEach((event, time) -> repository.markFailed(repository
                    .create(TargetEventPublication.of(new Ordered(event), MAILER, time))
                    .getIdentifier()));
            for (List<TargetEventPublication> found : List.of(
                    repository.findIncompletePublications(), repository.findFailedPublications(FailedCriteria.ALL))) {
                assertThat(found).hasSize(2);
                assertThatThrownBy(found.get(0)::getEvent).hasMessage("of an older version");
                assertThat(found.get(1).getEvent()).isEqualTo(new Ordered("1"));
                assertThat(found.get(1).getEvent()).isSameAs(found.get(1).getEvent());
            }
        }
    }

    @Test
    void eventWhoseClassIsGoneIsLeftOut() {
        try (Store store = Store.openInMemory()) {
            StoreEventPublicationRepository repository = repositoryOf(store, CompletionMode.UPDATE);
            repository.markFailed(repository
                    .create(TargetEventPublication.of(new Ordered("1"), MAILER, NOON))
                    .getIdentifier());
            store.collection(StoreEventPublicationRepository.COLLECTION)
                    .insert(Map.of("id", "gone", "type", "com.example.Gone", "status", "FAILED", "publishedAt", 0));
            assertThat(repository.countByStatus(Status.FAILED)).isEqualTo(2);
            assertThat(repository.findIncompletePublications()).hasSize(1);
            assertThat(repository.findFailedPublications(FailedCriteria.ALL.withItemsToRead(1)))
                    .as("the younger one is found behind it")
                    .hasSize(1);
        }
    }

    @Test
    void repositoryOfTheApplicationTakesPrecedence() {
        runner.withBean(EventPublicationRepository.class, () -> mock(EventPublicationRepository.class))
                .run(context ->
                        assertThat(context).hasNotFailed().doesNotHaveBean(StoreEventPublicationRepository.class));
    }

    @Test
    void modulithIsNotNeeded() {
        new ApplicationContextRunner()
                .withConfiguration(
                        AutoConfigurations.of(StoreAutoConfiguration.class, StoreModulithAutoConfiguration.class))
                .withPropertyValues("store.in-memory=true")
                .withClassLoader(new FilteredClassLoader("org.springframework.modulith"))
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean("storeEventPublicationRepository"));
    }

    private static StoreEventPublicationRepository repositoryOf(Store store, CompletionMode mode) {
        return new StoreEventPublicationRepository(store, new TextSerializer(), mode, null);
    }

    record Ordered(String id) {}

    static class Mailer {
        private final List<Ordered> heard = new ArrayList<>();
        private boolean failing;

        public List<Ordered> heard() {
            return heard;
        }

        public void fail() {
            failing = true;
        }

        @TransactionalEventListener
        public void ordered(Ordered event) {
            if (failing) {
                throw new IllegalStateException("no mail today");
            }
            heard.add(event);
        }
    }

    /** Knows one kind of event. */
    static class TextSerializer implements EventSerializer {
        static final String UNREADABLE = "unreadable";

        @Override
        public Object serialize(Object event) {
            return ((Ordered) event).id();
        }

        @Override
        public <T> T deserialize(Object serialized, Class<T> type) {
            if (serialized.equals(UNREADABLE)) {
                throw new IllegalArgumentException("of an older version");
            }
            return type.cast(new Ordered((String) serialized));
        }
    }
}
