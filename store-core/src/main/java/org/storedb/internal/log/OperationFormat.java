package org.storedb.internal.log;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.storedb.internal.bytes.ByteReader;
import org.storedb.internal.bytes.ByteWriter;
import org.storedb.internal.bytes.MalformedBytesException;

/**
 * Layout of the operations in the body of a frame. A varint has 7 bits per byte, lowest first.
 *
 * <pre>
 * body:       [ operation ] [ record, for a PUT ] [ operation ] …
 * encrypted:  [ length of the message 4 ] [ message: [ operation ] [ operation ] … ] [ record ] [ record ] …
 *
 * operation:  [ kind 1 ] [ tree id varint ] [ sequence varint, in a RELOCATION only ] [ key length varint ] [ key ]
 *             and for a put [ record length varint ]
 * kind:       1 PUT; 2 DELETE; 3 PUT of a record that expires; 4 DELETE of a record because it has expired;
 *             + 8 for a PUT of a key that has a record, + 32 if that differs only in its expiry; + 16 for a DELETE of a
 *             key that has no record; + 64 if the location of the previous record precedes the key length:
 *             [ segment varint ] [ offset varint ] [ length varint ] [ sequence varint ]
 *
 * of a single put:  [ key length varint ] [ key ] [ record length varint ] [ record ]
 * </pre>
 *
 * <p>For a single put, the tree id is in the header of the frame, see {@link FrameFormat}.
 *
 * <p>What is between the key length and the record is also read by {@link KeyedRecord}. Records are laid out by
 * {@link RecordFormat}, messages by {@link SegmentCipher}. In an encrypted body the records follow the message in the
 * order of their operations; the context of the message is the frame's kind (1), its sequence (8) and the number of its
 * operations (4).
 */
public final class OperationFormat {

    /** Trees are kept in an array indexed by id, so a larger id is treated as damage. */
    public static final int TREE_ID_MAX = 1 << 22;

    static final int PUT = 1;
    static final int DELETE = 2;
    static final int PUT_EXPIRING = 3;
    static final int DELETE_EXPIRED = 4;

    /** Added to the kind of an operation whose key is known to have a record. */
    public static final int REPLACING = 8;

    /** Added to the kind of an operation whose key is known to have no record. */
    public static final int OF_NOTHING = 16;

    /** Added to the kind of a put that is {@link #REPLACING} and changes only when the record expires. */
    public static final int EXPIRY_ONLY = 32;

    /** Added to the kind of an operation that gives the location of the previous record. */
    static final int WITH_LOCATION = 64;

    private static final int FLAGS = REPLACING | OF_NOTHING | EXPIRY_ONLY | WITH_LOCATION;

    private static final int MESSAGE_START = Integer.BYTES;

    private OperationFormat() {}

    /** Returns the bytes of a body without operations. */
    static int bodyBytes(boolean encrypted) {
        return encrypted ? MESSAGE_START + SegmentCipher.OVERHEAD_BYTES : 0;
    }

    /** Returns the bytes that an operation adds to a body, its record included. */
    static long operationBytes(FrameKind kind, FrameBody.Operation operation, boolean encrypted) {
        long bytes = 1L + ByteWriter.varintBytes(operation.treeId());
        bytes += kind == FrameKind.RELOCATION ? ByteWriter.varintBytes(operation.sequence()) : 0;
        bytes += ByteWriter.varintBytes(operation.key().length) + operation.key().length;
        bytes += operation.previous() == null ? 0 : locationBytes(operation.previous());
        if (operation.content() != null) {
            long recordBytes = RecordFormat.recordBytes(operation.content(), encrypted);
            bytes += ByteWriter.varintBytes(recordBytes) + recordBytes;
        }
        return bytes;
    }

    private static int locationBytes(RecordLocation location) {
        return ByteWriter.varintBytes(location.segment())
                + ByteWriter.varintBytes(location.offset())
                + ByteWriter.varintBytes(location.length())
                + ByteWriter.varintBytes(location.sequence());
    }

