package org.storedb.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.data.mapping.MappingException;
import org.storedb.error.CorruptStoreException;
import org.storedb.error.StoreLockedException;
import org.storedb.error.UnsupportedFormatException;
import org.storedb.spring.flawed.Flawed;

/** Failures to start are explained: what is wrong, where, and what to do. */
class FailureAnalyzerTests {

    @Test
    void lockedByAnotherProcess() {
        FailureAnalysis analysis = analyze(new StoreLockedException("/srv/db", 4711L, "locked"));
        assertThat(analysis.getDescription()).contains("/srv/db").contains("4711");
        assertThat(analysis.getAction()).contains("Stop the process 4711").contains("store.path");
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
            assertThat(analysis.getAction()).contains("Close the store");
        }));
    }

    @Test
    void damaged() {
        FailureAnalysis analysis = analyze(new CorruptStoreException("/srv/db/7.log", 4096, "checksum differs"));
        assertThat(analysis.getDescription())
                .contains("/srv/db/7.log")
                .contains("4096")
                .contains("checksum differs");
        assertThat(analysis.getAction()).contains("restore").contains("backup");
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
    void keyThatIsNoKey() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(StoreAutoConfiguration.class))
                .withPropertyValues("store.in-memory=true", "store.encryption.key=secret!")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("store.encryption.key is not Base64")
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
