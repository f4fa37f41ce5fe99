package org.storedb.internal.log;

import java.io.IOException;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.storedb.internal.bytes.ByteReader;
import org.storedb.internal.bytes.ByteWriter;

/**
 * Layout of a record, which can be read and verified on its own. A record of another key does not verify.
 *
 * <pre>
 * record:              [ checksum 4 ] [ content ]
 * in an encrypted one: [ salt 8 ] [ encrypted: [ content ] ] [ its tag 16 ]     see {@link SegmentCipher}
 *
 * content:             [ tag varint ] [ expiry, in a record that expires only ] [ value ]
 * tag:                 revision * 8 + 4 if it expires + codec, which says how the value is compressed
 * expiry:              [ milliseconds since 1970-01-01 UTC varint ] [ milliseconds that it slides varint ]
 * </pre>
 *
 * <p>The checksum (CRC-32C, big-endian) is of the key, then of the record after the checksum. The context of an
 * encrypted record is the sequence of the commit that wrote it (8), then the key.
 */
public final class RecordFormat {

    private static final int CHECKSUM_BYTES = Integer.BYTES;
    private static final int CODEC_BITS = 2;
    private static final int CODEC_MASK = (1 << CODEC_BITS) - 1;
    private static final int EXPIRES = 1 << CODEC_BITS;
    private static final int REVISION_SHIFT = CODEC_BITS + 1;

    private static final int HEAD_BYTES = Long.BYTES; // In the number that the head is read as,
    private static final int TAG_SHIFT = 24; // the first byte of the tag is here,
    private static final long TAG_CONTINUES = 0x80808080L; // and these bits say that one more follows.

    /** A head without a tag: that of a record that has to be read as a whole. */
    public static final long NO_TAG = TAG_CONTINUES;

    private RecordFormat() {}

    /** Returns the bytes of a record with this content. */
    static long recordBytes(Content content, boolean encrypted) {
        return (encrypted ? SegmentCipher.OVERHEAD_BYTES : CHECKSUM_BYTES) + content.encodedBytes();
    }

    /** Writes a record that is not encrypted. */
    static void write(ByteWriter target, byte[] key, Content content) {
        int start = target.size();
        target.putInt(0);
        content.write(target);
        target.setInt(start, checksum(key, target.array(), start + CHECKSUM_BYTES, target.size()));
    }

    /**
     * Writes an encrypted record.
     *
     * @param offset where it will be in the segment
     */
    static void write(
            ByteWriter target,
            byte[] key,
            Content content,
            SegmentCipher cipher,
            long salt,
            int offset,
            long sequence) {
        int start = target.size();
        target.skip(SegmentCipher.SALT_BYTES);
        content.write(target);
        cipher.encrypt(target, start, salt, offset, context(sequence, key));
    }

    /**
     * Returns the content of the record of {@code key}, or {@code null} if it does not verify.
     *
     * @param segment where it was read from, or will be
     * @param offset where it begins there
     * @param sequence the commit that wrote it
     */
    public static @Nullable Content read(Segment segment, int offset, long sequence, byte[] key, byte[] record) {
        if (!segment.cipher().isEncrypting()) {
            return verifies(key, record, 0, record.length) ? content(record, CHECKSUM_BYTES) : null;
        }
        byte[] content = segment.cipher().decrypt(record, 0, record.length, offset, context(sequence, key));
        return content == null ? null : content(content, 0);
    }

    /**
     * Returns the head of the record at {@code offset}: its checksum and the tag after it. There is
     * {@link #hasTag no tag} in the head of a record that is encrypted, that expires, or whose tag is too long; such a
     * record is read as a whole.
     *
     * @throws IOException if it cannot be read
     */
    public static long readHead(Segment segment, int offset, int length) throws IOException {
        if (segment.cipher().isEncrypting() || length <= CHECKSUM_BYTES) {
            return NO_TAG;
        }
        int bytes = Math.min(length, HEAD_BYTES);
        long head = segment.readNumber(offset, bytes) << ((HEAD_BYTES - bytes) * Byte.SIZE);
        return (head >>> TAG_SHIFT & EXPIRES) == 0 ? head : NO_TAG;
    }

    /** Returns whether this head has the tag, so that {@link #readValue} can read the rest. */
    public static boolean hasTag(long head) {
        return (head & TAG_CONTINUES) != TAG_CONTINUES;
    }

    /** Returns the revision in a head that has a tag. */
    public static long revision(long head) {
        return tag(head) >>> REVISION_SHIFT;
    }

    /** Returns how the value is compressed, for a head that has a tag. */
    public static int codec(long head) {
        return (int) (head >>> TAG_SHIFT) & CODEC_MASK;
    }

