package org.storedb.internal.log;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.storedb.error.CorruptStoreException;
import org.storedb.storage.StorageFile;

/**
 * Reads the segments that a manifest names, either all of them or what is after a mark, and verifies that everything
 * that was durable is present. Changes nothing.
 *
 * <p>Of a sealed segment before the mark, only the header and the footer are read. The manifest has the checksum of the
 * footer, which vouches, through the chain, for all frames before it; each record is verified again when it is read.
 */
final class LogReading implements Closeable {

    private final SegmentFiles files;
    private final LogEncryption encryption;
    private final Manifest manifest;
    private final @Nullable LogMark start;
    private final LogReader reader;
    private final List<Segment> sealed = new ArrayList<>();
    private final Segment active;
    private final SegmentScanner scanner;
    private long unusedStart;

    /**
     * Reads the log.
     *
     * @param start the part to skip, or {@code null} to read everything
     * @throws StaleMarkException if {@code start} is not a mark of this log
     * @throws CorruptStoreException if something that was durable is damaged
     */
    LogReading(
            SegmentFiles files, LogEncryption encryption, Manifest manifest, @Nullable LogMark start, LogReader reader)
            throws IOException {
        this.files = files;
        this.encryption = encryption;
        this.manifest = manifest;
        this.start = start;
        this.reader = reader;
        requireSameLog();
        reader.begin(bytesToRead());
        reader.sequenceAtLeast(manifest.sequence());
        for (Manifest.Entry entry : manifest.segments()) {
            if (entry.sealed()) {
                sealed.add(readSealed(entry));
            }
        }
        StorageFile file = files.open(manifest.active().id());
        try {
            SegmentScanner frames = scanner(file, manifest.active().id());
            active = new Segment(manifest.active().id(), file, frames.cipher(), 0, false);
            scanner = readActive(frames);
        } catch (IOException | RuntimeException | Error e) {
            LogOpener.closeQuietly(file);
            throw e;
        }
    }

    /**
     * Reads the log, starting after a state that {@code reader} already knows if that works, or else from its start.
     *
     * @throws CorruptStoreException if something that was durable is damaged
     */
    static LogReading read(SegmentFiles files, LogEncryption encryption, Manifest manifest, LogReader reader)
            throws IOException {
        LogMark start = reader.start(manifest.storeId());
        LogReading behindMark = start == null ? null : readBehind(start, files, encryption, manifest, reader);
        if (behindMark != null) {
            return behindMark;
        }
        LogReading all = new LogReading(files, encryption, manifest, null, reader);
        all.requireSound();
        return all;
    }

    /**
     * Returns the reading after a mark, or {@code null} if it fails: a real problem shows again when everything is
     * read.
     */
    private static @Nullable LogReading readBehind(
            LogMark start, SegmentFiles files, LogEncryption encryption, Manifest manifest, LogReader reader)
            throws IOException {
        try {
            LogReading reading = new LogReading(files, encryption, manifest, start, reader);
            if (reading.isComplete()) {
                reading.requireSound();
                return reading;
            }
            reading.close();
            reader.restart("records that it refers to are gone");
        } catch (StaleMarkException e) {
            reader.restart(String.valueOf(e.getMessage()));
        } catch (CorruptStoreException e) {
            reader.restart("with it, the log cannot be read: " + e.getMessage());
        }
        return null;
    }

    private boolean isComplete() {
        try {
            return reader.isComplete(manifest.segmentIds());
        } catch (RuntimeException | Error e) {
            LogOpener.closeQuietly(active.file());
            throw e;
        }
    }

    private void requireSound() {
        try {
            List<Segment> all = new ArrayList<>(sealed);
            all.add(active);
            reader.requireSound(SegmentTable.of(all));
        } catch (RuntimeException | Error e) {
            LogOpener.closeQuietly(active.file());
            throw e;
        }
    }

    List<Segment> sealed() {
        return sealed;
    }

    /** Returns the active segment; its file is open. */
    Segment active() {
        return active;
    }

    /** Returns the scanner, positioned at the end of the frames of the active segment. */
    SegmentScanner scanner() {
        return scanner;
    }

