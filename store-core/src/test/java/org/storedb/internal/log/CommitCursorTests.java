package org.storedb.internal.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.storedb.error.ChangesLostException;
import org.storedb.error.CorruptStoreException;
import org.storedb.internal.io.MemoryDirectory;
import org.storedb.storage.StorageFile;
import org.storedb.testing.InterceptedDirectory;
import org.storedb.testing.IoInterceptor;
import org.storedb.testing.IoOperation;
import org.storedb.testing.IoOperation.Kind;

class CommitCursorTests {

    private final SegmentedLog log = TestLogs.open(new MemoryDirectory());

    @Test
    void commitsAreReadAcrossSegments() throws IOException {
        for (int sequence = 1; sequence <= 100; sequence++) {
            TestLogs.put(log, sequence, "k" + sequence, 3000);
        }
        assertThat(log.segments().all()).hasSizeGreaterThan(3);
        for (int after = 0; after <= 100; after++) {
            assertThat(read(new CommitCursor(log, after), 100, false)).isEqualTo(sequences(after + 1, 100));
        }
        assertThat(read(new CommitCursor(log, 0), 57, false)).isEqualTo(sequences(1, 57));
    }

    @Test
    void onlyWhatIsDurableIsRead() throws IOException {
        CommitCursor durable = new CommitCursor(log, 0);
        put(1);
        assertThat(read(durable, 1, true)).isEmpty();
        log.sync();
        put(2);
        assertThat(read(durable, 2, true)).containsExactly(1L);
        log.roll(2, 0);
        put(3);
        assertThat(read(durable, 3, true)).as("a roll makes durable").containsExactly(2L);
        log.sync();
        assertThat(read(durable, 3, true)).containsExactly(3L);
    }

    @Test
    void aFooterThatMayBeTakenBackIsNotPassedOver() throws IOException {
        CommitCursor cursor = new CommitCursor(log, 0);
        put(1);
        log.sync();
        log.roll(1, 0);
        assertThat(read(cursor, 1, true)).containsExactly(1L);
        assertThat(read(cursor, 1, true)).isEmpty();
        put(2);
        log.sync();
        assertThat(read(cursor, 2, true)).containsExactly(2L);
    }

    @Test
    void commitsThatNoCrashLeftAreNoLoss() throws IOException {
        put(1);
        log.roll(1, 0);
        put(7); // 2 to 6 were given out, and never became durable.
        assertThat(read(new CommitCursor(log, 0), 7, false)).containsExactly(1L, 7L);
        assertThat(read(new CommitCursor(log, 3), 7, false)).containsExactly(7L);
    }

    @Test
    void whatWasRemovedIsMissed() throws IOException {
        CommitCursor slow = new CommitCursor(log, 0);
        put(1);
        put(2);
        log.roll(2, 0);
        put(3);
        log.roll(3, 0);
        put(4);
        assertThat(read(slow, 1, false)).containsExactly(1L);
        int first = slow.segment().id();
        log.removeSegments(Set.of(first, first + 1), 4, 3);

        assertThat(slow.next(4, false))
                .as("the segment that it stands in is its own")
                .isNotNull();
        assertThatThrownBy(() -> slow.next(4, false)).isInstanceOfSatisfying(ChangesLostException.class, lost -> {
            assertThat(lost.asked()).isEqualTo(2);
            assertThat(lost.oldest()).isEqualTo(3);
            assertThat(lost.newest()).isEqualTo(4);
        });
        assertThatThrownBy(() -> read(new CommitCursor(log, 2), 4, false)).isInstanceOf(ChangesLostException.class);
        assertThat(read(new CommitCursor(log, 3), 4, false)).containsExactly(4L);
        assertThat(log.commitsRemovedTo()).isEqualTo(3);
    }

    @Test
    void whatNobodyWantsIsNotWaitedForOnceItIsRemoved() throws IOException {
        put(1);
        log.roll(1, 0);
        put(2);
        int second = log.active().id();
        log.roll(2, 0);
        CommitCursor standing = new CommitCursor(log, 0);
        assertThat(read(standing, 1, true)).containsExactly(1L);
        log.removeSegments(Set.of(second), 2, 0);

        for (CommitCursor cursor : List.of(standing, new CommitCursor(log, 1))) {
            assertThat(cursor.next(2, true)).isNull();
            assertThat(cursor.position()).isEqualTo(2);
        }
        put(3);
        for (CommitCursor cursor : List.of(standing, new CommitCursor(log, 2))) {
            assertThat(cursor.next(3, true)).isNull();
            assertThat(cursor.position()).as("it is not durable yet").isEqualTo(2);
        }
        log.sync();
        assertThat(read(standing, 3, true)).containsExactly(3L);
    }

