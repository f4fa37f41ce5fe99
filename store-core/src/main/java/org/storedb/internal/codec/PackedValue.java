package org.storedb.internal.codec;

/**
 * A value as it is stored.
 *
 * @param codec how it is compressed: a number of {@link ValueCodecs}; it fits in two bits
 * @param bytes the value itself if it is not compressed, else its length as a varint and what the codec made of it
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record PackedValue(int codec, byte[] bytes) {

    /** A value that is stored as it is. */
    public static PackedValue plain(byte[] value) {
        return new PackedValue(ValueCodecs.PLAIN, value);
    }
}
