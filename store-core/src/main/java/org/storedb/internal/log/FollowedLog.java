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
 * The log as read by a process that does not write it, possibly while another one does. Immutable: {@link #next} reads
 * what has been added since. Changes nothing in the directory.
 *
 * <p>What is read is always the log as of one moment: the manifest is replaced atomically, segments that it lists as
 * sealed do not change, and the last segment is read after all others, so it has every frame that existed when the
 * manifest was written. The files are opened before the first of them is read; from then on a compaction may delete
 * them. An {@link IOException} or a {@link org.storedb.error.CorruptStoreException} may only mean that something was
 * being written or deleted: a caller has to read again before treating it as real.
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
     * Reads the whole log, or only the part after a state that {@code reader} already knows.
     *
     * @throws NoSuchFileException if there is no store in the directory, or a segment is missing
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
     * Reads what has been added since.
     *
     * @return the extended log, or {@code null} if nothing was added
     * @throws OtherHistoryException if what was read before is no longer the beginning of the log
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

    /** Returns the segments, as far as they have been read. */
    public SegmentTable segments() {
        return segments;
    }

    /** Returns the newest commit of a user whose frame may have been removed by a compaction. */
    public long commitsRemovedTo() {
        return manifest.commitsRemovedTo();
    }

    /** Returns the ids of all segments. */
    public Set<Integer> segmentIds() {
        return manifest.segmentIds();
    }

    /**
     * Returns a mark for everything that was read.
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

    /** Closes the file that is still open, unless {@code other} continues to use it. What was read remains readable. */
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
     * The end of the frames that were read of the active segment, not counting a footer.
     *
     * @param fileBytes length of the file when it was opened: its growth is only visible through another handle
     * @param frames the last of these frames
     * @param frameCount number of frames, footers not counted
     */
    record End(Segment segment, long fileBytes, SegmentScanner.End frames, int frameCount) {}

    /**
     * Thrown if the log does not continue what was read: the writer has taken back what it could not complete, or an
     * older copy of the store was restored.
     */
    public static final class OtherHistoryException extends IOException {

        private static final long serialVersionUID = 1L;

        OtherHistoryException(String message) {
            super(message);
        }
    }

    /** Thrown if the store that was read was replaced by another one. */
    public static final class OtherStoreException extends IOException {

        private static final long serialVersionUID = 1L;

        OtherStoreException(UUID found) {
            super("the directory now has store " + found);
        }
    }
}
