package org.storedb.fuzz;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * Fuzzes one target, or all in turn, each in a JVM of its own that Jazzer instruments. Inputs that reach something new are
 * kept in {@code target/fuzz/<target>}, those that fail beside it.
 */
public final class FuzzRun {

    private static final String ALL = "all";
    private static final Path FOUND = Path.of("target", "fuzz");

    private FuzzRun() {}

    /**
     * Runs; the exit code is 1 if anything was found.
     *
     * @param arguments the name of a target or {@code all}, then the seconds for each
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Collection<String> targets = chosen(arguments[0]);
        List<String> failed = new ArrayList<>();
        for (String target : targets) {
            Files.createDirectories(FOUND.resolve(target));
            Process process = new ProcessBuilder(command(target, Integer.parseInt(arguments[1])))
                    .inheritIO()
                    .start();
            if (process.waitFor() != 0) {
                failed.add(target);
            }
        }
        if (!failed.isEmpty()) {
            throw new IllegalStateException("Something was found by " + failed + "; see " + FOUND.toAbsolutePath());
        }
    }

    private static Collection<String> chosen(String name) {
        Set<String> targets = FuzzTargets.byName().keySet();
        if (!name.equals(ALL) && !targets.contains(name)) {
            throw new IllegalArgumentException("There is no target '" + name + "', only " + ALL + " or " + targets);
        }
        return name.equals(ALL) ? targets : List.of(name);
    }

    private static List<String> command(String target, int seconds) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-Djava.util.logging.config.file=src/test/logging.properties",
                "-classpath",
                System.getProperty("java.class.path"),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=org.storedb.fuzz." + target + "Target",
                "--instrumentation_includes=org.storedb.**",
                "--custom_hook_includes=org.storedb.**",
                "--reproducer_path=target",
                "-artifact_prefix=" + FOUND + File.separator + target + "-",
                "-max_total_time=" + seconds,
                "-timeout=60",
                "-rss_limit_mb=2048",
                "-print_final_stats=1",
                FOUND.resolve(target).toString(),
                Path.of("src", "test", "resources", "fuzz", target).toString());
    }
}
