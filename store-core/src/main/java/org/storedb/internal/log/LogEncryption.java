package org.storedb.internal.log;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.storedb.error.CorruptStoreException;
import org.storedb.error.WrongKeyException;
import org.storedb.internal.bytes.ByteWriter;
import org.storedb.internal.crypto.DataKey;
import org.storedb.internal.crypto.KeyRing;
import org.storedb.internal.crypto.WrappedKey;

/** Provides the cipher of each segment. Safe for use by many threads. */
public final class LogEncryption {

    /** Has no keys: encrypted segments cannot be opened. */
    public static final LogEncryption NONE = new LogEncryption(null);

    private final @Nullable KeyRing keys;

    private LogEncryption(@Nullable KeyRing keys) {
        this.keys = keys;
    }

    /** Returns an encryption with these keys, or without any. */
    public static LogEncryption with(@Nullable KeyRing keys) {
        return keys == null ? NONE : new LogEncryption(keys);
    }

    /** Returns whether new segments are encrypted. */
    boolean isEncrypting() {
        return keys != null;
    }

    /** Returns the cipher of a new segment. */
    SegmentCipher begin(UUID storeId, int segmentId) {
        return keys == null ? SegmentCipher.NONE : new SegmentCipher(keys.generate(keyContext(storeId, segmentId)));
    }

    /**
     * Returns the cipher of an existing segment.
     *
     * @throws WrongKeyException if the keys do not match; also if there are keys, and the segment is not encrypted
     * @throws CorruptStoreException if the segment's key is damaged
     */
    SegmentCipher open(SegmentHeader header, String fileName) {
        WrappedKey wrapped = header.key();
        if (wrapped == null) {
            requireUnencryptedAllowed(fileName);
            return SegmentCipher.NONE;
        }
        String what = "The store (" + fileName + ")";
        if (keys == null) {
            throw KeyRing.missing(wrapped, what);
        }
        DataKey key = keys.unwrap(wrapped, keyContext(header.storeId(), header.segmentId()), what);
        if (key == null) {
            throw Corruption.inFile(fileName, LogFormat.SEGMENT_HEADER_BYTES, "the key in its header is damaged");
        }
        return new SegmentCipher(key);
    }

    /** Returns whether new data may be written to a segment with this cipher. */
    boolean isCurrent(SegmentCipher cipher) {
        return Objects.equals(cipher.masterKeyId(), keys == null ? null : keys.currentId());
    }

    /** Returns the first salt of a writer: a random one, so that it does not collide with those of another writer. */
    long newSalt() {
        return keys == null ? 0 : keys.newSalt();
    }

    private void requireUnencryptedAllowed(String fileName) {
        if (keys != null && !keys.allowsUnencrypted()) {
            throw new WrongKeyException(
                    "The store (" + fileName + ") is not encrypted, but keys were given; to encrypt it,"
                            + " open it with EncryptionKeys.encryptingExisting() and compact it. Nothing was changed");
        }
    }

    private static byte[] keyContext(UUID storeId, int segmentId) {
        return new ByteWriter()
                .putBytes("storedb segment 1".getBytes(US_ASCII))
                .putUuid(storeId)
                .putInt(segmentId)
                .toByteArray();
    }
}
