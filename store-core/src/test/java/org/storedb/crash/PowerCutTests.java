package org.storedb.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Power cuts of a real file system, an ext4 in a file: under a process that writes it is told to stop at once and to write
 * nothing more, which drops what was not synced.
 */
@Tag("system")
class PowerCutTests {

    private static final long IMAGE_BYTES = 64 << 20;
    private static final int CUTS = 12;
    private static final String BATCHES = "1000000";
    private static final String CUT = "import fcntl,os,struct,sys; "
            + "fcntl.ioctl(os.open(sys.argv[1], os.O_RDONLY), 0x8004587d, struct.pack('I', 2))";

    @TempDir
    Path folder;

    private Path image = Path.of("");
    private Path mount = Path.of("");

    @BeforeEach
    void mount() throws IOException, InterruptedException {
        image = folder.resolve("image");
        mount = Files.createDirectory(folder.resolve("ext4"));
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            file.setLength(IMAGE_BYTES);
        }
        assumeTrue(SystemRun.succeeds("mkfs.ext4", "-q", "-F", image.toString()), "SKIPPED: power cuts need mkfs.ext4");
        assumeTrue(mounted(), "SKIPPED: power cuts need root, loop devices and the right to mount");
        assumeTrue(cut(), "SKIPPED: power cuts need python3 and an ext4 that can be shut down");
        unmount();
        assertThat(mounted()).isTrue();
    }

    @AfterEach
    void unmount() throws InterruptedException {
        SystemRun.succeeds("umount", "-l", mount.toString());
    }

    @Test
    void powerCutsLoseNothingAcknowledged() throws Exception {
        long start = System.nanoTime();
        long seed = CampaignSize.freshSeed();
        Random random = new Random(seed);
        long last = 0;
        int unacknowledged = 0;
        for (int i = 0; i < CUTS; i++) {
            long acknowledged = writeUntilCut(folder.resolve("output" + i), random.nextInt(400), last);
            assertThat(mounted()).as("mounted again").isTrue();
            // Between the last look and the cut any number of batches may have become durable.
            long found = SystemRun.judge(mount.resolve("store"), acknowledged, Integer.MAX_VALUE) - 1;
            unacknowledged += (int) (found - acknowledged);
            last = found + 1;
        }
        CampaignSize.report(
                "Power cuts of ext4: %d with seed %d, %,d batches, %d found beyond those acknowledged in time, %.1f s",
                CUTS, seed, last, unacknowledged, CampaignSize.secondsSince(start));
        assertThat(last).isGreaterThan(CUTS);
    }

    /** Cuts the power some time after the first acknowledgement. Returns the last batch acknowledged before the cut. */
    private long writeUntilCut(Path output, int millis, long before) throws Exception {
        Process target = ChildJvm.start(
                SystemTarget.class, output, mount.resolve("store").toString(), BATCHES);
        List<String> lines;
        try {
            long deadline = System.nanoTime() + 30_000_000_000L;
            while (SystemRun.acknowledged(SystemRun.lines(output), 0) == 0) {
                assertThat(target.isAlive()).as("target: " + output).isTrue();
                assertThat(System.nanoTime()).as("the target makes progress").isLessThan(deadline);
                Thread.sleep(1);
            }
            Thread.sleep(millis);
            lines = SystemRun.lines(output);
            assertThat(cut()).isTrue();
        } finally {
            target.toHandle().destroyForcibly();
            target.waitFor();
            unmount();
        }
        return SystemRun.acknowledged(lines, before);
    }

    private boolean mounted() throws InterruptedException {
        return SystemRun.succeeds("mount", "-o", "loop,commit=600", image.toString(), mount.toString());
    }

    private boolean cut() throws InterruptedException {
        return SystemRun.succeeds("python3", "-c", CUT, mount.toString());
    }
}
