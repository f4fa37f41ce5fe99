package org.storedb.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** File systems that begin to refuse: read-only, a directory that cannot be changed, files that may not grow. */
@Tag("system")
class RefusingFileSystemTests {

    private static final int BATCHES = 60;

    @TempDir
    Path folder;

    private Path mount = Path.of("");
    private Path store = Path.of("");
    private int runs;

    @BeforeEach
    void mount() throws IOException, InterruptedException {
        mount = Files.createDirectory(folder.resolve("tmpfs"));
        store = mount.resolve("store");
    }

    @AfterEach
    void unmount() throws InterruptedException {
        SystemRun.succeeds("chattr", "-i", folder.resolve("store").toString());
        SystemRun.succeeds("umount", "-l", mount.toString());
    }

    @Test
    void readOnlyFileSystemIsRefusedAndLeftAsItIs() throws Exception {
        SystemRun.require(
                "a read-only file system needs root and the right to mount",
                "mount",
                "-t",
                "tmpfs",
                "-o",
                "size=8m,mode=700",
                "tmpfs",
                mount.toString());
        long last = SystemRun.acknowledged(run(List.of(), BATCHES), 0);
        assertThat(SystemRun.succeeds("mount", "-o", "remount,ro", mount.toString()))
                .isTrue();
        assertStopped(run(List.of(), BATCHES));

        assertThat(SystemRun.succeeds("mount", "-o", "remount,rw", mount.toString()))
                .isTrue();
        assertThat(SystemRun.judge(store, last, 0)).isEqualTo(last + 1);
    }

    @Test
    void directoryThatCannotBeChangedStopsTheStoreAtItsNextFile() throws Exception {
        store = folder.resolve("store");
        long last = SystemRun.acknowledged(run(List.of(), BATCHES), 0);
        SystemRun.require(
                "a directory that cannot be changed needs root and a file system with chattr +i",
                "chattr",
                "+i",
                store.toString());
        List<String> lines = run(List.of(), 5000);
        assertStopped(lines);

        assertThat(SystemRun.succeeds("chattr", "-i", store.toString())).isTrue();
        SystemRun.judge(store, SystemRun.acknowledged(lines, last), 1);
    }

    /** EFBIG, as of a quota: no file may be as long as a segment any more. */
    @Test
    void storeWithFilesThatMayNotGrowCannotBeOpenedAndIsLeftAsItIs() throws Exception {
        store = folder.resolve("store");
        long last = SystemRun.acknowledged(run(List.of(), BATCHES), 0);
        SystemRun.require("files that may not grow need bash and ulimit", "bash", "-c", "ulimit -f 40");
        List<String> lines = run(List.of("bash", "-c", "ulimit -f 40; exec \"$@\"", "limited"), BATCHES);
        assertStopped(lines);
        assertThat(lines).anyMatch(line -> line.contains("File too large"));

        assertThat(SystemRun.judge(store, SystemRun.acknowledged(lines, last), 0))
                .isGreaterThan(last);
    }

    /** The same, under a process that writes. */
    @Test
    void filesThatMayNotGrowAnyMoreRefusePutsOrStopTheStore() throws Exception {
        store = folder.resolve("store");
        SystemRun.require("files that may not grow any more need prlimit", "prlimit", "--version");
        Path output = folder.resolve("output");
        Process target = ChildJvm.start(SystemTarget.class, output, store.toString(), "1000000");
        while (target.isAlive() && SystemRun.acknowledged(SystemRun.lines(output), 0) < BATCHES) {
            Thread.sleep(5);
        }
        assertThat(SystemRun.failure("prlimit", "--fsize=40000", "--pid", Long.toString(target.pid())))
                .isNull();
        SystemRun.await(target);
        List<String> lines = reported(SystemRun.lines(output));
        assertStopped(lines);

        SystemRun.judge(store, SystemRun.acknowledged(lines, 0), 1);
    }

    private static void assertStopped(List<String> lines) {
        assertThat(lines)
                .anyMatch(line -> line.startsWith(SystemTarget.STOPPED))
                .noneMatch(line -> line.startsWith(SystemTarget.UNTYPED))
                .contains(SystemTarget.END);
    }

    private List<String> run(List<String> runner, int batches) throws Exception {
        Path output = folder.resolve("output" + runs++);
        SystemRun.await(
                ChildJvm.start(runner, SystemTarget.class, output, store.toString(), Integer.toString(batches)));
        return reported(SystemRun.lines(output));
    }

    /** Prints what the target said besides acknowledgements. */
    private static List<String> reported(List<String> lines) {
        lines.stream()
                .filter(line -> List.of(SystemTarget.FULL, SystemTarget.STOPPED, SystemTarget.UNTYPED).stream()
                        .anyMatch(line::startsWith))
                .forEach(line -> CampaignSize.report("%s", line));
        return lines;
    }
}
