package org.storedb.internal.transaction;

import org.jspecify.annotations.Nullable;
import org.storedb.internal.log.RecordExpiry;

/**
 * The last thing that a transaction does to one key.
 *
 * @param value the new value, or {@code null} for a delete
 * @param revision the new revision; 0 for a delete
 * @param blind whether it may replace whatever another transaction has written meanwhile
 * @param expiry of the new record; of a delete that of the old one, if it is deleted because it has expired
 * @param expiryOnly whether the new record differs from the committed one only in when it expires
 * @param replacedExpiryMillis when the record expires that the transaction sees in its snapshot; 0 if it does not, or there
 *     is none
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record RecordWrite(
        int treeId,
        byte[] key,
        byte @Nullable [] value,
        long revision,
        boolean blind,
        RecordExpiry expiry,
        boolean expiryOnly,
        long replacedExpiryMillis) {

    /** One in which nothing expires. */
    public RecordWrite(int treeId, byte[] key, byte @Nullable [] value, long revision, boolean blind) {
        this(treeId, key, value, revision, blind, RecordExpiry.NEVER, false, 0);
    }

    /** The removal of a record that has expired. */
    public static RecordWrite purge(int treeId, byte[] key, RecordExpiry expired) {
        return new RecordWrite(treeId, key, null, 0, false, expired, false, 0);
    }

    /** A record as it is, but for when it expires. */
    public static RecordWrite renewal(int treeId, byte[] key, StoredRecord record, RecordExpiry renewed) {
        long replaced = record.expiry().millis();
        return new RecordWrite(treeId, key, record.value(), record.revision(), false, renewed, true, replaced);
    }

    /** The same in place of a record with another expiry. */
    public RecordWrite replacing(long expiryOfReplacedMillis) {
        return new RecordWrite(treeId, key, value, revision, blind, expiry, expiryOnly, expiryOfReplacedMillis);
    }

    /** Whether it is a delete of a record that has expired. */
    boolean isPurge() {
        return value == null && !expiry.isNever();
    }

    /** Whether it puts a record, that does not expire, in place of whatever there is. */
    boolean isBlindPut() {
        return value != null && blind && expiry.isNever() && treeId != StoreState.CATALOG_TREE;
    }
}
