package org.storedb.internal.log;

import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.storedb.internal.io.Closing;
import org.storedb.storage.StorageFile;

/**
 * Reads what was appended to a log since it was last read: the rest of the active segment, and new segments, in the
 * order of the manifest. Compaction places the copies of records after the segments that it has copied from, so a
 * reader that takes frames in this order never points to an original once the copy was read.
 *
 * <p>Bytes at the end of the log that do not form a frame are usually one that is still being written: the reading
 * stops there and resumes later. They are damage if a later frame, or the manifest, says that they were durable.
 */
final class LogContinuation {

    private final FollowedLog before;
    private final Manifest manifest;
    private final FrameTarget target;
    private final FollowedLog.End end;
    private final List<StorageFile> opened = new ArrayList<>();

    LogContinuation(FollowedLog before, Manifest manifest, FrameTarget target) {
        this.before = before;
        this.manifest = manifest;
        this.target = target;
        this.end = before.end();
    }

    /** Returns the log as it is now, or {@code null} if nothing has changed. */
    @Nullable
    FollowedLog run() throws IOException {
        requireNotOlder();
        boolean sameManifest = manifest.equals(before.manifest());
        boolean sameFile = sameManifest && end.segment().file().size() <= end.fileBytes();
        try (HeldFiles files = HeldFiles.open(SegmentFiles.in(before.directory()), idsToOpen(sameFile))) {
            target.sequenceAtLeast(manifest.sequence());
            List<Segment> sealed = new ArrayList<>();
            for (Manifest.Entry entry : manifest.segments()) {
                if (entry.sealed()) {
                    sealed.add(isKnown(entry) ? before.segments().get(entry.id()) : readSealed(entry, files));
                }
            }
            FollowedLog.End newEnd = readActive(sameFile ? end.segment().file() : null, files);
            boolean nothingNew =
                    sameFile && newEnd.segment().bytes() == end.segment().bytes();
            if (nothingNew) {
                return null;
            }
            return new FollowedLog(before.directory(), before.encryption(), manifest, sealed, newEnd);
        } catch (IOException | RuntimeException | Error e) {
            Closing.after(e, opened);
            throw e;
        }
    }

    private void requireNotOlder() throws IOException {
        if (manifest.nextSegmentId() < before.manifest().nextSegmentId()) {
            throw new FollowedLog.OtherHistoryException("the manifest was replaced by an older one");
        }
    }

    private Set<Integer> idsToOpen(boolean sameFile) throws IOException {
        Set<Integer> ids = new HashSet<>();
        for (Manifest.Entry entry : manifest.segments()) {
            if (entry.sealed() ? !isKnown(entry) : !sameFile) {
                ids.add(entry.id());
            }
        }
        return ids;
    }

    /** Returns whether a sealed segment has been read to its end. */
    private boolean isKnown(Manifest.Entry entry) throws IOException {
        if (!before.segments().contains(entry.id())
                || entry.id() == end.segment().id()) {
            return false;
        }
        if (!before.manifest().find(entry.id()).equals(entry)) {
            throw new FollowedLog.OtherHistoryException(
                    LogFormat.segmentFileName(entry.id()) + " was sealed and has been replaced");
        }
        return true;
    }

    private Segment readSealed(Manifest.Entry entry, HeldFiles files) throws IOException {
        StorageFile file = opened(files, entry.id());
        SegmentScanner frames = scanner(file, entry.id());
        Segment segment = begin(frames, file, entry.id());
        frames.scanTo(entry.bytes(), target::frame);
        if (frames.validBytes() != entry.bytes() || frames.lastFrameChecksum() != entry.lastFrameChecksum()) {
            throw Corruption.inFile(segment.fileName(), frames.validBytes(), "a frame does not match its checksum");
        }
        if (!frames.endsWithFooter()) {
            throw Corruption.inFile(segment.fileName(), entry.bytes(), "its footer is missing");
        }
        Segment complete = segment.sealedAt(entry.bytes());
        file.close(); // It can still be read.
        return complete;
    }

    private FollowedLog.End readActive(@Nullable StorageFile openFile, HeldFiles files) throws IOException {
        Manifest.Entry entry = manifest.active();
        StorageFile file = openFile == null ? opened(files, entry.id()) : openFile;
        long fileBytes = openFile == null ? file.size() : end.fileBytes();
        SegmentScanner frames = scanner(file, entry.id());
        Segment segment = begin(frames, file, entry.id());
        long readable = Math.min(fileBytes, file.size());
        frames.scanTo(readable, target::frame);
        while (frames.hasBytesBehindEnd()) {
            int stop = frames.validBytes();
            int proof = frames.findProofOfDamage(UnusedEnd.start(file, stop));
            frames.scanTo(readable, target::frame);
            if (frames.validBytes() == stop && proof >= 0) {
                throw Corruption.inFile(
                        segment.fileName(), stop, "the frame at " + proof + " says that it was durable");
            }
            if (frames.validBytes() == stop) {
                break;
            }
        }
        if (frames.validBytes() < entry.bytes()) {
            throw Corruption.inFile(segment.fileName(), frames.validBytes(), "a frame does not match its checksum");
        }
        SegmentScanner.End newEnd = frames.endWithoutFooter();
        Segment read = segment.movedTo(file, newEnd.bytes());
        boolean asBefore = newEnd.lastOffset() == SegmentScanner.UNKNOWN_OFFSET && isEnd(entry.id());
        return new FollowedLog.End(
                read,
                fileBytes,
                asBefore ? end.frames() : newEnd,
                read.figures().frames());
    }

    /** Goes to where the reading of a segment begins, which is after what was read before. */
    private Segment begin(SegmentScanner frames, StorageFile file, int id) throws IOException {
        Segment segment;
        if (isEnd(id)) {
            requireSameFrames(frames);
            frames.startBehind(end.frames(), end.frameCount());
            segment = end.segment().movedTo(file, end.segment().bytes());
        } else {
            segment = new Segment(id, file, frames.cipher(), 0, false);
        }
        target.timeAtLeast(frames.createdAtMillis());
        target.beginSegment(segment);
        return segment;
    }

    private void requireSameFrames(SegmentScanner frames) throws IOException {
        boolean same = end.segment().bytes() == end.segment().cipher().headerBytes()
                ? frames.lastFrameChecksum() == end.frames().lastChecksum()
                : end.frames().lastOffset() == SegmentScanner.UNKNOWN_OFFSET || hasLastFrame(frames);
        if (!same) {
            throw new FollowedLog.OtherHistoryException(
                    "the last commit that was read from " + end.segment().fileName() + " is no longer there");
        }
    }

    private boolean hasLastFrame(SegmentScanner frames) throws IOException {
        try {
            return frames.heads().has(end.frames().lastOffset(), end.frames().lastChecksum());
        } catch (EOFException e) {
            return false;
        }
    }

    private boolean isEnd(int id) {
        return id == end.segment().id();
    }

    private StorageFile opened(HeldFiles files, int id) throws IOException {
        StorageFile file = files.open(id);
        opened.add(file);
        return file;
    }

    private SegmentScanner scanner(StorageFile file, int id) throws IOException {
        return new SegmentScanner(file, manifest.storeId(), id, file.size(), before.encryption());
    }
}
