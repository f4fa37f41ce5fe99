package org.storedb.internal.io;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A file system that overwrites what is in a file where it stands: a block that was written once can be written
 * again, also through a map, without there being any more space, unless somebody has made another file share it (as
 * {@code cp --reflink} on xfs). One that always copies on write, or is not known, is none of them. Only on Linux,
 * where a map and the writes of the system have the same pages.
 */
final class OverwritingFileSystem {

    private static final Set<String> TYPES = Set.of("ext2", "ext3", "ext4", "xfs", "tmpfs");
    private static final boolean LINUX =
            System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("linux");

    private final FileStore store;

    private OverwritingFileSystem(FileStore store) {
        this.store = store;
    }

    /** The one that a file is on, or {@code null} if it is on another one, or it cannot be told. */
    static @Nullable OverwritingFileSystem of(Path path) {
        if (!LINUX) {
            return null;
        }
        try {
            FileStore store = Files.getFileStore(path);
            return isOverwriting(store.type()) ? new OverwritingFileSystem(store) : null;
        } catch (IOException e) { // As where the mount of a container cannot be seen.
            return null;
        }
    }

    static boolean isOverwriting(String type) {
        return TYPES.contains(type);
    }

    /** Whether there is space for so much. */
    boolean hasSpace(long bytes) {
        try {
            long usable = store.getUsableSpace();
            return usable < 0 || usable >= bytes; // Below zero it is so large that it does not fit.
        } catch (IOException e) {
            return false;
        }
    }
}
