package org.storedb.internal.log;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.storedb.storage.StorageDirectory;
import org.storedb.storage.StorageFullException;

/**
 * The space that the log occupies, and whether the disk is full. It counts as full as soon as what is left is needed to
 * make space again, or a write finds none, until there is enough again. Safe for use by many threads, except for what
 * says otherwise.
 *
 * <p>Only a compaction makes space, and it has to copy the live records of a segment before it can delete it. So as
 * much as the copy of a segment may take is kept free: puts leave it, and so do deletes, which may take most of the
 * {@link Ballast} that is given up for them. If others have filled the disk, deletes leave what there is besides the
 * ballast.
 */
public final class LogSpace {

    private static final int MANIFEST_SHARE = 4;
    private static final int CHECK_SHARE = 4;
    private static final int AHEAD_SHARE = 16;

    private final StorageDirectory directory;
    private final LongSupplier copyBytes;
    private final Ballast ballast;
    private final Set<Segment> copies = ConcurrentHashMap.newKeySet();
    private volatile @Nullable StorageFullException full;
    private long keptBytes; // From deletes, on a full disk; guarded by this.
    private long uncheckedBytes; // For the thread that appends.

    /**
     * Creates the space of a log.
     *
     * @param copyBytes supplies how many bytes the copy of a segment may have
     */
    LogSpace(StorageDirectory directory, int segmentBytes, LongSupplier copyBytes) {
        this.directory = directory;
        this.copyBytes = copyBytes;
        this.ballast = new Ballast(directory, segmentBytes);
    }

    /**
     * Gives up the ballast of a directory before its log is open.
     *
     * @return whether the ballast existed
     */
    public static boolean releaseBallast(StorageDirectory directory) throws IOException {
        return Ballast.release(directory);
    }

    /** Creates the ballast; if there is no space for it and for compaction, the disk is full. */
    public void reserve() {
        BallastTaking taking;
        synchronized (this) {
            taking = takeBallast(0);
        }
        taking.logProblem();
        if (!taking.hasSpace()) {
            becameFull(reserveReached());
        }
    }

    /** Returns why the disk is full, or {@code null} if it is not. */
    public @Nullable StorageFullException full() {
        return full;
    }

    /** Notes that there is no space for a write, and gives up the ballast, so that deletes can proceed. */
    public void becameFull(StorageFullException cause) {
        boolean wasFull;
        IOException problem = null;
        synchronized (this) {
            wasFull = full != null;
            full = cause;
            try {
                if (ballast.release()) {
                    keptBytes = manifestBytes();
                } else if (!wasFull) {
                    keptBytes = usableBytes(); // Deletes have had the ballast before.
                }
            } catch (IOException e) {
                problem = e;
            }
        }
        if (!wasFull) {
            logger().log(
                            System.Logger.Level.WARNING,
                            "The store in {0} accepts only deletes until there is space again: {1}",
                            directory.description(),
                            cause.getMessage());
        }
        if (problem != null) {
            logger().log(System.Logger.Level.WARNING, "Cannot delete the ballast", problem);
        }
    }

    /**
     * Checks whether a full disk has space again, for the ballast, for compaction and for what is to be written, and
     * restores the ballast.
     *
     * @return whether the disk is not, or no longer, full
     */
    public boolean hasRecovered(long bytes) {
        BallastTaking taking;
        synchronized (this) {
            if (full == null) {
                return true;
            }
            taking = takeBallast(bytes);
            if (!taking.hasSpace()) {
                return false;
            }
            full = null;
        }
        taking.logProblem();
        logger().log(
                        System.Logger.Level.INFO,
                        "The store in {0} has space again and accepts all writes",
                        directory.description());
        return true;
    }

    /** Creates the ballast if there is space for it, for compaction and for these bytes. */
    private BallastTaking takeBallast(long bytes) {
        try {
            return new BallastTaking(ballast.take(reservedBytes() + bytes), null);
        } catch (StorageFullException e) {
            return new BallastTaking(false, null);
        } catch (IOException e) {
            return new BallastTaking(
                    true, e); // It is not a lack of space; any other problem will show where it matters.
        }
    }

    /** What came of taking the ballast. The problem is for the log, once the lock is free. */
    private record BallastTaking(boolean hasSpace, @Nullable IOException problem) {

        void logProblem() {
            if (problem != null) {
                logger().log(System.Logger.Level.WARNING, "Cannot write the ballast", problem);
            }
        }
    }

