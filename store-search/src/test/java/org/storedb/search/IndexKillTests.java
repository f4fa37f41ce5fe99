package org.storedb.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.storedb.Store;
import org.storedb.search.internal.Campaign;

/** A process that writes and searches is killed again and again; its index is never wrong, and never built anew. */
class IndexKillTests {

    private static final int KILLS = 5 * Campaign.factor();

    @TempDir
    private Path folder;

    @Test
    void anIndexGoesOnAfterEachKill() throws Exception {
        SplittableRandom random = new SplittableRandom(3);
        int withCommit = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            runAndKill(kill, random.nextInt(100, 700));
            try (Store store = Store.open(folder.resolve("store"), IndexKillTarget.options());
                    TextIndex index = TextIndex.open(store, IndexKillTarget.NOTES, folder.resolve("index"))) {
                assertThat(index.status().rebuildReason()).as("kill %s", kill).isNull();
                withCommit += index.status().committedSequence() > 0 ? 1 : 0;
                TextIndexReport report = index.verify();
                assertThat(report.problems()).as("kill %s", kill).isEmpty();
                assertThat(report.documents())
                        .isEqualTo(store.collection("notes").count())
                        .isPositive();
            }
        }
        assertThat(withCommit).isEqualTo(KILLS);
    }

    private void runAndKill(int kill, int millis) throws IOException, InterruptedException {
        Path ready = folder.resolve("ready" + kill);
        Path output = folder.resolve("output" + kill);
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        classPath(),
                        IndexKillTarget.class.getName(),
                        folder.resolve("store").toString(),
                        folder.resolve("index").toString(),
                        Integer.toString(kill),
                        ready.toString()))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            while (process.isAlive() && !Files.exists(ready)) {
                Thread.sleep(10);
            }
            Thread.sleep(millis);
            assertThat(process.isAlive()).as("%s", Files.readString(output)).isTrue();
        } finally {
            process.destroyForcibly();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(Files.readString(output)).as("nothing failed before").doesNotContain("Exception");
    }

    /** The classes of this module, its tests and all that they use. */
    private static String classPath() {
        try {
            Path testClasses = Path.of(Objects.requireNonNull(IndexKillTests.class.getResource("IndexKillTests.class"))
                    .toURI());
            for (int i = 0; i < IndexKillTests.class.getName().split("\\.", -1).length; i++) {
                testClasses = Objects.requireNonNull(testClasses.getParent());
            }
            return String.join(
                    File.pathSeparator,
                    testClasses.toString(),
                    System.getProperty("jdk.module.path", ""),
                    System.getProperty("java.class.path", ""));
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
