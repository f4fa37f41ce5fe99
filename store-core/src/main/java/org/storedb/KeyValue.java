package org.storedb;

/** One entry of a {@link Keyspace}. The arrays belong to the receiver; equality compares them by identity. */
@SuppressWarnings(
        "ArrayRecordComponent") // Handed out once and never compared: a copy on every access would only add cost.
public record KeyValue(byte[] key, byte[] value) {}
