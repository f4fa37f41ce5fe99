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
 * The log of one store: appends frames to the active segment, and rolls over to a new one when it is full. Which segments
 * there are is the matter of {@link SegmentRegistry}.
 *
 * <p>A write or a sync that fails is final, see {@link #failure()}. A write that finds the disk full is not: what it has
 * left behind is cut off again, durably, and the log is as it was; see {@link #space()}.
 *
 * <p>{@link #append}, {@link #flush} and {@link #close} are for one thread at a time (the commit pipeline holds its lock).
 * {@link #sync()}, {@link #addSegments} and {@link #removeSegments} may run beside them. {@code syncLock} guards syncs and
 * the change of the active segment; it is taken before the lock of the registry.
 */
public final class SegmentedLog implements CommitLog, Closeable {

    private final UUID storeId;
    private final StorageDirectory directory;
    private final InstantSource clock;
    private final LogEncryption encryption;
    private final int segmentBytes;
    private final Object syncLock = new Object();
    private final LogSpace space;
    private final LogFailure failure;
    private final SegmentRegistry registry;
    private volatile @Nullable Instant lastSync;

    SegmentedLog(
            StorageDirectory directory,
            InstantSource clock,
            LogEncryption encryption,
            int segmentBytes,
            Manifest manifest,
            SegmentTable segments,
            SegmentWriter active) {
        this.storeId = manifest.storeId();
        this.directory = directory;
        this.clock = clock;
        this.encryption = encryption;
        this.segmentBytes = segmentBytes;
        this.space = new LogSpace(directory, segmentBytes);
        this.failure = new LogFailure(directory.description());
        this.registry = new SegmentRegistry(directory, failure, space, manifest, segments, active);
    }

    @Override
    public UUID storeId() {
        return storeId;
    }

    /** The segments as of now. */
    @Override
    public SegmentTable segments() {
        return registry.segments();
    }

    /** The segment that is being appended to; what was flushed of it can be read. */
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

    /** How much space there is. */
    public LogSpace space() {
        return space;
    }

    /** Bytes of all segments, those included that compaction is writing. */
    public long bytesOnDisk() {
        return space.bytesOnDisk(this::segments);
    }

    /** Size at which the log rolls over. */
    public int segmentBytes() {
        return segmentBytes;
    }

    /** Bytes that a frame with such a body takes up at most. */
    public long frameBytes(int bodyBytes) {
        return (long) FrameFormat.HEADER_BYTES_MAX + bodyBytes;
    }

    /** Bytes that the next {@link #flush()} writes. */
    public int collectedBytes() {
        return registry.active().collectedBytes();
    }

    /** When something was last made durable, or {@code null} if nothing was since the log was opened. */
    public @Nullable Instant lastSync() {
        return lastSync;
    }

    /** The first error that ended writing, or {@code null}: what reached the medium is unknown since. */
    public @Nullable Throwable failure() {
        return failure.cause();
    }

    /** Refuses with the first error if writing has ended. */
    public void requireWritable() {
        failure.requireNone();
    }

    /** Ends writing because of an error in the middle of it. */
    public void fail(Throwable cause) {
        failure.end(cause);
    }

    /**
     * Whether a frame with this body may go to the active segment: it fits in, and is encrypted there as it has to be. If
     * not, {@link #roll} begins another one.
     */
    public boolean hasRoomFor(FrameBody body) {
        SegmentWriter active = registry.active();
        return active.hasRoomFor(body) && isOfCurrentKey(active.segment());
    }

    /** How long a body will be in a new segment. */
    public int bytesOf(FrameBody body) {
        return body.bytes(encryption.isEncrypting());
    }

    /**
     * Collects the frame of a commit, for which there is room, for the next {@link #flush()}; the body then tells where
     * its records are.
     *
     * @return id of the segment that it is in
     */
    public int append(long sequence, FrameBody body) {
        SegmentWriter active = registry.active();
        active.append(sequence, clock.millis(), body);
        active.segment().note(body.figures(sequence));
        return active.segment().id();
    }

    /** Whether a segment is encrypted with the key that new ones are encrypted with; or neither is encrypted. */
    public boolean isOfCurrentKey(Segment segment) {
        return encryption.isCurrent(segment.cipher());
    }

    /**
     * Hands the collected frames to the operating system: a killed process no longer loses them.
     *
     * @throws StorageFullException if there is no space for them; all of them are taken back then
     */
    public void flush() throws IOException {
        SegmentWriter active = registry.active();
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
                throw new IOException("What did not fit on the disk cannot be cut off: " + e.getMessage(), e);
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
                    fail(e); // Not to be tried again: the system may have dropped the pages and would say yes.
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
            space.beginUnpublished(writer.segment());
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
     * Takes sealed segments out of the log, durably, and deletes their files. Who holds them can go on reading.
     *
     * @param newestCommit the newest commit in them that somebody may want to read back; 0 if there is none
     */
    public void removeSegments(Set<Integer> ids, long sequence, long newestCommit) throws IOException {
        registry.remove(ids, sequence, newestCommit);
    }

    /** Gives up a segment that did not become part of the log. */
    public void discard(Segment segment) {
        registry.discard(segment);
    }

    /** The log as of now; for a moment at which nothing is appended, so that it ends with a whole commit. */
    public LogCut cut(long sequence) {
        return registry.cut(sequence);
    }

    /**
     * How far the log is; while nothing is being appended. Not all of it need be durable.
     *
     * @param sequence the last commit in it
     */
    public LogMark mark(long sequence) {
        return registry.mark(sequence);
    }

    /** Files in the directory that look like a part of the log, and that neither it nor anything under way uses. */
    public List<String> leakedFiles() throws IOException {
        return registry.leakedFiles();
    }

    /**
     * Makes everything durable, notes in the manifest how far that goes, and closes the files. After a failure it only
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
     * Closes the files of a log to which nothing was appended, which then are as they were when it was opened.
     *
     * @param cause is thrown by the caller; it suppresses what goes wrong here
     */
    public void abandon(Throwable cause) {
        fail(cause);
        Closing.after(cause, registry.active());
        Closing.after(cause, this);
    }

    /**
     * Seals the active segment and begins another one, with room for a body of this length. Nothing is durable in a later
     * segment before it is in this one.
     *
     * @param sequence the last commit, which has been flushed
     * @throws StorageFullException if there is no space for it; the active segment goes on then
     */
    public void roll(long sequence, int bodyBytes) throws IOException {
        synchronized (syncLock) {
            SegmentWriter full = registry.active();
            SegmentWriter.End end = full.end();
            full.appendFooter(sequence, clock.millis());
            flush();
            sync();
            goOnBehind(end, sequence, bodyBytes);
            full.segment().seal();
            full.close();
            lastSync = clock.instant();
        }
        registry.retryRemovals();
    }

    /** Begins the segment after the active one, which is durable; without space for it, that ends at {@code end} again. */
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

    /** Makes the entries of the directory durable, whoever has changed them. */
    public void syncDirectory() throws IOException {
        registry.syncDirectory();
    }
}
