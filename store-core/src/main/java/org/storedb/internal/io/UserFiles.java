package org.storedb.internal.io;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Files outside any store, for reading. */
public final class UserFiles {

    private UserFiles() {}

    /** Returns the content of a file. */
    public static InputStream read(Path file) throws IOException {
        return Files.newInputStream(file);
    }

    /** Returns the size of a file in bytes. */
    public static long size(Path file) throws IOException {
        return Files.size(file);
    }

    /** Returns whether there is anything of this name. */
    public static boolean exists(Path file) {
        return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
    }

    /** Returns the names of the entries of a folder, in order. */
    public static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
