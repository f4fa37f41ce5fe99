package org.storedb.internal.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.EOFException;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.storedb.storage.StorageDirectory;
import org.storedb.storage.StorageFile;
import org.storedb.testing.ForwardingFile;

/** Every kind of file reads the same numbers, whether it needs an array for that or not. */
class ReadNumberTests {

    private static final String NAME = "numbers";

    @TempDir
    Path directory;

    @Test
    void fileOfTheFileSystem() throws IOException {
        try (StorageDirectory files = FileSystemDirectory.open(directory);
                StorageFile file = files.create(NAME, 0)) {
            assertReads(file, written(file, 1000));
        }
    }

    @Test
    void whatIsTouchedNeedNotBeThere() throws IOException {
        try (StorageDirectory files = FileSystemDirectory.open(directory);
                StorageFile file = files.create(NAME, 0)) {
            byte[] content = written(file, 10_000);
            file.readNumber(9_999, 1); // Maps all of it.
            assertThat(file.touch(64, 1)).isEqualTo(content[64]);
            assertThat(file.touch(64, 65)).isEqualTo(content[64] + content[128]);
            assertThat(file.touch(64, 70)).isEqualTo(content[64] + content[128] + content[133]);
            assertThat(file.touch(0, 10_000)).isNotZero();
            assertThat(file.touch(9_999, 2_000_000_000)).isZero();
            assertThat(file.touch(3_000_000_000L, 1)).isZero();
        }
    }

    @Test
    void mappedAndCopiedFilesOfAnotherProcess() throws IOException {
        for (int size : new int[] {1000, 100_000}) {
            byte[] content;
            try (StorageDirectory files = FileSystemDirectory.open(directory);
                    StorageFile file = files.create(NAME + size, 0)) {
                content = written(file, size);
            }
            try (StorageFile file = WatchedFile.open(directory.resolve(NAME + size))) {
                assertReads(file, content);
            }
        }
    }

    @Test
    void fileInMemory() throws IOException {
        StorageFile file = new MemoryDirectory().create(NAME, 0);
        assertReads(file, written(file, 1000));
    }

    @Test
    void fileThatOnlyReadsBytes() throws IOException {
        StorageFile file = new MemoryDirectory().create(NAME, 0);
        assertReads(new ForwardingFile(file), written(file, 1000));
    }

    private static byte[] written(StorageFile file, int size) throws IOException {
        byte[] content = new byte[size];
        new Random(size).nextBytes(content);
        file.write(0, content, 0, size);
        return content;
    }

    private static void assertReads(StorageFile file, byte[] content) throws IOException {
        for (int length = 1; length <= Long.BYTES; length++) {
            for (int position : new int[] {0, 1, 3, 500, content.length - length}) {
                long expected = new BigInteger(1, Arrays.copyOfRange(content, position, position + length)).longValue();
                assertThat(file.readNumber(position, length)).isEqualTo(expected);
            }
            int beyond = content.length - length + 1;
            int bytes = length;
            assertThatExceptionOfType(EOFException.class).isThrownBy(() -> file.readNumber(beyond, bytes));
        }
    }
}