    /**
     * Makes sure that a write to the log leaves what is kept free. Small ones need not be checked unless the disk is
     * full: {@link #grew} notices soon enough what they add up to. For one thread at a time.
     *
     * @throws StorageFullException if it does not
     */
    void requireRoom(long bytes) throws StorageFullException {
        if (full != null) {
            if (bytes > bytesForDeletes()) {
                throw new StorageFullException("what is left on the disk is kept for compaction");
            }
        } else if (bytes >= checkedBytes() && !keepsReserve(bytes)) {
            throw reserveReached();
        }
    }

    /** Notes that the log has grown: if it has reached what is kept free, the disk is full. For one thread at a time. */
    void grew(long bytes) {
        uncheckedBytes += bytes;
        if (uncheckedBytes >= checkedBytes()) {
            uncheckedBytes = 0;
            if (full == null && !keepsReserve(0)) {
                becameFull(reserveReached());
            }
        }
    }

    /** Returns whether writing this many bytes leaves what is kept free for compaction. */
    public boolean keepsReserve(long bytes) {
        return usableBytes() - bytes >= reservedBytes();
    }

    /** Returns whether writing this many bytes leaves that also when the copies in progress do not count any more. */
    public boolean keepsReserveWithoutCopies(long bytes) {
        return usableBytes() - bytes >= copyBytesMost() + ballast.bytes();
    }

    private StorageFullException reserveReached() {
        return new StorageFullException(
                "the last " + reservedBytes() + " bytes of the disk are kept for deletes and compaction");
    }

    /** Returns the bytes that the copies of a compaction may take; some of the ballast is kept for the manifest. */
    public long bytesForCopies() {
        return usableBytes() - manifestBytes();
    }

    /** Returns the bytes that deletes may take on a full disk; negative if compaction needs more than there is. */
    public synchronized long bytesForDeletes() {
        long usable = usableBytes();
        keptBytes = Math.max(keptBytes, usable - (ballast.bytes() - manifestBytes()));
        return usable - Math.min(keptBytes, keptForCopies() + manifestBytes());
    }

    /** Returns what puts leave free: more than deletes do, since it is noticed late that the log has grown into it. */
    private long reservedBytes() {
        return keptForCopies() + ballast.bytes();
    }

    /**
     * Returns what the copy of a segment may take, beyond what the copies in progress have taken, and what the active
     * segment may have taken ahead.
     */
    private long keptForCopies() {
        long taken = copies.stream().mapToLong(Segment::bytes).sum();
        return Math.max(0, copyBytesMost() - taken);
    }

    private long copyBytesMost() {
        long copied = copyBytes.getAsLong();
        return copied + copied / AHEAD_SHARE;
    }

    /** Returns the bytes of the copies whose originals are still part of the log. */
    public long bytesBesideOriginals() {
        return copies.stream()
                .filter(copy -> !copy.isSettled())
                .mapToLong(Segment::bytes)
                .sum();
    }

    private int checkedBytes() {
        return ballast.bytes() / CHECK_SHARE;
    }

    private int manifestBytes() {
        return ballast.bytes() / MANIFEST_SHARE;
    }

    private long usableBytes() {
        return usableBytes(directory);
    }

    /** Returns the bytes that can still be written; {@link Long#MAX_VALUE} if there is no bound, or none is known. */
    static long usableBytes(StorageDirectory directory) {
        try {
            return directory.usableBytes();
        } catch (IOException e) {
            logger().log(System.Logger.Level.DEBUG, "The free space is not known", e);
            return Long.MAX_VALUE;
        }
    }

    private static System.Logger logger() {
        return System.getLogger(LogSpace.class.getName());
    }

    /** Returns the bytes of all segments: of those in the table, and of copies that are not part of the log yet. */
    long bytesOnDisk(Supplier<SegmentTable> segments) {
        List<Segment> others = List.copyOf(copies);
        SegmentTable table = segments.get(); // Later than the others, so that one that changes over is not missed,
        long bytes = table.bytes();
        for (Segment other : others) {
            bytes += table.contains(other.id()) ? 0 : other.bytes(); // nor counted twice.
        }
        return bytes;
    }

    /** Notes a segment that a compaction begins. */
    void beginCopy(Segment copy) {
        copies.add(copy);
    }

    /** Forgets a copy that is discarded. */
    void discardCopy(Segment copy) {
        copies.remove(copy);
    }

    /** Notes that the copies of a compaction have become part of the log, and what they replace is gone. */
    public void endCopies() {
        copies.clear();
    }
}
