package org.storedb.internal.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.storedb.error.CorruptStoreException;
import org.storedb.internal.io.MemoryDirectory;
import org.storedb.storage.StorageDirectory;
import org.storedb.storage.StorageFullException;
import org.storedb.testing.ForwardingDirectory;
import org.storedb.testing.InterceptedDirectory;
import org.storedb.testing.IoInterceptor;
import org.storedb.testing.IoOperation;
import org.storedb.testing.IoOperation.Kind;
import org.storedb.testing.QuotaDirectory;

class SegmentedLogTests {

    private static final int BALLAST_BYTES = 64 << 10;

    private final MemoryDirectory directory = new MemoryDirectory();
    private @Nullable Kind failing;
    private IOException failure = new IOException("planned");

    @Test
    void damageInASealedSegmentIsFoundWhenItIsRead() throws IOException {
        SegmentedLog log = TestLogs.open(directory);
        TestLogs.put(log, 1, "key", 1000);
        log.roll(1, 0);
        Segment sealed = log.segments().get(1);
        List<Long> read = new ArrayList<>();
        log.readFrames(sealed, frame -> read.add(frame.sequence()));
        assertThat(read).containsExactly(1L);
        sealed.file().write(sealed.bytes() - 5, new byte[] {'x'}, 0, 1);

        assertThatExceptionOfType(CorruptStoreException.class)
                .isThrownBy(() -> log.readFrames(sealed, frame -> {}))
                .withMessageContaining("segment-0000000001.log is damaged at byte");
    }

    @Test
    void imageOfALogIsComparedWithItsFiles() throws IOException {
        SegmentBytes segment = new SegmentBytes(TestLogs.STORE, 1).commit(1).commit(2);
        LogImage image = new LogImage(TestLogs.STORE, 2, new byte[0], List.of());
        List<Long> read = new ArrayList<>();
        LogImage.Entry right = new LogImage.Entry(1, segment.size(), segment.lastChecksum());
        image.verify(right, segment.file(), frame -> read.add(frame.sequence()));
        assertThat(read).containsExactly(1L, 2L);

        LogImage.Entry otherEnd = new LogImage.Entry(1, segment.size(), segment.lastChecksum() + 1);
        LogImage.Entry longer = new LogImage.Entry(1, segment.size() + 1, segment.lastChecksum());
        for (LogImage.Entry wrong : List.of(otherEnd, longer)) {
            assertThatExceptionOfType(CorruptStoreException.class)
                    .isThrownBy(() -> image.verify(wrong, segment.file(), frame -> {}))
                    .withMessageContaining("segment-0000000001.log is damaged");
        }
    }

    @Test
    void filesThatNobodyKnowsAreLeaked() throws IOException {
        SegmentedLog log = TestLogs.open(directory);
        assertThat(log.leakedFiles()).isEmpty();
        String copy = Leftovers.copyName(LogFormat.segmentFileName(1));
        String other = LogFormat.segmentFileName(7);
        for (String name : List.of(copy, other, "notes.copy", "notes.txt")) {
            TestLogs.write(directory, name, new byte[1]);
        }

        assertThat(log.leakedFiles()).containsExactlyInAnyOrder(copy, other);
        assertThat(Leftovers.isOfTheLog("notes.copy")).isFalse();
    }

    @Test
    void segmentWithoutTheManifestIsNoHalfCreatedStoreUnlessItIsTheFirst() throws IOException {
        new SegmentBytes(TestLogs.STORE, 2).writeTo(directory);
        assertManifestMissing();

        directory.delete(LogFormat.segmentFileName(2));
        new SegmentBytes(TestLogs.STORE, 1).commit(1).writeTo(directory);
        assertManifestMissing();

        new SegmentBytes(TestLogs.STORE, 1).writeTo(directory);
        assertThat(TestLogs.open(directory).segments().all()).hasSize(1);
    }

    /** A copy of one segment is kept free, which must not be half of the disk. */
    @Test
    void segmentsOfASmallDiskAreSmall() throws IOException {
        StorageDirectory small = new QuotaDirectory(directory, 32 << 20);
        try (SegmentedLog log = openWithLargeSegments(small)) {
            assertThat(log.segmentBytes()).isEqualTo(2 << 20);
            TestLogs.put(log, 1, "key", 1 << 20);
        }
        try (SegmentedLog log = openWithLargeSegments(small)) {
            assertThat(log.segmentBytes()).as("what the log has counts").isBetween((2 << 20) - 10_000, 2 << 20);
        }
        try (SegmentedLog log = openWithLargeSegments(new QuotaDirectory(new MemoryDirectory(), 1 << 20))) {
            assertThat(log.segmentBytes()).isEqualTo(1 << 20);
        }
    }

