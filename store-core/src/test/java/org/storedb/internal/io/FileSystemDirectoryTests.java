package org.storedb.internal.io;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.storedb.Store;
import org.storedb.StoreOptions;
import org.storedb.error.StoreIoException;
import org.storedb.storage.StorageDirectory;
import org.storedb.storage.StorageFile;
import org.storedb.storage.StorageFullException;
import org.storedb.testing.InterceptedDirectory;
import org.storedb.testing.IoInterrupts;

class FileSystemDirectoryTests {

    private static final int CAPACITY_BYTES = 1 << 20;

    @TempDir
    Path folder;

    @Test
    void directoryThatOthersMayWriteToIsRefused() throws IOException {
        assumeTrue(FileSystems.getDefault().supportedFileAttributeViews().contains("posix"));
        Path directory = Files.createDirectory(folder.resolve("store"));
        for (String permissions : new String[] {"rwxrwx---", "rwx----w-"}) {
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString(permissions));

            assertThatExceptionOfType(StoreIoException.class)
                    .isThrownBy(() -> Store.open(directory).close())
                    .withMessageContaining(permissions)
                    .withMessageContaining("chmod go-w");
            assertThat(directory).isEmptyDirectory();
        }
    }

    @Test
    void symbolicLinkInPlaceOfTheDirectoryIsRefused() throws IOException {
        Path directory = Files.createDirectory(folder.resolve("store"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), directory);

        assertThatExceptionOfType(StoreIoException.class)
                .isThrownBy(() -> Store.open(link).close())
                .withMessageContaining("symbolic link")
                .withMessageContaining(directory.toRealPath().toString());
        assertThat(directory).isEmptyDirectory();
    }

    /** A store whose files cannot be looked at must not be taken for one that has none. */
    @Test
    void fileThatCannotBeLookedAtIsNotMissing() throws IOException {
        String tooLong = "x".repeat(300);
        try (FileSystemDirectory writing = FileSystemDirectory.open(folder.resolve("store"));
                ReadOnlyDirectory reading = ReadOnlyDirectory.open(folder);
                WatchedDirectory watching = WatchedDirectory.open(folder)) {
            for (StorageDirectory directory : List.of(writing, reading, watching)) {
                assertThatExceptionOfType(IOException.class)
                        .isThrownBy(() -> directory.open(tooLong).close())
                        .isNotInstanceOf(NoSuchFileException.class);
                assertThatExceptionOfType(NoSuchFileException.class)
                        .isThrownBy(() -> directory.open("missing").close());
            }
            assertThatExceptionOfType(NoSuchFileException.class)
                    .isThrownBy(() -> reading.open("store").close());
        }
    }

    @Test
    void failureWhoseMessageIsOnlyAPathIsExplained() {
        String file = folder.resolve("file").toString();

        assertThat(StorageErrors.reason(new NoSuchFileException(file))).isEqualTo(file + " does not exist");
        assertThat(StorageErrors.reason(new NotDirectoryException(file))).isEqualTo(file + " is not a directory");
        assertThat(StorageErrors.reason(new AccessDeniedException(file))).isEqualTo("this user may not access " + file);
        assertThat(StorageErrors.reason(new FileAlreadyExistsException(file))).isEqualTo(file + " exists already");
        assertThat(StorageErrors.reason(new FileSystemLoopException(file)))
                .isEqualTo("java.nio.file.FileSystemLoopException: " + file);
        assertThat(StorageErrors.reason(new FileSystemException(file, null, "Input/output error")))
                .isEqualTo(file + ": Input/output error");
        assertThat(StorageErrors.reason(new IOException("broken"))).isEqualTo("broken");
        assertThat(StorageErrors.reason(new IOException())).isEqualTo("java.io.IOException");
    }

    @ParameterizedTest
    @CsvSource({
        "No space left on device, true",
        "Disk quota exceeded, true",
        "File too large, true",
        "There is not enough space on the disk, true",
        "Too many open files, true",
        "Input/output error, false",
        "Read-only file system, false"
    })
    void lackOfSpaceIsToldFromOtherFailures(String message, boolean full) {
        assertThat(StorageErrors.typed(new IOException(message), folder, 1) instanceof StorageFullException)
                .isEqualTo(full);
        assertThat(
                        StorageErrors.typed(new FileSystemException("file", null, message), folder, 1)
                                instanceof StorageFullException)
                .isEqualTo(full);
    }

    @Test
    void lackOfSpaceIsSeenAlsoWhenTheSystemSpeaksAnotherLanguage() {
        IOException failure = new IOException("Auf dem Gerät ist kein Speicherplatz mehr verfügbar");

        assertThat(StorageErrors.typed(failure, folder, Long.MAX_VALUE)).isInstanceOf(StorageFullException.class);
        assertThat(StorageErrors.typed(failure, folder, 1)).isSameAs(failure);
    }

    /** A sync fills the hole behind what was written; that must never touch content, wherever it stands. */
    @Test
    void zerosAheadNeverTouchContent() throws IOException {
        byte[] ones = new byte[1000];
        Arrays.fill(ones, (byte) 1);
        byte[] expected = new byte[CAPACITY_BYTES];
        try (FileSystemDirectory directory = FileSystemDirectory.open(folder.resolve("files"))) {
            try (StorageFile file = directory.create("file", CAPACITY_BYTES)) {
                for (int position : new int[] {0, 1000, 300_000, 5000, 800_000, 301_000, CAPACITY_BYTES - 1000}) {
                    file.write(position, ones, 0, ones.length);
                    file.sync();
                    System.arraycopy(ones, 0, expected, position, ones.length);
                }
                assertThat(content(file)).isEqualTo(expected);
                file.resize(300_500);
                file.resize(CAPACITY_BYTES);
                Arrays.fill(expected, 300_500, expected.length, (byte) 0);
                file.sync();
                assertThat(content(file)).isEqualTo(expected);
            }
            try (StorageFile file = directory.open("file")) {
                file.write(10, ones, 0, 10);
                file.sync();
                file.sync();
                assertThat(content(file)).isEqualTo(expected);
            }
        }
    }

    @Test
    void blocksAreTakenAheadOfTheSecondSync() throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/du")));
        try (FileSystemDirectory directory = FileSystemDirectory.open(folder.resolve("files"));
                StorageFile file = directory.create("file", CAPACITY_BYTES)) {
            file.write(0, new byte[] {1}, 0, 1);
            file.sync();
            long before = usedBytes(folder.resolve("files").resolve("file"));
            file.write(1, new byte[] {1}, 0, 1);
            file.sync();

            assertThat(usedBytes(folder.resolve("files").resolve("file")) - before)
                    .isBetween(CAPACITY_BYTES / 16L - 4096, CAPACITY_BYTES / 16L + 4096);
            assertThat(file.size()).isEqualTo(CAPACITY_BYTES);
        }
    }

    @Test
    void interruptsBeforeEachOperationAreHarmless() throws IOException {
        IoInterrupts interrupts = new IoInterrupts(operation -> true);
        try (Store store = Store.open(
                new InterceptedDirectory(FileSystemDirectory.open(folder.resolve("store")), interrupts),
                StoreOptions.defaults().withSegmentBytes(64 << 10))) {
            for (int i = 0; i < 100; i++) {
                store.keyspace("entries").put(new byte[] {(byte) i}, new byte[2000]);
            }
            assertThat(store.keyspace("entries").count()).isEqualTo(100);
        }
        assertThat(interrupts.count()).isGreaterThan(200);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void interruptIsNotLostWhenTheLockFileCannotBeMade() {
        Thread.currentThread().interrupt();
        assertThatExceptionOfType(NoSuchFileException.class)
                .isThrownBy(() -> DirectoryLock.acquire(folder.resolve("missing")));
        assertThat(Thread.interrupted()).isTrue();
    }

    private static long usedBytes(Path file) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("/usr/bin/du", "-k", file.toString()).start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        process.waitFor();
        return 1024 * Long.parseLong(output.split("\t", 2)[0]);
    }

    private static byte[] content(StorageFile file) throws IOException {
        byte[] content = new byte[CAPACITY_BYTES];
        file.read(0, content, 0, content.length);
        return content;
    }
}
