package org.storedb.internal.transaction;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.storedb.internal.index.CountedTree;
import org.storedb.internal.index.Presence;
import org.storedb.internal.index.TreeEditor;
import org.storedb.internal.index.TreeRange;
import org.storedb.internal.io.MemoryDirectory;
import org.storedb.internal.log.FrameBody;
import org.storedb.internal.log.RecordFormat;
import org.storedb.internal.log.SegmentTable;
import org.storedb.internal.log.SegmentedLog;
import org.storedb.internal.log.TestLogs;

class StateBuilderTests {

    private static final int RECORDS = 1;
    private static final int INDEX = 2;
    private static final byte[] KEY = key("key");

    private final SegmentedLog log = TestLogs.open(new MemoryDirectory());
    private final SegmentTable segments = log.segments();
    private final StoreState before = StoreState.empty(segments)
            .with(
                    1,
                    Map.of(RECORDS, records(KEY, new RecordPointer(1, 0, 1, 1))),
                    Map.of(INDEX, index("red/1")),
                    segments);
    private final SpaceAccounting accounting = new SpaceAccounting();
    private final StateBuilder builder = new StateBuilder(before, accounting);

    @Test
    void pinnedRecordMustBeThere() {
        assertThat(builder.findConflict(pinned(KEY, 1))).isNull();
        assertThat(builder.findConflict(pinned(KEY, 2))).isEqualTo(new CommitOutcome.Conflict(RECORDS));
        assertThat(builder.findConflict(pinned(key("other"), 1))).isEqualTo(new CommitOutcome.Conflict(RECORDS));
    }

    @Test
    void rangeThatWasReadMustNotChange() {
        ReadSet reads = new ReadSet();
        reads.addRange(RECORDS, TreeRange.all());
        reads.addRange(INDEX, TreeRange.prefix(key("red")));
        CommitRequest request = new CommitRequest(before, List.of(), List.of(), reads, List.of(), Map.of(), true);
        assertThat(builder.findConflict(request)).isNull();

        assertThat(builder.changeIndexes(List.of(added("blue/1", 0)))).isNull();
        assertThat(builder.findConflict(request)).isNull();
        assertThat(builder.changeIndexes(List.of(removed("red/1")))).isNull();
        assertThat(builder.findConflict(request)).isEqualTo(new CommitOutcome.Conflict(INDEX));
    }

    @Test
    void recordThatWasReadMustNotChange() {
        ReadSet reads = new ReadSet();
        reads.addKey(RECORDS, KEY);
        reads.addKey(RECORDS, key("absent"));
        CommitRequest request = new CommitRequest(before, List.of(), List.of(), reads, List.of(), Map.of(), true);
        RecordWrite other = new RecordWrite(RECORDS, key("other"), new byte[1], 0, false);
        change(2, other);
        assertThat(builder.findConflict(request)).isNull();

        RecordWrite write = new RecordWrite(RECORDS, key("absent"), new byte[1], 0, false);
        change(3, write);
        assertThat(builder.findConflict(request)).isEqualTo(new CommitOutcome.Conflict(RECORDS));
    }

    @Test
    void refusedValueLeavesTheIndexesAsTheyWere() {
        List<IndexChange> changes = List.of(
                removed("red/1"), removed("absent/1"), added("blue/1", 0), added("green/1", 0), added("green/2", 6));
        CommitOutcome.NotUnique refusal = Objects.requireNonNull(builder.changeIndexes(changes));

        assertThat(new String(refusal.existingKey(), UTF_8)).isEqualTo("green/1");
        assertThat(new String(refusal.key(), UTF_8)).isEqualTo("green/2");
        CountedTree<Presence> index =
                builder.build(segments, log.active()).indexes().get(INDEX);
        assertThat(index.size()).isEqualTo(1);
        assertThat(index.contains(key("red/1"))).isTrue();
    }

