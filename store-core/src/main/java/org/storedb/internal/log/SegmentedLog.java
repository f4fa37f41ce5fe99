package org.storedb.internal.log;

import java.io.Closeable;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.storedb.error.CorruptStoreException;
import org.storedb.internal.io.Closing;
import org.storedb.storage.StorageDirectory;
import org.storedb.storage.StorageFullException;

/**
 * The log of one store: appends frames to the active segment, and rolls over to a new one when it is full.
 * {@link SegmentRegistry} keeps track of the segments.
 *
 * <p>A write or a sync that fails is final, see {@link #failure()}. A write that finds the disk full is not: its
 * remains are cut off again, durably, and the log is as it was; see {@link #space()}.
 *
 * <p>{@link #append}, {@link #flush} and {@link #close} are for one thread at a time (the commit pipeline holds its
 * lock). {@link #sync()}, {@link #addSegments} and {@link #removeSegments} may run concurrently. {@code syncLock}
 * guards syncs and the change of the active segment; it is taken before the lock of the registry.
 */
public final class SegmentedLog implements CommitLog, Closeable {

    private final UUID storeId;
    private final StorageDirectory directory;
    private final InstantSource clock;
    private final LogEncryption encryption;
    private final int segmentBytes;
    private final int segmentBytesMax;
    private final Object syncLock = new Object();
    private final LogSpace space;
    private final LogFailure failure;
    private final SegmentRegistry registry;
    private volatile @Nullable Instant lastSync;

    /**
     * Creates the log of a directory.
     *
     * @param segmentBytes size at which it rolls over
     * @param segmentBytesMax the largest size at which it may have rolled over before
     */
    SegmentedLog(
            StorageDirectory directory,
            InstantSource clock,
            LogEncryption encryption,
            int segmentBytes,
            int segmentBytesMax,
            Manifest manifest,
            SegmentTable segments,
            SegmentWriter active) {
        this.storeId = manifest.storeId();
        this.directory = directory;
        this.clock = clock;
        this.encryption = encryption;
        this.segmentBytes = segmentBytes;
        this.segmentBytesMax = segmentBytesMax;
        this.space = new LogSpace(directory, segmentBytes, this::copyBytesMost);
        this.failure = new LogFailure(directory.description());
        this.registry = new SegmentRegistry(directory, failure, space, manifest, segments, active);
    }

    @Override
    public UUID storeId() {
        return storeId;
    }

    /** Returns the current segments. */
    @Override
    public SegmentTable segments() {
        return registry.segments();
    }

    /** Returns the active segment, of which everything that was flushed can be read. */
    public Segment active() {
        return registry.active().segment();
    }

    @Override
    public long commitsRemovedTo() {
        return registry.commitsRemovedTo();
    }

    @Override
    public int durableBytes(Segment segment) {
        SegmentWriter writer = registry.active();
        return writer.segment() == segment ? writer.durableBytes() : segment.bytes();
    }

    /** Returns the space of the log. */
    public LogSpace space() {
        return space;
    }

    /** Returns the bytes of all segments, including those that compaction is writing. */
    public long bytesOnDisk() {
        return space.bytesOnDisk(this::segments);
    }

    /** Returns the size at which the log rolls over. */
    public int segmentBytes() {
        return segmentBytes;
    }

    /**
     * Returns how many bytes the copy of a segment may have. Segments may be from a time when there was more space for
     * them; those that one transaction has made even larger do not count.
     */
    private long copyBytesMost() {
        long largest = segmentBytes;
        long all = 0;
        for (Segment segment : segments().all()) {
            largest = Math.max(largest, Math.min(segment.bytes(), segmentBytesMax));
            all += segment.bytes();
        }
        return Math.min(largest, all);
    }

    /** Returns the maximum bytes of a frame with a body of this length. */
    public long frameBytes(int bodyBytes) {
        return (long) FrameFormat.HEADER_BYTES_MAX + bodyBytes;
    }

    /** Returns the bytes that the next {@link #flush()} writes. */
    public int collectedBytes() {
        return registry.active().collectedBytes();
    }

