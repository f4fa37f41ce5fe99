package org.storedb.internal.transaction;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.storedb.internal.bytes.ByteKey;
import org.storedb.internal.index.CountedTree;
import org.storedb.internal.index.LeavesAhead;
import org.storedb.internal.index.Presence;
import org.storedb.internal.index.TreeCursor;
import org.storedb.internal.index.TreeEditor;
import org.storedb.internal.index.TreeRange;
import org.storedb.internal.log.FrameBody;
import org.storedb.internal.log.Segment;
import org.storedb.internal.log.SegmentTable;

/**
 * The next state while commits are added to it. Deterministic: the result depends only on the initial state and the
 * requests. For one thread; nothing of it is visible until {@link #build}.
 */
final class StateBuilder {

    private static final int TOLD_AT_ONCE = 64;

    private final StoreState before;
    private final SpaceAccounting accounting;
    private final TreeEditors<RecordPointer> records;
    private final TreeEditors<Presence> indexes;
    private final TreeEditors<Presence> upcomingExpiries;
    private final TreeEditors<ExpiredRecord> expired;
    private final List<SpaceAccounting.Replacement> replacements = new ArrayList<>(1);
    private long sequence;
    private long entriesAdded;

    StateBuilder(StoreState before, SpaceAccounting accounting) {
        this.before = before;
        this.accounting = accounting;
        this.records = new TreeEditors<>(before.records());
        this.indexes = new TreeEditors<>(before.indexes());
        this.upcomingExpiries = new TreeEditors<>(before.expiries().upcoming());
        this.expired = new TreeEditors<>(before.expiries().expired());
        this.sequence = before.sequence();
    }

    /** Returns the sequence of the last commit that was added. */
    long sequence() {
        return sequence;
    }

    /** Returns the number of records in all trees but the catalog. */
    long entries() {
        return before.entries() + entriesAdded;
    }

    /** Returns how many entries some writes add; negative if they remove more. */
    long entriesAddedBy(List<RecordWrite> writes) {
        long added = 0;
        for (RecordWrite write : writes) {
            if (write.treeId() != StoreState.CATALOG_TREE) {
                added += (write.value() == null ? 0 : 1) - (current(write.treeId(), write.key()) == null ? 0 : 1);
            }
        }
        return added;
    }

    /** Returns the conflict if another transaction changed what the request depends on, or {@code null}. */
    CommitOutcome.@Nullable Conflict findConflict(CommitRequest request) {
        for (RecordWrite write : request.writes()) {
            // Where records expire, each write says what it replaces.
            boolean mayReplaceAny = write.blind() && !isExpiring(write.treeId());
            if (!mayReplaceAny && isChanged(request.base(), write.treeId(), write.key())) {
                return new CommitOutcome.Conflict(write.treeId());
            }
        }
        for (CommitRequest.Pin pin : request.pins()) {
            RecordPointer current = current(pin.treeId(), pin.key());
            if (current == null || current.sequence() != pin.sequence()) {
                return new CommitOutcome.Conflict(pin.treeId());
            }
        }
        return request.reads() == null ? null : findChangedRead(request.base(), request.reads());
    }

    /** Adds and removes index entries, unless a value would no longer be unique; in that case nothing is changed. */
    CommitOutcome.@Nullable NotUnique changeIndexes(List<IndexChange> changes) {
        if (changes.isEmpty()) {
            return null;
        }
        List<IndexChange> done = new ArrayList<>(changes.size());
        for (IndexChange change : changes) {
            TreeEditor<Presence> editor = indexes.edit(change.treeId());
            Presence previous =
                    change.added() ? editor.put(change.key(), Presence.PRESENT) : editor.remove(change.key());
            if ((previous == null) == change.added()) {
                done.add(change);
            }
        }
        for (IndexChange change : changes) {
            byte[] other = change.added() && change.uniquePrefixBytes() > 0 ? findOther(change) : null;
            if (other != null) {
                undo(done);
                return new CommitOutcome.NotUnique(change.treeId(), change.key(), other);
            }
        }
        return null;
    }

    /**
     * Adds the records of a commit.
     *
     * @param segment where they were written
     * @param body knows their offsets in the segment
     */
    void changeRecords(long newSequence, List<RecordWrite> writes, int segment, FrameBody body) {
        for (int i = 0; i < writes.size(); i++) {
            RecordWrite write = writes.get(i);
            RecordPointer pointer = write.value() == null
                    ? null
                    : new RecordPointer(segment, body.recordOffset(i), body.recordBytes(i), newSequence);
            TreeEditor<RecordPointer> editor = records.edit(write.treeId());
            RecordPointer previous = pointer == null ? editor.remove(write.key()) : editor.put(write.key(), pointer);
            long entriesBefore = previous == null ? 0 : 1;
            if (previous == null) {
                previous = removeExpired(write);
            }
            changeExpiry(write);
            note(write.treeId(), write.key(), previous, pointer);
            if (write.treeId() != StoreState.CATALOG_TREE) {
                entriesAdded += (pointer == null ? 0 : 1) - entriesBefore;
            }
        }
        sequence = newSequence;
    }

