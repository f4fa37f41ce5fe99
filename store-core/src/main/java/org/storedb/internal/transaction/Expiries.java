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
 * The records of a state that will expire or have expired, by the trees that contain, or contained, them. Immutable.
 *
 * <p>A record that expires has an entry in the tree of upcoming expiries: the time (8 bytes) and its key. At that time
 * the record is <em>set aside</em>: it leaves its tree and all indexes, so that readers of a state need to know nothing
 * of expiries. It stays in the log, and is known here, until a delete is committed or its key receives another record.
 *
 * @param upcoming entries of the visible records
 * @param expired the records that were set aside
 * @param nextMillis the first upcoming expiry; {@link Long#MAX_VALUE} if there is none
 * @param asOfMillis the latest expiry of those that were ever set aside: whatever had expired by then stays expired; 0
 *     if there was none
 */
public record Expiries(
        TreeTable<Presence> upcoming, TreeTable<ExpiredRecord> expired, long nextMillis, long asOfMillis) {

    /** The maximum length of the key of a record that expires: its entry also contains the time. */
    static final int KEY_BYTES_MAX = CountedTree.KEY_BYTES_MAX - Long.BYTES;

    /** The expiries of a state without records that expire. */
    static final Expiries NONE =
            new Expiries(TreeTable.empty(Presence.LAYOUT), TreeTable.empty(ExpiredRecord.LAYOUT), Long.MAX_VALUE, 0);

    /** Returns expiries with these trees. */
    static Expiries of(TreeTable<Presence> upcoming, TreeTable<ExpiredRecord> expired, long asOfMillis) {
        long next = Long.MAX_VALUE;
        for (int treeId : upcoming.ids()) {
            TreeCursor<Presence> cursor = upcoming.get(treeId).cursor(TreeRange.all());
            cursor.next();
            next = Math.min(next, expiryMillis(cursor.key()));
        }
        return new Expiries(upcoming, expired, next, asOfMillis);
    }

    /** Returns whether any record of a tree will expire. */
    public boolean isExpiring(int treeId) {
        return !upcoming.get(treeId).isEmpty();
    }

    /** Returns whether any record of a tree will expire, or has expired and is not removed yet. */
    boolean knows(int treeId) {
        return isExpiring(treeId) || !expired.get(treeId).isEmpty();
    }

    /** Returns the record of a key that was set aside, or {@code null}. */
    public @Nullable ExpiredRecord findExpired(int treeId, byte[] key) {
        return expired.get(treeId).get(key);
    }

    /** Returns how many records will expire. */
    public long upcomingCount() {
        return upcoming.size();
    }

    /** Returns how many records were set aside. */
    public long expiredCount() {
        return expired.size();
    }

    /** Returns when a record expires, or 0; found without reading the record, but by a scan of all entries. */
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

    /** Returns the entry of a record among the upcoming expiries. */
    public static byte[] entryKey(long expiryMillis, byte[] key) {
        return new ByteWriter(Long.BYTES + key.length)
                .putLong(expiryMillis)
                .putBytes(key)
                .toByteArray();
    }

    /** Returns the time in an entry. */
    public static long expiryMillis(byte[] entry) {
        return new ByteReader(entry).readLong();
    }

    /** Returns the record's key in an entry. */
    public static byte[] recordKey(byte[] entry) {
        return Arrays.copyOfRange(entry, Long.BYTES, entry.length);
    }

    /** Returns the range of all entries up to a time, inclusive. */
    static TreeRange upTo(long millis) {
        return new TreeRange(null, entryKey(millis + 1, new byte[0]));
    }

    /** Returns the upcoming entries of a tree together with those of its records that were set aside. */
    CountedTree<Presence> allEntries(int treeId) {
        var entries = upcoming.get(treeId).edit();
        TreeCursor<ExpiredRecord> cursor = expired.get(treeId).cursor(TreeRange.all());
        while (cursor.next()) {
            entries.put(entryKey(cursor.value().expiryMillis(), cursor.key()), Presence.PRESENT);
        }
        return entries.build();
    }
}
