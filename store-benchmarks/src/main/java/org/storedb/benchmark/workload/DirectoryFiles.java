package org.storedb.benchmark.workload;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Operations on the directories of engines. */
public final class DirectoryFiles {

    private DirectoryFiles() {}

    /** Returns the bytes of the blocks that files actually occupy: several engines keep sparse files. */
    public static long bytesAllocated(Path directory) throws IOException {
        Process process = new ProcessBuilder("du", "-s", "-B", "1", directory.toString())
                .redirectErrorStream(true)
                .start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            return Long.parseLong(text.split("\\s", 2)[0]);
        } catch (NumberFormatException e) {
            throw new IOException("'du' did not report the size of " + directory + ": " + text, e);
        }
    }

    /** Deletes a directory with all its contents, if it exists. */
    public static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        List<Path> deepestFirst;
        try (Stream<Path> files = Files.walk(directory)) {
            deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : deepestFirst) {
            Files.delete(file);
        }
    }
}
