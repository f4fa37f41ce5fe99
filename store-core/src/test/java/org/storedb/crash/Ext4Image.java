package org.storedb.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * An ext4 in a file, mounted over a loop device, whose power can be cut: the file system is told to stop at once and to
 * write nothing more, its journal neither. It is mounted so that it writes little of its own accord: no journal every few
 * seconds, no data of a file just because the file is renamed.
 */
final class Ext4Image {

    private static final long BYTES = 64 << 20;
    private static final String OPTIONS = "loop,commit=600,noauto_da_alloc";
    private static final int UNMOUNT_ATTEMPTS = 100;

    /** The request EXT4_IOC_SHUTDOWN with the flag EXT4_GOING_FLAGS_NOLOGFLUSH. */
    private static final String CUT = "my $flag = pack('L', 2); open(my $root, '<', $ARGV[0]) or die $!; "
            + "ioctl($root, 0x8004587d, $flag) or die $!";

    private final Path image;
    private final Path mount;

    private Ext4Image(Path image, Path mount) {
        this.image = image;
        this.mount = mount;
    }

    /** An empty one, mounted; the test is skipped, with the reason, where there can be none. To be released in any case. */
    static Ext4Image create(Path folder) throws IOException, InterruptedException {
        Ext4Image ext4 = new Ext4Image(folder.resolve("image"), Files.createDirectory(folder.resolve("ext4")));
        try (RandomAccessFile file = new RandomAccessFile(ext4.image.toFile(), "rw")) {
            file.setLength(BYTES);
        }
        SystemRun.require("power cuts need mkfs.ext4", "mkfs.ext4", "-q", "-F", ext4.image.toString());
        SystemRun.require("power cuts need root, loop devices and the right to mount", ext4.mountCommand());
        SystemRun.require("power cuts need perl and an ext4 that can be shut down", ext4.cutCommand());
        ext4.unmount();
        ext4.mount();
        return ext4;
    }

    Path root() {
        return mount;
    }

    void cut() throws InterruptedException {
        assertThat(SystemRun.failure(cutCommand())).as("power cut").isNull();
    }

    /** After the processes that had files open have ended. What the file system had not written is forgotten. */
    void unmount() throws InterruptedException {
        String failure = "";
        for (int i = 0; i < UNMOUNT_ATTEMPTS && failure != null; i++) {
            Thread.sleep(i);
            failure = SystemRun.failure("umount", mount.toString());
        }
        assertThat(failure).as("unmounted").isNull();
    }

    /** As after a start of the machine. */
    void mount() throws InterruptedException {
        assertThat(SystemRun.failure(mountCommand())).as("mounted again").isNull();
    }

    /** Unmounts it, if it is mounted, even if somebody has files open. */
    static void release(Path folder) throws InterruptedException {
        SystemRun.succeeds("umount", "-l", folder.resolve("ext4").toString());
    }

    private String[] mountCommand() {
        return new String[] {"mount", "-o", OPTIONS, image.toString(), mount.toString()};
    }

    private String[] cutCommand() {
        return new String[] {"perl", "-e", CUT, mount.toString()};
    }
}