    /** Returns how many bytes follow these frames, not counting the zeros that the file ends with. */
    long bytesBehind() {
        return unusedStart - scanner.validBytes();
    }

    @Override
    public void close() throws IOException {
        active.file().close();
    }

    /** Checks that the mark is from this log, and not from a state of it that was later replaced by an older copy. */
    private void requireSameLog() {
        if (start == null) {
            return;
        }
        if (start.segmentId() >= manifest.nextSegmentId()) {
            throw new StaleMarkException("it is newer than the log");
        }
        if (!manifest.segmentIds().contains(start.segmentId())) {
            // Only the frame at the mark's end proves that it is of this log, and not of another one with the same
            // beginning.
            throw new StaleMarkException("segment " + start.segmentId() + ", in which it ends, is gone");
        }
        for (Manifest.Entry entry : manifest.segments()) {
            LogMark.SegmentMark mark = entry.id() == start.segmentId() ? null : start.find(entry.id());
            if (mark != null && !isStill(mark, entry)) {
                throw new StaleMarkException("segment " + entry.id() + " has been replaced");
            }
        }
    }

    /** Returns whether a segment that was sealed at the mark is still the same. */
    private static boolean isStill(LogMark.SegmentMark mark, Manifest.Entry entry) {
        return entry.sealed() && mark.bytes() == entry.bytes() && mark.lastFrameChecksum() == entry.lastFrameChecksum();
    }

    /** Returns what the mark states about a sealed segment that need not be read, or {@code null} if it has to be. */
    private LogMark.@Nullable SegmentMark knownBy(Manifest.Entry entry) {
        LogMark.SegmentMark mark = start == null || !entry.sealed() ? null : start.find(entry.id());
        return mark != null && mark.complete() ? mark : null;
    }

    private long bytesToRead() {
        long bytes = 0;
        for (Manifest.Entry entry : manifest.segments()) {
            if (knownBy(entry) == null) {
                bytes += Math.max(0, entry.bytes() - markedBytes(entry.id()));
            }
        }
        return bytes;
    }

    private int markedBytes(int segmentId) {
        return start == null || start.segmentId() != segmentId ? 0 : start.bytes();
    }

    private Segment readSealed(Manifest.Entry entry) throws IOException {
        // Closing ends writing; reading remains possible.
        try (StorageFile file = files.open(entry.id())) {
            SegmentScanner frames = scanner(file, entry.id());
            Segment segment = new Segment(entry.id(), file, frames.cipher(), entry.bytes(), true);
            LogMark.SegmentMark known = knownBy(entry);
            if (known != null) {
                requireSize(entry, segment);
                if (!frames.skipToFooter(entry.bytes(), entry.lastFrameChecksum())) {
                    throw Corruption.inFile(segment.fileName(), entry.bytes() - 1, "the footer before it is damaged");
                }
                segment.note(known.figures());
                return segment;
            }
            if (markedBytes(entry.id()) > 0) {
                startBehindMark(segment, frames);
            }
            reader.beginSegment(segment);
            readDurable(entry, segment, frames);
            if (!frames.endsWithFooter()) {
                throw Corruption.inFile(segment.fileName(), entry.bytes(), "its footer is missing");
            }
            return segment;
        }
    }

    private SegmentScanner readActive(SegmentScanner frames) throws IOException {
        int marked = markedBytes(active.id());
        int durable = manifest.active().bytes();
        boolean closedInOrder = durable > 0 && active.file().size() == durable;
        if (marked > 0 && marked <= durable && closedInOrder) {
            startBehindMark(active, frames);
        } else if (marked > 0) {
            passOverMarked(marked, frames);
        }
        reader.timeAtLeast(frames.createdAtMillis());
        reader.beginSegment(active);
        if (durable > marked) {
            readDurable(manifest.active(), active, frames);
        }
        int proof = scanToEnd(frames);
        if (proof >= 0) {
            throw Corruption.inFile(
                    active.fileName(),
                    frames.validBytes(),
                    "a frame there does not match its checksum, although the frame at " + proof
                            + " says that it was durable");
        }
        // If no frame was read after the mark, nothing has compared the part before it with the manifest.
        if (frames.validBytes() == durable
                && frames.lastFrameChecksum() != manifest.active().lastFrameChecksum()) {
            throw Corruption.inFile(active.fileName(), frames.validBytes(), "a frame does not match its checksum");
        }
        return frames;
    }