    /**
     * Writes a body.
     *
     * @return the offset of each operation's record in the segment
     */
    static int[] write(ByteWriter target, FrameKind kind, List<FrameBody.Operation> operations, int bodyOffset) {
        int start = target.size();
        int[] recordOffsets = new int[operations.size()];
        for (int i = 0; i < recordOffsets.length; i++) {
            FrameBody.Operation operation = operations.get(i);
            writeHead(target, kind, operation, false);
            recordOffsets[i] = bodyOffset + target.size() - start;
            if (operation.content() != null) {
                RecordFormat.write(target, operation.key(), operation.content());
            }
        }
        return recordOffsets;
    }

    /** Returns the bytes of a single put after the tree id. */
    static long singlePutBytes(FrameBody.Operation operation) {
        long recordBytes = RecordFormat.recordBytes(operation.requireContent(), false);
        int keyBytes = operation.key().length;
        return ByteWriter.varintBytes(keyBytes) + keyBytes + ByteWriter.varintBytes(recordBytes) + recordBytes;
    }

    /**
     * Writes the part of a single put after the tree id.
     *
     * @return how far after its start the record begins
     */
    static int writeSinglePut(ByteWriter target, FrameBody.Operation operation) {
        int start = target.size();
        target.putLengthAndBytes(operation.key());
        target.putVarint(RecordFormat.recordBytes(operation.requireContent(), false));
        int recordStart = target.size();
        RecordFormat.write(target, operation.key(), operation.requireContent());
        return recordStart - start;
    }

    /**
     * Writes an encrypted body.
     *
     * @param salt not used by any other frame of the segment
     * @return the offset of each operation's record in the segment
     */
    static int[] writeEncrypted(
            ByteWriter target,
            FrameKind kind,
            List<FrameBody.Operation> operations,
            SegmentCipher cipher,
            long salt,
            int bodyOffset,
            long frameSequence) {
        int start = target.size();
        int messageStart = start + MESSAGE_START;
        target.skip(MESSAGE_START + SegmentCipher.SALT_BYTES);
        for (FrameBody.Operation operation : operations) {
            writeHead(target, kind, operation, true);
        }
        byte[] context = context(kind, frameSequence, operations.size());
        cipher.encrypt(target, messageStart, salt, bodyOffset + MESSAGE_START, context);
        target.setInt(start, target.size() - messageStart);
        int[] recordOffsets = new int[operations.size()];
        for (int i = 0; i < recordOffsets.length; i++) {
            FrameBody.Operation operation = operations.get(i);
            recordOffsets[i] = bodyOffset + target.size() - start;
            if (operation.content() != null) {
                long sequence = kind == FrameKind.RELOCATION ? operation.sequence() : frameSequence;
                RecordFormat.write(
                        target, operation.key(), operation.content(), cipher, salt, recordOffsets[i], sequence);
            }
        }
        return recordOffsets;
    }

    private static void writeHead(ByteWriter target, FrameKind kind, FrameBody.Operation operation, boolean encrypted) {
        target.putByte(codeOf(operation)).putVarint(operation.treeId());
        if (kind == FrameKind.RELOCATION) {
            target.putVarint(operation.sequence());
        }
        RecordLocation location = operation.previous();
        if (location != null) {
            target.putVarint(location.segment()).putVarint(location.offset());
            target.putVarint(location.length()).putVarint(location.sequence());
        }
        target.putLengthAndBytes(operation.key());
        if (operation.content() != null) {
            target.putVarint(RecordFormat.recordBytes(operation.content(), encrypted));
        }
    }

    /** Returns kind and flags. */
    static int codeOf(FrameBody.Operation operation) {
        return kindOf(operation) + operation.flags();
    }

    private static int kindOf(FrameBody.Operation operation) {
        RecordFormat.Content content = operation.content();
        if (content == null) {
            return operation.expired() ? DELETE_EXPIRED : DELETE;
        }
        return content.expiry().isNever() ? PUT : PUT_EXPIRING;
    }

    /**
     * Calls {@code consumer} with each operation of a frame.
     *
     * @throws MalformedBytesException if the body is not what was written
     */
    public static void forEach(Frame frame, OperationConsumer consumer) {
        if (frame.isSinglePut()) {
            singlePut(frame, consumer);
        } else {
            forEachOfSeveral(frame, consumer);
        }
    }