    /** Returns when something was last made durable, or {@code null} if nothing was since the log was opened. */
    public @Nullable Instant lastSync() {
        return lastSync;
    }

    /** Returns the first error that ended writing, or {@code null}: after it, what reached the medium is unknown. */
    public @Nullable Throwable failure() {
        return failure.cause();
    }

    /** Fails with the first error if writing has ended. */
    public void requireWritable() {
        failure.requireNone();
    }

    /** Ends writing because of an error in the middle of it. */
    public void fail(Throwable cause) {
        failure.end(cause);
    }

    /**
     * Returns whether a frame with this body may go to the active segment: it fits, and the segment is encrypted as
     * required. If not, {@link #roll} begins another one.
     */
    public boolean hasRoomFor(FrameBody body) {
        SegmentWriter active = registry.active();
        return active.hasRoomFor(body) && isOfCurrentKey(active.segment());
    }

    /** Returns the length that a body will have in a new segment. */
    public int bytesOf(FrameBody body) {
        return body.bytes(encryption.isEncrypting());
    }

    /**
     * Collects the frame of a commit, for which there is room, for the next {@link #flush()}; afterwards the body knows
     * where its records are.
     *
     * @return id of the segment that contains it
     */
    public int append(long sequence, FrameBody body) {
        SegmentWriter active = registry.active();
        active.append(sequence, clock.millis(), body);
        active.segment().note(body.figures(sequence));
        return active.segment().id();
    }

    /** Returns whether a segment is encrypted with the current key, or neither it nor new segments are encrypted. */
    public boolean isOfCurrentKey(Segment segment) {
        return encryption.isCurrent(segment.cipher());
    }

    /**
     * Hands the collected frames to the operating system: they survive the death of the process.
     *
     * @throws StorageFullException if there is no space for them, or what there is has to be kept for compaction; all of
     *     them are taken back then
     */
    public void flush() throws IOException {
        SegmentWriter active = registry.active();
        int bytes = active.collectedBytes();
        if (bytes == 0) {
            return; // Needs no room, however little there is: the store is being closed, or nothing was to be written.
        }
        try {
            space.requireRoom(bytes);
        } catch (StorageFullException e) {
            cutBack(active.end());
            throw e;
        }
        flush(active);
        space.grew(bytes);
    }

    private void flush(SegmentWriter active) throws IOException {
        try {
            active.flush();
        } catch (StorageFullException e) {
            cutBack(active.end());
            throw e;
        }
    }

    private void cutBack(SegmentWriter.End end) throws IOException {
        synchronized (syncLock) {
            try {
                registry.active().cutBack(end);
            } catch (IOException e) {
                fail(e);
                throw new IOException("The bytes that did not fit on the disk cannot be cut off: " + e.getMessage(), e);
            }
        }
    }

    /** Makes all flushed frames durable. */
    public void sync() throws IOException {
        synchronized (syncLock) {
            requireWritable();
            SegmentWriter active = registry.active();
            if (active.needsSync()) {
                try {
                    active.sync();
                } catch (IOException | RuntimeException | Error e) {
                    fail(e); // Not to be retried: the system may have dropped the pages and would report success.
                    throw e;
                }
                lastSync = clock.instant();
            }
        }
    }

    /**
     * Hands each frame of a sealed segment to {@code action}.
     *
     * @throws CorruptStoreException if it is damaged
     */
    public void readFrames(Segment segment, FrameAction action) throws IOException {
        SegmentScanner.scanWhole(segment, storeId, action);
    }

    /** Begins a sealed segment beside the active one, for compaction, with room for this body. */
    public SealedSegmentWriter newSealedSegment(FrameBody first) throws IOException {
        SegmentWriter writer = newSegment(bytesOf(first));
        try {
            space.beginCopy(writer.segment());
            return new SealedSegmentWriter(writer, clock);
        } catch (RuntimeException | Error e) {
            discard(writer.segment());
            throw e;
        }
    }

