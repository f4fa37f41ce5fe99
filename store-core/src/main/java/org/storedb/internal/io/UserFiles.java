package org.storedb.internal.io;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Files that belong to no store, for reading. */
public final class UserFiles {

    private UserFiles() {}

    /** The content of a file. */
    public static InputStream read(Path file) throws IOException {
        return Files.newInputStream(file);
    }

    /** Size of a file in bytes. */
    public static long size(Path file) throws IOException {
        return Files.size(file);
    }

    /** Names of what is in a folder, in order. */
    public static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