    private static void singlePut(Frame frame, OperationConsumer consumer) {
        int recordBytes = FrameFormat.BODY_CHECKSUM_BYTES + frame.bodyBytes();
        int recordOffset = frame.bodyOffset() - FrameFormat.BODY_CHECKSUM_BYTES;
        consumer.next(0, null);
        consumer.put(treeId(frame.treeId()), frame.sequence(), frame.key(), recordOffset, recordBytes);
    }

    private static void forEachOfSeveral(Frame frame, OperationConsumer consumer) {
        boolean encrypted = frame.cipher().isEncrypting();
        ByteReader body = frame.body();
        int bodyStart = body.position();
        ByteReader heads = encrypted ? decrypted(frame, body) : body;
        for (int i = 0; i < frame.operations(); i++) {
            int code = heads.readByte();
            int kind = code & ~FLAGS;
            int treeId = treeId(heads.readVarintAsInt());
            long sequence = frame.kind() == FrameKind.RELOCATION ? heads.readVarint() : frame.sequence();
            RecordLocation previous = (code & WITH_LOCATION) == 0 ? null : readLocation(heads);
            byte[] key = heads.readLengthAndBytes();
            consumer.next(code & FLAGS, previous);
            switch (kind) {
                case PUT, PUT_EXPIRING -> {
                    int length = heads.readVarintAsInt();
                    int recordOffset = frame.bodyOffset() + body.position() - bodyStart;
                    body.skip(length);
                    if (kind == PUT) {
                        consumer.put(treeId, sequence, key, recordOffset, length);
                    } else {
                        consumer.putExpiring(treeId, sequence, key, recordOffset, length);
                    }
                }
                case DELETE -> consumer.delete(treeId, sequence, key);
                case DELETE_EXPIRED -> consumer.deleteExpired(treeId, sequence, key);
                default -> throw new MalformedBytesException("Operation of unknown kind " + code);
            }
        }
        if (heads.remaining() > 0 || body.remaining() > 0) {
            throw new MalformedBytesException(
                    Math.max(heads.remaining(), body.remaining()) + " bytes after the last operation");
        }
    }

    private static int treeId(int read) {
        if (read > TREE_ID_MAX) {
            throw new MalformedBytesException("An operation has the invalid tree id " + read);
        }
        return read;
    }

    private static RecordLocation readLocation(ByteReader heads) {
        return new RecordLocation(
                heads.readVarintAsInt(), heads.readVarintAsInt(), heads.readVarintAsInt(), heads.readVarint());
    }

    /** Returns the operations of an encrypted body, which is left positioned at its first record. */
    private static ByteReader decrypted(Frame frame, ByteReader body) {
        int length = body.readInt();
        byte[] message = body.readBytes(length);
        byte[] context = context(frame.kind(), frame.sequence(), frame.operations());
        byte[] heads = frame.cipher().decrypt(message, 0, length, frame.bodyOffset() + MESSAGE_START, context);
        if (heads == null) {
            throw new MalformedBytesException("The operations cannot be decrypted");
        }
        return new ByteReader(heads);
    }

    private static byte[] context(FrameKind kind, long sequence, int operations) {
        return new ByteWriter(1 + Long.BYTES + Integer.BYTES)
                .putByte(kind.code())
                .putLong(sequence)
                .putInt(operations)
                .toByteArray();
    }

    /** Receives the operations of a frame. */
    public interface OperationConsumer {

        /**
         * Called before each operation, for consumers that need its meaning in addition to its effect.
         *
         * @param flags the sum of those that are known to hold
         * @param previous location of the previous record at that time; {@code null} if there was none, or if it was
         *     not noted
         */
        default void next(int flags, @Nullable RecordLocation previous) {}

        /**
         * Called when a key received a record.
         *
         * @param recordOffset where the record begins in the segment
         */
        void put(int treeId, long sequence, byte[] key, int recordOffset, int recordLength);

        /** Called when a key received a record that expires; the record has the time. */
        default void putExpiring(int treeId, long sequence, byte[] key, int recordOffset, int recordLength) {
            put(treeId, sequence, key, recordOffset, recordLength);
        }

        /** Called when a key was removed. */
        void delete(int treeId, long sequence, byte[] key);

        /** Called when a key was removed because its record had expired. */
        default void deleteExpired(int treeId, long sequence, byte[] key) {
            delete(treeId, sequence, key);
        }
    }
}
