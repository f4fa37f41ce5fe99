package org.storedb.internal.transaction;

import org.storedb.internal.log.RecordExpiry;

/**
 * A record as it was read and verified.
 *
 * @param revision 0 when the key was first written, one more with each change
 * @param value the value's bytes, in an array of the receiver's own
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record StoredRecord(long revision, byte[] value, RecordExpiry expiry) {

    /** One that does not expire. */
    public StoredRecord(long revision, byte[] value) {
        this(revision, value, RecordExpiry.NEVER);
    }
}
