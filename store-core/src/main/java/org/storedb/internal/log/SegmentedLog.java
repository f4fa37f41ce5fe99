package org.storedb.internal.log;

import java.io.Closeable;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.storedb.error.CorruptStoreException;
import org.storedb.error.StoreFailedException;
import org.storedb.internal.io.Closing;
import org.storedb.storage.StorageDirectory;
import org.storedb.storage.StorageFullException;

/**
 * The log of one store: appends frames to the active segment, rolls over to a new one when it is full, and keeps the
 * manifest true.
 *
 * <p>A write or a sync that fails is final: what reached the medium is then unknown, and asking again may be answered
 * with a lie. From then on nothing is written any more; see {@link #failure()}. A write that finds the disk full is not:
 * what it has left behind is cut off again, durably, and the log is as it was; see {@link #space()}.
 *
 * <p>{@link #append}, {@link #flush} and {@link #close} are for one thread at a time (the commit pipeline holds its lock).
 * {@link #sync()}, {@link #addSegments} and {@link #removeSegments} may run beside them. {@code syncLock} guards syncs and
 * the change of the active segment, {@code manifestLock} the manifest and the segment table; the first is taken before
 * the second.
 */
public final class SegmentedLog implements CommitLog, Closeable {

    private final UUID storeId;
    private final StorageDirectory directory;
    private final InstantSource clock;
    private final LogEncryption encryption;
    private final int segmentBytes;
    private final Object syncLock = new Object();
    private final Object manifestLock = new Object();
    private final LogSpace space;
    private final FileRemoval removal;
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final Set<Integer> passing = ConcurrentHashMap.newKeySet(); // Of files that are no left-overs.
    private Manifest manifest;
    private List<Segment> unsettled = List.of();
    private volatile SegmentTable segments;
    private volatile SegmentWriter active;
    private volatile @Nullable Instant lastSync;
    private volatile long commitsRemovedTo;

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
        this.commitsRemovedTo = manifest.commitsRemovedTo();
        this.space = new LogSpace(directory, segmentBytes);
        this.removal = new FileRemoval(directory);
    }

    @Override
    public UUID storeId() {
        return storeId;
    }

    /** The segments as of now. */
    @Override
    public SegmentTable segments() {
        return segments;
    }

    /** The segment that is being appended to; what was flushed of it can be read. */
    public Segment active() {
        return active.segment();
    }

    @Override
    public long commitsRemovedTo() {
        return commitsRemovedTo;
    }

    @Override
    public int durableBytes(Segment segment) {
        SegmentWriter writer = active;
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
        return active.collectedBytes();
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
     * Whether a frame with this body may go to the active segment: it fits in, and is encrypted there as it has to be. If
     * not, {@link #roll} begins another one.
     */
    public boolean hasRoomFor(FrameBody body) {
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
                active.cutBack(end);
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
        int id = takeId();
        passing.add(id);
        SegmentWriter writer;
        try {
            writer = SegmentWriter.create(
                    directory, storeId, id, encryption, capacityFor(bytesOf(first)), clock.millis());
        } catch (IOException | RuntimeException | Error e) {
            passing.remove(id);
            throw e;
        }
        try {
            space.beginUnpublished(writer.segment());
            return new SealedSegmentWriter(writer, clock);
        } catch (RuntimeException | Error e) {
            discard(writer.segment());
            throw e;
        }
    }

    private int takeId() {
        synchronized (manifestLock) {
            int id = manifest.nextSegmentId();
            manifest = manifest.withNextSegmentId(id + 1);
            return id;
        }
    }

    /** Makes finished segments part of the log, durably. */
    public void addSegments(List<SealedSegmentWriter> added, long sequence) throws IOException {
        syncDirectory();
        synchronized (manifestLock) {
            List<Manifest.Entry> entries =
                    added.stream().map(SealedSegmentWriter::manifestEntry).toList();
            List<Segment> copies =
                    added.stream().map(SealedSegmentWriter::segment).toList();
            SegmentTable grown = segments.with(copies);
            replaceManifest(manifest.with(entries, sequence));
            // From here on the log has them: nothing may fail that would make them be taken for copies to be discarded.
            segments = grown;
            unsettled = copies;
        }
        try {
            for (SealedSegmentWriter writer : added) {
                passing.remove(writer.segment().id());
                space.endUnpublished(writer.segment());
            }
        } catch (RuntimeException | Error e) {
            fail(e);
            throw e;
        }
    }

    /**
     * Takes sealed segments out of the log, durably, and deletes their files. Who holds them can go on reading. What is
     * durable in the active segment is marked as such: what made the records of these segments dead may be in it, and if it
     * is lost later, that must not be taken for a torn tail, with neither the old records nor the new ones there.
     *
     * @param newestCommit the newest commit in them that somebody may want to read back; 0 if there is none
     */
    public void removeSegments(Set<Integer> ids, long sequence, long newestCommit) throws IOException {
        List<Segment> removed = ids.stream().map(segments::get).toList();
        synchronized (manifestLock) {
            SegmentTable reduced = segments.without(ids);
            passing.addAll(ids);
            Manifest marked = manifest.withActive(active.durableEntry());
            replaceManifest(marked.without(ids, sequence, newestCommit));
            commitsRemovedTo = manifest.commitsRemovedTo();
            segments = reduced;
            unsettled.forEach(segment -> segment.setSettled(true)); // Nothing points to the originals any more.
            unsettled = List.of();
        }
        for (Segment segment : removed) {
            LogOpener.closeQuietly(segment.file());
            removal.remove(segment.fileName());
        }
        passing.removeAll(ids);
    }

    /**
     * Gives up a segment that did not become part of the log. Its file is deleted, unless the log has failed: then the
     * manifest on the medium may name it, and the next open decides.
     */
    public void discard(Segment segment) {
        LogOpener.closeQuietly(segment.file());
        if (failure() == null) {
            removal.remove(segment.fileName());
            passing.remove(segment.id());
            space.endUnpublished(segment);
        }
    }

    /** The log as of now; for a moment at which nothing is appended, so that it ends with a whole commit. */
    public LogCut cut(long sequence) {
        synchronized (manifestLock) {
            Manifest current = manifest.withActive(active.manifestEntry(false)).withSequence(sequence);
            List<LogCut.Part> parts = current.segments().stream()
                    .map(entry -> new LogCut.Part(
                            segments.get(entry.id()), entry.sealed(), entry.bytes(), entry.lastFrameChecksum()))
                    .toList();
            return new LogCut(storeId, sequence, ManifestFile.encode(current), parts);
        }
    }

    /** Files in the directory that look like a part of the log, and that neither it nor anything under way uses. */
    public List<String> leakedFiles() throws IOException {
        return Leftovers.leaked(directory, this::knownFiles);
    }

    private List<String> knownFiles() {
        synchronized (manifestLock) {
            List<String> names = new ArrayList<>(removal.refused());
            passing.forEach(id -> names.add(LogFormat.segmentFileName(id)));
            segments.all().forEach(segment -> names.add(segment.fileName()));
            return names;
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
                active.close();
                markActiveDurable();
            }
        } finally {
            segments.closeFiles();
        }
    }

    /**
     * How far the log is; while nothing is being appended. Not all of it need be durable.
     *
     * @param sequence the last commit in it
     */
    public LogMark mark(long sequence) {
        synchronized (manifestLock) {
            SegmentWriter end = active;
            List<LogMark.SegmentMark> marks = new ArrayList<>();
            for (Segment segment : segments.all()) {
                if (segment.id() == end.segment().id()) {
                    marks.add(new LogMark.SegmentMark(
                            segment.id(), false, segment.bytes(), end.lastFrameChecksum(), segment.figures()));
                } else {
                    Manifest.Entry entry = manifest.find(segment.id());
                    marks.add(new LogMark.SegmentMark(
                            segment.id(),
                            segment.isSettled(),
                            entry.bytes(),
                            entry.lastFrameChecksum(),
                            segment.figures()));
                }
            }
            int bytes = end.segment().bytes();
            return new LogMark(
                    storeId, sequence, end.segment().id(), bytes, end.lastFrameChecksum(), end.lastTimeMillis(), marks);
        }
    }

    /**
     * Closes the files of a log to which nothing was appended, which then are as they were when it was opened.
     *
     * @param cause is thrown by the caller; it suppresses what goes wrong here
     */
    public void abandon(Throwable cause) {
        fail(cause);
        Closing.after(cause, active);
        Closing.after(cause, this);
    }

    private void markActiveDurable() throws IOException {
        synchronized (manifestLock) {
            Manifest.Entry mark = active.manifestEntry(false);
            if (!mark.equals(manifest.active())) {
                replaceManifest(manifest.withActive(mark));
            }
        }
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
            SegmentWriter full = active;
            SegmentWriter.End end = full.end();
            full.appendFooter(sequence, clock.millis());
            flush();
            sync();
            synchronized (manifestLock) {
                begin(full, end, sequence, capacityFor(bodyBytes));
            }
            full.segment().seal();
            full.close();
            lastSync = clock.instant();
        }
        removal.retry();
    }

    /** Begins the segment after {@code full}, which is durable; without space for it, {@code full} ends at {@code end} again. */
    private void begin(SegmentWriter full, SegmentWriter.End end, long sequence, int capacityBytes) throws IOException {
        int id = takeId();
        SegmentWriter next = null;
        try {
            next = SegmentWriter.create(directory, storeId, id, encryption, capacityBytes, clock.millis());
            next.sync();
            syncDirectory();
            SegmentTable grown = segments.with(List.of(next.segment()));
            replaceManifest(manifest.rolled(full.manifestEntry(true), id, sequence));
            segments = grown;
            active = next;
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

    private void replaceManifest(Manifest next) throws IOException {
        try {
            ManifestFile.prepare(directory, next);
        } catch (StorageFullException e) {
            space.becameFull(e);
            ManifestFile.prepare(directory, next); // In the place of the ballast.
        }
        try {
            ManifestFile.publish(directory);
        } catch (IOException | RuntimeException | Error e) {
            fail(e); // From here on the manifest on the medium may be this one or the one before.
            throw new IOException("It is not known whether the manifest was replaced: " + e.getMessage(), e);
        }
        manifest = next;
    }

    /** Makes the entries of the directory durable, whoever has changed them. */
    public void syncDirectory() throws IOException {
        try {
            directory.sync();
        } catch (IOException | RuntimeException | Error e) {
            fail(e); // As with a file: it may have lost entries of anybody, and would not say so again.
            throw e;
        }
    }
}