    @Test
    void existingValueIsFoundOnEitherSideOfTheNewOne() {
        assertThat(Objects.requireNonNull(builder.changeIndexes(List.of(added("red/0", 4))))
                        .existingKey())
                .isEqualTo(key("red/1"));
        assertThat(Objects.requireNonNull(builder.changeIndexes(List.of(added("red/2", 4))))
                        .existingKey())
                .isEqualTo(key("red/1"));
        assertThat(builder.changeIndexes(List.of(added("red/1", 4)))).isNull();
        assertThat(builder.changeIndexes(List.of(removed("red/1"), added("red/2", 4))))
                .isNull();
    }

    /** A commit may stand in a group behind the one that has built its index. */
    @Test
    void installedIndexIsChangedByLaterCommits() {
        builder.install(INDEX, index("new/1"));
        assertThat(builder.changeIndexes(List.of(added("new/2", 0)))).isNull();

        CountedTree<Presence> index =
                builder.build(segments, log.active()).indexes().get(INDEX);
        assertThat(index.contains(key("red/1"))).isFalse();
        assertThat(index.contains(key("new/1"))).isTrue();
        assertThat(index.contains(key("new/2"))).isTrue();
    }

    @Test
    void copyOfARecordThatWasReplacedIsDead() {
        builder.relocate(new Relocation(RECORDS, KEY, new RecordPointer(7, 0, 1, 1)));
        builder.relocate(new Relocation(RECORDS, key("gone"), new RecordPointer(7, 9, 1, 1)));
        StoreState state = builder.build(segments, log.active());

        assertThat(Objects.requireNonNull(state.records().get(RECORDS).get(KEY)).segment())
                .isEqualTo(7);
        assertThat(state.records().get(RECORDS).contains(key("gone"))).isFalse();
        long both = accounting.totalBytesOfTree(RECORDS);
        assertThat(accounting.liveBytesOfSegment(7)).isBetween(1L, both - 1);
    }

    @Test
    void entriesAreCounted() {
        List<RecordWrite> writes = List.of(
                new RecordWrite(RECORDS, KEY, new byte[1], 0, false),
                new RecordWrite(RECORDS, key("new"), new byte[1], 0, false),
                new RecordWrite(RECORDS, key("absent"), null, 0, false),
                new RecordWrite(StoreState.CATALOG_TREE, key("name"), new byte[1], 0, false));
        assertThat(builder.entriesAddedBy(writes)).isEqualTo(1);
        assertThat(builder.entriesAddedBy(List.of(new RecordWrite(RECORDS, KEY, null, 0, false))))
                .isEqualTo(-1);
        assertThat(builder.entries()).isEqualTo(1);
    }

    private void change(long sequence, RecordWrite write) {
        FrameBody body = FrameBody.ofCommit();
        byte[] value = Objects.requireNonNull(write.value());
        body.put(write.treeId(), write.key(), RecordFormat.Content.of(write.revision(), 0, value));
        int segment = log.append(sequence, body);
        builder.changeRecords(sequence, List.of(write), segment, body);
    }

    private CommitRequest pinned(byte[] key, long sequence) {
        CommitRequest.Pin pin = new CommitRequest.Pin(RECORDS, key, sequence);
        return new CommitRequest(before, List.of(), List.of(), null, List.of(pin), Map.of(), true);
    }

    private static IndexChange added(String key, int uniquePrefixBytes) {
        return new IndexChange(INDEX, key(key), true, uniquePrefixBytes);
    }

    private static IndexChange removed(String key) {
        return new IndexChange(INDEX, key(key), false, 0);
    }

    private static byte[] key(String text) {
        return text.getBytes(UTF_8);
    }

    private static CountedTree<RecordPointer> records(byte[] key, RecordPointer pointer) {
        TreeEditor<RecordPointer> editor =
                CountedTree.empty(RecordPointer.LAYOUT).edit();
        editor.put(key, pointer);
        return editor.build();
    }

    private static CountedTree<Presence> index(String key) {
        TreeEditor<Presence> editor = CountedTree.empty(Presence.LAYOUT).edit();
        editor.put(key(key), Presence.PRESENT);
        return editor.build();
    }
}
