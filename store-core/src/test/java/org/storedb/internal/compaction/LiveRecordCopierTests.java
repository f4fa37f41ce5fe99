package org.storedb.internal.compaction;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.storedb.error.CorruptStoreException;
import org.storedb.internal.bytes.ByteWriter;
import org.storedb.internal.index.CountedTree;
import org.storedb.internal.index.TreeEditor;
import org.storedb.internal.io.MemoryDirectory;
import org.storedb.internal.log.FrameBody;
import org.storedb.internal.log.LogEncryption;
import org.storedb.internal.log.LogOpener;
import org.storedb.internal.log.OperationFormat;
import org.storedb.internal.log.RecordFormat;
import org.storedb.internal.log.SealedSegmentWriter;
import org.storedb.internal.log.Segment;
import org.storedb.internal.log.SegmentBytes;
import org.storedb.internal.log.SegmentedLog;
import org.storedb.internal.log.TestLogs;
import org.storedb.internal.transaction.RecordPointer;
import org.storedb.internal.transaction.SpaceAccounting;
import org.storedb.internal.transaction.StoreState;
import org.storedb.testing.SteppedTasks;
import org.storedb.testing.TestEnvironments;

class LiveRecordCopierTests {

    private static final int TREE = 1;
    private static final int VALUE_BYTES = 40_000;

