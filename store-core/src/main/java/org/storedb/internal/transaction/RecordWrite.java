package org.storedb.internal.transaction;

import org.jspecify.annotations.Nullable;
import org.storedb.internal.log.RecordExpiry;

/**
 * The last thing that a transaction does to one key.
 *
 * @param value the new value, or {@code null} for a delete
 * @param revision the new revision; 0 for a delete
 * @param blind whether it may replace whatever another transaction has written meanwhile
 * @param expiry the expiry of the new record; for a delete because of expiry, that of the old record
 * @param expiryOnly whether the new record differs from the committed one only in its expiry
 * @param replacedExpiryMillis when the record that the transaction sees in its snapshot expires; 0 if it does not
 *     expire, or there is none
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

    /** Creates a write in which nothing expires. */
    public RecordWrite(int treeId, byte[] key, byte @Nullable [] value, long revision, boolean blind) {
        this(treeId, key, value, revision, blind, RecordExpiry.NEVER, false, 0);
    }

    /** Returns the removal of a record that has expired. */
    public static RecordWrite purge(int treeId, byte[] key, RecordExpiry expired) {
        return new RecordWrite(treeId, key, null, 0, false, expired, false, 0);
    }

    /** Returns a write of an unchanged record with a new expiry. */
    public static RecordWrite renewal(int treeId, byte[] key, StoredRecord record, RecordExpiry renewed) {
        long replaced = record.expiry().millis();
        return new RecordWrite(treeId, key, record.value(), record.revision(), false, renewed, true, replaced);
    }

    /** Returns the same write, replacing a record with another expiry. */
    public RecordWrite replacing(long expiryOfReplacedMillis) {
        return new RecordWrite(treeId, key, value, revision, blind, expiry, expiryOnly, expiryOfReplacedMillis);
    }

    /** Returns whether it deletes a record because it has expired. */
    boolean isPurge() {
        return value == null && !expiry.isNever();
    }

    /** Returns whether it puts a record that does not expire, whatever existed before. */
    boolean isBlindPut() {
        return value != null && blind && expiry.isNever() && treeId != StoreState.CATALOG_TREE;
    }
}
