package org.storedb.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.StreamHandler;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ClassPathResource;
import org.springframework.data.mapping.MappingException;
import org.storedb.CompactionPolicy;
import org.storedb.Durability;
import org.storedb.Store;
import org.storedb.error.StoreLockedException;
import org.storedb.spring.data.core.StoreExceptionTranslator;
import org.storedb.spring.data.core.StoreOperations;
import org.storedb.spring.data.core.StoreTemplate;
import org.storedb.spring.data.core.convert.StoreConverter;
import org.storedb.spring.data.core.convert.StoreCustomConversions;
import org.storedb.spring.data.core.mapping.Document;
import org.storedb.spring.data.core.mapping.DocumentReference;
import org.storedb.spring.data.core.mapping.StoreMappingContext;
import org.storedb.spring.flawed.Flawed;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

@ExtendWith(OutputCaptureExtension.class)
class StoreAutoConfigurationTests {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(StoreAutoConfiguration.class, StoreDataAutoConfiguration.class));

    @Test
    void everythingIsThere() {
        runner.withPropertyValues("store.in-memory=true")
                .run(context -> assertThat(context)
                        .hasSingleBean(Store.class)
                        .hasSingleBean(StoreCustomConversions.class)
                        .hasSingleBean(StoreMappingContext.class)
                        .hasSingleBean(StoreConverter.class)
                        .hasSingleBean(StoreExceptionTranslator.class)
                        .hasSingleBean(StoreTemplate.class));
    }

    @Test
    void storeLivesInTheDirectoryAndIsClosedWithTheContext(@TempDir Path directory) {
        Path path = directory.resolve("db");
        runner.withPropertyValues("store.path=" + path).run(context -> {
            assertThat(context.getBean(Store.class).isOpen()).isTrue();
            assertThat(Files.isDirectory(path)).isTrue();
        });
        try (Store reopened = Store.open(path)) {
            assertThat(reopened.isOpen()).isTrue();
        }
    }

    @Test
    void logSaysWhereEachStoreIs(@TempDir Path directory, CapturedOutput output) {
        runner.withConfiguration(AutoConfigurations.of(StoreAdditionalStoresAutoConfiguration.class))
                .withPropertyValues("store.path=" + directory.resolve("./db"), "store.additional.cache.in-memory=true")
                .run(context -> assertThat(output)
                        .containsPattern(
                                "Store opened in " + Pattern.quote(directory.resolve("db") + " in ") + "\\d+ ms")
                        .contains("Store 'cache' opened in memory: its content is lost when it is closed"));
    }

    @Test
    void startWaitsForAnotherOwnerToCloseTheStore(@TempDir Path directory) {
        Store owner = Store.open(directory);
        List<String> messages = new ArrayList<>();
        Handler closeOwner = new StreamHandler() {
            @Override
            public synchronized void publish(LogRecord message) {
                messages.add(message.getMessage());
                owner.close();
            }
        };
        Logger logger = Logger.getLogger("org.storedb.internal.io.DirectoryTakeover");
        logger.addHandler(closeOwner);
        try {
            runner.withPropertyValues("store.path=" + directory, "store.open-timeout=30s")
                    .run(context -> assertThat(context).hasNotFailed());
        } finally {
            logger.removeHandler(closeOwner);
        }
        assertThat(messages)
                .singleElement()
                .satisfies(message -> assertThat(message).contains("Waiting up to", "is already open in this process"));
    }

    /** An IDE shows them while an application is configured. */
    @Test
    void everyPropertyIsDescribed() throws IOException {
        JsonNode metadata = new ObjectMapper()
                .readTree(new ClassPathResource("META-INF/spring-configuration-metadata.json")
                        .getContentAsString(StandardCharsets.UTF_8));
        for (JsonNode property : metadata.get("properties")) {
            assertThat(property.path("description").asString(""))
                    .as("%s", property)
                    .matches("[A-Z].*\\.");
        }
        assertThat(metadata.get("properties"))
                .filteredOn(property -> property.get("name").asString().equals("store.encryption.key"))
                .singleElement()
                .satisfies(key -> assertThat(key.get("description").asString()).startsWith("Current key, which"));
    }

    @Test
    void storeOfTheApplicationTakesPrecedence() {
        runner.withUserConfiguration(OwnStore.class).run(context -> {
            assertThat(context).hasSingleBean(Store.class).hasBean("ownStore");
            assertThat(context.getBean(Store.class).stats().directory()).isNull();
        });
    }

    @Test
    void ownTemplateTakesPrecedence() {
        runner.withUserConfiguration(OwnStore.class, OwnTemplate.class)
                .run(context ->
                        assertThat(context).hasSingleBean(StoreOperations.class).hasBean("ownTemplate"));
    }

    @Test
    void severalStoresGetNoTemplate() {
        runner.withUserConfiguration(OwnStore.class, SecondStore.class)
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(StoreOperations.class));
    }

    @Test
    void indexesOfEntitiesInTheApplicationsPackagesAreCreatedAtStartUp() {
        runner.withPropertyValues("store.in-memory=true")
                .withUserConfiguration(PackageConfiguration.class)
                .run(context -> {
                    assertThat(context.getBean(StoreMappingContext.class).hasPersistentEntityFor(Reading.class))
                            .isTrue();
                    assertThat(context.getBean(Store.class)
                                    .collection("readings")
                                    .indexes())
                            .extracting(index -> index.name())
                            .containsExactly("sensor");
                });
    }

    @Test
    void whatIsWrongWithAnEntityShowsAtStartUp() {
        runner.withPropertyValues("store.in-memory=true")
                .withUserConfiguration(FlawedPackageConfiguration.class)
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .isInstanceOf(MappingException.class)
                        .hasMessageContaining("'nothing', but there is no such property"));
    }

    @Test
    void withoutEntitiesNothingForThemIsMadeBeforeItIsAskedFor() {
        runner.withPropertyValues("store.in-memory=true").run(context -> {
            assertThat(context.getBeanFactory().containsSingleton("store")).isTrue();
            assertThat(List.of("storeTemplate", "storeConverter", "storeMappingContext", "storeCustomConversions"))
                    .noneMatch(context.getBeanFactory()::containsSingleton);
            assertThat(context.getBean(StoreTemplate.class).count(Reading.class))
                    .isZero();
        });
    }

    @Test
    void converterThatIsUsedWithoutTheTemplateFollowsReferences() {
        runner.withPropertyValues("store.in-memory=true").run(context -> {
            Store store = context.getBean(Store.class);
            StoreConverter converter = context.getBean(StoreConverter.class);
            Reading reading = new Reading("r1", "roof", 20.5);
            store.collection("readings", converter.codec(Reading.class)).insert(reading);
            var alarms = store.collection("alarms", converter.codec(Alarm.class));
            alarms.insert(new Alarm("a1", reading));

            assertThat(context.getBeanFactory().containsSingleton("storeTemplate"))
                    .isFalse();
            assertThat(alarms.get("a1")).contains(new Alarm("a1", reading));
        });
    }

    /** An entity that refers to another one. */
    @Document("alarms")
    record Alarm(String id, @DocumentReference(lazy = false) Reading reading) {}

    @Test
    void propertiesBecomeOptions() {
        runner.withPropertyValues(
                        "store.in-memory=true",
                        "store.durability=interval",
                        "store.sync-interval=50ms",
                        "store.segment-size=1MB",
                        "store.max-key-size=1KB",
                        "store.max-value-size=2MB",
                        "store.max-transaction-size=8MB",
                        "store.max-entries=1000",
                        "store.max-size-on-disk=1GB",
                        "store.scan-cache-size=3MB",
                        "store.compaction.automatic=false",
                        "store.compaction.dead-ratio=0.25",
                        "store.compaction.max-size-per-second=10MB")
                .run(context -> {
                    var options = context.getBean(StoreProperties.class).toOptions();
                    assertThat(options.durability()).isEqualTo(Durability.INTERVAL);
                    assertThat(options.syncInterval()).isEqualTo(Duration.ofMillis(50));
                    assertThat(options.segmentBytes()).isEqualTo(1024 * 1024);
                    assertThat(options.keyBytesMax()).isEqualTo(1024);
                    assertThat(options.valueBytesMax()).isEqualTo(2 * 1024 * 1024);
                    assertThat(options.transactionBytesMax()).isEqualTo(8 * 1024 * 1024);
                    assertThat(options.compaction()).isEqualTo(new CompactionPolicy(false, 0.25, 10 << 20));
                    assertThat(options.entriesMax()).isEqualTo(1000);
                    assertThat(options.bytesOnDiskMax()).isEqualTo(1 << 30);
                    assertThat(options.scanCacheBytesMax()).isEqualTo(3 << 20);
                    assertThat(context.getBean(Store.class).stats().durability())
                            .isEqualTo(Durability.INTERVAL);
                });
    }

    @Test
    void defaultsAreThoseOfTheStore() {
        runner.withPropertyValues("store.in-memory=true").run(context -> {
            StoreProperties properties = context.getBean(StoreProperties.class);
            assertThat(properties.toOptions())
                    .usingRecursiveComparison()
                    .isEqualTo(org.storedb.StoreOptions.defaults());
            assertThat(properties.path()).isEqualTo("data");
        });
    }

    @Test
    void defaultsInGroupsAreThoseOfTheStore() {
        runner.withPropertyValues(
                        "store.in-memory=true",
                        "store.checkpoints.automatic=true",
                        "store.compaction.automatic=true",
                        "store.encryption.encrypt-existing=false",
                        "store.scrub.automatic=true",
                        "store.slow-queries.show-values=false")
                .run(context -> assertThat(
                                context.getBean(StoreProperties.class).toOptions())
                        .usingRecursiveComparison()
                        .isEqualTo(org.storedb.StoreOptions.defaults()));
    }

    @Test
    void valueOutOfRangeIsRefused() {
        runner.withPropertyValues("store.in-memory=true", "store.segment-size=1KB")
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .hasMessageContaining("segmentBytes must be"));
        runner.withPropertyValues("store.in-memory=true", "store.max-value-size=5GB")
                .run(context -> assertThat(context.getStartupFailure()).hasMessageContaining("store.max-value-size"));
    }

    @Test
    void pathIsNeverAClassPathResource(@TempDir Path classPath) throws Exception {
        Files.createDirectory(classPath.resolve("data"));
        URL[] urls = {classPath.toUri().toURL()};
        try (URLClassLoader loader = new URLClassLoader(urls, getClass().getClassLoader())) {
            runner.withClassLoader(loader)
                    .withPropertyValues("store.in-memory=true")
                    .run(context -> {
                        assertThat(loader.getResource("data")).isNotNull();
                        assertThat(context.getBean(StoreProperties.class).path())
                                .isEqualTo("data");
                    });
        }
    }

    @Test
    void secondContextOnTheSameDirectoryIsRefused(@TempDir Path directory) {
        ApplicationContextRunner onDirectory = runner.withPropertyValues("store.path=" + directory);
        onDirectory.run(first -> onDirectory.run(
                second -> assertThat(second.getStartupFailure()).rootCause().isInstanceOf(StoreLockedException.class)));
    }

    @Configuration(proxyBeanMethods = false)
    @AutoConfigurationPackage(basePackageClasses = Reading.class)
    static class PackageConfiguration {}

    @Configuration(proxyBeanMethods = false)
    @AutoConfigurationPackage(basePackageClasses = Flawed.class)
    static class FlawedPackageConfiguration {}

    @Configuration(proxyBeanMethods = false)
    static class OwnStore {
        @Bean
        Store ownStore() {
            return Store.openInMemory();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class SecondStore {
        @Bean
        Store secondStore() {
            return Store.openInMemory();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnTemplate {
        @Bean
        StoreTemplate ownTemplate(Store store, StoreConverter converter) {
            return new StoreTemplate(store, converter);
        }
    }
}
