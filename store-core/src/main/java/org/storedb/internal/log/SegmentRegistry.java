package org.storedb.internal.log;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.storedb.storage.StorageDirectory;
import org.storedb.storage.StorageFullException;

/**
 * The segments of a log, including the active one, and the manifest that lists them on the medium; also the files of
 * segments that are about to be added or removed. Safe for use by many threads; {@code this} guards the manifest, and
 * with it every change of the segments.
 */
final class SegmentRegistry {

    private final StorageDirectory directory;
    private final LogFailure failure;
    private final LogSpace space;
    private final FileRemoval removal;
    private final Set<Integer> expected = ConcurrentHashMap.newKeySet(); // Ids of files that come or go meanwhile.
    private Manifest manifest;
    private List<Segment> unsettled = List.of();
    private volatile SegmentTable segments;
    private volatile SegmentWriter active;
    private volatile long commitsRemovedTo;

    SegmentRegistry(
            StorageDirectory directory,
            LogFailure failure,
            LogSpace space,
            Manifest manifest,
            SegmentTable segments,
            SegmentWriter active) {
        this.directory = directory;
        this.failure = failure;
        this.space = space;
        this.removal = new FileRemoval(directory);
        this.manifest = manifest;
        this.segments = segments;
        this.active = active;
        this.commitsRemovedTo = manifest.commitsRemovedTo();
    }

    /** Returns the current segments. */
    SegmentTable segments() {
        return segments;
    }

    /** Returns the writer of the active segment. */
    SegmentWriter active() {
        return active;
    }

    /** Returns the newest commit that may be missing; 0 if there is none. */
    long commitsRemovedTo() {
        return commitsRemovedTo;
    }

    /**
     * Returns an id for a new segment. Its file does not count as a leftover until it is {@link #discard}ed or
     * {@link #remove}d.
     */
    synchronized int takeId() {
        int id = manifest.nextSegmentId();
        expected.add(id);
        manifest = manifest.withNextSegmentId(id + 1);
        return id;
    }

    /** Releases an id for which there is no file. */
    void releaseId(int id) {
        expected.remove(id);
    }

    /**
     * Gives up a segment that did not become part of the log. Its file is deleted, unless the log has failed: then the
     * manifest on the medium may name it, and the next open decides.
     */
    void discard(Segment segment) {
        LogOpener.closeQuietly(segment.file());
        if (failure.cause() == null) {
            removal.remove(segment.fileName());
            expected.remove(segment.id());
            space.discardCopy(segment);
        }
    }

    /** Makes finished segments part of the log, durably. */
    void add(List<SealedSegmentWriter> added, long sequence) throws IOException {
        syncDirectory();
        synchronized (this) {
            List<Manifest.Entry> entries =
                    added.stream().map(SealedSegmentWriter::manifestEntry).toList();
            List<Segment> copies =
                    added.stream().map(SealedSegmentWriter::segment).toList();
            SegmentTable grown = segments.with(copies);
            replaceManifest(manifest.with(entries, sequence));
            // From here on the log has them: no failure may make them look like copies to be discarded.
            segments = grown;
            unsettled = copies;
        }
    }

    /**
     * Removes sealed segments from the log, durably, and deletes their files. Holders can go on reading them. What is
     * durable in the active segment is marked as such: it may contain what made the records of these segments dead. If
     * that is lost later, it must not be taken for a torn tail, which would leave neither the old records nor the new
     * ones.
     *
     * @param newestCommit the newest commit in them that a reader may still want; 0 if there is none
     */
    void remove(Set<Integer> ids, long sequence, long newestCommit) throws IOException {
        List<Segment> removed = ids.stream().map(segments::get).toList();
        synchronized (this) {
            SegmentTable reduced = segments.without(ids);
            expected.addAll(ids);
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
        expected.removeAll(ids);
    }

    /**
     * Continues in another segment, durably.
     *
     * @param next contains only its header, which is durable
     * @param sequence the last commit before it
     */
    void roll(SegmentWriter next, long sequence) throws IOException {
        syncDirectory();
        synchronized (this) {
            SegmentTable grown = segments.with(List.of(next.segment()));
            replaceManifest(
                    manifest.rolled(active.manifestEntry(true), next.segment().id(), sequence));
            segments = grown;
            active = next;
        }
    }

    /** Notes that all of the active segment is durable. */
    synchronized void markActiveDurable() throws IOException {
        Manifest.Entry mark = active.manifestEntry(false);
        if (!mark.states(manifest.active())) {
            replaceManifest(manifest.withActive(mark));
        }
    }

    /** Cuts the log, see {@link SegmentedLog#cut}. */
    synchronized LogCut cut(long sequence) {
        Manifest current = manifest.withActive(active.manifestEntry(false)).withSequence(sequence);
        List<LogCut.Part> parts = current.segments().stream()
                .map(entry -> new LogCut.Part(
                        segments.get(entry.id()), entry.sealed(), entry.bytes(), entry.lastFrameChecksum()))
                .toList();
        return new LogCut(current.storeId(), sequence, ManifestFile.encode(current), parts);
    }

    /** Marks the end of the log, see {@link SegmentedLog#mark}. */
    synchronized LogMark mark(long sequence) {
        SegmentWriter end = active;
        List<LogMark.SegmentMark> marks = new ArrayList<>();
        for (Segment segment : segments.all()) {
            int id = segment.id();
            if (id == end.segment().id()) {
                marks.add(new LogMark.SegmentMark(
                        id, false, segment.bytes(), end.lastFrameChecksum(), segment.figures()));
            } else {
                Manifest.Entry entry = manifest.find(id);
                marks.add(new LogMark.SegmentMark(
                        id, segment.isSettled(), entry.bytes(), entry.lastFrameChecksum(), segment.figures()));
            }
        }
        return new LogMark(
                manifest.storeId(),
                sequence,
                end.segment().id(),
                end.segment().bytes(),
                end.lastFrameChecksum(),
                end.lastTimeMillis(),
                marks);
    }

    /**
     * Returns the files in the directory that look like a part of the log, but that neither it nor anything under way
     * uses.
     */
    List<String> leakedFiles() throws IOException {
        return Leftovers.leaked(directory, this::knownFiles);
    }

    private synchronized List<String> knownFiles() {
        List<String> names = new ArrayList<>(removal.refused());
        expected.forEach(id -> names.add(LogFormat.segmentFileName(id)));
        segments.all().forEach(segment -> names.add(segment.fileName()));
        return names;
    }

    /** Retries the deletions that failed before. */
    void retryRemovals() {
        removal.retry();
    }

    /** Makes the directory entries durable, whoever has changed them. */
    void syncDirectory() throws IOException {
        try {
            directory.sync();
        } catch (IOException | RuntimeException | Error e) {
            failure.end(e); // As with a file: entries of any caller may be lost, and a retry would not report it.
            throw e;
        }
    }

    private void replaceManifest(Manifest next) throws IOException {
        try {
            ManifestFile.prepare(directory, next);
        } catch (StorageFullException e) {
            space.becameFull(e);
            ManifestFile.prepare(directory, next); // In the space of the ballast.
        }
        try {
            ManifestFile.publish(directory);
        } catch (IOException | RuntimeException | Error e) {
            failure.end(e); // From here on the manifest on the medium may be this one or the one before.
            throw new IOException("It is not known whether the manifest was replaced: " + e.getMessage(), e);
        }
        manifest = next;
    }
}
