package org.storedb.internal.log;

import java.io.IOException;
import org.storedb.storage.StorageFile;

/**
 * One file of the log, for reading. It stays readable for whoever holds it after compaction has deleted the file. Safe
 * for use by many threads.
 */
public final class Segment {

    /** About what a delete is longer than its key. */
    private static final int DELETE_OVERHEAD_BYTES = 6;

    private final int id;
    private final StorageFile file;
    private final SegmentCipher cipher;
    private volatile int bytes;
    private volatile boolean sealed;
    private volatile long oldestPut = Long.MAX_VALUE;
    private volatile long newestDelete;
    private volatile int deleteBytes;

    Segment(int id, StorageFile file, SegmentCipher cipher, int bytes, boolean sealed) {
        this.id = id;
        this.file = file;
        this.cipher = cipher;
        this.bytes = bytes;
        this.sealed = sealed;
    }

    /** The same segment in another file. */
    Segment movedTo(StorageFile newFile, int newBytes) {
        Segment moved = new Segment(id, newFile, cipher, newBytes, sealed);
        moved.oldestPut = oldestPut;
        moved.newestDelete = newestDelete;
        moved.deleteBytes = deleteBytes;
        return moved;
    }

    public int id() {
        return id;
    }

    public String fileName() {
        return LogFormat.segmentFileName(id);
    }

    /** How it is encrypted, if it is. */
    public SegmentCipher cipher() {
        return cipher;
    }

    /** Bytes that hold the header and frames. */
    public int bytes() {
        return bytes;
    }

    /** Whether nothing will be appended any more. */
    public boolean isSealed() {
        return sealed;
    }

    /** Sequence of the oldest put in it; {@link Long#MAX_VALUE} if there is none. */
    public long oldestPut() {
        return oldestPut;
    }

    /** Notes that there is a put of this sequence in it; for one thread at a time. */
    public void notePut(long sequence) {
        if (sequence < oldestPut) {
            oldestPut = sequence;
        }
    }

    /** Sequence of the newest delete that is known to be in it; 0 if none is. */
    public long newestDelete() {
        return newestDelete;
    }

    /** About how many bytes these deletes are. */
    public int deleteBytes() {
        return deleteBytes;
    }

    /** Notes that there is a delete in it; for one thread at a time. */
    public void noteDelete(long sequence, int keyBytes) {
        newestDelete = Math.max(newestDelete, sequence);
        deleteBytes = deleteBytes + DELETE_OVERHEAD_BYTES + keyBytes;
    }

    /** Reads bytes that were written before. */
    public byte[] read(int offset, int length) throws IOException {
        byte[] result = new byte[length];
        file.read(offset, result, 0, length);
        return result;
    }

    StorageFile file() {
        return file;
    }

    void grownTo(int newBytes) {
        bytes = newBytes;
    }

    void seal() {
        sealed = true;
    }
}
