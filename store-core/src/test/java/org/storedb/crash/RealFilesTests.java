package org.storedb.crash;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.storedb.CompactionPolicy;
import org.storedb.Durability;
import org.storedb.Keyspace;
import org.storedb.Store;
import org.storedb.StoreOptions;
import org.storedb.error.CorruptStoreException;
import org.storedb.error.StoreIoException;
import org.storedb.error.UnsupportedFormatException;
import org.storedb.maintenance.ScrubPolicy;
import org.storedb.maintenance.StoreProblem;

/** What can happen to the files of a store on a real file system. */
class RealFilesTests {

    private static final int SEGMENT_BYTES = 64 << 10;
    private static final StoreOptions OPTIONS =
            StoreOptions.defaults().withSegmentBytes(SEGMENT_BYTES).withCompaction(CompactionPolicy.manual());
    private static final String FIRST = "segment-0000000001.log";

    @TempDir
    Path folder;

    private Path directory = Path.of("");

    @BeforeEach
    void makeStoreOfThreeSegments() {
        directory = folder.resolve("parent").resolve("store");
        try (Store store = Store.open(directory, OPTIONS)) {
            putAll(entries(store));
        }
    }

    @Test
    void filesAreForTheirOwnerOnly() throws IOException {
        assumeTrue(FileSystems.getDefault().supportedFileAttributeViews().contains("posix"));
        assertThat(permissions(directory)).isEqualTo("rwx------");
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files.map(RealFilesTests::permissions))
                    .hasSizeGreaterThan(3)
                    .containsOnly("rw-------");
        }
    }

    @Test
    void newerManifestIsRefusedAndNothingIsChanged() throws IOException {
        byte[] manifest = Files.readAllBytes(directory.resolve("manifest"));
        ByteBuffer.wrap(manifest).putInt(8, 2);
        writeWithChecksum("manifest", manifest, manifest.length - 4);

        assertRefused(UnsupportedFormatException.class, "format version 2");
    }

    @Test
    void newerSegmentIsRefusedAndNothingIsChanged() throws IOException {
        byte[] segment = Files.readAllBytes(directory.resolve(FIRST));
        ByteBuffer.wrap(segment).putInt(8, 2);
        writeWithChecksum(FIRST, segment, 60);

        assertRefused(UnsupportedFormatException.class, "format version 2");
    }

    @Test
    void missingSegmentIsRefused() throws IOException {
        Files.delete(directory.resolve(FIRST));

        assertRefused(CorruptStoreException.class, FIRST + " is missing");
    }

    @Test
    void missingManifestIsRefusedIfThereIsData() throws IOException {
        Files.delete(directory.resolve("manifest"));

        assertRefused(CorruptStoreException.class, "'manifest' is missing");
        assertRefused(CorruptStoreException.class, "from a backup, or salvage what can be read (StoreSalvage)");
    }

    @Test
    void swappedSegmentsAreRefused() throws IOException {
        Path second = directory.resolve("segment-0000000002.log");
        Files.move(directory.resolve(FIRST), folder.resolve("swap"));
        Files.move(second, directory.resolve(FIRST));
        Files.move(folder.resolve("swap"), second);

        assertRefused(CorruptStoreException.class, "is segment 2 of store");
    }

    @Test
    void segmentOfAnotherStoreIsRefused() throws IOException {
        copyFromAnotherStore(FIRST, FIRST);

        assertRefused(CorruptStoreException.class, FIRST + " is segment 1 of store");
    }

    @Test
    void segmentOfAnotherStoreBesideIsNotTakenForALeftover() throws IOException {
        copyFromAnotherStore(FIRST, "segment-0000000077.log");

        assertRefused(CorruptStoreException.class, "belongs to store");
    }

    @Test
    void outdatedManifestIsRefused() throws IOException {
        Path kept = folder.resolve("kept");
        Files.copy(directory.resolve("manifest"), kept);
        try (Store store = Store.open(directory, OPTIONS)) {
            putAll(entries(store));
        }
        Files.copy(kept, directory.resolve("manifest"), StandardCopyOption.REPLACE_EXISTING);

        assertRefused(CorruptStoreException.class, "is newer than the file 'manifest'");
    }

    @Test
    void garbageBehindTheEndIsCutOff() throws IOException {
        Files.write(
                directory.resolve(newestSegment()), "garbage".repeat(1000).getBytes(UTF_8), StandardOpenOption.APPEND);

        assertAllThereAndWritable();
        assertThat(Files.readString(directory.resolve(newestSegment()), java.nio.charset.StandardCharsets.ISO_8859_1))
                .doesNotContain("garbage");
    }

    @Test
    void zerosBehindTheEndAreHarmless() throws IOException {
        Files.write(directory.resolve(newestSegment()), new byte[100_000], StandardOpenOption.APPEND);

        assertAllThereAndWritable();
    }

    @Test
    void leftoversOfACrashAreRemoved() throws IOException {
        Files.write(directory.resolve("manifest.new"), new byte[10]);
        Files.write(directory.resolve(FIRST + ".copy"), new byte[10]);
        Files.write(directory.resolve("segment-0000000099.log"), new byte[70_000]);
        Files.write(directory.resolve("segment-notes.log"), new byte[10]);
        Files.write(directory.resolve("my.copy"), new byte[10]);

        assertAllThereAndWritable();
        assertThat(fileSizes().keySet())
                .doesNotContain("manifest.new", FIRST + ".copy", "segment-0000000099.log")
                .contains("segment-notes.log", "my.copy");
    }

    @Test
    void checkpointThatIsLargerThanAMapIsNoReasonNotToOpen() throws IOException {
        try (RandomAccessFile checkpoint =
                new RandomAccessFile(directory.resolve("checkpoint").toFile(), "rw")) {
            checkpoint.setLength(1L << 31);
        }
        try (Store store = Store.open(directory, OPTIONS)) {
            assertThat(store.stats().open().reason()).startsWith("the checkpoint is not usable");
        }
        assertAllThereAndWritable();
    }

    @Test
    void directoryThatCannotBeUsedIsNamed() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        assertThatExceptionOfType(StoreIoException.class)
                .isThrownBy(() -> Store.open(file).close())
                .withMessageContaining(file + " exists already; check that it is a directory");

        Path processes = Path.of("/proc");
        assumeTrue(Files.isDirectory(processes));
        assertThatExceptionOfType(StoreIoException.class)
                .isThrownBy(() -> Store.open(processes).close())
                .withMessageContaining("check that it is a directory and that this user may write to it");
    }

    @Test
    void recordAsLargeAsASegmentSurvivesCompaction() {
        try (Store store = Store.open(directory, OPTIONS)) {
            entries(store).put(key(0), new byte[SEGMENT_BYTES]);
            entries(store).put(key(1), new byte[3 * SEGMENT_BYTES]);
            entries(store).put(key(0), new byte[SEGMENT_BYTES + 1]);
            store.compact().join();
            for (int i = 2; i < 20; i++) {
                entries(store).put(key(i), new byte[7000]);
            }
            store.compact().join();
            assertThat(entries(store).get(key(0))).hasSize(SEGMENT_BYTES + 1);
            assertThat(entries(store).get(key(1))).hasSize(3 * SEGMENT_BYTES);
        }
        try (Store store = Store.open(directory, OPTIONS)) {
            assertThat(entries(store).get(key(0))).hasSize(SEGMENT_BYTES + 1);
            assertThat(entries(store).get(key(19))).hasSize(7000);
        }
    }

    @Test
    @Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void interruptsHarmNeitherStoreNorCommits() throws InterruptedException {
        try (Store store = Store.open(directory, OPTIONS)) {
            AtomicBoolean running = new AtomicBoolean(true);
            AtomicInteger written = new AtomicInteger();
            Thread writer = new Thread(() -> {
                while (running.get()) {
                    int number = written.get();
                    entries(store)
                            .put(
                                    key(number % 20),
                                    Integer.toString(number).repeat(500).getBytes(UTF_8));
                    written.incrementAndGet();
                }
            });
            writer.start();
            for (int i = 0; (i < 3000 || written.get() <= 20) && writer.isAlive(); i++) {
                writer.interrupt();
                Thread.sleep(0, 100_000);
            }
            running.set(false);
            writer.join();

            assertThat(written.get()).as("commits between interrupts").isGreaterThan(20);
            int last = written.get() - 1;
            assertThat(new String(entries(store).get(key(last % 20)), UTF_8))
                    .isEqualTo(Integer.toString(last).repeat(500));
            entries(store).put(key(0), new byte[0]);
        }
    }

    @Test
    void spaceOfSegmentsThatWereThereAtTheOpenIsGivenBack() throws Exception {
        try (Store store = Store.open(directory, OPTIONS)) {
            putAll(entries(store));
            requireSpaceOfCompactedSegments(store);
        }
    }

    @Test
    void spaceOfCompactedSegmentsIsGivenBackWithoutAnotherPut() throws Exception {
        try (Store store = Store.open(directory, OPTIONS.withDurability(Durability.OS))) {
            putAll(entries(store));
            putAll(entries(store));
            requireSpaceOfCompactedSegments(store);
        }
    }

    /** It has not got to them yet: the segments before them stay. */
    @Test
    void spaceOfCompactedSegmentsIsGivenBackWhileTheLogIsReadInTheBackground() throws Exception {
        try (Store store = Store.open(directory, OPTIONS)) {
            store.compact().join();
            putAll(store.keyspace("others"));
        }
        ScrubPolicy forMinutes = new ScrubPolicy(true, 1024, Duration.ZERO, Duration.ofDays(1));
        try (Store store = Store.open(directory, OPTIONS.withScrub(forMinutes))) {
            while (!store.stats().scrub().running()) {
                Thread.sleep(10);
            }
            putAll(store.keyspace("others"));
            requireSpaceOfCompactedSegments(store);
            assertThat(store.stats().scrub().running()).isTrue();
        }
    }

    @Test
    void damageInASealedSegmentOfAnOpenStoreIsLocated() throws Exception {
        ScrubPolicy soon = new ScrubPolicy(true, 1 << 20, Duration.ofMillis(300), Duration.ofDays(1));
        try (Store store = Store.open(directory, OPTIONS.withScrub(soon))) {
            try (RandomAccessFile file =
                    new RandomAccessFile(directory.resolve(FIRST).toFile(), "rw")) {
                file.seek(20_000);
                file.write(new byte[] {1, 2, 3});
            }

            assertThat(store.verify().problems())
                    .extracting(StoreProblem::description)
                    .anySatisfy(text -> assertThat(text).contains("of " + FIRST + " do not match their checksum"))
                    .noneSatisfy(text -> assertThat(text).contains("Cannot read " + FIRST));
            while (store.stats().scrub().completedRuns() == 0) {
                Thread.sleep(10);
            }
            assertThat(store.stats().scrub().problems().get(0).description())
                    .contains("of " + FIRST + " do not match their checksum");
        }
    }

    private static void putAll(Keyspace keyspace) {
        for (int i = 0; i < 20; i++) {
            keyspace.put(key(i), new byte[8000]);
        }
    }

    /** A file that is mapped takes up space after it was deleted; when the map goes, the garbage collector decides. */
    private void requireSpaceOfCompactedSegments(Store store) throws IOException, InterruptedException {
        assertThat(store.compact().join().segmentsCompacted()).isPositive();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!mapsOfDeletedFiles().isEmpty() && System.nanoTime() < end) {
            System.gc();
            Thread.sleep(50);
        }
        assertThat(mapsOfDeletedFiles()).isEmpty();
    }

    private List<String> mapsOfDeletedFiles() throws IOException {
        Path maps = Path.of("/proc/self/maps");
        assumeTrue(Files.exists(maps), "SKIPPED: the maps of a process are listed on Linux only");
        String prefix = directory.toRealPath().toString();
        try (Stream<String> lines = Files.lines(maps)) {
            return lines.filter(line -> line.contains(prefix) && line.endsWith("(deleted)"))
                    .toList();
        }
    }

    private void assertAllThereAndWritable() {
        for (int round = 0; round < 2; round++) {
            try (Store store = Store.open(directory, OPTIONS)) {
                assertThat(entries(store).count()).isEqualTo(20);
                entries(store).put(key(round), new byte[8000]);
            }
        }
    }

    private void assertRefused(Class<? extends RuntimeException> type, String message) throws IOException {
        Map<String, Long> before = fileSizes();
        for (int round = 0; round < 2; round++) {
            assertThatExceptionOfType(type)
                    .isThrownBy(() -> Store.open(directory, OPTIONS).close())
                    .withMessageContaining(message);
        }
        assertThat(fileSizes()).isEqualTo(before);
    }

    private void copyFromAnotherStore(String from, String to) throws IOException {
        Path other = folder.resolve("other");
        try (Store store = Store.open(other, OPTIONS)) {
            entries(store).put(key(1), new byte[10]);
        }
        Files.copy(other.resolve(from), directory.resolve(to), StandardCopyOption.REPLACE_EXISTING);
    }

    /** File sizes by name, without the lock file, which belongs to whoever tries to open the store. */
    private Map<String, Long> fileSizes() throws IOException {
        Map<String, Long> sizes = new TreeMap<>();
        try (Stream<Path> files = Files.list(directory)) {
            files.forEach(file ->
                    sizes.put(file.getFileName().toString(), file.toFile().length()));
        }
        sizes.remove("store.lock");
        return sizes;
    }

    private String newestSegment() throws IOException {
        return fileSizes().keySet().stream()
                .filter(name -> name.startsWith("segment-"))
                .max(String::compareTo)
                .orElseThrow();
    }

    private void writeWithChecksum(String name, byte[] content, int checksumOffset) throws IOException {
        CRC32C crc = new CRC32C();
        crc.update(content, 0, checksumOffset);
        ByteBuffer.wrap(content).putInt(checksumOffset, (int) crc.getValue());
        Files.write(directory.resolve(name), content);
    }

    private static String permissions(Path file) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static Keyspace entries(Store store) {
        return store.keyspace("entries");
    }

    private static byte[] key(int number) {
        return ("key" + number).getBytes(UTF_8);
    }
}