    /** Adds committed puts, which are in the log, in the order of their commits. */
    void index(List<RecentPut> puts) {
        try {
            for (List<RecentPut> ofTree : PutsByKey.byTree(puts)) {
                TreeEditor<RecordPointer> editor = records.edit(ofTree.get(0).treeId());
                editor.putAll(new PutsByKey(ofTree, new IndexedPuts(editor)));
            }
        } catch (RuntimeException | Error e) {
            before.hints().all().clear(); // They may know of changes that no state will ever have.
            throw e;
        }
        sequence = puts.get(puts.size() - 1).sequence();
    }

    /**
     * Tells the hints of changes while those are in the processor's caches; only of changes that are certain to become
     * part of a state.
     */
    private void tellSome() {
        if (replacements.size() >= TOLD_AT_ONCE) {
            tell();
        }
    }

    private void tell() {
        accounting.replaced(replacements);
        before.hints().all().changed(replacements);
        replacements.clear();
    }

    /** Notes in a frame the locations of the records that a commit replaces. */
    void notePrevious(List<RecordWrite> writes, FrameBody body) {
        for (int i = 0; i < writes.size(); i++) {
            RecordWrite write = writes.get(i);
            if (write.treeId() != StoreState.CATALOG_TREE) {
                RecordPointer previous = write.isPurge() ? putAside(write) : current(write.treeId(), write.key());
                body.setPrevious(i, previous == null ? null : previous.location());
            }
        }
    }

    private @Nullable RecordPointer putAside(RecordWrite write) {
        TreeEditor<ExpiredRecord> editor = expired.find(write.treeId());
        ExpiredRecord record =
                editor == null ? before.expiries().findExpired(write.treeId(), write.key()) : editor.get(write.key());
        return record == null ? null : record.pointer();
    }

    private boolean isExpiring(int treeId) {
        TreeEditor<Presence> editor = upcomingExpiries.find(treeId);
        return editor == null ? before.expiries().isExpiring(treeId) : editor.size() > 0;
    }

    /** Removes the record that was set aside and is now replaced or deleted, and returns its location. */
    private @Nullable RecordPointer removeExpired(RecordWrite write) {
        if (before.expiries().expired().get(write.treeId()).isEmpty()) {
            return null;
        }
        ExpiredRecord removed = expired.edit(write.treeId()).remove(write.key());
        return removed == null ? null : removed.pointer();
    }

    private void changeExpiry(RecordWrite write) {
        if (write.replacedExpiryMillis() > 0) {
            upcomingExpiries.edit(write.treeId()).remove(Expiries.entryKey(write.replacedExpiryMillis(), write.key()));
        }
        if (write.value() != null && !write.expiry().isNever()) {
            upcomingExpiries
                    .edit(write.treeId())
                    .put(Expiries.entryKey(write.expiry().millis(), write.key()), Presence.PRESENT);
        }
    }

    /** Puts a whole index tree in place. */
    void install(int treeId, CountedTree<Presence> tree) {
        indexes.install(treeId, tree);
    }

    /** Points a key to a copy of its record, unless it has received another record meanwhile. */
    void relocate(Relocation relocation) {
        int treeId = relocation.treeId();
        byte[] key = relocation.key();
        RecordPointer copy = relocation.copy();
        TreeEditor<RecordPointer> editor = records.edit(treeId);
        RecordPointer original = editor.get(key);
        if (original != null && original.sequence() == copy.sequence()) {
            editor.put(key, copy);
            note(treeId, key, original, copy);
        } else { // It is in the log nevertheless, and would reappear without whatever outdated it.
            RecordPointer putAside = relocateExpired(treeId, key, copy);
            noteNever(treeId, key, putAside == null ? copy : putAside, copy);
        }
    }

    /** Moves an expired record to its copy, and returns its previous location; {@code null} if there is none. */
    private @Nullable RecordPointer relocateExpired(int treeId, byte[] key, RecordPointer copy) {
        ExpiredRecord original = expired.tree(treeId).get(key);
        if (original == null || original.pointer().sequence() != copy.sequence()) {
            return null;
        }
        expired.edit(treeId).put(key, new ExpiredRecord(copy, original.expiryMillis()));
        return original.pointer();
    }

    private void note(int treeId, byte[] key, @Nullable RecordPointer previous, @Nullable RecordPointer current) {
        replacements.add(new SpaceAccounting.Replacement(treeId, key, previous, current, true));
    }

    /** Notes a record that is in the log and never was in a tree, and the record that is dead because of it. */
    private void noteNever(int treeId, byte[] key, RecordPointer dead, RecordPointer written) {
        replacements.add(new SpaceAccounting.Replacement(treeId, key, dead, written, false));
    }

    /**
     * Returns the state with everything that was added.
     *
     * @param active the active segment, which contains all of it by now
     */
    StoreState build(SegmentTable segments, Segment active) {
        return build(segments, hints -> hints.at(active.id(), active.bytes()));
    }

