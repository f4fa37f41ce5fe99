package org.storedb.spring.data.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FilterType;
import org.springframework.core.env.MapPropertySource;
import org.springframework.data.domain.Limit;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.Sort;
import org.springframework.data.util.Streamable;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.transaction.annotation.Transactional;
import org.storedb.spring.autoconfigure.StoreAutoConfiguration;
import org.storedb.spring.autoconfigure.StoreDataAutoConfiguration;
import org.storedb.spring.autoconfigure.StoreTransactionAutoConfiguration;
import org.storedb.spring.data.repository.config.EnableStoreRepositories;

/** Repositories as beans of an application: named queries, asynchronous results, fragments, a custom base class. */
class RepositoryContextTests {

    private final ConfigurableApplicationContext context = context();
    private final Tasks tasks = context.getBean(Tasks.class);

    private static ConfigurableApplicationContext context() {
        AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
        context.getEnvironment()
                .getPropertySources()
                .addFirst(
                        new MapPropertySource("test", java.util.Map.of("store.in-memory", "true", "task.least", "2")));
        context.register(Application.class);
        context.refresh();
        return context;
    }

    @BeforeEach
    void store() {
        tasks.insertAll(List.of(
                new Task("1", "ann", 1, false), new Task("2", "ann", 2, false), new Task("3", "bob", 3, false)));
    }

    @AfterEach
    void close() {
        context.close();
    }

    @Test
    void namedQueriesStandInAFile() {
        assertThat(tasks.findUrgent(2)).extracting(Task::id).containsExactly("3", "2");
        assertThat(tasks.finish("1")).isEqualTo(1);
        assertThat(tasks.findById("1").orElseThrow().done()).isTrue();
        assertThat(tasks.perOwner()).containsExactly(new PerOwner("ann", 2), new PerOwner("bob", 1));
    }

    @Test
    void futuresAreCompletedBesideTheCaller() throws Exception {
        assertThat(tasks.findByOwner("ann").get(10, TimeUnit.SECONDS)).hasSize(2);
        assertThat(tasks.findOneById("1").get(10, TimeUnit.SECONDS)).isNotNull();
        assertThat(tasks.countByOwner("ann").get(10, TimeUnit.SECONDS)).isEqualTo(2);
        assertThat(tasks.findPageByOwner("ann", PageRequest.of(0, 1)).get(10, TimeUnit.SECONDS))
                .hasSize(1);
        assertThat(tasks.counted("bob").get(10, TimeUnit.SECONDS)).isEqualTo(1);
    }

    @Test
    void failureOfAFutureIsItsOwn() {
        CompletableFuture<List<Task>> failing = tasks.findByPriorityLessThan(null);
        assertThatThrownBy(failing::get)
                .hasCauseInstanceOf(org.springframework.dao.InvalidDataAccessApiUsageException.class);
    }

    @Test
    void streamablesComposeWithOthers() {
        Streamable<Task> all = tasks.queryByOwner("ann").and(tasks.queryByOwner("bob"));
        assertThat(all.stream().map(Task::id)).containsExactly("1", "2", "3");
    }

    @Test
    void ownCollectionsAreMadeOfStreamables() {
        TaskList list = tasks.readByOwner("ann");
        assertThat(list.priority()).isEqualTo(3);
    }

    @Test
    void streamsAreClosedByTheirCaller() {
        try (Stream<Task> stream = tasks.streamByPriorityGreaterThan(0)) {
            assertThat(stream.map(Task::id)).containsExactly("1", "2", "3");
        }
    }

    @Test
    void limitsAndSorts() {
        assertThat(tasks.findByDone(false, Limit.of(2), Sort.by("priority").descending()))
                .extracting(Task::id)
                .containsExactly("3", "2");
    }

    @Test
    void setsAndOptionals() {
        assertThat(tasks.getByOwner("ann")).hasSize(2);
        assertThat(tasks.findFirstByOwnerOrderByPriorityDesc("ann"))
                .map(Task::id)
                .contains("2");
        assertThat(tasks.findFirstByOwnerOrderByPriorityDesc("eve")).isEmpty();
    }

