package org.storedb.internal.log;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.storedb.internal.bytes.ByteReader;
import org.storedb.internal.bytes.ByteWriter;
import org.storedb.internal.crypto.DataKey;
import org.storedb.internal.crypto.WrappedKey;

/**
 * The encryption of one segment, if any: each record is a separate message, so that it can be read alone, and the rest
 * of each frame is another. A message is bound to its offset in the segment and, through the key, to segment and store.
 * Safe for use by many threads.
 *
 * <pre>
 * message:  [ salt 8 ] [ encrypted ] [ tag 16 ]
 * </pre>
 *
 * <p>The nonce is the salt, which no other frame of the segment has, and the offset of the message in the segment.
 */
public final class SegmentCipher {

    /** The cipher of a segment that is not encrypted. */
    static final SegmentCipher NONE = new SegmentCipher(null);

    static final int SALT_BYTES = Long.BYTES;

    /** By how much a message is longer than its content. */
    static final int OVERHEAD_BYTES = SALT_BYTES + DataKey.OVERHEAD_BYTES;

    private final @Nullable DataKey key;

    SegmentCipher(@Nullable DataKey key) {
        this.key = key;
    }

    public boolean isEncrypting() {
        return key != null;
    }

    /** Returns the id of the master key that is needed to read the segment, or {@code null} if none is. */
    public @Nullable String masterKeyId() {
        return key == null ? null : key.masterKeyId();
    }

    /** Returns the bytes of the segment's header, with the data key. */
    int headerBytes() {
        return LogFormat.SEGMENT_HEADER_BYTES + (key == null ? 0 : WrappedKey.BYTES);
    }

    /** Writes the data key, which follows the header. */
    void writeKey(ByteWriter target) {
        if (key != null) {
            key.write(target);
        }
    }

    /**
     * Makes a message of the last bytes of {@code target}, which are {@link #SALT_BYTES} after the start of the
     * message, and adds its tag.
     *
     * @param start where in {@code target} the message begins
     * @param offset where it will be in the segment
     * @param context the context that the message is bound to
     */
    void encrypt(ByteWriter target, int start, long salt, int offset, byte[] context) {
        int length = target.size() - start - SALT_BYTES;
        target.setLong(start, salt);
        target.skip(DataKey.OVERHEAD_BYTES);
        byte[] bytes = target.array();
        key().encrypt(salt, offset, context, bytes, start + SALT_BYTES, length, bytes, start + SALT_BYTES);
    }

    /**
     * Returns the content of a message, or {@code null} if it is not what was written at this offset.
     *
     * @param offset where it is in the segment
     */
    byte @Nullable [] decrypt(byte[] bytes, int start, int length, int offset, byte[] context) {
        if (length < OVERHEAD_BYTES) {
            return null;
        }
        long salt = new ByteReader(bytes, start, SALT_BYTES).readLong();
        return key().decrypt(salt, offset, context, bytes, start + SALT_BYTES, length - SALT_BYTES);
    }

    private DataKey key() {
        return Objects.requireNonNull(key, "The segment is not encrypted");
    }
}
