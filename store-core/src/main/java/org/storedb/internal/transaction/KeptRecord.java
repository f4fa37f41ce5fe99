package org.storedb.internal.transaction;

/**
 * A record that was not read from the log, since the {@link ScanCache} has it.
 *
 * @param key its key, which must not be changed
 * @param pointer where it is, without its sequence
 * @param record as if it was read just now, but does not tell when it expires
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record KeptRecord(byte[] key, RecordPointer pointer, StoredRecord record) {}
