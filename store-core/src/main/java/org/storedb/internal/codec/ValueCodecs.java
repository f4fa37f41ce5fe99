package org.storedb.internal.codec;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;
import org.storedb.error.MissingLibraryException;
import org.storedb.error.UnsupportedFormatException;
import org.storedb.internal.bytes.ByteReader;
import org.storedb.internal.bytes.MalformedBytesException;

/** The methods of compression by their numbers on disk, and decompression of what any of them wrote. */
public final class ValueCodecs {

    /** Not compressed. */
    public static final int PLAIN = 0;

    public static final int LZ4 = 1;
    public static final int ZSTD = 2;

    /** Maximum length of any value, whatever the options of the store are. */
    static final int VALUE_BYTES_MAX = 512 << 20;

    /**
     * A value up to this length may come from few bytes; beyond it, each stored byte accounts for at most
     * {@link #EXPANSION_MAX} more. So a forged length cannot exhaust the memory.
     */
    static final int SMALL_BYTES = 1 << 20;

    static final int EXPANSION_MAX = 4096;

    private static final AtomicReferenceArray<ValueCodec> LOADED = new AtomicReferenceArray<>(ZSTD + 1);

    private ValueCodecs() {}

    /**
     * Returns the value that {@link ValueCompression} packed.
     *
     * @param bytes not changed, and not part of the result
     * @throws MalformedBytesException if these bytes are not its output
     * @throws MissingLibraryException if the library of this codec is missing
     * @throws UnsupportedFormatException if a newer version packed it
     */
    public static byte[] unpack(int codec, byte[] bytes, int offset, int length) {
        ByteReader reader = new ByteReader(bytes, offset, length);
        if (codec == PLAIN) {
            return reader.readBytes(length);
        }
        ValueCodec method = codec(codec);
        long valueBytes = reader.readVarint();
        if (!isPlausible(valueBytes, reader.remaining())) {
            throw new MalformedBytesException(
                    "A value of " + valueBytes + " bytes cannot come from " + reader.remaining() + " compressed bytes");
        }
        byte[] value = new byte[(int) valueBytes];
        method.decompress(bytes, reader.position(), reader.remaining(), value);
        return value;
    }

    /**
     * Returns whether a value of this length may have been packed into so few bytes; otherwise it is neither written
     * nor read.
     */
    static boolean isPlausible(long valueBytes, int packedBytes) {
        return valueBytes >= 0
                && valueBytes <= VALUE_BYTES_MAX
                && valueBytes <= SMALL_BYTES + (long) EXPANSION_MAX * packedBytes;
    }

    /** Returns the method with this number. */
    static ValueCodec codec(int number) {
        ValueCodec loaded = number <= ZSTD ? LOADED.get(number) : null;
        if (loaded != null) {
            return loaded;
        }
        ValueCodec codec = switch (number) {
            // No constructor references: those would be linked here, outside of load.
            case LZ4 -> load("LZ4", "at.yawk.lz4:lz4-java", () -> new Lz4Codec());
            case ZSTD -> load("Zstandard", "com.github.luben:zstd-jni", () -> new ZstdCodec());
            default ->
                throw new UnsupportedFormatException("A value is compressed by method " + number
                        + ", which this release of StoreDB does not know; use a newer release");
        };
        LOADED.set(number, codec);
        return codec;
    }

    private static ValueCodec load(String name, String library, Supplier<ValueCodec> constructor) {
        try {
            return constructor.get();
        } catch (LinkageError e) { // Missing, or not for this machine.
            throw new MissingLibraryException(
                    name + " compression needs the library " + library + ", which cannot be loaded (" + e
                            + "); add it to the dependencies of the application",
                    e);
        }
    }
}
