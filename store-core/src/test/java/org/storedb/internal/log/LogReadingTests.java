package org.storedb.internal.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.storedb.error.CorruptStoreException;
import org.storedb.internal.io.MemoryDirectory;
import org.storedb.storage.StorageDirectory;
import org.storedb.testing.InterceptedDirectory;
import org.storedb.testing.IoInterceptor;
import org.storedb.testing.IoOperation;
import org.storedb.testing.SimulatedDirectory;

/** A mark only spares reading: whatever it says, what is read is the log. */
class LogReadingTests {

    private final SimulatedDirectory files = new SimulatedDirectory();
    private final SegmentedLog log = TestLogs.open(files);

    @Test
    void onlyWhatIsBehindTheMarkIsRead() throws IOException {
        put(1, 5);
        LogMark mark = log.mark(5);
        put(6, 8);
        assertThat(read(killed(), mark).sequences).containsExactly(6L, 7L, 8L);
        log.close();

        assertThat(read(killed(), mark).sequences).containsExactly(6L, 7L, 8L);
        assertThat(read(killed(), null).sequences).hasSize(8);
    }

    @Test
    void markOfASegmentThatWasSealedSinceIsRight() throws IOException {
        put(1, 5);
        LogMark mark = log.mark(5);
        put(6, 40);
        log.close();

        TestLogs.Reader reader = read(killed(), mark);
        assertThat(reader.restarts).isEmpty();
        assertThat(reader.sequences).first().isEqualTo(6L);
        assertThat(reader.sequences).hasSize(35);
    }

    @Test
    void everythingIsReadIfWhatTheMarkLedToIsNotSound() throws IOException {
        put(1, 8);
        LogMark mark = log.mark(5);
        log.close();
        TestLogs.Reader reader = new TestLogs.Reader(mark);
        reader.unsoundTimes = 1;

        readBy(reader, killed());

        assertThat(reader.restarts).hasSize(1);
        assertThat(reader.restarts.get(0)).contains("with it, the log cannot be read");
        assertThat(reader.sequences).hasSize(8);
    }

    @Test
    void logThatLedToNothingSoundIsRefused() throws IOException {
        put(1, 8);
        log.close();
        TestLogs.Reader reader = new TestLogs.Reader(null);
        reader.unsoundTimes = 1;

        assertThatExceptionOfType(CorruptStoreException.class).isThrownBy(() -> readBy(reader, killed()));
    }

    @Test
    void markThatIsNewerThanTheLogIsNotUsed() throws IOException {
        put(1, 5);
        SimulatedDirectory old = killed();
        put(6, 8);
        LogMark sameSegment = log.mark(8);
        put(9, 40);
        LogMark laterSegment = log.mark(40);

        for (LogMark mark : List.of(sameSegment, laterSegment)) {
            assertThat(restartOf(old, mark)).isEqualTo("it is newer than the log");
        }
    }

    @Test
    void markBehindTheEndOfASealedSegmentIsNotUsed() throws IOException {
        put(1, 5);
        LogMark mark = log.mark(5);
        put(6, 40);
        log.close();
        LogMark longer =
                new LogMark(mark.storeId(), 5, mark.segmentId(), 1 << 20, mark.lastFrameChecksum(), 0, mark.segments());

        assertThat(restartOf(killed(), longer)).isEqualTo("it is newer than the log");
    }

    @Test
    void markOfOtherSegmentsIsNotUsed() throws IOException {
        put(1, 40);
        log.close();
        LogMark mark = log.mark(40);

        assertThat(read(killed(), mark).restarts).isEmpty();
        assertThat(restartOf(killed(), changed(mark, known -> marked(known, known.bytes(), 77))))
                .isEqualTo("segment 1 has been replaced");
        assertThat(restartOf(killed(), changed(mark, known -> marked(known, 77, known.lastFrameChecksum()))))
                .isEqualTo("segment 1 has been replaced");
    }

