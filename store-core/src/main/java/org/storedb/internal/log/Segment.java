package org.storedb.internal.log;

import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.storedb.storage.StorageFile;

/**
 * One file of the log, for reading. It stays readable for its holders after compaction has deleted the file. Safe for
 * use by many threads.
 */
public final class Segment {

    private final int id;
    private final StorageFile file;
    private final SegmentCipher cipher;
    private final AtomicInteger bytes;
    private final AtomicReference<SegmentFigures> figures;
    private volatile boolean sealed;
    private volatile boolean settled = true;

    Segment(int id, StorageFile file, SegmentCipher cipher, int bytes, boolean sealed) {
        this(id, file, cipher, bytes, sealed, SegmentFigures.NONE);
    }

    private Segment(int id, StorageFile file, SegmentCipher cipher, int bytes, boolean sealed, SegmentFigures figures) {
        this.id = id;
        this.file = file;
        this.cipher = cipher;
        this.bytes = new AtomicInteger(bytes);
        this.figures = new AtomicReference<>(figures);
        this.sealed = sealed;
    }

    /** Returns the same segment in another file. */
    Segment movedTo(StorageFile newFile, int newBytes) {
        return new Segment(id, newFile, cipher, newBytes, sealed, figures());
    }

    /** Returns the same segment, complete. */
    Segment sealedAt(int allBytes) {
        Segment complete = movedTo(file, allBytes);
        complete.sealed = true;
        return complete;
    }

    public int id() {
        return id;
    }

    public String fileName() {
        return LogFormat.segmentFileName(id);
    }

    /** Returns how the segment is encrypted, if it is. */
    public SegmentCipher cipher() {
        return cipher;
    }

    /** Returns the length of the header and frames. */
    public int bytes() {
        return bytes.get();
    }

    /** Returns whether nothing more will be appended. */
    public boolean isSealed() {
        return sealed;
    }

    /**
     * Returns whether all records in the segment that will ever be current have been so: false for the output of a
     * compaction until all keys point to their copies.
     */
    public boolean isSettled() {
        return settled;
    }

    /** Returns the figures of the frames. */
    public SegmentFigures figures() {
        return Objects.requireNonNull(figures.get());
    }

    /** Notes that frames were added; for one thread at a time. */
    public void note(SegmentFigures added) {
        setFigures(figures().plus(added));
    }

    /** Takes back frames that were noted. */
    void setFigures(SegmentFigures newFigures) {
        figures.setRelease(newFigures);
    }

    /** Returns whether the frames are commits. Those of a compaction are not, and have their records in key order. */
    public boolean isOfCommits() throws IOException {
        int headerBytes = cipher.isEncrypting() ? LogFormat.SEGMENT_HEADER_BYTES_MAX : LogFormat.SEGMENT_HEADER_BYTES;
        return bytes() > headerBytes && FrameFormat.isStartOfCommit((int) readNumber(headerBytes, 1));
    }

    /** Returns the sequence of the oldest put; {@link Long#MAX_VALUE} if there is none. */
    public long oldestPut() {
        return figures().oldestPut();
    }

    /** Returns the sequence of the newest delete; 0 if there is none. */
    public long newestDelete() {
        return figures().newestDelete();
    }

    /** Returns the approximate bytes of the deletes. */
    public int deleteBytes() {
        return figures().deleteBytes();
    }

    /** Reads bytes that were written before. */
    public byte[] read(int offset, int length) throws IOException {
        byte[] result = new byte[length];
        file.read(offset, result, 0, length);
        return result;
    }

    /** Reads bytes that were written before into all of {@code target}. */
    void read(int offset, byte[] target) throws IOException {
        file.read(offset, target, 0, target.length);
    }

    /** Reads bytes that were written before into the beginning of {@code target}. */
    public void read(int offset, byte[] target, int length) throws IOException {
        file.read(offset, target, 0, length);
    }

    /** Reads up to eight bytes that were written before as a big-endian number. */
    long readNumber(int offset, int length) throws IOException {
        return file.readNumber(offset, length);
    }

    /** Brings bytes that were written before into the processor's caches; the return value means nothing. */
    public long touch(int offset, int length) {
        return file.touch(offset, length);
    }

    StorageFile file() {
        return file;
    }

    /**
     * Notes that the segment has grown, without a volatile write, which would stall each commit: one follows when the
     * commit is published.
     */
    void grownTo(int newBytes) {
        bytes.setRelease(newBytes);
    }

    void setSettled(boolean newSettled) {
        settled = newSettled;
    }

    void seal() {
        sealed = true;
    }
}
