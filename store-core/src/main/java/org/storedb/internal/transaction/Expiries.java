package org.storedb.internal.transaction;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.storedb.internal.bytes.ByteReader;
import org.storedb.internal.bytes.ByteWriter;
import org.storedb.internal.index.CountedTree;
import org.storedb.internal.index.Presence;
import org.storedb.internal.index.TreeCursor;
import org.storedb.internal.index.TreeRange;

/**
 * What a state knows of records that expire, by the trees of records that they are, or were, in. Immutable.
 *
 * <p>A record that expires has an entry in the tree of upcoming expiries: the time (8 bytes) and its key. When the time has
 * come the record is <em>put aside</em>: it leaves its tree and all indexes, so that whatever reads a state needs to know
 * nothing of expiries. It stays in the log, and is known here, until a delete is committed or its key gets another record.
 *
 * @param upcoming entries of the records that can be seen
 * @param expired the records that were put aside
 * @param nextMillis the first upcoming expiry; {@link Long#MAX_VALUE} if there is none
 * @param asOfMillis the last expiry of those that were ever put aside: whatever had expired by then stays expired; 0 if there
 *     was none
 */
public record Expiries(
        TreeTable<Presence> upcoming, TreeTable<ExpiredRecord> expired, long nextMillis, long asOfMillis) {

    /** Of a state without records that expire. */
    static final Expiries NONE =
            new Expiries(TreeTable.empty(Presence.LAYOUT), TreeTable.empty(ExpiredRecord.LAYOUT), Long.MAX_VALUE, 0);

    /** With the trees as they are now. */
    static Expiries of(TreeTable<Presence> upcoming, TreeTable<ExpiredRecord> expired, long asOfMillis) {
        long next = Long.MAX_VALUE;
        for (int treeId : upcoming.ids()) {
            TreeCursor<Presence> cursor = upcoming.get(treeId).cursor(TreeRange.all());
            cursor.next();
            next = Math.min(next, expiryMillis(cursor.key()));
        }
        return new Expiries(upcoming, expired, next, asOfMillis);
    }

    /** Whether a record of a tree expires some day. */
    public boolean isExpiring(int treeId) {
        return !upcoming.get(treeId).isEmpty();
    }

    /** Whether a record of a tree expires some day, or has expired and was not removed yet. */
    boolean knows(int treeId) {
        return isExpiring(treeId) || !expired.get(treeId).isEmpty();
    }

    /** The record of a key that was put aside, or {@code null}. */
    public @Nullable ExpiredRecord findExpired(int treeId, byte[] key) {
        return expired.get(treeId).get(key);
    }

    /** How many records will expire. */
    public long upcomingCount() {
        return upcoming.size();
    }

    /** How many records were put aside. */
    public long expiredCount() {
        return expired.size();
    }

    /** When a record expires, or 0; found without reading it, which takes as long as there are entries. */
    long findUpcoming(int treeId, byte[] key) {
        TreeCursor<Presence> cursor = upcoming.get(treeId).cursor(TreeRange.all());
        while (cursor.next()) {
            byte[] entry = cursor.key();
            if (Arrays.equals(entry, Long.BYTES, entry.length, key, 0, key.length)) {
                return expiryMillis(entry);
            }
        }
        return 0;
    }

    /** The entry of a record among the upcoming expiries. */
    public static byte[] entryKey(long expiryMillis, byte[] key) {
        return new ByteWriter(Long.BYTES + key.length)
                .putLong(expiryMillis)
                .putBytes(key)
                .toByteArray();
    }

    /** The time in an entry. */
    public static long expiryMillis(byte[] entry) {
        return new ByteReader(entry).readLong();
    }

    /** The record's key in an entry. */
    public static byte[] recordKey(byte[] entry) {
        return Arrays.copyOfRange(entry, Long.BYTES, entry.length);
    }

    /** All entries up to a time, that one included. */
    static TreeRange upTo(long millis) {
        return new TreeRange(null, entryKey(millis + 1, new byte[0]));
    }

    /** The entries of those records of a tree that were put aside, added to the upcoming ones. */
    CountedTree<Presence> allEntries(int treeId) {
        var entries = upcoming.get(treeId).edit();
        TreeCursor<ExpiredRecord> cursor = expired.get(treeId).cursor(TreeRange.all());
        while (cursor.next()) {
            entries.put(entryKey(cursor.value().expiryMillis(), cursor.key()), Presence.PRESENT);
        }
        return entries.build();
    }
}
