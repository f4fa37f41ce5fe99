package org.storedb.internal.log;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Which segments make up the log. Whatever other segment file is in the directory is left over from something that did
 * not come to its end. Immutable.
 *
 * @param createdAtMillis when the store was created, since 1970-01-01 UTC
 * @param sequence a commit that was done when this was written; later ones may be in the log
 * @param commitsRemovedTo the newest commit of a user whose frame went with a segment that was removed; 0 if none did. All
 *     that users committed after it is in the log as it was committed
 * @param segments all sealed segments and, last, the one that is appended to
 */
record Manifest(
        UUID storeId,
        long createdAtMillis,
        long sequence,
        long commitsRemovedTo,
        int nextSegmentId,
        List<Entry> segments) {

    Manifest {
        segments = List.copyOf(segments);
    }

    /** That of a new log, with these segments. */
    Manifest(UUID storeId, long createdAtMillis, long sequence, int nextSegmentId, List<Entry> segments) {
        this(storeId, createdAtMillis, sequence, 0, nextSegmentId, segments);
    }

    /** The segment that is appended to. */
    Entry active() {
        return segments.get(segments.size() - 1);
    }

    /** The ids of all segments. */
    Set<Integer> segmentIds() {
        Set<Integer> ids = new HashSet<>();
        for (Entry entry : segments) {
            ids.add(entry.id());
        }
        return ids;
    }

    /** The entry of a segment that the manifest names. */
    Entry find(int id) {
        for (Entry entry : segments) {
            if (entry.id() == id) {
                return entry;
            }
        }
        throw new IllegalArgumentException("The manifest names no segment " + id);
    }

    /** With a sealed segment in the place of the active one, and a new active one. */
    Manifest rolled(Entry sealed, int newActiveId, long newSequence) {
        List<Entry> changed = new ArrayList<>(segments.subList(0, segments.size() - 1));
        changed.add(sealed);
        changed.add(Entry.active(newActiveId));
        return with(newSequence, Math.max(nextSegmentId, newActiveId + 1), changed);
    }

    /** With ids below this one given out. */
    Manifest withNextSegmentId(int id) {
        return with(sequence, id, segments);
    }

    /** With another mark for the active segment, see {@link Entry}. */
    Manifest withActive(Entry active) {
        List<Entry> changed = new ArrayList<>(segments.subList(0, segments.size() - 1));
        changed.add(active);
        return with(sequence, nextSegmentId, changed);
    }

    /** With another sequence. */
    Manifest withSequence(long newSequence) {
        return with(newSequence, nextSegmentId, segments);
    }

    /**
     * With another mark for the active segment, whose file is another one now. A segment id is left out, so that this is
     * not equal to the manifest before: who follows the log sees that there is something to open again.
     */
    Manifest reopened(Entry active) {
        Manifest marked = withActive(active);
        return with(sequence, nextSegmentId + 1, marked.segments());
    }

    /** With more sealed segments. */
    Manifest with(List<Entry> added, long newSequence) {
        List<Entry> changed = new ArrayList<>(segments.subList(0, segments.size() - 1));
        changed.addAll(added);
        changed.add(active());
        int highestId = added.stream().mapToInt(Entry::id).max().orElse(0);
        return with(newSequence, Math.max(nextSegmentId, highestId + 1), changed);
    }

    /**
     * Without some of its sealed segments.
     *
     * @param newestCommit the newest commit of a user that has its frame in one of them; 0 if there is none
     */
    Manifest without(Collection<Integer> removedIds, long newSequence, long newestCommit) {
        List<Entry> changed = segments.stream()
                .filter(entry -> !removedIds.contains(entry.id()))
                .toList();
        long removedTo = Math.max(commitsRemovedTo, newestCommit);
        return new Manifest(storeId, createdAtMillis, newSequence, removedTo, nextSegmentId, changed);
    }

    private Manifest with(long newSequence, int newNextSegmentId, List<Entry> newSegments) {
        return new Manifest(storeId, createdAtMillis, newSequence, commitsRemovedTo, newNextSegmentId, newSegments);
    }

    /**
     * One segment and how much of it is known to be durable: all of a sealed one; of the active one what was there when the
     * log was closed in order, when it was opened after a crash, or when other segments were taken out of the log.
     *
     * @param sealed whether nothing will be appended any more
     * @param bytes length of the durable header and frames; 0 if nothing is known of an active segment
     * @param lastFrameChecksum header checksum of the last of these frames, which through the chain covers all of them; that
     *     of the segment header if there is no frame
     */
    record Entry(int id, boolean sealed, int bytes, int lastFrameChecksum) {

        /** A new active segment. That nothing is said of it makes the next open after a crash write the manifest again. */
        static Entry active(int id) {
            return new Entry(id, false, 0, 0);
        }
    }
}
