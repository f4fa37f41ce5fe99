package org.storedb.internal.log;

import java.io.Closeable;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.storedb.error.CorruptStoreException;
import org.storedb.error.StoreFailedException;
import org.storedb.storage.StorageDirectory;

/**
 * The log of one store: appends frames to the active segment, rolls over to a new one when it is full, and keeps the
 * manifest true.
 *
 * <p>A write or a sync that fails is final: what reached the medium is then unknown, and asking again may be answered
 * with a lie. From then on nothing is written any more; see {@link #failure()}.
 *
 * <p>{@link #append}, {@link #flush} and {@link #close} are for one thread at a time (the commit pipeline holds its lock).
 * {@link #sync()}, {@link #addSegments} and {@link #removeSegments} may run beside them. {@code syncLock} guards syncs and
 * the change of the active segment, {@code manifestLock} the manifest and the segment table; the first is taken before
 * the second.
 */
public final class SegmentedLog implements Closeable {

    private final UUID storeId;
    private final StorageDirectory directory;
    private final InstantSource clock;
    private final LogEncryption encryption;
    private final int segmentBytes;
    private final Object syncLock = new Object();
    private final Object manifestLock = new Object();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    private Manifest manifest;
    private volatile SegmentTable segments;
    private volatile SegmentWriter active;
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
        this.manifest = manifest;
        this.segments = segments;
        this.active = active;
    }

    public UUID storeId() {
        return storeId;
    }

    /** The segments as of now. */
    public SegmentTable segments() {
        return segments;
    }

    /** When something was last made durable, or {@code null} if nothing was since the log was opened. */
    public @Nullable Instant lastSync() {
        return lastSync;
    }

    /** The first error that ended writing, or {@code null}. */
    public @Nullable Throwable failure() {
        return failure.get();
    }

    /** Refuses with the first error if writing has ended. */
    public void requireWritable() {
        Throwable cause = failure.get();
        if (cause != null) {
            throw new StoreFailedException(
                    "The store in " + directory.description() + " accepts no more writes because one failed: "
                            + cause.getMessage() + "; repair the cause, then close the store and open it again",
                    cause);
        }
    }

    /** Ends writing because of an error in the middle of it. */
    public void fail(Throwable cause) {
        failure.compareAndSet(null, cause);
    }

    /**
     * Collects the frame of a commit for the next {@link #flush()}; the body then tells where its records are. Rolls over
     * first if the active segment has no room for it, or is encrypted otherwise than it has to be; a frame larger than a
     * segment gets one of its own size.
     *
     * @return id of the segment that it is in
     */
    public int append(long sequence, FrameBody body) throws IOException {
        if (!active.hasRoomFor(body) || !isOfCurrentKey(active.segment())) {
            roll(sequence - 1, body.bytes(encryption.isEncrypting()));
        }
        active.append(sequence, clock.millis(), body);
        active.segment().notePut(sequence);
        return active.segment().id();
    }

    /** Whether a segment is encrypted with the key that new ones are encrypted with; or neither is encrypted. */
    public boolean isOfCurrentKey(Segment segment) {
        return encryption.isCurrent(segment.cipher());
    }

    /** Hands the collected frames to the operating system: a killed process no longer loses them. */
    public void flush() throws IOException {
        active.flush();
    }

    /** Makes all flushed frames durable. */
    public void sync() throws IOException {
        synchronized (syncLock) {
            requireWritable();
            if (active.needsSync()) {
                try {
                    active.sync();
                } catch (IOException e) {
                    fail(e); // Not to be tried again: the system may have dropped the pages and would say yes.
                    throw e;
                }
                lastSync = clock.instant();
            }
        }
    }

    /** Seals the active segment and begins another one. */
    public void roll(long sequence) throws IOException {
        roll(sequence, 0);
    }

    /**
     * Hands each frame of a sealed segment to {@code action}.
     *
     * @throws CorruptStoreException if it is damaged
     */
    public void readFrames(Segment segment, FrameAction action) throws IOException {
        SegmentScanner scanner = new SegmentScanner(segment.file(), storeId, segment.id(), segment.bytes(), encryption);
        scanner.scanTo(segment.bytes(), action);
        if (scanner.validBytes() != segment.bytes()) {
            throw new CorruptStoreException(
                    segment.fileName(),
                    scanner.validBytes(),
                    "The file " + segment.fileName() + " is damaged at byte " + scanner.validBytes()
                            + ": a frame does not match its checksum; restore the directory from a backup");
        }
    }

    /** Begins a sealed segment beside the active one, for compaction, with room for this body. */
    public SealedSegmentWriter newSealedSegment(FrameBody first) throws IOException {
        int id;
        synchronized (manifestLock) {
            id = manifest.nextSegmentId();
            manifest = new Manifest(
                    manifest.storeId(), manifest.createdAtMillis(), manifest.sequence(), id + 1, manifest.segments());
        }
        int capacityBytes = capacityFor(first.bytes(encryption.isEncrypting()));
        SegmentWriter writer = SegmentWriter.create(directory, storeId, id, encryption, capacityBytes, clock.millis());
        return new SealedSegmentWriter(writer, clock);
    }

    /** Makes finished segments part of the log, durably. */
    public void addSegments(List<SealedSegmentWriter> added, long sequence) throws IOException {
        syncDirectory();
        synchronized (manifestLock) {
            List<Manifest.Entry> entries =
                    added.stream().map(SealedSegmentWriter::manifestEntry).toList();
            replaceManifest(manifest.with(entries, sequence));
            List<Segment> all = new ArrayList<>(segments.all());
            added.forEach(writer -> all.add(writer.segment()));
            segments = SegmentTable.of(all);
        }
    }

    /** Takes sealed segments out of the log, durably, and deletes their files. Who holds them can go on reading. */
    public void removeSegments(Set<Integer> ids, long sequence) throws IOException {
        List<Segment> removed = new ArrayList<>();
        synchronized (manifestLock) {
            replaceManifest(manifest.without(ids, sequence));
            List<Segment> kept = new ArrayList<>();
            for (Segment segment : segments.all()) {
                (ids.contains(segment.id()) ? removed : kept).add(segment);
            }
            segments = SegmentTable.of(kept);
        }
        for (Segment segment : removed) {
            segment.file().close();
            deleteQuietly(segment.fileName());
        }
    }

    /**
     * Gives up a segment that did not become part of the log. Its file is deleted, unless the log has failed: then the
     * manifest on the medium may name it, and the next open decides.
     */
    public void discard(SealedSegmentWriter writer) {
        try {
            writer.segment().file().close();
        } catch (IOException e) {
            logger().log(
                            System.Logger.Level.DEBUG,
                            "Cannot close " + writer.segment().fileName(),
                            e);
        }
        if (failure() == null) {
            deleteQuietly(writer.segment().fileName());
        }
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
                active.finish();
                markActiveDurable();
            }
        } finally {
            for (Segment segment : segments.all()) {
                segment.file().close();
            }
        }
    }

    private void markActiveDurable() throws IOException {
        synchronized (manifestLock) {
            Manifest.Entry mark = active.manifestEntry(false);
            if (!mark.equals(manifest.active())) {
                replaceManifest(manifest.withActive(mark));
            }
        }
    }

    /** Seals the active segment and begins the next one. Nothing is durable in a later segment before it is in this. */
    private void roll(long sequence, int bodyBytes) throws IOException {
        synchronized (syncLock) {
            SegmentWriter full = active;
            full.flush();
            full.sync();
            synchronized (manifestLock) {
                SegmentWriter next = begin(full, sequence, capacityFor(bodyBytes));
                List<Segment> all = new ArrayList<>(segments.all());
                all.add(next.segment());
                segments = SegmentTable.of(all);
                active = next;
            }
            full.segment().seal();
            full.finish();
            lastSync = clock.instant();
        }
    }

    /** Begins the segment after {@code full}, which is durable. */
    private SegmentWriter begin(SegmentWriter full, long sequence, int capacityBytes) throws IOException {
        int id = manifest.nextSegmentId();
        SegmentWriter next = SegmentWriter.create(directory, storeId, id, encryption, capacityBytes, clock.millis());
        try {
            next.sync();
            syncDirectory();
            replaceManifest(manifest.rolled(full.manifestEntry(true), id, sequence));
            return next;
        } catch (IOException e) {
            next.segment().file().close();
            throw e;
        }
    }

    private int capacityFor(int bodyBytes) {
        return Math.max(segmentBytes, LogFormat.SEGMENT_HEADER_BYTES_MAX + LogFormat.FRAME_HEADER_BYTES + bodyBytes);
    }

    private void replaceManifest(Manifest next) throws IOException {
        ManifestFile.prepare(directory, next);
        try {
            ManifestFile.publish(directory);
        } catch (IOException e) {
            fail(e); // From here on the manifest on the medium may be this one or the one before.
            throw e;
        }
        manifest = next;
    }

    private void syncDirectory() throws IOException {
        try {
            directory.sync();
        } catch (IOException e) {
            fail(e); // As with a file: it may have lost entries of anybody, and would not say so again.
            throw e;
        }
    }

    private void deleteQuietly(String fileName) {
        try {
            directory.delete(fileName);
        } catch (IOException e) {
            // The next open finds it as a left-over.
            logger().log(System.Logger.Level.WARNING, "Cannot delete " + fileName, e);
        }
    }

    private static System.Logger logger() {
        return System.getLogger(SegmentedLog.class.getName());
    }
}
