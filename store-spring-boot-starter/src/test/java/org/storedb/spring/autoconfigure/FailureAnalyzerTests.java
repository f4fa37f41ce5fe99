package org.storedb.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.BeanCreationException;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.data.mapping.MappingException;
import org.springframework.data.repository.CrudRepository;
import org.springframework.data.repository.query.QueryCreationException;
import org.storedb.Store;
import org.storedb.error.CorruptStoreException;
import org.storedb.error.StoreLockedException;
import org.storedb.error.UnsupportedFormatException;
import org.storedb.index.IndexDefinition;
import org.storedb.spring.data.core.StoreFixture;
import org.storedb.spring.data.core.mapping.Indexed;
import org.storedb.spring.data.repository.StoreRepository;
import org.storedb.spring.flawed.Flawed;

/** Failures to start are explained: what is wrong, where, and what to do. */
class FailureAnalyzerTests {

    @Test
    void lockedByAnotherProcess() {
        FailureAnalysis analysis = analyze(new StoreLockedException("/srv/db", 4711L, "locked"));
        assertThat(analysis.getDescription()).contains("/srv/db").contains("4711");
        assertThat(analysis.getAction()).contains("Stop the process 4711", "'store.path'", "'store.open-timeout'");
    }

    @Test
    void lockedByAnUnknownProcess() {
        FailureAnalysis analysis = analyze(new StoreLockedException("/srv/db", null, "locked"));
        assertThat(analysis.getDescription()).contains("another process");
        assertThat(analysis.getAction()).contains("store.path");
    }

