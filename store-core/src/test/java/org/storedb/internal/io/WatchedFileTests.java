package org.storedb.internal.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchedFileTests {

    private static final int BYTES = 64 << 10;
    private static final int LEFT = 100;
    private static final int READS =
            20_000; // So many that the code is compiled, which changes how faults are reported.

    @TempDir
    Path folder;

    @Test
    void whatTheWriterHasCutOffCannotBeRead() throws IOException {
        Path path = folder.resolve("file");
        byte[] content = new byte[BYTES];
        Arrays.fill(content, (byte) 7);
        Files.write(path, content);
        WatchedFile file = WatchedFile.open(path);
        try (RandomAccessFile writer = new RandomAccessFile(path.toFile(), "rw")) {
            writer.setLength(LEFT);
        }

        byte[] read = new byte[4096];
        for (int i = 0; i < READS; i++) {
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> file.read(BYTES - read.length, read, 0, read.length));
        }
        file.read(0, read, 0, LEFT);
        assertThat(read[LEFT - 1]).isEqualTo((byte) 7);
        file.close();
        read[0] = 0;
        file.read(0, read, 0, LEFT);
        assertThat(read[0]).as("through the map").isEqualTo((byte) 7);
    }
}
