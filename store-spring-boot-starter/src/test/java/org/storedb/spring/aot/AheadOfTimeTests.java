package org.storedb.spring.aot;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.aop.framework.Advised;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.aot.test.generate.TestGenerationContext;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.DecoratingProxy;
import org.springframework.core.test.tools.CompileWithForkedClassLoader;
import org.springframework.core.test.tools.Compiled;
import org.springframework.core.test.tools.TestCompiler;
import org.springframework.data.annotation.Version;
import org.springframework.data.repository.Repository;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.interceptor.TransactionalProxy;
import org.storedb.Store;
import org.storedb.migration.Migration;
import org.storedb.migration.Migrations;
import org.storedb.search.TextSearch;
import org.storedb.spring.autoconfigure.StoreAdditionalSearchAutoConfiguration;
import org.storedb.spring.autoconfigure.StoreAdditionalStoresAutoConfiguration;
import org.storedb.spring.autoconfigure.StoreAutoConfiguration;
import org.storedb.spring.autoconfigure.StoreCacheAutoConfiguration;
import org.storedb.spring.autoconfigure.StoreChangeListenerAutoConfiguration;
import org.storedb.spring.autoconfigure.StoreDataAutoConfiguration;
import org.storedb.spring.autoconfigure.StoreRepositoriesAutoConfiguration;
import org.storedb.spring.autoconfigure.StoreSearchAutoConfiguration;
import org.storedb.spring.autoconfigure.StoreTransactionAutoConfiguration;
import org.storedb.spring.data.change.EntityChange;
import org.storedb.spring.data.change.StoreChangeListener;
import org.storedb.spring.data.core.StoreTemplate;
import org.storedb.spring.data.core.convert.StoreConverter;
import org.storedb.spring.data.core.mapping.Document;
import org.storedb.spring.data.core.mapping.Indexed;
import org.storedb.spring.data.repository.Query;
import org.storedb.spring.data.repository.StoreRepository;
import org.storedb.spring.data.repository.config.EnableStoreRepositories;
import org.storedb.spring.data.search.StoreTextSearch;
import org.storedb.spring.data.search.TextIndexed;
import org.storedb.spring.data.search.TextSearchExecutor;
import org.storedb.spring.transaction.StoreTransactionManager;

/** An application that is processed ahead of time, compiled, and started from the generated code. */
@CompileWithForkedClassLoader
class AheadOfTimeTests {

    private static final String[] PROPERTIES = {
        "store.in-memory=true", "store.cache.enabled=true", "store.additional.archive.in-memory=true"
    };

    @Test
    void applicationStartsAndWorks() {
        started((context, hints) -> {}, context -> {
            TaskRepository tasks = context.getBean(TaskRepository.class);
            Desk desk = context.getBean(Desk.class);
            Task task = desk.open("write");
            assertThat(tasks.findByTitle("write")).containsExactly(task);
            assertThat(tasks.withPriorityFrom(3)).containsExactly(task);
            assertThat(tasks.findProjectedByTitle("write"))
                    .extracting(TitleOnly::title)
                    .containsExactly("write");
            assertThat(tasks.search(TextSearch.of("title:writ*")).documents()).containsExactly(task);
            assertThat(desk.openTasks()).isEqualTo(1);
            tasks.deleteAll();
            assertThat(desk.openTasks()).as("cached").isEqualTo(1);
            await().atMost(20, SECONDS).until(() -> desk.heard().size() == 2);
            assertThat(Migrations.history(context.getBean(Store.class))).hasSize(1);
            context.getBean("archiveTemplate", StoreTemplate.class).insert(task);
            assertThat(context.getBean("archiveTextSearch", StoreTextSearch.class)
                            .search(TextSearch.of("title:writ*"), Task.class)
                            .documents())
                    .containsExactly(task);
            assertThat(context.getBean(Store.class).collection("tasks").indexes())
                    .hasSize(1);
        });
    }