    private static SegmentedLog openWithLargeSegments(StorageDirectory directory) throws IOException {
        return new LogOpener(
                        directory,
                        InstantSource.fixed(Instant.EPOCH),
                        LogEncryption.NONE,
                        64 << 20,
                        new TestLogs.Reader(null))
                .open(() -> TestLogs.STORE);
    }

    @Test
    void ballastIsTakenAnewWhenThereIsSpace() throws IOException {
        QuotaDirectory disk = new QuotaDirectory(directory, 1 << 20);
        LogSpace space = new LogSpace(disk, TestLogs.SEGMENT_BYTES, () -> 0);
        space.reserve();
        assertThat(ballastBytes()).isEqualTo(BALLAST_BYTES);
        assertThat(space.hasRecovered(1 << 30)).as("never was full").isTrue();
        space.becameFull(new StorageFullException("planned"));
        assertThat(directory.list()).doesNotContain(Ballast.NAME);

        disk.setBytesMax(2 * BALLAST_BYTES + 1000);
        assertThat(space.hasRecovered(2000)).isFalse();
        assertThat(space.full()).hasMessage("planned");
        disk.setBytesMax(2 * BALLAST_BYTES + 10_000);
        assertThat(space.hasRecovered(2000)).isTrue();
        assertThat(space.full()).isNull();
        assertThat(ballastBytes()).isEqualTo(BALLAST_BYTES);
    }

    /** The free space that a system tells of need not be there for us. */
    @Test
    void diskIsFullAsLongAsTheBallastDoesNotFit() throws IOException {
        LogSpace space = new LogSpace(failing(new QuotaDirectory(directory, 1 << 20)), TestLogs.SEGMENT_BYTES, () -> 0);
        failing = Kind.CREATE;
        failure = new StorageFullException("planned");
        space.reserve();
        assertThat(space.full()).hasMessageContaining("kept for deletes and compaction");
        assertThat(space.hasRecovered(10)).isFalse();

        failing = null;
        assertThat(space.hasRecovered(10)).isTrue();
    }

    @Test
    void ballastOfAnotherSizeIsReplaced() throws IOException {
        TestLogs.write(directory, Ballast.NAME, new byte[10]);
        new LogSpace(new QuotaDirectory(directory, 1 << 20), TestLogs.SEGMENT_BYTES, () -> 0).reserve();

        assertThat(ballastBytes()).isEqualTo(BALLAST_BYTES);
    }

    @Test
    void whatElseIsWrongWithTheBallastDoesNotStopTheStore() throws IOException {
        LogSpace space = new LogSpace(failing(new QuotaDirectory(directory, 1 << 20)), TestLogs.SEGMENT_BYTES, () -> 0);
        failing = Kind.CREATE;
        space.reserve();
        assertThat(space.full()).isNull();

        failing = null;
        space.reserve();
        failing = Kind.DELETE;
        StorageFullException cause = new StorageFullException("full");
        space.becameFull(cause);
        assertThat(space.full()).isSameAs(cause);
        assertThat(directory.list()).contains(Ballast.NAME);
    }

    @Test
    void spaceThatIsNotKnownHasNoBound() {
        LogSpace space = new LogSpace(new UnknownSpace(directory), TestLogs.SEGMENT_BYTES, () -> 0);

        assertThat(space.bytesForDeletes()).isGreaterThan(Long.MAX_VALUE / 2);
        space.reserve();
        assertThat(space.full()).isNull();
    }

    private void assertManifestMissing() {
        assertThatExceptionOfType(CorruptStoreException.class)
                .isThrownBy(() -> TestLogs.open(directory))
                .withMessageContaining("'manifest' is missing");
    }

    private long ballastBytes() throws IOException {
        return directory.open(Ballast.NAME).size();
    }

    private StorageDirectory failing(StorageDirectory delegate) {
        return new InterceptedDirectory(delegate, new IoInterceptor() {
            @Override
            public void before(IoOperation operation) throws IOException {
                if (operation.kind() == failing) {
                    throw failure;
                }
            }
        });
    }

    /** A directory of a file system that does not tell how much space there is. */
    private static final class UnknownSpace extends ForwardingDirectory {

        UnknownSpace(StorageDirectory delegate) {
            super(delegate);
        }

        @Override
        public long usableBytes() throws IOException {
            throw new IOException("planned");
        }
    }
}