    /**
     * Returns the state when what was added, apart from relocations, are puts that have been in the log for some time.
     *
     * @param last the put of the last commit; {@code null} if there are none
     */
    StoreState build(SegmentTable segments, @Nullable RecentPut last) {
        return build(
                segments,
                hints -> last == null
                        ? hints.at(hints.activeSegment(), hints.activeBytes())
                        : hints.at(last.pointer().segment(), last.logEnd()));
    }

    private StoreState build(SegmentTable segments, UnaryOperator<StateHints> toEnd) {
        try {
            tell(); // Before the state is made; StateHints explains why.
            return new StoreState(
                    sequence, records.build(), indexes.build(), segments, expiries(), toEnd.apply(before.hints()));
        } catch (RuntimeException | Error e) {
            before.hints().all().clear(); // They may know of changes that no state will ever have.
            throw e;
        }
    }

    private Expiries expiries() {
        Expiries old = before.expiries();
        TreeTable<Presence> upcoming = upcomingExpiries.build();
        TreeTable<ExpiredRecord> putAside = expired.build();
        return upcoming == old.upcoming() && putAside == old.expired()
                ? old
                : Expiries.of(upcoming, putAside, old.asOfMillis());
    }

    private CommitOutcome.@Nullable Conflict findChangedRead(StoreState base, ReadSet reads) {
        for (Map.Entry<Integer, ReadSet.TreeReads> entry : reads.byTree().entrySet()) {
            int treeId = entry.getKey();
            for (ByteKey key : entry.getValue().keys()) {
                if (isChanged(base, treeId, key.bytes())) {
                    return new CommitOutcome.Conflict(treeId);
                }
            }
            for (TreeRange range : entry.getValue().ranges()) {
                if (isChanged(base, treeId, range)) {
                    return new CommitOutcome.Conflict(treeId);
                }
            }
        }
        return null;
    }

    private boolean isChanged(StoreState base, int treeId, byte[] key) {
        CountedTree<RecordPointer> then = base.records().get(treeId);
        if (records.find(treeId) == null && then == before.records().get(treeId)) {
            return false;
        }
        return !isSameRecord(then.get(key), current(treeId, key));
    }

    private @Nullable RecordPointer current(int treeId, byte[] key) {
        TreeEditor<RecordPointer> editor = records.find(treeId);
        return editor == null ? before.records().get(treeId).get(key) : editor.get(key);
    }

    private boolean isChanged(StoreState base, int treeId, TreeRange range) {
        // A tree id is that of either records or an index; the other tree is empty.
        return !base.records().get(treeId).sameEntries(records.tree(treeId), range, RecordPointer::isSameRecord)
                || !base.indexes().get(treeId).sameEntries(indexes.tree(treeId), range, (one, other) -> true);
    }

    private static boolean isSameRecord(@Nullable RecordPointer one, @Nullable RecordPointer other) {
        if (one == null || other == null) {
            return one == null && other == null;
        }
        return one.isSameRecord(other);
    }

    private byte @Nullable [] findOther(IndexChange change) {
        byte[] prefix = Arrays.copyOf(change.key(), change.uniquePrefixBytes());
        TreeEditor<Presence> editor = indexes.edit(change.treeId());
        TreeRange range = TreeRange.prefix(prefix);
        if (editor.get(change.key()) == null || editor.count(range) <= 1) {
            return null;
        }
        TreeCursor<Presence> cursor = editor.build().cursor(range);
        cursor.next();
        if (Arrays.equals(cursor.key(), change.key())) {
            cursor.next();
        }
        return cursor.key();
    }

    private void undo(List<IndexChange> done) {
        for (int i = done.size() - 1; i >= 0; i--) {
            IndexChange change = done.get(i);
            TreeEditor<Presence> editor = indexes.edit(change.treeId());
            if (change.added()) {
                editor.remove(change.key());
            } else {
                editor.put(change.key(), Presence.PRESENT);
            }
        }
    }

    /** Notes what puts change that enter a tree. */
    private final class IndexedPuts implements PutsByKey.Target {

        private final LeavesAhead ahead;

        IndexedPuts(TreeEditor<RecordPointer> editor) {
            this.ahead = new LeavesAhead(editor, PutsByKey.TOUCHED_AT_ONCE);
        }

        @Override
        public void upcoming(List<RecentPut> next) {
            for (int i = 0; i < next.size(); i++) {
                ahead.add(next.get(i).key());
            }
            ahead.read();
        }

        @Override
        public void done(RecentPut put, @Nullable RecordPointer previous) {
            note(put.treeId(), put.key(), previous, put.pointer());
            entriesAdded += previous == null ? 1 : 0;
            tellSome();
        }

        @Override
        public void superseded(RecentPut put) {
            noteNever(put.treeId(), put.key(), put.pointer(), put.pointer());
            tellSome();
        }
    }
}
