package org.storedb.internal.io;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written is what is read, by the same object and by everybody else, whichever way it is written. */
class FileSystemFileTests {

    private static final int CAPACITY_BYTES = 4 << 20;

    @TempDir
    Path folder;

    /** Small and large writes, syncs, cuts and growth at random, held against an array. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void contentIsWhatWasWritten(long seed) throws IOException {
        Random random = new Random(seed);
        Path path = folder.resolve("file");
        byte[] model = new byte[CAPACITY_BYTES];
        int size = CAPACITY_BYTES;
        int end = 0;
        try (FileSystemFile file = create(path, CAPACITY_BYTES)) {
            for (int step = 0; step < 3000; step++) {
                int kind = random.nextInt(200);
                if (kind == 0) {
                    file.sync();
                } else if (kind == 1) { // As a log does that takes back what met a full disk.
                    end = Math.max(0, end - random.nextInt(5000));
                    file.resize(end);
                    file.resize(CAPACITY_BYTES);
                    Arrays.fill(model, end, CAPACITY_BYTES, (byte) 0);
                } else {
                    int length = 1 + random.nextInt(kind < 10 ? 40_000 : 300);
                    int position = kind < 15 ? random.nextInt(end + 1) : end;
                    if (position + length <= size) {
                        byte[] bytes = new byte[length + 7];
                        random.nextBytes(bytes);
                        file.write(position, bytes, 5, length);
                        System.arraycopy(bytes, 5, model, position, length);
                        end = Math.max(end, position + length);
                    }
                }
                if (step % 500 == 0) {
                    assertContent(file, path, model);
                }
            }
            assertContent(file, path, model);
            file.resize(end);
        }
        assertThat(Files.readAllBytes(path)).isEqualTo(Arrays.copyOf(model, end));
    }

    @Test
    void blocksAreTakenBeforeSmallWritesAreCopied() throws IOException {
        assumeOverwriting();
        Path path = folder.resolve("file");
        try (FileSystemFile file = create(path, CAPACITY_BYTES)) {
            file.write(0, new byte[] {1}, 0, 1);

            assertThat(file.canCopy(1, 100)).isTrue();
            assertThat(file.canCopy(CAPACITY_BYTES, 1)).isFalse();
            assertThat(allocatedBytes(path)).isGreaterThanOrEqualTo(64 << 10).isLessThan(CAPACITY_BYTES);
        }
    }

    @Test
    void whatWasCutOffIsAHoleAgain() throws IOException {
        assumeOverwriting();
        try (FileSystemFile file = create(folder.resolve("file"), CAPACITY_BYTES)) {
            for (int position = 0; position < 100_000; position += 1000) {
                file.write(position, new byte[1000], 0, 1000);
            }
            file.resize(50_000);
            file.resize(CAPACITY_BYTES);

            assertThat(file.canCopy(49_000, 1000)).isTrue();
            assertThat(file.canCopy(60_000, 1000)).isFalse();
        }
    }

    /** Syncs take blocks as well, before there was any write that could have been copied. */
    @Test
    void writesBehindSyncsArrive() throws IOException {
        Path path = folder.resolve("file");
        byte[] expected = new byte[CAPACITY_BYTES];
        try (FileSystemFile file = create(path, CAPACITY_BYTES)) {
            file.sync();
            file.write(0, new byte[10], 0, 10);
            file.sync();
            for (int position = 10; position < 40_010; position += 1000) {
                byte[] bytes = new byte[1000];
                Arrays.fill(bytes, (byte) (position / 1000 + 1));
                file.write(position, bytes, 0, bytes.length);
                System.arraycopy(bytes, 0, expected, position, bytes.length);
            }
            assertContent(file, path, expected);
        }
    }

    /** As in a container that cannot see its mount. Here it is the file that cannot be seen. */
    @Test
    void syncDoesWithoutTheFreeSpaceOfTheFileSystem() throws IOException {
        Path path = folder.resolve("file");
        try (FileSystemFile file = create(path, CAPACITY_BYTES)) {
            file.write(0, new byte[100_000], 0, 100_000);
            file.sync();
            file.write(100_000, new byte[100_000], 0, 100_000);
            Files.delete(path);

            assertThatCode(file::sync).doesNotThrowAnyException();
        }
    }

    /** A file that was there may have holes anywhere. */
    @Test
    void nothingIsTakenForGrantedInAFileThatWasOpened() throws IOException {
        Path path = folder.resolve("file");
        create(path, CAPACITY_BYTES).close();
        try (RandomAccessFile handle = new RandomAccessFile(path.toFile(), "rw");
                FileSystemFile file = new FileSystemFile(path, handle, handle.length())) {
            assertThat(file.canCopy(0, 100)).isFalse();
            file.write(0, new byte[] {7}, 0, 1);

            assertThat(Files.readAllBytes(path)[0]).isEqualTo((byte) 7);
        }
    }