    private SegmentWriter newSegment(int bodyBytes) throws IOException {
        int id = registry.takeId();
        try {
            return SegmentWriter.create(directory, storeId, id, encryption, capacityFor(bodyBytes), clock.millis());
        } catch (IOException | RuntimeException | Error e) {
            registry.releaseId(id);
            throw e;
        }
    }

    /** Makes finished segments part of the log, durably. */
    public void addSegments(List<SealedSegmentWriter> added, long sequence) throws IOException {
        registry.add(added, sequence);
    }

    /**
     * Removes sealed segments from the log, durably, and deletes their files. Holders can go on reading them.
     *
     * @param newestCommit the newest commit in them that a reader may still want; 0 if there is none
     */
    public void removeSegments(Set<Integer> ids, long sequence, long newestCommit) throws IOException {
        registry.remove(ids, sequence, newestCommit);
    }

    /** Gives up a segment that did not become part of the log. */
    public void discard(Segment segment) {
        registry.discard(segment);
    }

    /** Cuts the log here; to be called while nothing is appended, so that it ends with a whole commit. */
    public LogCut cut(long sequence) {
        return registry.cut(sequence);
    }

    /**
     * Marks the current end of the log; to be called while nothing is appended. Not all of it need be durable.
     *
     * @param sequence the last commit in it
     */
    public LogMark mark(long sequence) {
        return registry.mark(sequence);
    }

    /**
     * Returns the files in the directory that look like a part of the log, but that neither it nor anything under way
     * uses.
     */
    public List<String> leakedFiles() throws IOException {
        return registry.leakedFiles();
    }

    /**
     * Makes everything durable, notes the durable end in the manifest, and closes the files. After a failure it only
     * closes the files.
     */
    @Override
    public void close() throws IOException {
        try {
            if (failure() == null) {
                flush();
                sync();
                registry.active().close();
                registry.markActiveDurable();
            }
        } finally {
            registry.segments().closeFiles();
        }
    }

    /**
     * Closes the files of a log to which nothing was appended; they remain as they were when it was opened.
     *
     * @param cause the exception that the caller throws; further failures are added to it as suppressed
     */
    public void abandon(Throwable cause) {
        fail(cause);
        Closing.after(cause, registry.active());
        Closing.after(cause, this);
    }

    /**
     * Seals the active segment and begins another one, with room for a body of this length. Nothing becomes durable in
     * a later segment before all of this one is.
     *
     * @param sequence the last commit, which has been flushed
     * @throws StorageFullException if there is no space for it; the active segment then stays in use
     */
    public void roll(long sequence, int bodyBytes) throws IOException {
        synchronized (syncLock) {
            SegmentWriter full = registry.active();
            SegmentWriter.End end = full.end();
            full.appendFooter(sequence, clock.millis());
            flush(full);
            sync();
            goOnBehind(end, sequence, bodyBytes);
            full.segment().seal();
            full.close();
            lastSync = clock.instant();
        }
        registry.retryRemovals();
    }

    /**
     * Begins the segment after the active one, which is durable; without space for it, the active one ends at
     * {@code end} again.
     */
    private void goOnBehind(SegmentWriter.End end, long sequence, int bodyBytes) throws IOException {
        SegmentWriter next = null;
        try {
            next = newSegment(bodyBytes);
            next.sync();
            registry.roll(next, sequence);
        } catch (StorageFullException e) {
            if (next != null) {
                discard(next.segment());
            }
            cutBack(end); // The footer.
            throw e;
        } catch (IOException | RuntimeException | Error e) {
            if (next != null) {
                LogOpener.closeQuietly(next.segment().file());
            }
            throw e;
        }
    }

    private int capacityFor(int bodyBytes) {
        int frameBytes = FrameFormat.HEADER_BYTES_MAX + bodyBytes;
        return Math.max(segmentBytes, LogFormat.SEGMENT_HEADER_BYTES_MAX + frameBytes + FrameFormat.FOOTER_BYTES_MAX);
    }

    /** Makes the directory entries durable, whoever has changed them. */
    public void syncDirectory() throws IOException {
        registry.syncDirectory();
    }
}
