package org.storedb;

/** One entry of a {@link Keyspace}. The arrays belong to the receiver; equality is that of the arrays' identity. */
@SuppressWarnings(
        "ArrayRecordComponent") // Handed out once and never compared: a copy for every access would only cost.
public record KeyValue(byte[] key, byte[] value) {}