    @Test
    void lockedByThisProcess(@TempDir Path directory) {
        ApplicationContextRunner runner = new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(StoreAutoConfiguration.class))
                .withPropertyValues("store.path=" + directory);
        runner.run(first -> runner.run(second -> {
            FailureAnalysis analysis = analyze(Objects.requireNonNull(second.getStartupFailure()));
            assertThat(analysis.getDescription())
                    .contains("this process")
                    .contains(directory.getFileName().toString());
            assertThat(analysis.getAction()).contains("Close the store").doesNotContain("open-timeout");
        }));
    }

    @Test
    void damaged() {
        FailureAnalysis analysis = analyze(new CorruptStoreException("/srv/db/7.log", 4096, "checksum differs"));
        assertThat(analysis.getDescription())
                .contains("/srv/db/7.log")
                .contains("4096")
                .contains("checksum differs");
        assertThat(analysis.getAction()).contains("backup", "'restore' and 'salvage' of org.storedb.tool.StoreTool");
    }

    @Test
    void writtenByANewerVersion() {
        FailureAnalysis analysis = analyze(new UnsupportedFormatException("format 9, this version reads up to 1"));
        assertThat(analysis.getDescription()).contains("newer version").contains("format 9");
        assertThat(analysis.getAction()).contains("newer version");
    }

    @Test
    void pathThatIsAFile(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "not a directory");
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(StoreAutoConfiguration.class))
                .withPropertyValues("store.path=" + file)
                .run(context -> {
                    FailureAnalysis analysis = analyze(Objects.requireNonNull(context.getStartupFailure()));
                    assertThat(analysis.getDescription()).contains("file");
                    assertThat(analysis.getAction()).contains("store.path");
                });
    }

    @Test
    void storeThatIsNotThereCannotBeReadOnly(@TempDir Path directory) {
        for (String access : List.of("read-only", "follow")) {
            FailureAnalysis analysis = failure("store.path=" + directory.resolve("none"), "store.access=" + access);
            assertThat(analysis.getDescription())
                    .contains("There is no store in")
                    .contains("none");
            assertThat(analysis.getAction())
                    .contains("store.access", "store.path", "must be started first")
                    .doesNotContain("may write");
        }
        FailureAnalysis empty = failure("store.path=" + directory, "store.access=read-only");
        assertThat(empty.getAction()).contains("must be started first");
    }

    @Test
    void propertyThatIsOutOfRange() {
        assertRefused("store.segment-size=1B", "'1B'", "64KB to 1GB");
        assertRefused("store.max-key-size=-1", "'-1B'", "1B to 65535B");
        assertRefused("store.max-value-size=1TB", "'1099511627776B'", "1B to 512MB");
        assertRefused("store.max-transaction-size=1MB", "'1048576B'", "'max-value-size', which is 16777216B");
        assertRefused("store.max-entries=0", "'0'", "at least 1");
        assertRefused("store.max-size-on-disk=1KB", "'1024B'", "at least 1MB");
        assertRefused("store.scan-cache-size=-1KB", "'-1024B'", "0 or more");
        assertRefused("store.sync-interval=0s", "'0ms'", "at least 1ms");
        assertRefused("store.open-timeout=-1s", "'-1000ms'", "0 to 1 day");
        assertRefused("store.follow-interval=0s", "'0ms'", "at least 1ms");
        assertRefused("store.compaction.dead-ratio=2", "'2.0'", "above 0 and at most 1");
        assertRefused("store.compaction.max-size-per-second=0", "'0B'", "at least 1B");
        assertRefused("store.scrub.rate=0", "'0B'", "at least 1KB");
        assertRefused("store.scrub.pause=-1s", "'-1000ms'", "0 or more");
        assertRefused("store.scrub.first-after=-1s", "'-1000ms'", "0 or more");
        assertRefused("store.slow-queries.kept=-1", "'-1'", "0 or more");
        assertRefused("store.slow-queries.threshold=-1s", "'-1000ms'", "0 or more");
        assertRefused("store.encryption.key=abcd", "3 bytes", "32 bytes in Base64");
        assertRefused("store.encryption.key=", "is empty", "32 bytes in Base64");
        assertRefused("store.encryption.key=${NO_SUCH_VARIABLE:}", "is empty", "32 bytes in Base64");
        assertRefused(
                "store.encryption.encrypt-existing=true", "without 'encryption.key'", "used together with that key");
        assertRefused("store.encryption.key-id=2026", "without 'encryption.key'", "used together with that key");
        assertRefused("store.access=read-only", "'read-only' for a store in memory", "'read-write'");
    }

    private static void assertRefused(String property, String problem, String allowed) {
        FailureAnalysis analysis = failure("store.in-memory=true", property);
        String name = '\'' + property.substring(0, property.indexOf('=')) + '\'';
        assertThat(analysis.getDescription()).contains(name, problem);
        assertThat(analysis.getAction()).contains(name, allowed);
    }

    @Test
    void propertyOfAPartOfTheStarterThatIsOutOfRange() {
        assertRefused("store.cache.time-to-live=0s", "'0ms'", "above 0");
        assertRefused("store.cache.caches.prices.time-to-idle=-1s", "'-1000ms'", "above 0");
        assertRefused("store.change-listeners.retries=-1", "'-1'", "0 or more");
        assertRefused("store.change-listeners.first-pause=-1s", "'-1000ms'", "0 or more");
        assertRefused("store.change-listeners.longest-pause=50ms", "'50ms'", "'first-pause'");
        assertRefused("store.change-listeners.record-transactions=0", "'0'", "1 or more");
        assertRefused("store.change-listeners.record-interval=-1s", "'-1000ms'", "0 or more");
        assertRefused("store.search.delay=0s", "'0ms'", "at least 1ms");
        assertRefused("store.search.commit-interval=-1s", "'-1000ms'", "0 or more");
        assertRefused("store.backup.directory=", "is empty", "working directory");
    }

    @Test
    void formerKeyWithoutACurrentOne() {
        FailureAnalysis analysis = failure("store.in-memory=true", "store.encryption.former-keys.old=abcd");
        assertThat(analysis.getDescription())
                .contains("'store.encryption.former-keys' is set without 'encryption.key'");
        assertThat(analysis.getAction()).contains("32 bytes in Base64");
    }

    @Test
    void cachesInAStoreThatIsOnlyRead(@TempDir Path directory) {
        Store.open(directory).close();
        FailureAnalysis analysis = failure("store.path=" + directory, "store.access=follow");
        assertThat(analysis.getDescription()).contains("'store.cache.enabled'", "for reading only");
    }

    @Test
    void directoryOfTextIndexesThatIsEmptyText(@TempDir Path directory) {
        FailureAnalysis analysis = failure("store.path=" + directory, "store.search.directory=");
        assertThat(analysis.getDescription()).contains("'store.search.directory' is empty");
    }

    @Test
    void directoryThatIsEmptyText() {
        FailureAnalysis analysis = failure("store.path=");
        assertThat(analysis.getDescription()).contains("'store.path' is empty");
        assertThat(analysis.getAction()).contains("working directory");
    }

    @Test
    void uniqueIndexOverEqualValues() {
        try (StoreFixture fixture = new StoreFixture()) {
            var members = fixture.store().collection("member");
            members.insert(Map.of("id", "1", "email", "a@x"));
            members.insert(Map.of("id", "2", "email", "a@x"));
            FailureAnalysis analysis =
                    analyze(catchThrowable(() -> fixture.template().count(Member.class)));
            assertThat(analysis.getDescription()).contains(Member.class.getName(), "'1' and '2'", "email = 'a@x'");
            assertThat(analysis.getAction()).contains("'email'", "'member'", "Migration");
        }
    }

    @Test
    void indexThatIsDeclaredInAnotherForm() {
        try (StoreFixture fixture = new StoreFixture()) {
            fixture.store().collection("member").createIndex(IndexDefinition.on("email"));
            FailureAnalysis analysis =
                    analyze(catchThrowable(() -> fixture.template().count(Member.class)));
            assertThat(analysis.getDescription())
                    .contains(Member.class.getName(), "'member'", "'email'", "unique on email");
            assertThat(analysis.getAction()).contains("Nothing was changed", "Migration");

            fixture.store().collection("member").dropIndex("email");
            assertThat(fixture.template().count(Member.class)).isZero();
        }
    }

    @Test
    void valueThatIsTakenIsLeftToOthers() {
        try (StoreFixture fixture = new StoreFixture()) {
            fixture.template().insert(new Member("1", "a@x"));
            assertThat(analyzeIfPossible(catchThrowable(() -> fixture.template().insert(new Member("2", "a@x")))))
                    .isNull();
        }
    }

    record Member(String id, @Indexed(unique = true) String email) {}

    @Test
    void encryptedWithAnotherKey(@TempDir Path directory) {
        ApplicationContextRunner runner = new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(StoreAutoConfiguration.class))
                .withPropertyValues("store.path=" + directory);
        runner.withPropertyValues("store.encryption.key=" + "A".repeat(43) + "=")
                .run(context -> assertThat(context).hasNotFailed());
        for (ApplicationContextRunner wrong : List.of(
                runner,
                runner.withPropertyValues("store.encryption.key=" + "B".repeat(42) + "A="),
                runner.withPropertyValues(
                        "store.encryption.key-id=other", "store.encryption.key=" + "A".repeat(43) + "="))) {
            wrong.run(context -> {
                FailureAnalysis analysis = analyze(Objects.requireNonNull(context.getStartupFailure()));
                assertThat(analysis.getDescription()).contains("default");
                assertThat(analysis.getAction()).contains("store.encryption.former-keys");
            });
        }
        runner.withPropertyValues(
                        "store.encryption.key-id=other",
                        "store.encryption.key=" + "B".repeat(42) + "A=",
                        "store.encryption.former-keys.default=" + "A".repeat(43) + "=")
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void propertiesOfAnAdditionalStoreAreNamed(@TempDir Path directory) {
        assertThat(analyze(startFailure("store.path=" + directory, "store.additional.archive.path=" + directory))
                        .getAction())
                .contains("'store.additional.archive.path'", "'store.additional.archive.access'")
                .doesNotContain("'store.path'");
        assertThat(analyze(startFailure(
                                "store.in-memory=true",
                                "store.additional.archive.path=" + directory,
                                "store.additional.archive.encryption.key=" + "A".repeat(43) + "="))
                        .getAction())
                .contains("'store.additional.archive.encryption.key'")
                .doesNotContain("'store.encryption");
        assertThat(analyze(startFailure(
                                "store.in-memory=true",
                                "store.additional.archive.path=" + directory.resolve("none"),
                                "store.additional.archive.access=read-only"))
                        .getAction())
                .contains("'store.additional.archive.path'")
                .doesNotContain("'store.path'");
        assertThat(analyze(new AdditionalStoreException("archive", new UnsupportedFormatException("format 9")))
                        .getAction())
                .contains("'store.additional.archive.path'");
        for (String empty : List.of("backup.directory", "search.directory")) {
            String property = "store.additional.archive." + empty;
            FailureAnalysis analysis =
                    failure("store.in-memory=true", "store.additional.archive.path=" + directory, property + '=');
            assertThat(analysis.getDescription()).contains('\'' + property + "' is empty");
        }
    }

    private static Throwable startFailure(String... properties) {
        List<Throwable> failures = new ArrayList<>();
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        StoreAutoConfiguration.class,
                        StoreDataAutoConfiguration.class,
                        StoreAdditionalStoresAutoConfiguration.class,
                        StoreSearchAutoConfiguration.class,
                        StoreAdditionalSearchAutoConfiguration.class,
                        StoreChangeListenerAutoConfiguration.class,
                        StoreCacheAutoConfiguration.class,
                        StoreEndpointAutoConfiguration.class))
                .withUserConfiguration(Caching.class)
                .withPropertyValues("store.cache.enabled=true", "management.endpoints.web.exposure.include=*")
                .withPropertyValues(properties)
                .run(context -> failures.add(Objects.requireNonNull(context.getStartupFailure())));
        return failures.get(0);
    }

    @Configuration(proxyBeanMethods = false)
    @EnableCaching
    static class Caching {}

    @Test
    void keyThatIsNoKey() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(StoreAutoConfiguration.class))
                .withPropertyValues("store.in-memory=true", "store.encryption.key=secret!")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("store.encryption.key' is not Base64")
                        .hasMessageNotContaining("secret!"));
    }

    @Test
    void compressionWithoutItsLibrary() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(StoreAutoConfiguration.class))
                .withPropertyValues("store.in-memory=true", "store.compression=lz4")
                .run(context -> {
                    FailureAnalysis analysis = analyze(Objects.requireNonNull(context.getStartupFailure()));
                    assertThat(analysis.getDescription()).contains("at.yawk.lz4:lz4-java");
                    assertThat(analysis.getAction()).contains("store.compression");
                });
    }

    @Test
    void methodThatIsNoQuery() {
        try (StoreFixture fixture = new StoreFixture()) {
            FailureAnalysis analysis = analyze(catchThrowable(() -> fixture.repository(Misspelt.class)));
            assertThat(analysis.getDescription()).contains("Misspelt.findByEmial", "'emial'", "Did you mean 'email'");
            assertThat(analysis.getAction()).contains("@Query", "StoreTemplate");
        }
        assertThat(analyzeIfPossible(QueryCreationException.create(
                        "of JPA", new IllegalStateException("of JPA"), CrudRepository.class, anyMethod())))
                .isNull();
    }

    private static Method anyMethod() {
        return CrudRepository.class.getMethods()[0];
    }

    interface Misspelt extends StoreRepository<Member, String> {
        List<Member> findByEmial(String email);
    }

    @Test
    void entityThatCannotBeStored() {
        new ApplicationContextRunner()
                .withConfiguration(
                        AutoConfigurations.of(StoreAutoConfiguration.class, StoreDataAutoConfiguration.class))
                .withUserConfiguration(FlawedPackage.class)
                .withPropertyValues("store.in-memory=true")
                .run(context -> {
                    FailureAnalysis analysis = analyze(Objects.requireNonNull(context.getStartupFailure()));
                    assertThat(analysis.getDescription())
                            .isEqualTo(
                                    "@CompoundIndex on org.storedb.spring.flawed.Flawed names 'nothing', but there is"
                                            + " no such property");
                    assertThat(analysis.getAction())
                            .contains("Change the entity")
                            .contains("StoreCustomConversions");
                });
    }

    @Configuration
    @AutoConfigurationPackage(basePackageClasses = Flawed.class)
    static class FlawedPackage {}

    @Test
    void otherFailuresAreLeftToOthers() {
        assertThat(analyzeIfPossible(new IllegalStateException("no store"))).isNull();
        assertThat(analyzeIfPossible(new MappingException("of another module"))).isNull();
    }

    private static FailureAnalysis failure(String... properties) {
        return analyze(startFailure(properties));
    }

    private static FailureAnalysis analyze(Throwable failure) {
        return Objects.requireNonNull(
                analyzeIfPossible(new BeanCreationException("store", "could not be created", failure)));
    }

    private static @Nullable FailureAnalysis analyzeIfPossible(Throwable failure) {
        List<FailureAnalyzer> analyzers = SpringFactoriesLoader.forDefaultResourceLocation()
                .load(FailureAnalyzer.class, (type, name, error) -> {});
        return analyzers.stream()
                .filter(analyzer -> analyzer.getClass().getName().startsWith("org.storedb"))
                .map(analyzer -> analyzer.analyze(failure))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }
}