    @Test
    void entitiesProjectionsAndListenersAreInTheHints() {
        started(
                (context, hints) -> {
                    assertThat(RuntimeHintsPredicates.reflection()
                                    .onType(Task.class)
                                    .withAnyMemberCategory(
                                            MemberCategory.INVOKE_DECLARED_CONSTRUCTORS,
                                            MemberCategory.INVOKE_PUBLIC_CONSTRUCTORS))
                            .accepts(hints);
                    assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(Task.class, "title"))
                            .accepts(hints);
                    assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(Desk.class, "changed"))
                            .accepts(hints);
                    assertThat(RuntimeHintsPredicates.proxies()
                                    .forInterfaces(
                                            TaskRepository.class,
                                            Repository.class,
                                            TransactionalProxy.class,
                                            Advised.class,
                                            DecoratingProxy.class))
                            .accepts(hints);
                },
                context -> {});
    }

    @Test
    void beansOfTheApplicationAreUsedWhateverTheirNames() {
        started(
                (context, hints) -> {},
                context -> {
                    context.getBean(TaskRepository.class).insert(new Task(null, null, "write", 3));
                    assertThat(context.containsBean("storeTemplate")).isFalse();
                    assertThat(context.containsBean("storeTransactionManager")).isFalse();
                },
                OwnBeans.class);
    }

    private interface Processed {
        void check(GenericApplicationContext context, RuntimeHints hints);
    }

    private static void started(Processed processed, Consumer<GenericApplicationContext> running, Class<?>... further) {
        TestGenerationContext generation = new TestGenerationContext();
        AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
        TestPropertyValues.of(PROPERTIES).applyTo(context);
        context.register(Application.class);
        Stream.of(further).forEach(context::register);
        new ApplicationContextAotGenerator().processAheadOfTime(context, generation);
        processed.check(context, generation.getRuntimeHints());
        generation.writeGeneratedContent();
        TestCompiler.forSystem().with(generation).compile(compiled -> {
            try (GenericApplicationContext fresh = new GenericApplicationContext()) {
                fresh.setClassLoader(compiled.getClassLoader());
                TestPropertyValues.of(PROPERTIES).applyTo(fresh);
                initializerIn(compiled).initialize(fresh);
                fresh.refresh();
                running.accept(fresh);
            }
        });
    }

    @SuppressWarnings("unchecked") // the generated initializer accepts any context
    private static ApplicationContextInitializer<GenericApplicationContext> initializerIn(Compiled compiled) {
        return compiled.getInstance(ApplicationContextInitializer.class);
    }

    @Document("tasks")
    public record Task(
            @Nullable String id,
            @Version @Nullable Long version,
            @Indexed @TextIndexed String title,
            int priority) {}

    public interface TitleOnly {
        String title();
    }

    public interface TaskRepository extends StoreRepository<Task, String>, TextSearchExecutor<Task> {

        List<Task> findByTitle(String title);

        List<TitleOnly> findProjectedByTitle(String title);

        @Query("find tasks where priority >= :priority")
        List<Task> withPriorityFrom(int priority);
    }

    public static class Desk {
        final List<EntityChange<Task>> heard = new CopyOnWriteArrayList<>();
        private final TaskRepository tasks;

        public Desk(TaskRepository tasks) {
            this.tasks = tasks;
        }

        @Transactional
        public Task open(String title) {
            return tasks.insert(new Task(null, null, title, 3));
        }

        @Cacheable("counts")
        public long openTasks() {
            return tasks.count();
        }

        public List<EntityChange<Task>> heard() {
            return heard;
        }

        @StoreChangeListener("desk")
        public void changed(EntityChange<Task> change) {
            heard.add(change);
        }
    }

    @Configuration(proxyBeanMethods = false)
    public static class OwnBeans {

        @Bean
        public StoreTemplate ownTemplate(Store store, StoreConverter converter) {
            return new StoreTemplate(store, converter);
        }

        @Bean
        public StoreTransactionManager ownManager(Store store) {
            return new StoreTransactionManager(store);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @AutoConfigurationPackage(basePackageClasses = AheadOfTimeTests.class)
    @ImportAutoConfiguration({
        StoreAutoConfiguration.class,
        StoreDataAutoConfiguration.class,
        StoreTransactionAutoConfiguration.class,
        StoreAdditionalStoresAutoConfiguration.class,
        StoreSearchAutoConfiguration.class,
        StoreAdditionalSearchAutoConfiguration.class,
        StoreRepositoriesAutoConfiguration.class,
        StoreChangeListenerAutoConfiguration.class,
        StoreCacheAutoConfiguration.class,
        TransactionAutoConfiguration.class
    })
    @EnableCaching
    @EnableStoreRepositories(considerNestedRepositories = true)
    public static class Application {

        @Bean
        public Desk desk(TaskRepository tasks) {
            return new Desk(tasks);
        }

        @Bean
        public Migration firstMigration() {
            return Migration.of("1", "nothing yet", transaction -> {});
        }
    }
}
