package org.storedb.internal.transaction;

import java.util.ArrayList;
import java.util.List;
import org.storedb.error.StoreException;
import org.storedb.internal.index.Presence;
import org.storedb.internal.index.TreeCursor;
import org.storedb.internal.index.TreeEditor;

/**
 * Puts the records of a state aside that have expired. Their index entries are left to the caller, who knows what the
 * records are. For one thread.
 */
public final class DueRecords {

    private final StoreState before;
    private final TreeEditors<RecordPointer> records;
    private final TreeEditors<Presence> upcoming;
    private final TreeEditors<ExpiredRecord> expired;
    private final List<DueRecord> found = new ArrayList<>();
    private long asOfMillis;

    private DueRecords(StoreState before) {
        this.before = before;
        this.records = new TreeEditors<>(before.records());
        this.upcoming = new TreeEditors<>(before.expiries().upcoming());
        this.expired = new TreeEditors<>(before.expiries().expired());
        this.asOfMillis = before.expiries().asOfMillis();
    }

    /**
     * The records of a state that have expired.
     *
     * @param nowMillis what expires now has expired, too
     * @param most how many to take at once
     */
    public static DueRecords of(StoreState state, long nowMillis, long most) {
        DueRecords due = new DueRecords(state);
        for (int treeId : state.expiries().upcoming().ids()) {
            due.take(treeId, nowMillis, most);
        }
        return due;
    }

    /** Those that were found. */
    public List<DueRecord> found() {
        return found;
    }

    /** The state with all of them put aside, and the indexes as they were. */
    public StoreState state() {
        Expiries expiries = Expiries.of(upcoming.build(), expired.build(), asOfMillis);
        return new StoreState(
                before.sequence(), records.build(), before.indexes(), before.segments(), expiries, StateHints.NONE);
    }

    private void take(int treeId, long nowMillis, long most) {
        TreeCursor<Presence> cursor = before.expiries().upcoming().get(treeId).cursor(Expiries.upTo(nowMillis));
        while (found.size() < most && cursor.next()) {
            byte[] entry = cursor.key();
            byte[] key = Expiries.recordKey(entry);
            long expiryMillis = Expiries.expiryMillis(entry);
            upcoming.edit(treeId).remove(entry);
            TreeEditor<RecordPointer> tree = records.edit(treeId);
            RecordPointer pointer = tree.get(key);
            if (pointer != null && expires(key, pointer, expiryMillis)) {
                tree.remove(key);
                expired.edit(treeId).put(key, new ExpiredRecord(pointer, expiryMillis));
                asOfMillis = Math.max(asOfMillis, expiryMillis);
                found.add(new DueRecord(treeId, key, pointer, expiryMillis));
            }
        }
    }

    /** What is put aside is removed some day, so the record itself has to say so, unless it cannot be read anyway. */
    private boolean expires(byte[] key, RecordPointer pointer, long expiryMillis) {
        try {
            return RecordReader.readVerified(before.segments(), key, pointer)
                            .expiry()
                            .millis()
                    == expiryMillis;
        } catch (StoreException e) {
            return true;
        }
    }

    /** A record that has expired. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    public record DueRecord(int treeId, byte[] key, RecordPointer pointer, long expiryMillis) {}
}
