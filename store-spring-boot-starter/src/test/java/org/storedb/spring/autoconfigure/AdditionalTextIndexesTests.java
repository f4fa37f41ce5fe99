package org.storedb.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.contributor.HealthContributors;
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
import org.storedb.search.TextHit;
import org.storedb.search.TextIndex;
import org.storedb.search.TextSearch;
import org.storedb.search.definition.TextAnalyzer;
import org.storedb.spring.data.core.StoreTemplate;
import org.storedb.spring.data.repository.config.EnableStoreRepositories;
import org.storedb.spring.data.search.StoreTextIndexes;
import org.storedb.spring.data.search.StoreTextSearch;
import org.storedb.spring.letters.Letter;
import org.storedb.spring.letters.Letters;
import org.storedb.spring.library.Novel;
import org.storedb.spring.library.Novels;

/** Full-text search in each of several stores. */
class AdditionalTextIndexesTests {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    StoreAutoConfiguration.class,
                    StoreDataAutoConfiguration.class,
                    StoreTransactionAutoConfiguration.class,
                    StoreAdditionalStoresAutoConfiguration.class,
                    TransactionAutoConfiguration.class,
                    StoreSearchAutoConfiguration.class,
                    StoreAdditionalSearchAutoConfiguration.class,
                    StoreSearchHealthAutoConfiguration.class))
            .withUserConfiguration(Repositories.class);

    private final ApplicationContextRunner inMemory =
            runner.withPropertyValues("store.in-memory=true", "store.additional.archive.in-memory=true");

    @TempDir
    private Path directory;

    @Test
    void eachRepositorySearchesInItsOwnStore() {
        inMemory.run(context -> {
            Novels novels = context.getBean(Novels.class);
            Letters letters = context.getBean(Letters.class);
            novels.insert(new Novel("1", "The Old Harbour", 1990));
            letters.insertAll(List.of(new Letter("1", "From the harbour"), new Letter("2", "From the hills")));

            assertThat(letters.search(TextSearch.of("harbour")).documents())
                    .extracting(Letter::id)
                    .containsExactly("1");
            assertThat(novels.search(TextSearch.of("harbour")).documents())
                    .extracting(Novel::title)
                    .containsExactly("The Old Harbour");
            assertThat(indexes(context, "storeTextIndexes")).containsOnlyKeys("novels");
            assertThat(indexes(context, "archiveTextIndexes")).containsOnlyKeys("letters");
        });
    }

    @Test
    void withoutANameTheFirstStoreIsMeant() {
        inMemory.run(context -> {
            assertThat(context.getBean(StoreTextIndexes.class)).isSameAs(context.getBean("storeTextIndexes"));
            assertThat(context.getBean(StoreTextSearch.class)).isSameAs(context.getBean("storeTextSearch"));
        });
    }

    @Test
    void entityThatBothStoresHaveIsSearchedForInTheOneThatIsNamed() {
        inMemory.run(context -> {
            context.getBean("storeTemplate", StoreTemplate.class).insert(new Novel("1", "The Old Harbour", 1990));
            context.getBean("archiveTemplate", StoreTemplate.class).insert(new Novel("2", "Harbour Lights", 2001));
            StoreTextSearch archive = context.getBean("archiveTextSearch", StoreTextSearch.class);
            assertThat(archive.search(TextSearch.of("harbour"), Novel.class).hits())
                    .extracting(TextHit::id)
                    .containsExactly("2");
            assertThat(context.getBean(StoreTextSearch.class)
                            .search(TextSearch.of("harbour"), Novel.class)
                            .hits())
                    .extracting(TextHit::id)
                    .containsExactly("1");
            assertThat(indexes(context, "archiveTextIndexes")).containsOnlyKeys("letters", "novels");
        });
    }

    @Test
    void indexesAreBesideTheirStoreAndGoOnWithIt() {
        ApplicationContextRunner onDisk = runner.withPropertyValues(
                "store.path=" + directory.resolve("one"), "store.additional.archive.path=" + directory.resolve("two"));
        TextIndex[] closed = new TextIndex[1];
        onDisk.run(context -> {
            context.getBean(Letters.class).insert(new Letter("1", "From the harbour"));
            closed[0] = indexes(context, "archiveTextIndexes").get("letters");
        });
        assertThatThrownBy(() -> closed[0].search(TextSearch.of("harbour"))).isInstanceOf(StoreClosedException.class);
        assertThat(directory.resolve("two-text/letters")).isDirectory();
        assertThat(directory.resolve("one-text/novels")).isDirectory();
        assertThat(directory.resolve("one-text/letters")).doesNotExist();
        onDisk.run(context -> {
            assertThat(context.getBean(Letters.class).count(TextSearch.of("harbour")))
                    .isOne();
            TextIndex letters = Objects.requireNonNull(
                    indexes(context, "archiveTextIndexes").get("letters"));
            assertThat(letters.status().rebuilds()).isZero();
        });
    }

    @Test
    void eachStoreHasPropertiesOfItsOwn() {
        runner.withPropertyValues(
                        "store.path=" + directory.resolve("one"),
                        "store.search.in-memory=true",
                        "store.additional.archive.path=" + directory.resolve("two"),
                        "store.additional.archive.search.directory=" + directory.resolve("words"))
                .run(context -> assertThat(directory.resolve("words/letters")).isDirectory());
        assertThat(directory.resolve("one-text")).doesNotExist();
        assertThat(directory.resolve("two-text")).doesNotExist();
    }

    @Test
    void healthHasAComponentForEach() {
        inMemory.run(context -> {
            CompositeHealthContributor health = (CompositeHealthContributor)
                    context.getBean("storeTextIndexesHealthContributor", HealthContributor.class);
            assertThat(health.stream().map(HealthContributors.Entry::name))
                    .containsExactlyInAnyOrder("storeTextIndexes", "archiveTextIndexes");
            HealthIndicator archive =
                    (HealthIndicator) Objects.requireNonNull(health.getContributor("archiveTextIndexes"));
            Health ofArchive = Objects.requireNonNull(archive.health());
            assertThat(ofArchive.getStatus()).isEqualTo(Status.UP);
            assertThat(ofArchive.getDetails()).containsOnlyKeys("letters");
        });
    }

    @Test
    void childContextHasTheIndexesOfItsParent() {
        inMemory.run(parent -> inMemory.withParent(parent)
                .run(child -> assertThat(child.getBean("archiveTextIndexes"))
                        .isSameAs(parent.getBean("archiveTextIndexes"))));
    }

    @Test
    void withoutTheModuleThereIsNoSearch() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        StoreAutoConfiguration.class,
                        StoreDataAutoConfiguration.class,
                        StoreTransactionAutoConfiguration.class,
                        StoreAdditionalStoresAutoConfiguration.class,
                        StoreSearchAutoConfiguration.class,
                        StoreAdditionalSearchAutoConfiguration.class))
                .withPropertyValues("store.in-memory=true", "store.additional.archive.in-memory=true")
                .withClassLoader(new FilteredClassLoader("org.storedb.search", "org.apache.lucene"))
                .run(context -> {
                    assertThat(context).hasNotFailed().hasBean("archiveStore");
                    assertThat(context.getBean(Store.class)).isSameAs(context.getBean("store"));
                    assertThat(context.getBeanDefinitionNames()).noneMatch(name -> name.contains("Text"));
                });
    }

    private static Map<String, TextIndex> indexes(ApplicationContext context, String bean) {
        return context.getBean(bean, StoreTextIndexes.class).all();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableStoreRepositories(basePackageClasses = Novels.class)
    static class Repositories {

        @Bean
        TextAnalyzer exact() {
            return TextAnalyzer.wholeString();
        }

        @Configuration(proxyBeanMethods = false)
        @EnableStoreRepositories(
                basePackageClasses = Letters.class,
                storeOperationsRef = "archiveTemplate",
                transactionManagerRef = "archiveTransactionManager")
        static class ArchiveRepositories {}
    }
}