    /** The log of a copy that was put back has gone another way: what it appends to has the id of a segment sealed there. */
    @Test
    void markThatTakesTheActiveSegmentForACompleteOneIsNotUsed() throws IOException {
        put(1, 40);
        log.close();
        LogMark mark = log.mark(40);
        int active = mark.segmentId();
        List<LogMark.SegmentMark> segments = new ArrayList<>();
        for (LogMark.SegmentMark known : mark.segments()) {
            segments.add(new LogMark.SegmentMark(
                    known.id(), known.id() == active, known.bytes(), known.lastFrameChecksum(), known.figures()));
        }
        LogMark.SegmentMark end = segments.get(0);
        LogMark other = new LogMark(mark.storeId(), 1, end.id(), end.bytes(), end.lastFrameChecksum(), 0, segments);

        assertThat(restartOf(killed(), other)).isEqualTo("segment " + active + " has been replaced");
    }

    /** A log with the same beginning may have had a segment of this id, too; nothing is left that could tell. */
    @Test
    void markThatEndsInASegmentThatIsGoneIsNotUsed() throws IOException {
        put(1, 20);
        log.close();
        LogMark mark = log.mark(20);
        LogMark.SegmentMark gone = new LogMark.SegmentMark(0, false, 100, 78, SegmentFigures.NONE);
        List<LogMark.SegmentMark> segments = new ArrayList<>(mark.segments());
        segments.set(segments.size() - 1, gone);
        LogMark other = new LogMark(mark.storeId(), 20, 0, 100, 78, 0, segments);

        assertThat(restartOf(killed(), other)).isEqualTo("segment 0, in which it ends, is gone");
        assertThat(other.bytesBehind(log.segments())).isEqualTo(log.segments().bytes());
        assertThat(mark.bytesBehind(log.segments())).isZero();
    }

    @Test
    void markThatDoesNotKnowItsOwnEndIsNotUsed() throws IOException {
        put(1, 5);
        LogMark mark = log.mark(5);
        LogMark endless =
                new LogMark(mark.storeId(), 5, mark.segmentId(), mark.bytes(), mark.lastFrameChecksum(), 0, List.of());

        assertThat(restartOf(killed(), endless)).isEqualTo("it does not have a valid position in the log");
    }

    @Test
    void markWithAnotherLastFrameIsNotUsed() throws IOException {
        put(1, 5);
        LogMark mark = log.mark(5);
        LogMark other = new LogMark(mark.storeId(), 5, mark.segmentId(), mark.bytes(), 77, 0, mark.segments());
        assertThat(restartOf(killed(), other)).isEqualTo("it is newer than the log");

        log.close();
        assertThat(restartOf(killed(), other)).contains("with it, the log cannot be read");
    }

    @Test
    void readerMayFindTheMarkOfNoUse() throws IOException {
        put(1, 5);
        LogMark mark = log.mark(5);
        put(6, 8);
        SimulatedDirectory copy = killed();
        TestLogs.Reader reader = new TestLogs.Reader(mark) {
            @Override
            public boolean isComplete(Set<Integer> segmentIds) {
                return false;
            }
        };
        TestLogs.open(copy, LogEncryption.NONE, reader).close();

        assertThat(reader.restarts).containsExactly("records that it refers to are gone");
        assertThat(reader.sequences).hasSize(8);
        assertThat(copy.openFiles()).isEmpty();
    }

    @Test
    void sealedSegmentHasToEndAsTheManifestSays() throws IOException {
        MemoryDirectory directory = new MemoryDirectory();
        SegmentBytes active = new SegmentBytes(TestLogs.STORE, 2);
        active.writeTo(directory);
        SegmentBytes sealed = new SegmentBytes(TestLogs.STORE, 1).commit(1).commit(2);
        sealed.writeTo(directory);
        TestLogs.writeManifest(directory, 3, sealed.entry(true), active.entry(false));
        assertDamaged(directory, "its footer is missing");

        sealed.footer(1).writeTo(directory);
        TestLogs.writeManifest(directory, 3, sealed.entry(true), active.entry(false));
        assertDamaged(directory, "its footer is missing"); // It is that of another content.

        Manifest.Entry other = new Manifest.Entry(1, true, sealed.size(), 77);
        TestLogs.writeManifest(directory, 3, other, active.entry(false));
        assertDamaged(directory, "does not match its checksum");
    }

