package org.storedb.internal.codec;

import java.util.Arrays;
import org.storedb.error.MissingLibraryException;
import org.storedb.internal.bytes.ByteWriter;

/** How new values are compressed: by one method, and each only where it pays. Safe for use by many threads. */
public final class ValueCompression {

    /** Stores every value as it is. */
    public static final ValueCompression NONE = new ValueCompression(ValueCodecs.PLAIN, 0);

    /** Shorter values gain next to nothing and cost the most. */
    static final int VALUE_BYTES_LEAST = 512;

    /** What has to be saved, as a part of the value. */
    private static final int SAVED_PART = 8;

    private final int codec;
    private final int level;

    private ValueCompression(int codec, int level) {
        this.codec = codec;
        this.level = level;
    }

    /** A method by its number, see {@link ValueCodecs}; it is used with a level if it has any. */
    public static ValueCompression of(int codec, int level) {
        return codec == ValueCodecs.PLAIN ? NONE : new ValueCompression(codec, level);
    }

    /**
     * Does nothing if the method can be used.
     *
     * @throws MissingLibraryException if its library is not there
     */
    public void requireLibrary() {
        if (codec != ValueCodecs.PLAIN) {
            ValueCodecs.codec(codec);
        }
    }

    /** The value as it is to be stored. */
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
