package org.storedb.internal.log;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.storedb.storage.StorageDirectory;
import org.storedb.storage.StorageFile;

/**
 * The log as somebody has read it who does not write it, while another process may do so. Immutable: {@link #next} reads
 * what has been added since. Changes nothing in the directory.
 *
 * <p>What is read is always the log as it was at one moment: the manifest is replaced as a whole, segments that it calls
 * sealed do not change, and the last one is read after all others, so that it has every frame that was there when the
 * manifest was written. The files are opened before the first of them is read; from then on it does not matter if a
 * compaction deletes them. An {@link IOException} or a {@link org.storedb.error.CorruptStoreException} may only mean that
 * something was being written or deleted: who gets one has to look again before it counts.
 */
public final class FollowedLog {

    private final StorageDirectory directory;
    private final LogEncryption encryption;
    private final Manifest manifest;
    private final SegmentTable segments;
    private final End end;

    FollowedLog(
            StorageDirectory directory, LogEncryption encryption, Manifest manifest, List<Segment> sealed, End end) {
        this.directory = directory;
        this.encryption = encryption;
        this.manifest = manifest;
        this.end = end;
        List<Segment> all = new ArrayList<>(sealed);
        all.add(end.segment());
        this.segments = SegmentTable.of(all);
    }

    /**
     * Reads the whole log, or from where {@code reader} knows what the beginning led to.
     *
     * @throws NoSuchFileException if there is no store, or a segment is missing
     * @throws org.storedb.error.CorruptStoreException if something that was durable seems to be damaged
     * @throws org.storedb.error.WrongKeyException if it is encrypted with other keys
     */
    public static FollowedLog read(StorageDirectory directory, LogEncryption encryption, LogReader reader)
            throws IOException {
        Manifest manifest = currentManifest(directory);
        try (HeldFiles files = HeldFiles.open(SegmentFiles.in(directory), manifest.segmentIds())) {
            LogReading reading = LogReading.read(files, encryption, manifest, reader);
            SegmentScanner scanner = reading.scanner();
            SegmentScanner.End end = scanner.endWithoutFooter();
            Segment active = reading.active();
            Segment segment = active.movedTo(active.file(), end.bytes());
            return new FollowedLog(
                    directory,
                    encryption,
                    manifest,
                    reading.sealed(),
                    new End(
                            segment,
                            active.file().size(),
                            end,
                            segment.figures().frames()));
        }
    }

    /**
     * Reads on.
     *
     * @return the log with what was added, or {@code null} if nothing was
     * @throws OtherHistoryException if what was read before is not the beginning of the log any more
     */
    public @Nullable FollowedLog next(FrameTarget target) throws IOException {
        Manifest current = currentManifest(directory);
        if (!current.storeId().equals(storeId())) {
            throw new OtherStoreException(current.storeId());
        }
        LogContinuation continuation = new LogContinuation(this, current, target);
        return continuation.run();
    }

    private static Manifest currentManifest(StorageDirectory directory) throws IOException {
        Manifest manifest = ManifestFile.read(directory);
        if (manifest == null) {
            throw new NoSuchFileException(ManifestFile.NAME);
        }
        return manifest;
    }

    public UUID storeId() {
        return manifest.storeId();
    }

    /** The segments, as far as they were read. */
    public SegmentTable segments() {
        return segments;
    }

    /** The newest commit of a user whose frame may have been removed by a compaction. */
    public long commitsRemovedTo() {
        return manifest.commitsRemovedTo();
    }

    /** The ids of all segments. */
    public Set<Integer> segmentIds() {
        return manifest.segmentIds();
    }

    /**
     * All that was read, as a mark.
     *
     * @param sequence the last commit in it
     */
    public LogMark mark(long sequence) {
        List<LogMark.SegmentMark> marks = new ArrayList<>();
        for (Manifest.Entry entry : manifest.segments()) {
            Segment segment = segments.get(entry.id());
            boolean complete = segment != end.segment();
            int checksum = complete ? entry.lastFrameChecksum() : end.frames().lastChecksum();
            marks.add(new LogMark.SegmentMark(entry.id(), complete, segment.bytes(), checksum, segment.figures()));
        }
        Segment last = end.segment();
        int checksum = end.frames().lastChecksum();
        return new LogMark(
                storeId(),
                sequence,
                last.id(),
                last.bytes(),
                checksum,
                end.frames().lastTimeMillis(),
                marks);
    }

    /** Closes the file that is still open, unless {@code other} goes on with it. What was read can still be read from. */
    public void close(@Nullable FollowedLog other) throws IOException {
        StorageFile file = end.segment().file();
        if (other == null || other.end().segment().file() != file) {
            file.close();
        }
    }

    StorageDirectory directory() {
        return directory;
    }

    LogEncryption encryption() {
        return encryption;
    }

    Manifest manifest() {
        return manifest;
    }

    End end() {
        return end;
    }

    /**
     * Where the frames end that were read of the segment that is appended to, a footer not counted.
     *
     * @param fileBytes how long the file was when it was opened: what it grows by is seen through another handle only
     * @param frames the last of these frames
     * @param frameCount number of frames, footers not counted
     */
    record End(Segment segment, long fileBytes, SegmentScanner.End frames, int frameCount) {}

    /**
     * The log does not continue what was read: the writer has taken back what it could not complete, or an older copy of
     * the store was put in place.
     */
    public static final class OtherHistoryException extends IOException {

        private static final long serialVersionUID = 1L;

        OtherHistoryException(String message) {
            super(message);
        }
    }

    /** Another store was put in place of the one that was read. */
    public static final class OtherStoreException extends IOException {

        private static final long serialVersionUID = 1L;

        OtherStoreException(UUID found) {
            super("the directory has store " + found + " now");
        }
    }
}
