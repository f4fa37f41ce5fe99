package org.storedb.internal.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.storedb.internal.bytes.ByteWriter;
import org.storedb.internal.index.CountedTree;
import org.storedb.internal.index.TreeCursor;
import org.storedb.internal.index.TreeEditor;
import org.storedb.internal.index.TreeRange;
import org.storedb.internal.transaction.RecordPointer;
import org.storedb.internal.transaction.SpaceAccounting;

/** Few operations edit a tree, many build it anew: both have to lead to what a map of the newest ones has. */
class TreeReplayTests {

    private static final int TREE = 1;
    private static final int KEYS = 5_000;

    private final Random random = new Random(3);
    private final SpaceAccounting accounting = new SpaceAccounting();
    private final Map<Integer, Long> newest = new TreeMap<>(); // Negative for a delete.
    private long sequence;

    @Test
    void batchesOfAnySizeLeadToTheNewestRecords() {
        CountedTree<RecordPointer> empty = CountedTree.empty(RecordPointer.LAYOUT);
        TreeReplay replay = new TreeReplay(TREE, empty, 0, false, accounting);
        for (int size : new int[] {1, 3_000, 10, 20_000, 999, 1_000, 1, 0, 8_000}) {
            add(replay, size);
            replay.flush();
            requireNewest(replay.build());
        }
    }

    @Test
    void nothingIsEditedIfTheTreeHasItAlready() {
        CountedTree<RecordPointer> before = filled(KEYS);
        for (int count : new int[] {10, KEYS}) {
            TreeReplay replay = new TreeReplay(TREE, before, KEYS, true, accounting);
            for (int i = 0; i < count; i++) {
                replay.addPut(i + 1, key(i), 1, i, 10);
            }
            replay.flush();

            assertThat(replay.build()).isSameAs(before);
            assertThat(replay.changed()).isEmpty();
        }
    }

    @Test
    void copiesOfWhatTheCheckpointHasMoveItsRecordsAndNothingElse() {
        CountedTree<RecordPointer> before = filled(KEYS);
        TreeReplay replay = new TreeReplay(TREE, before, KEYS, true, accounting);
        for (int i = 0; i < KEYS; i++) {
            replay.addPut(i % 2 == 0 ? i + 1 : i, key(i), 2, i, 10); // Every second one is outdated.
        }
        replay.addPut(7, key(KEYS), 2, 0, 10); // Deleted since.
        replay.flush();

        CountedTree<RecordPointer> after = replay.build();
        assertThat(after.size()).isEqualTo(KEYS);
        for (int i = 0; i < KEYS; i++) {
            RecordPointer place = Objects.requireNonNull(after.get(key(i)));
            assertThat(place).isEqualTo(new RecordPointer(i % 2 == 0 ? 2 : 1, i, 10, i + 1));
        }
    }

    private void add(TreeReplay replay, int size) {
        for (int i = 0; i < size; i++) {
            int number = random.nextInt(KEYS);
            long own = random.nextInt(20) == 0 ? Math.max(1, sequence - random.nextInt(5_000)) : ++sequence;
            boolean delete = random.nextInt(4) == 0;
            if (delete) {
                replay.addDelete(own, key(number));
            } else {
                replay.addPut(own, key(number), 1, (int) own, 10);
            }
            if (Math.abs(newest.getOrDefault(number, 0L)) < own) {
                newest.put(number, delete ? -own : own);
            }
        }
    }

    private void requireNewest(CountedTree<RecordPointer> tree) {
        tree.checkInvariants();
        TreeCursor<RecordPointer> cursor = tree.cursor(TreeRange.all());
        for (Map.Entry<Integer, Long> entry : newest.entrySet()) {
            if (entry.getValue() > 0) {
                assertThat(cursor.next()).isTrue();
                assertThat(cursor.key()).isEqualTo(key(entry.getKey()));
                assertThat(cursor.value().sequence()).isEqualTo(entry.getValue());
            }
        }
        assertThat(cursor.next()).isFalse();
    }

    private static CountedTree<RecordPointer> filled(int count) {
        TreeEditor<RecordPointer> editor =
                CountedTree.<RecordPointer>empty(RecordPointer.LAYOUT).edit();
        for (int i = 0; i < count; i++) {
            editor.put(key(i), new RecordPointer(1, i, 10, i + 1));
        }
        return editor.build();
    }

    private static byte[] key(int number) {
        return new ByteWriter().putInt(number).toByteArray();
    }
}
