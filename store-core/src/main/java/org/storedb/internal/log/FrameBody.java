package org.storedb.internal.log;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.storedb.error.LimitExceededException;
import org.storedb.internal.bytes.ByteWriter;

/**
 * Collects the operations of one frame; {@link OperationFormat} defines their encoding. Keys and values are not copied
 * and must not be changed. Not safe for use by several threads.
 */
public final class FrameBody {

    /** A frame and its segment's header and footer have to fit into one array and one mapping of a file. */
    static final long BYTES_MAX = Integer.MAX_VALUE - 4096L;

    private static final int[] NOT_WRITTEN = {};

    private final FrameKind kind;
    private final List<Operation> operations = new ArrayList<>(1);
    private long plainBytes;
    private long encryptedBytes = OperationFormat.bodyBytes(true);
    private int[] recordOffsets = NOT_WRITTEN;
    private boolean encrypted;

    private FrameBody(FrameKind kind) {
        this.kind = kind;
    }

    /** Returns a body for a commit. */
    public static FrameBody ofCommit() {
        return new FrameBody(FrameKind.COMMIT);
    }

    /** Returns a body for operations that earlier commits wrote. */
    public static FrameBody ofRelocation() {
        return new FrameBody(FrameKind.RELOCATION);
    }

    /** Adds a put to a commit, for a key that may have a record. */
    public void put(int treeId, byte[] key, RecordFormat.Content content) {
        add(new Operation(0, treeId, 0, key, content, false, null));
    }

    /**
     * Adds a put to a commit, for a key that has a record.
     *
     * @param expiryOnly whether the two differ only in their expiry
     */
    public void replace(int treeId, byte[] key, RecordFormat.Content content, boolean expiryOnly) {
        int flags = OperationFormat.REPLACING + (expiryOnly ? OperationFormat.EXPIRY_ONLY : 0);
        add(new Operation(flags, treeId, 0, key, content, false, null));
    }

    /** Adds a delete to a commit. */
    public void delete(int treeId, byte[] key) {
        add(new Operation(0, treeId, 0, key, null, false, null));
    }

    /**
     * Adds a delete to a commit, for a key that has no record: what the transaction itself had put there is not in the
     * log.
     */
    public void deleteNothing(int treeId, byte[] key) {
        add(new Operation(OperationFormat.OF_NOTHING, treeId, 0, key, null, false, null));
    }

    /** Adds a delete of an expired record to a commit. */
    public void deleteExpired(int treeId, byte[] key) {
        add(new Operation(0, treeId, 0, key, null, true, null));
    }

    /** Adds a put that an earlier commit wrote. */
    public void relocatePut(int treeId, long sequence, byte[] key, RecordFormat.Content content) {
        add(new Operation(0, treeId, sequence, key, content, false, null));
    }

    /** Adds a delete that an earlier commit wrote. */
    public void relocateDelete(int treeId, long sequence, byte[] key) {
        add(new Operation(0, treeId, sequence, key, null, false, null));
    }

    /**
     * Notes the location of the record that an operation of a commit replaces, or that there is none, unless this would
     * make the frame too long. May be called again.
     */
    public void setPrevious(int operation, @Nullable RecordLocation location) {
        Operation former = operations.get(operation);
        Operation noted = former.withPrevious(location);
        long more = OperationFormat.operationBytes(kind, noted, false)
                - OperationFormat.operationBytes(kind, former, false);
        if (encryptedBytes + more <= BYTES_MAX) {
            operations.set(operation, noted);
            plainBytes += more;
            encryptedBytes += more;
        }
    }

    private void add(Operation operation) {
        operations.add(operation);
        plainBytes += OperationFormat.operationBytes(kind, operation, false);
        encryptedBytes += OperationFormat.operationBytes(kind, operation, true);
    }

    /** Returns the number of operations. */
    public int operations() {
        return operations.size();
    }

    FrameKind kind() {
        return kind;
    }

    /**
     * Returns the encoded length; for a single put, of the part after the tree id.
     *
     * @param inEncrypted whether in a segment that is encrypted
     */
    public int bytes(boolean inEncrypted) {
        Operation single = singlePut(inEncrypted);
        return (int)
                (single != null ? OperationFormat.singlePutBytes(single) : inEncrypted ? encryptedBytes : plainBytes);
    }

    /**
     * Returns the operation if it is the only one of a commit, and a plain put: its frame has a special layout.
     *
     * @param inEncrypted whether in a segment that is encrypted
     */
    @Nullable
    Operation singlePut(boolean inEncrypted) {
        boolean single = !inEncrypted && kind == FrameKind.COMMIT && operations.size() == 1;
        return single && OperationFormat.codeOf(operations.get(0)) == OperationFormat.PUT ? operations.get(0) : null;
    }

    /**
     * Checks that a frame can hold this body.
     *
     * @throws LimitExceededException if it is too long
     */
    public void requireBounded() {
        if (encryptedBytes > BYTES_MAX) {
            throw new LimitExceededException("A transaction takes up to " + encryptedBytes
                    + " bytes in the log, but at most " + BYTES_MAX + " are possible; split it. Nothing was written");
        }
    }

    /** Appends the encoded body; for a single put, everything after the tree id. */
    void write(ByteWriter target, SegmentCipher cipher, long salt, int bodyOffset, long sequence) {
        encrypted = cipher.isEncrypting();
        Operation single = singlePut(encrypted);
        if (single != null) {
            recordOffsets = new int[] {bodyOffset + OperationFormat.writeSinglePut(target, single)};
        } else {
            recordOffsets = encrypted
                    ? OperationFormat.writeEncrypted(target, kind, operations, cipher, salt, bodyOffset, sequence)
                    : OperationFormat.write(target, kind, operations, bodyOffset);
        }
    }

    /** Returns where the record of a put was written in the segment. */
    public int recordOffset(int operation) {
        return recordOffsets[operation];
    }

    /** Returns the length of the record there. */
    public int recordBytes(int operation) {
        return (int) RecordFormat.recordBytes(operations.get(operation).requireContent(), encrypted);
    }

    /** Returns the figures of this body, after it was written as part of {@code commitSequence}. */
    SegmentFigures figures(long commitSequence) {
        SegmentFigures.Counter figures = new SegmentFigures.Counter();
        for (int i = 0; i < operations.size(); i++) {
            Operation operation = operations.get(i);
            long sequence = kind == FrameKind.COMMIT ? commitSequence : operation.sequence();
            if (operation.content() == null) {
                figures.delete(sequence, operation.key().length);
            } else {
                figures.put(sequence, recordBytes(i));
            }
        }
        return figures.frame();
    }

    /**
     * One operation.
     *
     * @param flags see {@link OperationFormat}
     * @param sequence of the commit that wrote it; not used in the frame of a commit
     * @param content {@code null} for a delete
     * @param expired for a delete: whether the record is deleted because it has expired
     * @param previous location of the previous record; {@code null} if it is not noted
     */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record Operation(
            int flags,
            int treeId,
            long sequence,
            byte[] key,
            RecordFormat.@Nullable Content content,
            boolean expired,
            @Nullable RecordLocation previous) {

        RecordFormat.Content requireContent() {
            return Objects.requireNonNull(content, "A delete has no record");
        }

        Operation withPrevious(@Nullable RecordLocation location) {
            int others = flags & OperationFormat.EXPIRY_ONLY;
            int now = location == null
                    ? OperationFormat.OF_NOTHING
                    : OperationFormat.REPLACING + OperationFormat.WITH_LOCATION;
            return new Operation(others + now, treeId, sequence, key, content, expired, location);
        }
    }
}
