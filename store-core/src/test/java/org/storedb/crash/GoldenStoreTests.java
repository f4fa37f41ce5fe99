package org.storedb.crash;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.storedb.Durability;
import org.storedb.Store;
import org.storedb.TestStores;
import org.storedb.testing.SimulatedDirectory;
import org.storedb.testing.SteppedTasks;
import org.storedb.testing.TestEnvironments;

/**
 * A store of each format version that was ever written, in each variant, is kept in the resources and has to open with the
 * contents that it had, from its checkpoint and without it. A new version of the log or of the checkpoint adds a folder,
 * named after what is new: {@code -Dstoredb.golden=write} makes it.
 */
class GoldenStoreTests {

    private static final Path FOLDER = Path.of("src", "test", "resources", "golden");
    private static final String CURRENT = "checkpoint-2-";
    private static final String CONTENTS = "contents.txt";

    private static final long SEED = 3;

    private static final List<Step> SCRIPT = List.of(
            Step.PUT,
            Step.BATCH,
            Step.INSERT,
            Step.CREATE_INDEX,
            Step.UPDATE,
            Step.TRANSACTION,
            Step.BATCH,
            Step.BATCH,
            Step.DELETE,
            Step.DELETE,
            Step.UPDATE,
            Step.COMPACT,
            Step.INSERT,
            Step.BATCH,
            Step.PUT,
            Step.DELETE,
            Step.COMPACT,
            Step.INSERT,
            Step.REMOVE,
            Step.BATCH,
            Step.REOPEN,
            Step.TRANSACTION);

    @Test
    void storeOfEachVersionOpensWithItsContents() throws IOException {
        if ("write".equals(System.getProperty("storedb.golden"))) {
            for (StoreVariant variant : StoreVariant.values()) {
                write(variant);
            }
        }
        try (Stream<Path> versions = Files.list(FOLDER)) {
            for (Path version : versions.toList()) {
                StoreVariant variant = variantOf(version);
                Map<String, byte[]> files = files(version);
                String expected = Files.readString(version.resolve(CONTENTS));
                assertThat(contents(variant, files, true))
                        .as(version.toString())
                        .isEqualTo(expected);
                files.remove("checkpoint");
                assertThat(contents(variant, files, false))
                        .as(version + " without its checkpoint")
                        .isEqualTo(expected);
            }
        }
    }

    @Test
    void currentVersionIsAmongThem() {
        for (StoreVariant variant : StoreVariant.values()) {
            assertThat(folderOf(variant)).isDirectoryContaining("glob:**.log");
        }
    }

    private static Path folderOf(StoreVariant variant) {
        return FOLDER.resolve(CURRENT + variant.name().toLowerCase(Locale.ROOT));
    }

    private static StoreVariant variantOf(Path folder) {
        String[] parts = folder.getFileName().toString().split("-", 3);
        return StoreVariant.valueOf(parts[2].toUpperCase(Locale.ROOT));
    }

    private static void write(StoreVariant variant) throws IOException {
        SimulatedDirectory directory = new SimulatedDirectory();
        Workload workload = new Workload(SEED, directory, Durability.ALWAYS, variant);
        workload.useSmallValues();
        workload.open();
        SCRIPT.forEach(workload::run);
        workload.close();
        Path version = folderOf(variant);
        Files.createDirectories(version);
        for (String former : files(version).keySet()) {
            Files.delete(version.resolve(former));
        }
        for (Map.Entry<String, byte[]> file : directory.visibleFiles().entrySet()) {
            Files.write(version.resolve(file.getKey()), file.getValue());
        }
        Files.writeString(version.resolve(CONTENTS), contents(variant, directory.visibleFiles(), true), UTF_8);
    }

    private static Map<String, byte[]> files(Path version) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> paths = Files.list(version)) {
            for (Path path : paths.toList()) {
                String name = String.valueOf(path.getFileName());
                if (!name.equals(CONTENTS)) {
                    files.put(name, Files.readAllBytes(path));
                }
            }
        }
        return files;
    }

    /** A checkpoint that cannot be read would not show in the contents: the log has them too. */
    private static String contents(StoreVariant variant, Map<String, byte[]> files, boolean fromCheckpoint) {
        try (Store store = TestStores.open(
                new SimulatedDirectory(files),
                variant.applyTo(Workload.options(Durability.ALWAYS)),
                TestEnvironments.stepped(7, new SteppedTasks()))) {
            assertThat(store.stats().open().checkpointUsed())
                    .as("checkpoint used, %s", store.stats().open().reason())
                    .isEqualTo(fromCheckpoint);
            StringBuilder contents = new StringBuilder();
            Contents.of(store)
                    .forEach((name, value) ->
                            contents.append(name).append(" = ").append(value).append('\n'));
            return contents.toString();
        }
    }
}
