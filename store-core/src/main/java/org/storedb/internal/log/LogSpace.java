package org.storedb.internal.log;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.storedb.storage.StorageDirectory;
import org.storedb.storage.StorageFullException;

/**
 * The space that the log occupies, and whether the disk is full. It counts as full from the first write that finds no
 * space until there is room again for the {@link Ballast}, which is given up meanwhile. Safe for use by many threads.
 */
public final class LogSpace {

    private static final int MANIFEST_SHARE = 4;

    private final StorageDirectory directory;
    private final Ballast ballast;
    private final Set<Segment> unpublished = ConcurrentHashMap.newKeySet();
    private volatile @Nullable StorageFullException full;

    LogSpace(StorageDirectory directory, int segmentBytes) {
        this.directory = directory;
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

    /** Creates the ballast; if there is no space for it, the disk is full. */
    public synchronized void reserve() {
        if (!takeBallast()) {
            note(new StorageFullException("There is no space for the " + ballast.bytes() + " bytes of ballast"));
        }
    }

    /** Returns why the disk is full, or {@code null} if it is not. */
    public @Nullable StorageFullException full() {
        return full;
    }

    /** Notes that a write found no space, and gives up the ballast, so that deletes and compaction can proceed. */
    public synchronized void becameFull(StorageFullException cause) {
        note(cause);
        try {
            ballast.release();
        } catch (IOException e) {
            logger().log(System.Logger.Level.WARNING, "Cannot delete the ballast", e);
        }
    }

    private void note(StorageFullException cause) {
        if (full == null) {
            logger().log(
                            System.Logger.Level.WARNING,
                            "The store in {0} accepts only deletes until there is space again: {1}",
                            directory.description(),
                            cause.getMessage());
        }
        full = cause;
    }

    /**
     * Checks whether a full disk has space again, for the ballast and for what is to be written, and restores the
     * ballast.
     *
     * @return whether the disk is not, or no longer, full
     */
    public synchronized boolean hasRecovered(long bytes) {
        if (full != null && usableBytes() > 2L * ballast.bytes() + bytes && takeBallast()) {
            full = null;
            logger().log(
                            System.Logger.Level.INFO,
                            "The store in {0} has space again and accepts all writes",
                            directory.description());
        }
        return full == null;
    }

    private boolean takeBallast() {
        try {
            return ballast.take();
        } catch (StorageFullException e) {
            return false;
        } catch (IOException e) {
            logger().log(System.Logger.Level.WARNING, "Cannot write the ballast", e);
            return true; // It is not a lack of space; any other problem will show where it matters.
        }
    }

    /**
     * Returns the bytes that deletes and compaction may still take: a quarter of the ballast is reserved for the
     * manifest, so that the store can still be closed and opened.
     */
    public long spareBytes() {
        return usableBytes() - ballast.bytes() / MANIFEST_SHARE;
    }

    /** Returns the bytes that can still be written; {@link Long#MAX_VALUE} if there is no bound, or none is known. */
    private long usableBytes() {
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

    /** Returns the bytes of all segments: of those in the table, and of those that are not part of the log yet. */
    long bytesOnDisk(Supplier<SegmentTable> segments) {
        List<Segment> others = List.copyOf(unpublished);
        SegmentTable table = segments.get(); // Later than the others, so that one that changes over is not missed,
        long bytes = table.bytes();
        for (Segment other : others) {
            bytes += table.contains(other.id()) ? 0 : other.bytes(); // nor counted twice.
        }
        return bytes;
    }

    void beginUnpublished(Segment segment) {
        unpublished.add(segment);
    }

    void endUnpublished(Segment segment) {
        unpublished.remove(segment);
    }
}
