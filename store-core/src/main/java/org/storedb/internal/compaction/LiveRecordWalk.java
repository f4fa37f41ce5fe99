package org.storedb.internal.compaction;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.function.DoubleConsumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.storedb.internal.bytes.KeyOrder;
import org.storedb.internal.bytes.Touched;
import org.storedb.internal.index.CountedTree;
import org.storedb.internal.index.TreeCursor;
import org.storedb.internal.index.TreeRange;
import org.storedb.internal.transaction.ExpiredRecord;
import org.storedb.internal.transaction.RecordPointer;
import org.storedb.internal.transaction.RecordPointers;
import org.storedb.internal.transaction.StoreState;

/**
 * Copies the live records of some sealed segments in key order, one tree after another, by walking over the trees:
 * nothing is collected or sorted, however many records there are.
 *
 * <p>The walk proceeds in steps, each with the latest state. This is as good as a single state: no key is ever pointed
 * to a different record of a sealed segment, except by a compaction, of which there is only one at a time. So a key
 * that a step has passed needs nothing more, and one that loses its record before its step needs nothing at all; nor do
 * old trees occupy memory, however slow the copying is. For one thread.
 */
final class LiveRecordWalk {

    /** Entries per step; the records of a step are touched before they are read. */
    private static final int STEP_ENTRIES = 256;

    /** When compaction is throttled, this many bytes are copied without a pause; or one record. */
    private static final long PACED_BYTES = 256 << 10;

    private final BitSet segmentIds = new BitSet();
    private final Supplier<StoreState> current;
    private final CopyWriter target;
    private final CompactionControl control;
    private final RecordPointers pointers = new RecordPointers(STEP_ENTRIES);

    /**
     * Creates a walk over all trees.
     *
     * @param segments ids of the segments to copy from; no other thread points keys to records in them
     * @param current provides an approximately latest state, with all commits of the segments
     */
    LiveRecordWalk(Set<Integer> segments, Supplier<StoreState> current, CopyWriter target, CompactionControl control) {
        segments.forEach(segmentIds::set);
        this.current = current;
        this.target = target;
        this.control = control;
    }

    /**
     * Copies the records.
     *
     * @param progress receives the progress of the walk now and then, from 0 to 1
     * @throws org.storedb.error.CompactionCancelledException if it is to stop
     * @throws org.storedb.error.CorruptStoreException if a record is not what was written
     */
    void copy(DoubleConsumer progress) throws IOException {
        StoreState first = current.get();
        int[] treeIds = IntStream.concat(
                        Arrays.stream(first.records().ids()),
                        Arrays.stream(first.expiries().expired().ids()))
                .distinct()
                .sorted()
                .toArray();
        double entries = Math.max(1, first.entries());
        long passed = 0;
        for (int treeId : treeIds) {
            byte[] from = null;
            do {
                from = step(treeId, from);
                passed += STEP_ENTRIES;
                progress.accept(Math.min(1, passed / entries));
            } while (from != null);
        }
    }

    /**
     * Copies from the next entries of a tree.
     *
     * @param from the first key that may be among them; {@code null} for the smallest
     * @return where the next step begins; {@code null} if there is none
     */
    private byte @Nullable [] step(int treeId, byte @Nullable [] from) throws IOException {
        StoreState state = current.get();
        CountedTree<RecordPointer> tree = state.records().get(treeId);
        int found = pointers.read(tree.cursor(new TreeRange(from, null)));
        byte[] to = found < STEP_ENTRIES ? null : firstAbove(pointers.key(found - 1));
        List<LiveRecord> live = new ArrayList<>();
        for (int i = 0; i < found; i++) {
            addIfChosen(live, treeId, pointers.key(i), pointers.get(i), state);
        }
        copy(withExpired(live, treeId, new TreeRange(from, to), state));
        return to;
    }

    private static byte[] firstAbove(byte[] key) {
        return Arrays.copyOf(key, key.length + 1);
    }

    private void addIfChosen(List<LiveRecord> live, int treeId, byte[] key, RecordPointer pointer, StoreState state) {
        if (segmentIds.get(pointer.segment())) {
            live.add(new LiveRecord(
                    treeId,
                    key,
                    pointer.sequence(),
                    state.segments().get(pointer.segment()),
                    pointer.offset(),
                    pointer.length()));
        }
    }

    /** Adds records that have expired and were not removed yet: they are in no tree of records. */
    private List<LiveRecord> withExpired(List<LiveRecord> live, int treeId, TreeRange range, StoreState state) {
        CountedTree<ExpiredRecord> expired = state.expiries().expired().get(treeId);
        if (expired.isEmpty()) {
            return live;
        }
        TreeCursor<ExpiredRecord> cursor = expired.cursor(range);
        while (cursor.next()) {
            addIfChosen(live, treeId, cursor.key(), cursor.value().pointer(), state);
        }
        return KeyOrder.sorted(live, LiveRecord::key);
    }

    private void copy(List<LiveRecord> live) throws IOException {
        long sum = 0;
        for (int i = 0; i < live.size(); i++) {
            sum += live.get(i).touch();
        }
        Touched.keep(sum);
        long bytes = 0;
        for (int i = 0; i < live.size(); i++) {
            target.put(live.get(i));
            bytes += live.get(i).bytes();
            if (bytes >= PACED_BYTES) {
                control.pace(bytes);
                bytes = 0;
            }
        }
        control.pace(bytes);
    }
}
