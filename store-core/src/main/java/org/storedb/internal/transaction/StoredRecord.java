package org.storedb.internal.transaction;

/**
 * A record as it was read and verified.
 *
 * @param revision 0 when the key was first written, one more with each change
 * @param value the value's bytes, in an array of the receiver's own
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record StoredRecord(long revision, byte[] value) {}