    /**
     * Reads all frames. Another process may be writing some meanwhile, so what stopped the reading may be a frame by
     * the time that a later one is found.
     *
     * @return the offset of a frame which proves that the first invalid bytes are damage, or -1
     */
    private int scanToEnd(SegmentScanner frames) throws IOException {
        int end;
        int proof;
        do {
            frames.scanTo(active.file().size(), reader::frame);
            end = frames.validBytes();
            unusedStart = UnusedEnd.start(active.file(), end);
            proof = frames.findProofOfDamage(unusedStart);
            if (proof >= 0) {
                frames.scanTo(active.file().size(), reader::frame);
            }
        } while (frames.validBytes() > end);
        return proof;
    }

    /** Verifies what is before the mark, since it is to be rewritten, but hands none of it on. */
    private void passOverMarked(int marked, SegmentScanner frames) throws IOException {
        Manifest.Entry entry = manifest.active();
        if (entry.bytes() > 0 && entry.bytes() < marked) {
            requireSize(entry, active);
            frames.scanTo(entry.bytes(), frame -> {});
            requireDurable(entry, active, frames);
        }
        frames.scanTo(marked, frame -> {});
        LogMark mark = required(start);
        if (frames.validBytes() != marked || frames.lastFrameChecksum() != mark.lastFrameChecksum()) {
            throw new StaleMarkException("it is newer than the log");
        }
        noteMarked(active, mark);
    }

    private void startBehindMark(Segment segment, SegmentScanner frames) throws IOException {
        LogMark mark = required(start);
        if (segment.file().size() < mark.bytes()) {
            throw new StaleMarkException("it is newer than the log");
        }
        int frameCount = noteMarked(segment, mark);
        SegmentScanner.End marked = new SegmentScanner.End(
                mark.bytes(),
                mark.lastFrameChecksum(),
                SegmentScanner.UNKNOWN_OFFSET,
                mark.sequence(),
                mark.lastTimeMillis());
        frames.startBehind(marked, frameCount);
    }

    private static int noteMarked(Segment segment, LogMark mark) {
        LogMark.SegmentMark known = required(mark.find(segment.id()));
        segment.note(known.figures());
        return known.figures().frames();
    }

    /** Reads the durable part according to the manifest; all of it has to be present. */
    private void readDurable(Manifest.Entry entry, Segment segment, SegmentScanner frames) throws IOException {
        requireSize(entry, segment);
        frames.scanTo(entry.bytes(), reader::frame);
        requireDurable(entry, segment, frames);
    }

    private static void requireSize(Manifest.Entry entry, Segment segment) throws IOException {
        long size = segment.file().size();
        if (size < entry.bytes()) {
            throw Corruption.inFile(
                    segment.fileName(), size, "it is truncated, " + entry.bytes() + " bytes were durable");
        }
    }

    private static void requireDurable(Manifest.Entry entry, Segment segment, SegmentScanner frames) {
        if (frames.validBytes() != entry.bytes() || frames.lastFrameChecksum() != entry.lastFrameChecksum()) {
            throw Corruption.inFile(segment.fileName(), frames.validBytes(), "a frame does not match its checksum");
        }
    }

    private SegmentScanner scanner(StorageFile file, int segmentId) throws IOException {
        UUID storeId = manifest.storeId();
        return new SegmentScanner(file, storeId, segmentId, file.size(), encryption);
    }

    private static <T> T required(@Nullable T value) {
        if (value == null) {
            throw new StaleMarkException("it does not have a valid position in the log");
        }
        return value;
    }

    /** Thrown if a mark is not one of this log, or the log lacks what was before it. */
    static final class StaleMarkException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        StaleMarkException(String reason) {
            super(reason);
        }
    }
}
