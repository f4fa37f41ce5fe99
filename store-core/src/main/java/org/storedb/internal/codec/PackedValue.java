package org.storedb.internal.codec;

/**
 * A value in its stored form.
 *
 * @param codec how it is compressed: a number of {@link ValueCodecs}; it fits in two bits
 * @param bytes the value itself if it is not compressed, else its length as a varint and the output of the codec
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record PackedValue(int codec, byte[] bytes) {

    /** Returns a value that is stored uncompressed. */
    public static PackedValue plain(byte[] value) {
        return new PackedValue(ValueCodecs.PLAIN, value);
    }
}
