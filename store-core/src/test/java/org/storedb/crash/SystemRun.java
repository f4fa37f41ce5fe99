package org.storedb.crash;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.storedb.KeyRange;
import org.storedb.Keyspace;
import org.storedb.Store;

/** Means of the operating system, and the judgement of the store that a {@link SystemTarget} left. */
final class SystemRun {

    private static final long PATIENCE_SECONDS = 60;

    private SystemRun() {}

    /** Runs a command; whether it could be run and succeeded. */
    static boolean succeeds(String... command) throws InterruptedException {
        return failure(command) == null;
    }

    /** Runs a command. Why it failed, in its own words; null if it succeeded. */
    static @Nullable String failure(String... command) throws InterruptedException {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String printed = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
            return process.waitFor() == 0 ? null : String.join(" ", command) + ": " + printed;
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** Skips the test, and says why, if a command that it needs fails. */
    static void require(String what, String... command) throws InterruptedException {
        String failure = failure(command);
        if (failure != null) {
            String skipped = "SKIPPED: " + what + " (" + failure + ")";
            CampaignSize.report("%s", skipped);
            abort(skipped);
        }
    }

    /** Waits for the end of a process that ends by itself. */
    static void await(Process process) throws InterruptedException {
        boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (!ended) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        assertThat(ended).as("the target ends").isTrue();
    }

    /** The complete lines that a target has printed. */
    static List<String> lines(Path output) throws IOException {
        String printed = Files.exists(output) ? Files.readString(output) : "";
        return printed.substring(0, printed.lastIndexOf('\n') + 1).lines().toList();
    }

    /** The last batch of which these lines say that it was acknowledged; if none, {@code otherwise}. */
    static long acknowledged(List<String> lines, long otherwise) {
        return lines.stream()
                .filter(line -> line.startsWith(SystemTarget.ACKNOWLEDGED))
                .mapToLong(line -> Long.parseLong(line.substring(SystemTarget.ACKNOWLEDGED.length())))
                .max()
                .orElse(otherwise);
    }

    /**
     * Opens a store, finds what was acknowledged and at most {@code open} batches more, each as a whole, and that it can be
     * written. Returns the last batch.
     */
    static long judge(Path directory, long acknowledged, long open) {
        long last;
        try (Store store = Store.open(directory, KillTarget.options())) {
            last = lastWhole(store);
            assertThat(last).isBetween(acknowledged, acknowledged + open);
            KillTarget.keyspace(store, 0).write(KillTarget.batch(last + 1));
        }
        try (Store store = Store.open(directory, KillTarget.options())) {
            assertThat(lastWhole(store)).isEqualTo(last + 1);
        }
        return last + 1;
    }

    private static long lastWhole(Store store) {
        Keyspace keyspace = KillTarget.keyspace(store, 0);
        long last = KillTarget.lastBatch(keyspace);
        Map<String, String> contents = new TreeMap<>();
        keyspace.scan(KeyRange.all())
                .forEach(entry -> contents.put(new String(entry.key(), UTF_8), new String(entry.value(), UTF_8)));
        assertThat(contents).isEqualTo(KillTarget.contents(last));
        return last;
    }

    static void copy(Path source, Path target) throws IOException {
        Files.createDirectories(target);
        try (var files = Files.list(source)) {
            for (Path file : files.toList()) {
                Files.copy(file, target.resolve(file.getFileName()));
            }
        }
    }

    static void delete(Path directory) throws IOException {
        if (Files.exists(directory)) {
            try (var files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