    private final SegmentedLog log = TestLogs.open(new MemoryDirectory());
    private final TreeEditor<RecordPointer> records =
            CountedTree.empty(RecordPointer.LAYOUT).edit();
    private final CompactionControl control = new CompactionControl(
            TestEnvironments.stepped(1, new SteppedTasks()), Long.MAX_VALUE, true, new CompletableFuture<>());
    private final LiveRecordCopier copier = new LiveRecordCopier(log, sequence -> sequence > 5, treeId -> true);

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void copiesThatDoNotFitIntoOneSegmentGoToSeveral(boolean inOneOrder) throws IOException {
        for (int i = 1; i <= 20; i++) {
            commit(i, "key" + i);
        }
        log.roll(20, 0);
        copier.copy(new Batch(sealed(), inOneOrder), this::state, control);

        assertThat(copier.recordsCopied()).isEqualTo(20);
        assertThat(copier.written()).hasSizeGreaterThan(1);
        long bytes = 0;
        for (SealedSegmentWriter copy : copier.written()) {
            assertThat(copy.segment().isSealed()).isTrue();
            bytes += copy.segment().bytes();
        }
        assertThat(bytes).isBetween(20L * VALUE_BYTES, 20L * VALUE_BYTES + 5000);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void recordsAreCopiedInTheOrderOfTheirKeys(boolean inOneOrder) throws IOException {
        List<String> names = new ArrayList<>();
        for (int i = 10; i < 40; i++) {
            names.add("key" + i);
        }
        List<String> shuffled = new ArrayList<>(names);
        Collections.shuffle(shuffled, new Random(1));
        for (int i = 0; i < shuffled.size(); i++) {
            commit(i + 1, shuffled.get(i));
        }
        log.roll(shuffled.size(), 0);
        copier.copy(new Batch(sealed(), inOneOrder), this::state, control);

        List<String> copied = new ArrayList<>();
        for (SealedSegmentWriter copy : copier.written()) {
            log.readFrames(copy.segment(), frame -> OperationFormat.forEach(frame, new KeyConsumer(copied)));
        }
        assertThat(copied).isEqualTo(names);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void framesThatFitTogetherGoToOneSegment(boolean inOneOrder) throws IOException {
        SegmentedLog large = new LogOpener(
                        new MemoryDirectory(),
                        InstantSource.fixed(Instant.EPOCH),
                        LogEncryption.NONE,
                        4 << 20,
                        new TestLogs.Reader(null))
                .open(() -> TestLogs.STORE);
        for (int i = 1; i <= 20; i++) {
            commit(i, "key" + i);
        }
        log.roll(20, 0);
        LiveRecordCopier together = new LiveRecordCopier(large, sequence -> false, treeId -> true);
        together.copy(new Batch(sealed(), inOneOrder), this::state, control);

        assertThat(together.written()).hasSize(1);
        assertThat(together.written().get(0).segment().figures().puts()).isEqualTo(20);
        assertThat(together.written().get(0).segment().figures().frames()).isGreaterThan(1);
    }

    @Test
    void damagedRecordIsNotCopiedAlthoughItsFrameIsWhole() throws IOException {
        byte[] record = {0, 0, 0, 0, 0, 'v'};
        byte[] frame = new ByteWriter()
                .putByte(1)
                .putVarint(TREE)
                .putLengthAndBytes(key("key"))
                .putVarint(record.length)
                .putBytes(record)
                .toByteArray();
        SegmentBytes bytes = new SegmentBytes(TestLogs.STORE, 9).frame(1, 1, 1, frame);
        int offset = bytes.size() - record.length;
        records.put(key("key"), new RecordPointer(9, offset, record.length, 1));

        Segment segment = bytes.sealed();
        assertThatExceptionOfType(CorruptStoreException.class)
                .isThrownBy(() -> copy(segment))
                .withMessageContaining("record at byte " + offset)
                .withMessageContaining("restore the directory from a backup");
    }

    @Test
    void deletesAreCopiedWhereTheyStillHideSomething() throws IOException {
        SegmentBytes bytes = new SegmentBytes(TestLogs.STORE, 9);
        for (int sequence = 4; sequence <= 7; sequence++) {
            String name = "key" + sequence;
            byte[] frame = new ByteWriter()
                    .putByte(2)
                    .putVarint(TREE)
                    .putLengthAndBytes(key(name))
                    .toByteArray();
            bytes.frame(1, sequence, 1, frame);
        }
        records.put(key("key7"), new RecordPointer(1, 0, 10, 8)); // Is there again.
        copy(bytes.sealed());

        Segment copy = copier.written().get(0).segment();
        assertThat(copy.figures().deletes()).isEqualTo(1);
        assertThat(copy.newestDelete()).isEqualTo(6);
    }

    @Test
    void nothingThatIsNeededMakesNoSegment() throws IOException {
        copy(new SegmentBytes(TestLogs.STORE, 9).sealed());

        assertThat(copier.written()).isEmpty();
    }

    /** A delete may be needed for any record of a copy as long as keys may still be pointed to the original. */
    @Test
    void recordsOfACopyCountAsDeadUntilAllKeysPointToIt() throws IOException {
        SealedSegmentWriter writer = log.newSealedSegment(body("key"));
        FrameBody body = FrameBody.ofRelocation();
        body.relocatePut(TREE, 3, key("key"), RecordFormat.Content.of(0, 0, new byte[10]));
        writer.append(3, body);
        writer.finish();
        log.addSegments(List.of(writer), 3);
        SpaceAccounting accounting = new SpaceAccounting();
        assertThat(Candidate.oldestDead(writer.segment(), accounting)).isEqualTo(3);

        log.removeSegments(Set.of(), 3, 0);
        assertThat(Candidate.oldestDead(writer.segment(), accounting)).isEqualTo(Long.MAX_VALUE);
    }

    private void commit(long sequence, String name) throws IOException {
        FrameBody body = FrameBody.ofCommit();
        body.put(TREE, key(name), RecordFormat.Content.of(0, 0, new byte[VALUE_BYTES]));
        if (!log.hasRoomFor(body)) {
            log.roll(sequence - 1, log.bytesOf(body));
        }
        int segment = log.append(sequence, body);
        log.flush();
        records.put(key(name), new RecordPointer(segment, body.recordOffset(0), body.recordBytes(0), sequence));
    }

    private static FrameBody body(String name) {
        FrameBody body = FrameBody.ofRelocation();
        body.relocatePut(TREE, 1, key(name), RecordFormat.Content.of(0, 0, new byte[VALUE_BYTES]));
        return body;
    }

    private List<Segment> sealed() {
        return log.segments().all().stream().filter(Segment::isSealed).toList();
    }

    private void copy(Segment segment) throws IOException {
        copier.copy(new Batch(List.of(segment), false), this::state, control);
    }

    private StoreState state() {
        return StoreState.empty(log.segments()).with(1, Map.of(TREE, records.build()), Map.of(), log.segments());
    }

    private static byte[] key(String text) {
        return text.getBytes(UTF_8);
    }

    /** Collects the keys of puts. */
    private record KeyConsumer(List<String> keys) implements OperationFormat.OperationConsumer {

        @Override
        public void put(int treeId, long sequence, byte[] key, int recordOffset, int recordLength) {
            keys.add(new String(key, UTF_8));
        }

        @Override
        public void delete(int treeId, long sequence, byte[] key) {}
    }
}
