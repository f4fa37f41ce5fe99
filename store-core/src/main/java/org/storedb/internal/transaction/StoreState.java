package org.storedb.internal.transaction;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.storedb.internal.bytes.Touched;
import org.storedb.internal.index.CountedTree;
import org.storedb.internal.index.Presence;
import org.storedb.internal.index.TreeCursor;
import org.storedb.internal.index.TreeEditor;
import org.storedb.internal.index.TreeRange;
import org.storedb.internal.log.SegmentTable;

/**
 * Everything that exists after one commit. Immutable: a holder has a snapshot, including the segments that its records
 * are in.
 *
 * @param sequence the last commit that it contains
 * @param expiries which records will expire, and those that have expired, which are in no other tree
 * @param hints the hints of this state, or of none if they do not match its records
 */
public record StoreState(
        long sequence,
        TreeTable<RecordPointer> records,
        TreeTable<Presence> indexes,
        SegmentTable segments,
        Expiries expiries,
        StateHints hints) {

    /** The tree of the catalog, whose records do not count as entries of the user. */
    static final int CATALOG_TREE = 0;

    /** Returns the number of records in all trees but the catalog. */
    public long entries() {
        return records.size() - records.get(CATALOG_TREE).size();
    }

    /** Returns a state without records. */
    public static StoreState empty(SegmentTable segments) {
        return new StoreState(
                0,
                TreeTable.empty(RecordPointer.LAYOUT),
                TreeTable.empty(Presence.LAYOUT),
                segments,
                Expiries.NONE,
                StateHints.NONE);
    }

    /** Returns whether the segment that a pointer names exists. */
    public boolean reaches(RecordPointer pointer) {
        return segments.contains(pointer.segment());
    }

    /**
     * Returns whether a record that this state or an earlier one has is still that of its key, or was until a moment
     * ago; also if it has expired and was not removed yet. Cheap where there are hints.
     */
    public boolean isCurrent(int treeId, byte[] key, int segment, int offset, int length) {
        HintTable.Answer told = hints.isCurrent(treeId, key, new RecordPointer(segment, offset, length, 0));
        if (told == HintTable.Answer.YES) {
            return true;
        }
        if (told == HintTable.Answer.NO && !expiries.knows(treeId)) { // Hints know nothing of what was set aside.
            return false;
        }
        RecordPointer pointer = findStored(treeId, key);
        return pointer != null && pointer.segment() == segment && pointer.offset() == offset;
    }

    /**
     * Reads the memory that {@link #isCurrent} is likely to need; the return value means nothing. See {@link Touched}.
     */
    public long touch(int treeId, byte[] key) {
        return hints.touch(treeId, RecordHints.hash(key));
    }

    /** Returns the record of a key, even if it has expired and was not removed yet; {@code null} if there is none. */
    public @Nullable RecordPointer findStored(int treeId, byte[] key) {
        RecordPointer pointer = records.get(treeId).get(key);
        if (pointer != null) {
            return pointer;
        }
        ExpiredRecord expired = expiries.findExpired(treeId, key);
        return expired == null ? null : expired.pointer();
    }

    /**
     * Returns this state with all records of the log in their trees, including expired ones, and with their expiries
     * among the upcoming ones. Indexes do not contain them. The result still says which ones were set aside.
     */
    public StoreState withExpired() {
        if (expiries.expiredCount() == 0) {
            return this;
        }
        Map<Integer, CountedTree<RecordPointer>> whole = new HashMap<>();
        Map<Integer, CountedTree<Presence>> upcoming = new HashMap<>();
        expiries.expired().forEach((treeId, tree) -> {
            TreeEditor<RecordPointer> editor = records.get(treeId).edit();
            TreeCursor<ExpiredRecord> cursor = tree.cursor(TreeRange.all());
            while (cursor.next()) {
                editor.put(cursor.key(), cursor.value().pointer());
            }
            whole.put(treeId, editor.build());
            upcoming.put(treeId, expiries.allEntries(treeId));
        });
        Expiries all = Expiries.of(expiries.upcoming().with(upcoming), expiries.expired(), expiries.asOfMillis());
        return new StoreState(sequence, records.with(whole), indexes, segments, all, StateHints.NONE);
    }

    /** Returns the same records with these upcoming expiries, by tree, none of which has been set aside. */
    public StoreState withUpcoming(Map<Integer, CountedTree<Presence>> upcoming, long asOfMillis) {
        Expiries replaced = Expiries.of(Expiries.NONE.upcoming().with(upcoming), Expiries.NONE.expired(), asOfMillis);
        return new StoreState(sequence, records, indexes, segments, replaced, hints);
    }

    /** Returns the same records with other segments, and other trees in place of some. */
    public StoreState with(
            long newSequence,
            Map<Integer, CountedTree<RecordPointer>> changedRecords,
            Map<Integer, CountedTree<Presence>> changedIndexes,
            SegmentTable newSegments) {
        return new StoreState(
                newSequence,
                changedRecords.isEmpty() ? records : records.with(changedRecords),
                changedIndexes.isEmpty() ? indexes : indexes.with(changedIndexes),
                newSegments,
                expiries,
                changedRecords.isEmpty() ? hints : StateHints.NONE);
    }

    /** Returns the same state with other hints. */
    StoreState with(StateHints newHints) {
        return new StoreState(sequence, records, indexes, segments, expiries, newHints);
    }
}
