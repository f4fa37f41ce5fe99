package org.storedb.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.storedb.Store;
import org.storedb.error.StoreClosedException;
import org.storedb.search.TextIndex;
import org.storedb.search.TextIndexOptions;
import org.storedb.search.TextIndexStatus;
import org.storedb.search.TextSearch;
import org.storedb.search.definition.TextAnalyzer;
import org.storedb.spring.actuate.StoreTextIndexesHealthIndicator;
import org.storedb.spring.data.core.StoreTemplate;
import org.storedb.spring.data.core.mapping.StoreMappingContext;
import org.storedb.spring.data.search.StoreTextIndexes;
import org.storedb.spring.data.search.StoreTextSearch;
import org.storedb.spring.library.Novel;
import org.storedb.spring.library.Novels;

/** Text indexes of entities in an application: that they open and close with the store, and their health. */
class StoreSearchAutoConfigurationTests {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    StoreAutoConfiguration.class,
                    StoreDataAutoConfiguration.class,
                    StoreTransactionAutoConfiguration.class,
                    TransactionAutoConfiguration.class,
                    StoreSearchAutoConfiguration.class,
                    StoreSearchHealthAutoConfiguration.class,
                    StoreRepositoriesAutoConfiguration.class))
            .withUserConfiguration(Library.class);

    private final ApplicationContextRunner inMemory = runner.withPropertyValues("store.in-memory=true");

    @TempDir
    private Path directory;

    @Test
    void entitiesAreFoundByTheirTextThroughARepository() {
        inMemory.run(context -> {
            Novels novels = context.getBean(Novels.class);
            novels.insertAll(List.of(
                    new Novel("1", "The Old Harbour", 1990),
                    new Novel("2", "Harbour Lights", 2001),
                    new Novel("3", "Quiet Streets", 2010)));
            assertThat(novels.search(TextSearch.of("harbour lights")).documents())
                    .extracting(Novel::id)
                    .containsExactly("2");
            assertThat(context.getBean(StoreTextSearch.class)
                            .search(TextSearch.of("harbour"), Novel.class)
                            .hits())
                    .hasSize(2)
                    .allMatch(hit -> hit.score() > 0);
        });
    }

    @Test
    void indexIsOpenedAgainWithTheStoreAndGoesOn() {
        ApplicationContextRunner onDisk = runner.withPropertyValues("store.path=" + directory.resolve("books"));
        onDisk.run(context -> context.getBean(Novels.class).insert(new Novel("1", "The Old Harbour", 1990)));
        assertThat(directory.resolve("books-text/novels")).isDirectory();
        onDisk.run(context -> {
            TextIndexStatus status = index(context).status();
            assertThat(status.documents()).isOne();
            assertThat(status.behind()).isZero();
            assertThat(status.rebuilds()).isZero();
            context.getBean(Novels.class).insert(new Novel("2", "Harbour Lights", 2001));
        });
        onDisk.run(context -> {
            assertThat(index(context).status().rebuilds()).isZero();
            assertThat(index(context).verify().isSound()).isTrue();
            assertThat(context.getBean(Novels.class).count(TextSearch.of("harbour")))
                    .isEqualTo(2);
        });
    }

    @Test
    void indexesAreClosedBeforeTheStore() {
        TextIndex[] index = new TextIndex[1];
        Store[] store = new Store[1];
        runner.withPropertyValues("store.path=" + directory.resolve("books")).run(context -> {
            index[0] = index(context);
            store[0] = context.getBean(Store.class);
        });
        assertThatThrownBy(() -> index[0].search(TextSearch.of("harbour"))).isInstanceOf(StoreClosedException.class);
        assertThatThrownBy(() -> store[0].collection("novels").count()).isInstanceOf(StoreClosedException.class);
        try (Store again = Store.open(directory.resolve("books"));
                TextIndex reopened =
                        TextIndex.open(again, index[0].definition(), directory.resolve("books-text/novels"))) {
            assertThat(reopened.status().rebuilds()).isZero();
        }
    }

    @Test
    void directoryIsWhereThePropertiesSay() {
        runner.withPropertyValues(
                        "store.path=" + directory.resolve("books"),
                        "store.search.directory=" + directory.resolve("words"))
                .run(context -> assertThat(directory.resolve("words/novels")).isDirectory());
        assertThat(directory.resolve("books-text")).doesNotExist();
    }

    @Test
    void indexesInMemoryHaveNoDirectory() {
        runner.withPropertyValues("store.path=" + directory.resolve("books"), "store.search.in-memory=true")
                .run(context ->
                        assertThat(index(context).status().committedSequence()).isEqualTo(-1));
        runner.withPropertyValues("store.path=" + directory.resolve("books"))
                .withBean("own", Store.class, Store::openInMemory)
                .withPropertyValues("store.search.directory=" + directory.resolve("words"))
                .run(context ->
                        assertThat(index(context).status().committedSequence()).isEqualTo(-1));
        assertThat(directory.resolve("books-text")).doesNotExist();
        assertThat(directory.resolve("words")).doesNotExist();
    }

    @Test
    void indexesAreBesideTheStoreThatTheApplicationOpens() {
        runner.withBean("own", Store.class, () -> Store.open(directory.resolve("mine")))
                .run(context ->
                        assertThat(directory.resolve("mine-text/novels")).isDirectory());
    }

    @Test
    void storeForReadingOnlyHasItsIndexesInMemory() {
        ApplicationContextRunner onDisk = runner.withPropertyValues("store.path=" + directory.resolve("books"));
        onDisk.run(context -> context.getBean(Novels.class).insert(new Novel("1", "The Old Harbour", 1990)));
        onDisk.withPropertyValues("store.access=read-only").run(context -> {
            assertThat(context.getBean(Novels.class).count(TextSearch.of("harbour")))
                    .isOne();
            assertThat(index(context).status().committedSequence()).isEqualTo(-1);
        });
    }

    @Test
    void analyzerIsABean() {
        inMemory.run(context -> {
            context.getBean(Novels.class).insert(new Novel("1", "The Old Harbour", 1990));
            assertThat(index(context).definition().find("kept").orElseThrow().analyzer())
                    .isEqualTo(context.getBean("exact", TextAnalyzer.class));
        });
    }

    @Test
    void healthShowsHowFarEachIndexIs() {
        inMemory.run(context -> {
            context.getBean(StoreTemplate.class).insert(new Novel("1", "The Old Harbour", 1990));
            context.getBean(Novels.class).count(TextSearch.of("harbour"));
            Health health = health(context);
            assertThat(health.getStatus()).isEqualTo(Status.UP);
            assertThat(health.getDetails()).containsOnlyKeys("novels");
            assertThat(health.getDetails().get("novels"))
                    .asInstanceOf(InstanceOfAssertFactories.MAP)
                    .containsEntry("documents", 1L)
                    .containsEntry("behind", 0L)
                    .containsEntry("rebuilds", 0)
                    .doesNotContainKey("error");
        });
    }

    @Test
    void healthIsDownIfAnIndexFails() {
        inMemory.run(context -> {
            index(context).close();
            Health health = health(context);
            assertThat(health.getStatus()).isEqualTo(Status.DOWN);
            assertThat(String.valueOf(health.getDetails().get("novels"))).contains("closed");
        });
    }

    @Test
    void healthSaysNothingWithoutIndexes() {
        try (Store store = Store.openInMemory();
                StoreTextIndexes none = new StoreTextIndexes(
                        store,
                        new StoreMappingContext(),
                        null,
                        TextIndexOptions.defaults(),
                        name -> TextAnalyzer.words())) {
            assertThat(new StoreTextIndexesHealthIndicator(none).health()).isNull();
        }
    }

    @Test
    void withoutTheModuleThereIsNoSearch() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        StoreAutoConfiguration.class,
                        StoreDataAutoConfiguration.class,
                        StoreSearchAutoConfiguration.class,
                        StoreSearchHealthAutoConfiguration.class))
                .withPropertyValues("store.in-memory=true")
                .withClassLoader(new FilteredClassLoader("org.storedb.search", "org.apache.lucene"))
                .run(context -> {
                    assertThat(context).hasNotFailed().hasSingleBean(StoreTemplate.class);
                    assertThat(context.getBeanDefinitionNames()).noneMatch(name -> name.contains("Text"));
                });
    }

    @Test
    void healthCanBeSwitchedOff() {
        for (String name : List.of("store-text-indexes", "storeTextIndexes")) {
            inMemory.withPropertyValues("management.health." + name + ".enabled=false")
                    .run(context -> assertThat(context).doesNotHaveBean("storeTextIndexesHealthContributor"));
        }
    }

    private static TextIndex index(ApplicationContext context) {
        Map<String, TextIndex> all = context.getBean(StoreTextIndexes.class).all();
        assertThat(all).containsOnlyKeys("novels");
        return Objects.requireNonNull(all.get("novels"));
    }

    private static Health health(ApplicationContext context) {
        return Objects.requireNonNull(context.getBean("storeTextIndexesHealthContributor", HealthIndicator.class)
                .health());
    }

    @Configuration(proxyBeanMethods = false)
    @AutoConfigurationPackage(basePackageClasses = Novel.class)
    static class Library {

        @Bean
        TextAnalyzer exact() {
            return TextAnalyzer.wholeString();
        }
    }
}
