package org.storedb.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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
        assumeTrue(
                SystemRun.succeeds("mount", "-t", "tmpfs", "-o", "size=8m,mode=700", "tmpfs", mount.toString()),
                "SKIPPED: a read-only file system needs root and the right to mount");
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
        assumeTrue(
                SystemRun.succeeds("chattr", "+i", store.toString()),
                "SKIPPED: a directory that cannot be changed needs root and a file system with chattr +i");
        List<String> lines = run(List.of(), 5000);
        assertStopped(lines);

        assertThat(SystemRun.succeeds("chattr", "-i", store.toString())).isTrue();
        SystemRun.judge(store, SystemRun.acknowledged(lines, last), 1);
    }

    /** EFBIG, as of a quota: puts are refused, and nothing that was acknowledged is lost. */
    @Test
    void filesThatMayNotGrowRefusePuts() throws Exception {
        store = folder.resolve("store");
        List<String> limited = List.of("bash", "-c", "ulimit -f 40; exec \"$@\"", "limited");
        assumeTrue(
                SystemRun.succeeds("bash", "-c", "ulimit -f 40"),
                "SKIPPED: files that may not grow need bash and ulimit");
        List<String> lines = run(limited, 5000);
        assertThat(lines).anyMatch(line -> line.startsWith(SystemTarget.FULL) || line.startsWith(SystemTarget.STOPPED));
        assertThat(lines).noneMatch(line -> line.startsWith(SystemTarget.UNTYPED));

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
        List<String> lines = SystemRun.lines(output);
        CampaignSize.report(
                "%s",
                lines.stream()
                        .filter(line -> !line.startsWith(SystemTarget.ACKNOWLEDGED))
                        .toList());
        return lines;
    }
}
