package org.storedb.internal.transaction;

import java.util.ArrayList;
import java.util.List;
import org.storedb.error.StoreException;
import org.storedb.internal.index.Presence;
import org.storedb.internal.index.TreeCursor;
import org.storedb.internal.index.TreeEditor;

/**
 * Sets aside the records of a state that have expired. Their index entries are left to the caller, who knows what the
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
     * Returns the records of a state that have expired.
     *
     * @param nowMillis the current time; what expires now has expired, too
     * @param most maximum number of records
     */
    public static DueRecords of(StoreState state, long nowMillis, long most) {
        DueRecords due = new DueRecords(state);
        for (int treeId : state.expiries().upcoming().ids()) {
            due.take(treeId, nowMillis, most);
        }
        return due;
    }

    /** Returns the records that were found. */
    public List<DueRecord> found() {
        return found;
    }

    /** Returns the state with all of them set aside, and the indexes unchanged. */
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

    /**
     * Returns whether the record itself says that it expires, or cannot be read anyway: what is set aside will be
     * removed.
     */
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