    @Test
    void aSegmentWhoseFirstCommitIsDamagedIsNotPassedOver() throws IOException {
        MemoryDirectory directory = new MemoryDirectory();
        SegmentedLog damaged = TestLogs.open(directory);
        TestLogs.put(damaged, 1, "first", 10);
        CommitCursor standing = new CommitCursor(damaged, 0);
        assertThat(read(standing, 1, false)).containsExactly(1L);
        damaged.roll(1, 0);
        TestLogs.put(damaged, 2, "second", 10);
        try (StorageFile file = directory.open(damaged.active().fileName())) {
            file.write(LogFormat.SEGMENT_HEADER_BYTES + 3, new byte[] {42}, 0, 1);
        }
        damaged.roll(2, 0);
        TestLogs.put(damaged, 3, "third", 10);

        for (CommitCursor cursor : List.of(standing, new CommitCursor(damaged, 1))) {
            assertThatThrownBy(() -> cursor.next(3, false))
                    .isInstanceOf(ChangesLostException.class)
                    .hasMessageContaining("segment-0000000002.log at byte 64");
            assertThat(cursor.position()).isEqualTo(1);
        }
    }

    @Test
    void whatCouldNotBeReadOnceIsReadTheNextTime() throws IOException {
        AtomicInteger readsLeft = new AtomicInteger(Integer.MAX_VALUE);
        SegmentedLog failing = TestLogs.open(new InterceptedDirectory(new MemoryDirectory(), new IoInterceptor() {
            @Override
            public void before(IoOperation operation) throws IOException {
                if (operation.kind() == Kind.READ && readsLeft.getAndDecrement() == 0) {
                    throw new IOException("bad sector");
                }
            }
        }));
        for (int sequence = 1; sequence <= 10; sequence++) {
            TestLogs.put(failing, sequence, "k" + sequence, 30_000);
        }
        int failures = 0;
        for (int reads = 0; failures == reads; reads++) {
            CommitCursor cursor = new CommitCursor(failing, 0);
            List<Long> read = new ArrayList<>();
            readsLeft.set(reads);
            while (cursor.position() < 10) {
                try {
                    read.add(Objects.requireNonNull(cursor.next(10, false)).sequence());
                } catch (IOException e) {
                    failures++;
                }
            }
            assertThat(read).as("the read after %d fails", reads).isEqualTo(sequences(1, 10));
        }
        assertThat(failures).isGreaterThan(10);
    }

    @Test
    void aDamagedCommitIsNeverPassedOver() throws IOException {
        MemoryDirectory directory = new MemoryDirectory();
        SegmentedLog damaged = TestLogs.open(directory);
        TestLogs.put(damaged, 1, "first", 3000);
        int intact = damaged.active().bytes();
        TestLogs.put(damaged, 2, "second", 3000);
        TestLogs.put(damaged, 3, "third", 3000);
        try (StorageFile file = directory.open(damaged.active().fileName())) {
            file.write(intact + 1000, new byte[] {42}, 0, 1);
        }
        CommitCursor cursor = new CommitCursor(damaged, 0);
        assertThat(cursor.next(3, false)).isNotNull();

        for (int time = 0; time < 2; time++) {
            assertThatThrownBy(() -> cursor.next(3, false)).isInstanceOf(CorruptStoreException.class);
            assertThat(cursor.position()).isEqualTo(1);
        }
    }

    @Test
    void spansOfSealedSegmentsAreKnown() throws IOException {
        put(1);
        put(2);
        log.roll(2, 0);
        log.roll(2, 0);
        List<Segment> segments = log.segments().all();

        assertThat(CommitSpan.of(segments.get(0), log.storeId())).isEqualTo(new CommitSpan(1, 2, 0));
        assertThat(CommitSpan.of(segments.get(1), log.storeId()))
                .as("an empty one")
                .isNull();
    }

    private void put(long sequence) throws IOException {
        TestLogs.put(log, sequence, "k", 10);
    }

    private static List<Long> read(CommitCursor cursor, long newest, boolean durable) throws IOException {
        List<Long> read = new ArrayList<>();
        for (Frame frame = cursor.next(newest, durable); frame != null; frame = cursor.next(newest, durable)) {
            read.add(frame.sequence());
        }
        return read;
    }

    private static List<Long> sequences(long from, long to) {
        List<Long> sequences = new ArrayList<>();
        for (long sequence = from; sequence <= to; sequence++) {
            sequences.add(sequence);
        }
        return sequences;
    }
}
