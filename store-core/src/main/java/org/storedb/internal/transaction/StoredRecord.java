package org.storedb.internal.transaction;

import org.storedb.internal.log.RecordExpiry;

/**
 * A record that was read and verified.
 *
 * @param revision 0 when the key was first written, incremented by each change
 * @param value the value's bytes, in an array owned by the receiver
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record StoredRecord(long revision, byte[] value, RecordExpiry expiry) {

    /** Creates a record that does not expire. */
    public StoredRecord(long revision, byte[] value) {
        this(revision, value, RecordExpiry.NEVER);
    }
}