    @Test
    void placeholdersOfTheEnvironmentInQueries() {
        assertThat(tasks.configured()).extracting(Task::id).containsExactly("2", "3");
    }

    @Test
    void beansInExpressions() {
        assertThat(tasks.ofCurrentUser()).extracting(Task::id).containsExactly("3");
    }

    @Test
    void fragmentsBesidesQueries() {
        assertThat(tasks.totalPriority("ann")).isEqualTo(3);
    }

    @Test
    void defaultMethodsCallTheOthers() {
        assertThat(tasks.urgentOf("bob")).hasSize(1);
    }

    @Test
    void transactionsOfQueryMethodsRollBack() {
        assertThatThrownBy(() -> context.getBean(Service.class).failAfterFinishing("1"))
                .isInstanceOf(IllegalStateException.class);
        assertThat(tasks.findById("1").orElseThrow().done()).isFalse();
    }

    record Task(String id, String owner, int priority, boolean done) {}

    record PerOwner(String owner, long tasks) {}

    public record TaskList(Streamable<Task> tasks) implements Streamable<Task> {
        int priority() {
            return tasks.stream().mapToInt(Task::priority).sum();
        }

        @Override
        public java.util.Iterator<Task> iterator() {
            return tasks.iterator();
        }
    }

    interface Totals {
        int totalPriority(String owner);
    }

    static class TotalsImpl implements Totals {

        private final org.storedb.spring.data.core.StoreOperations operations;

        TotalsImpl(org.storedb.spring.data.core.StoreOperations operations) {
            this.operations = operations;
        }

        @Override
        public int totalPriority(String owner) {
            return operations.query(Task.class).matching(org.storedb.query.Filter.eq("owner", owner)).stream()
                    .mapToInt(Task::priority)
                    .sum();
        }
    }

    interface Tasks extends StoreRepository<Task, String>, Totals {
        List<Task> findUrgent(int priority);

        long finish(String id);

        List<PerOwner> perOwner();

        @Async
        CompletableFuture<List<Task>> findByOwner(String owner);

        @Async
        Future<Task> findOneById(String id);

        @Async
        CompletableFuture<Long> countByOwner(String owner);

        @Async
        CompletableFuture<Page<Task>> findPageByOwner(String owner, Pageable pageable);

        @Async
        @Query("count task where owner = :owner")
        CompletableFuture<Long> counted(String owner);

        @Async
        CompletableFuture<List<Task>> findByPriorityLessThan(@Nullable Integer priority);

        Streamable<Task> queryByOwner(String owner);

        TaskList readByOwner(String owner);

        Stream<Task> streamByPriorityGreaterThan(int priority);

        List<Task> findByDone(boolean done, Limit limit, Sort sort);

        Set<Task> getByOwner(String owner);

        Optional<Task> findFirstByOwnerOrderByPriorityDesc(String owner);

        @Query("find task where priority >= :${task.least}")
        List<Task> configured();

        @Query("find task where owner = :#{@currentUser}")
        Collection<Task> ofCurrentUser();

        default List<Task> urgentOf(String owner) {
            return findUrgent(3).stream()
                    .filter(task -> task.owner().equals(owner))
                    .toList();
        }
    }

    static class Service {

        private final Tasks tasks;

        Service(Tasks tasks) {
            this.tasks = tasks;
        }

        @Transactional
        public void failAfterFinishing(String id) {
            tasks.finish(id);
            throw new IllegalStateException("after " + id);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @AutoConfigurationPackage
    @EnableAsync
    @EnableStoreRepositories(
            considerNestedRepositories = true,
            includeFilters = @ComponentScan.Filter(type = FilterType.ASSIGNABLE_TYPE, classes = Tasks.class),
            excludeFilters =
                    @ComponentScan.Filter(type = FilterType.REGEX, pattern = ".*\\.(?!RepositoryContextTests)[^.]*"))
    @ImportAutoConfiguration({
        StoreAutoConfiguration.class,
        StoreDataAutoConfiguration.class,
        StoreTransactionAutoConfiguration.class,
        org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration.class
    })
    static class Application {

        @Bean
        String currentUser() {
            return "bob";
        }

        @Bean
        Service service(Tasks tasks) {
            return new Service(tasks);
        }
    }
}