    @Test
    void closedFileRefusesWritesAndCanBeRead() throws IOException {
        FileSystemFile file = create(folder.resolve("file"), CAPACITY_BYTES);
        file.write(0, new byte[9000], 0, 9000);
        file.write(9000, new byte[] {1, 2, 3}, 0, 3);
        file.write(9003, new byte[] {4}, 0, 1);
        file.close();

        assertThatExceptionOfType(IOException.class).isThrownBy(() -> file.write(9004, new byte[] {5}, 0, 1));
        byte[] read = new byte[5];
        file.read(9000, read, 0, 5);
        assertThat(read).containsExactly(1, 2, 3, 4, 0);
    }

    @Test
    void fileWithoutCapacityGrowsWithItsWrites() throws IOException {
        Path path = folder.resolve("file");
        try (FileSystemFile file = create(path, 0)) {
            file.write(0, new byte[] {1, 2}, 0, 2);
            file.write(2, new byte[] {3}, 0, 1);

            assertThat(file.size()).isEqualTo(3);
            assertThatExceptionOfType(EOFException.class).isThrownBy(() -> file.read(2, new byte[2], 0, 2));
        }
        assertThat(Files.readAllBytes(path)).containsExactly(1, 2, 3);
    }

    @Test
    void whatDoesNotFitIntoAMapCanBeRead() throws IOException {
        long size = 1L << 31;
        try (FileSystemFile file = create(folder.resolve("file"), size)) {
            file.write(size - 8, new byte[] {1, 2, 3, 4, 5, 6, 7, 8}, 0, 8);

            byte[] read = new byte[8];
            file.read(size - 8, read, 0, 8);
            assertThat(read).containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
            assertThat(file.readNumber(size - 2, 2)).isEqualTo(0x0708);
            assertThat(file.touch(size - 1, 1)).isZero();
            file.write(size, new byte[] {9}, 0, 1);
            assertThat(file.readNumber(size - 1, 2)).isEqualTo(0x0809);
            assertThatExceptionOfType(EOFException.class).isThrownBy(() -> file.read(size, new byte[2], 0, 2));
        }
    }

    /** The file that the map is of becomes shorter behind its back: a write must not seem to have succeeded. */
    @Test
    void copyThatDoesNotArriveIsAnError() throws IOException {
        assumeOverwriting();
        Path path = folder.resolve("file");
        try (FileSystemFile file = create(path, CAPACITY_BYTES)) {
            file.write(0, new byte[] {1}, 0, 1);
            assertThat(file.canCopy(1, 40_000)).isTrue();
            try (RandomAccessFile other = new RandomAccessFile(path.toFile(), "rw")) {
                other.setLength(4096);
            }
            byte[] bytes = new byte[1000];
            Arrays.fill(bytes, (byte) 3);

            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> file.write(20_000, bytes, 0, bytes.length))
                    .withMessageContaining("20000 of " + path);
        }
    }

    @ParameterizedTest
    @CsvSource({"ext4, true", "xfs, true", "tmpfs, true", "btrfs, false", "zfs, false", "overlay, false", "nfs4, false"
    })
    void onlyFileSystemsThatOverwriteAreWrittenThroughAMap(String type, boolean overwriting) {
        assertThat(OverwritingFileSystem.isOverwriting(type)).isEqualTo(overwriting);
    }

    private void assumeOverwriting() {
        assumeTrue(OverwritingFileSystem.of(folder) != null, "SKIPPED: writes through a map need ext4, xfs or tmpfs");
    }

    private static void assertContent(FileSystemFile file, Path path, byte[] model) throws IOException {
        byte[] read = new byte[model.length];
        file.read(0, read, 0, read.length);
        assertThat(Arrays.mismatch(read, model)).isNegative();
        assertThat(Arrays.mismatch(Files.readAllBytes(path), model)).isNegative();
    }

    private static long allocatedBytes(Path path) throws IOException {
        Process process = new ProcessBuilder("stat", "--format=%b", path.toString()).start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        return 512 * Long.parseLong(output.trim());
    }

    private static FileSystemFile create(Path path, long capacityBytes) throws IOException {
        RandomAccessFile handle = new RandomAccessFile(path.toFile(), "rw");
        handle.setLength(capacityBytes);
        return new FileSystemFile(path, handle, 0);
    }
}
