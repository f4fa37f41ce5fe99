package org.storedb.internal.io;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A file system that overwrites file contents in place: a block that was written once can be written again, also
 * through a map, without needing more space, unless another file was made to share it (as by {@code cp --reflink} on
 * xfs). File systems that always copy on write, or are unknown, do not count. Only on Linux, where maps and system
 * writes share the same pages.
 */
final class OverwritingFileSystem {

    private static final Set<String> TYPES = Set.of("ext2", "ext3", "ext4", "xfs", "tmpfs");
    private static final boolean LINUX =
            System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("linux");

    private final FileStore store;

    private OverwritingFileSystem(FileStore store) {
        this.store = store;
    }

    /** Returns the file system of a file, or {@code null} if it is of another kind, or cannot be determined. */
    static @Nullable OverwritingFileSystem of(Path path) {
        if (!LINUX) {
            return null;
        }
        try {
            FileStore store = Files.getFileStore(path);
            return isOverwriting(store.type()) ? new OverwritingFileSystem(store) : null;
        } catch (IOException e) { // For example where the mount of a container is not visible.
            return null;
        }
    }

    static boolean isOverwriting(String type) {
        return TYPES.contains(type);
    }

    /** Returns whether there is space for this many bytes. */
    boolean hasSpace(long bytes) {
        try {
            long usable = store.getUsableSpace();
            return usable < 0 || usable >= bytes; // Negative if too large to fit.
        } catch (IOException e) {
            return false;
        }
    }
}
