package org.storedb.internal.codec;

import java.util.Arrays;
import org.storedb.error.MissingLibraryException;
import org.storedb.internal.bytes.ByteWriter;

/** The compression of new values: with one method, and only where it pays. Safe for use by many threads. */
public final class ValueCompression {

    /** Stores every value uncompressed. */
    public static final ValueCompression NONE = new ValueCompression(ValueCodecs.PLAIN, 0);

    /** Shorter values gain next to nothing and cost the most. */
    static final int VALUE_BYTES_LEAST = 512;

    /** Minimum saving, as a fraction of the value. */
    private static final int SAVED_PART = 8;

    private final int codec;
    private final int level;

    private ValueCompression(int codec, int level) {
        this.codec = codec;
        this.level = level;
    }

    /**
     * Returns the compression with a method, given by its number, see {@link ValueCodecs}; the level is used if the
     * method has levels.
     */
    public static ValueCompression of(int codec, int level) {
        return codec == ValueCodecs.PLAIN ? NONE : new ValueCompression(codec, level);
    }

    /**
     * Checks that the method can be used.
     *
     * @throws MissingLibraryException if its library is missing
     */
    public void requireLibrary() {
        if (codec != ValueCodecs.PLAIN) {
            ValueCodecs.codec(codec);
        }
    }

    /** Returns the value in its stored form. */
    public PackedValue pack(byte[] value) {
        if (codec == ValueCodecs.PLAIN || value.length < VALUE_BYTES_LEAST) {
            return PackedValue.plain(value);
        }
        int packedBytesMax = value.length - value.length / SAVED_PART;
        ByteWriter start = new ByteWriter(packedBytesMax).putVarint(value.length);
        byte[] packed = start.array();
        int bytes = ValueCodecs.codec(codec).compress(value, packed, start.size(), level);
        if (bytes < 0 || !ValueCodecs.isPlausible(value.length, bytes)) {
            return PackedValue.plain(value);
        }
        return new PackedValue(codec, Arrays.copyOf(packed, start.size() + bytes));
    }
}