    /** What stops the reading may be a frame by the time that the one behind it is found. */
    @Test
    void frameThatIsWrittenDuringTheReadingIsNoDamage() throws IOException {
        int readsOfTwoFrames = 2; // The header of the segment, and all behind it.
        assertThat(readWhileWritten(readsOfTwoFrames)).containsExactly(1L, 2L, 3L);
        assertThatExceptionOfType(CorruptStoreException.class)
                .isThrownBy(() -> readWhileWritten(Integer.MAX_VALUE))
                .withMessageContaining("says that it was durable");
    }

    /** Reads three frames; the second one is written after so many reads. */
    private static List<Long> readWhileWritten(int readsBefore) throws IOException {
        SegmentBytes segment = new SegmentBytes(TestLogs.STORE, 1).commit(1);
        int second = segment.size();
        byte[] delete = {OperationFormat.DELETE, 1, 1, 'k'};
        byte[] whole = segment.commit(2)
                .frame(FrameKind.COMMIT.code(), 3, 1, delete, delete.length, second + 1)
                .toByteArray();
        byte[] half = whole.clone();
        half[second + FrameFormat.HEADER_BYTES_LEAST] = 0;
        MemoryDirectory directory = new MemoryDirectory();
        String name = LogFormat.segmentFileName(1);
        TestLogs.writeManifest(directory, 2, Manifest.Entry.active(1));
        TestLogs.write(directory, name, half);
        int[] reads = {0};
        return read(
                        new InterceptedDirectory(directory, new IoInterceptor() {
                            @Override
                            public void before(IoOperation operation) throws IOException {
                                boolean read = operation.kind() == IoOperation.Kind.READ
                                        && operation.file().equals(name);
                                if (read && reads[0]++ == readsBefore) {
                                    directory.open(name).write(0, whole, 0, whole.length);
                                }
                            }
                        }),
                        null)
                .sequences;
    }

    private void put(long first, long last) throws IOException {
        for (long sequence = first; sequence <= last; sequence++) {
            TestLogs.put(log, sequence, "key" + sequence, 4000);
        }
    }

    /** The files as they are now. */
    private SimulatedDirectory killed() {
        return new SimulatedDirectory(files.visibleFiles());
    }

    /** Why a mark was not used; everything has been read then. */
    private static String restartOf(StorageDirectory directory, LogMark mark) throws IOException {
        TestLogs.Reader reader = read(directory, mark);
        assertThat(reader.restarts).hasSize(1);
        assertThat(reader.sequences).isEqualTo(read(directory, null).sequences).isNotEmpty();
        return reader.restarts.get(0);
    }

    private static TestLogs.Reader read(StorageDirectory directory, @Nullable LogMark mark) throws IOException {
        return readBy(new TestLogs.Reader(mark), directory);
    }

    private static TestLogs.Reader readBy(TestLogs.Reader reader, StorageDirectory directory) throws IOException {
        FollowedLog.read(directory, LogEncryption.NONE, reader).close(null);
        return reader;
    }

    private static void assertDamaged(StorageDirectory directory, String how) {
        assertThatExceptionOfType(CorruptStoreException.class)
                .isThrownBy(() -> read(directory, null))
                .withMessageContaining(how);
    }

    /** The mark with the first segment changed. */
    private static LogMark changed(LogMark mark, UnaryOperator<LogMark.SegmentMark> change) {
        List<LogMark.SegmentMark> segments = new ArrayList<>(mark.segments());
        segments.set(0, change.apply(segments.get(0)));
        return new LogMark(
                mark.storeId(),
                mark.sequence(),
                mark.segmentId(),
                mark.bytes(),
                mark.lastFrameChecksum(),
                mark.lastTimeMillis(),
                segments);
    }

    private static LogMark.SegmentMark marked(LogMark.SegmentMark known, int bytes, int checksum) {
        return new LogMark.SegmentMark(known.id(), known.complete(), bytes, checksum, known.figures());
    }
}