    /**
     * Returns the value in a record as stored, in an array owned by the caller, or {@code null} if the record does not
     * verify. The verification covers the array that is returned, not the bytes that it was copied from.
     *
     * @param head what {@link #readHead} returned, with a tag
     * @throws IOException if it cannot be read
     */
    public static byte @Nullable [] readValue(Segment segment, int offset, int length, byte[] key, long head)
            throws IOException {
        int headBytes = CHECKSUM_BYTES + tagBytes(head);
        if (length < headBytes) {
            return null;
        }
        byte[] value = new byte[length - headBytes];
        segment.read(offset + headBytes, value);
        CRC32C crc = new CRC32C();
        crc.update(key, 0, key.length);
        for (int i = 0, shift = TAG_SHIFT; i < headBytes - CHECKSUM_BYTES; i++, shift -= Byte.SIZE) {
            crc.update((int) (head >>> shift) & 0xFF);
        }
        crc.update(value, 0, value.length);
        return (int) crc.getValue() == (int) (head >>> Integer.SIZE) ? value : null;
    }

    /**
     * Returns the value of a record that is neither encrypted nor compressed and does not expire, in an array owned by
     * the caller.
     *
     * @param bytes contains the record; not changed by anyone else
     * @return {@code null} if it is another kind of record, or does not verify
     */
    public static byte @Nullable [] plainValue(byte[] key, byte[] bytes, int offset, int length) {
        int end = offset + length;
        int valueStart = offset + CHECKSUM_BYTES;
        if (length <= CHECKSUM_BYTES || (bytes[valueStart] & (EXPIRES | CODEC_MASK)) != 0) {
            return null;
        }
        while (valueStart < end && bytes[valueStart] < 0) {
            valueStart++;
        }
        return valueStart < end && verifies(key, bytes, offset, length)
                ? Arrays.copyOfRange(bytes, valueStart + 1, end)
                : null;
    }

    /**
     * Returns the revision of a record that is not encrypted.
     *
     * @param bytes contains the record, which has been verified
     */
    public static long plainRevision(byte[] bytes, int offset, int length) {
        return new ByteReader(bytes, offset + CHECKSUM_BYTES, length - CHECKSUM_BYTES).readVarint() >>> REVISION_SHIFT;
    }

    private static long tag(long head) {
        long tag = 0;
        for (int i = tagBytes(head) - 1; i >= 0; i--) {
            tag = (tag << 7) | ((head >>> (TAG_SHIFT - i * Byte.SIZE)) & 0x7F);
        }
        return tag;
    }

    /** Returns the length of the tag: it ends with the first byte that does not say that another one follows. */
    private static int tagBytes(long head) {
        return Long.numberOfLeadingZeros((~head & TAG_CONTINUES) << Integer.SIZE) / Byte.SIZE + 1;
    }

    private static boolean verifies(byte[] key, byte[] bytes, int offset, int length) {
        if (length <= CHECKSUM_BYTES) {
            return false;
        }
        int stored = new ByteReader(bytes, offset, length).readInt();
        return stored == checksum(key, bytes, offset + CHECKSUM_BYTES, offset + length);
    }

    private static Content content(byte[] bytes, int start) {
        ByteReader reader = new ByteReader(bytes, start, bytes.length - start);
        long tag = reader.readVarint();
        RecordExpiry expiry = (tag & EXPIRES) == 0 ? RecordExpiry.NEVER : RecordExpiry.read(reader);
        return new Content(tag, expiry, bytes, reader.position(), reader.remaining());
    }

    private static byte[] context(long sequence, byte[] key) {
        byte[] context =
                new ByteWriter(Long.BYTES + key.length).putLong(sequence).array();
        System.arraycopy(key, 0, context, Long.BYTES, key.length);
        return context;
    }

    private static int checksum(byte[] key, byte[] bytes, int from, int to) {
        CRC32C crc = new CRC32C();
        crc.update(key, 0, key.length);
        crc.update(bytes, from, to - from);
        return (int) crc.getValue();
    }

    /**
     * The content of a record.
     *
     * @param bytes contains the value
     * @param offset where the value begins
     * @param length the length of the value
     */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    public record Content(long tag, RecordExpiry expiry, byte[] bytes, int offset, int length) {

        /**
         * Returns the content of a new record that does not expire.
         *
         * @param codec how the value is compressed, 0 to 3
         */
        public static Content of(long revision, int codec, byte[] value) {
            return of(revision, codec, RecordExpiry.NEVER, value);
        }

        /**
         * Returns the content of a new record.
         *
         * @param codec how the value is compressed, 0 to 3
         */
        public static Content of(long revision, int codec, RecordExpiry expiry, byte[] value) {
            long tag = revision << REVISION_SHIFT | (expiry.isNever() ? 0 : EXPIRES) | codec;
            return new Content(tag, expiry, value, 0, value.length);
        }

        public long revision() {
            return tag >>> REVISION_SHIFT;
        }

        public int codec() {
            return (int) tag & CODEC_MASK;
        }

        long encodedBytes() {
            return (long) ByteWriter.varintBytes(tag) + expiry.encodedBytes() + length;
        }

        void write(ByteWriter target) {
            target.putVarint(tag);
            if (!expiry.isNever()) {
                expiry.write(target);
            }
            target.putBytes(bytes, offset, length);
        }
    }
}
