package org.storedb.internal.log;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * The segments that make up the log. Any other segment file in the directory is left over from something that was
 * interrupted. Immutable.
 *
 * @param createdAtMillis when the store was created, since 1970-01-01 UTC
 * @param sequence a commit that was complete when this was written; later ones may be in the log
 * @param commitsRemovedTo the newest commit of a user whose frame was removed with a segment; 0 if there is none.
 *     Everything that users committed later is in the log as it was committed
 * @param segments all sealed segments and, last, the active one
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

    /** Creates the manifest of a new log with these segments. */
    Manifest(UUID storeId, long createdAtMillis, long sequence, int nextSegmentId, List<Entry> segments) {
        this(storeId, createdAtMillis, sequence, 0, nextSegmentId, segments);
    }

    /** Returns the active segment. */
    Entry active() {
        return segments.get(segments.size() - 1);
    }

    /** Returns the ids of all segments. */
    Set<Integer> segmentIds() {
        Set<Integer> ids = new HashSet<>();
        for (Entry entry : segments) {
            ids.add(entry.id());
        }
        return ids;
    }

    /** Returns the entry of a segment that the manifest names. */
    Entry find(int id) {
        for (Entry entry : segments) {
            if (entry.id() == id) {
                return entry;
            }
        }
        throw new IllegalArgumentException("The manifest names no segment " + id);
    }

    /** Returns a manifest in which the active segment is replaced by a sealed one, and a new one is active. */
    Manifest rolled(Entry sealed, int newActiveId, long newSequence) {
        List<Entry> changed = new ArrayList<>(segments.subList(0, segments.size() - 1));
        changed.add(sealed);
        changed.add(Entry.active(newActiveId));
        return with(newSequence, Math.max(nextSegmentId, newActiveId + 1), changed);
    }

    /** Returns a manifest in which all ids below this one are assigned. */
    Manifest withNextSegmentId(int id) {
        return with(sequence, id, segments);
    }

    /** Returns a manifest with another durable end of the active segment, see {@link Entry}. */
    Manifest withActive(Entry active) {
        List<Entry> changed = new ArrayList<>(segments.subList(0, segments.size() - 1));
        changed.add(active);
        return with(sequence, nextSegmentId, changed);
    }

    /** Returns a manifest with another sequence. */
    Manifest withSequence(long newSequence) {
        return with(newSequence, nextSegmentId, segments);
    }

    /**
     * Returns a manifest with another durable end of the active segment, which is now in another file. A segment id is
     * skipped, so that this is not equal to the manifest before: a follower of the log sees that it has to reopen a
     * file.
     */
    Manifest reopened(Entry active) {
        Manifest marked = withActive(active);
        return with(sequence, nextSegmentId + 1, marked.segments());
    }

    /** Returns a manifest with additional sealed segments. */
    Manifest with(List<Entry> added, long newSequence) {
        List<Entry> changed = new ArrayList<>(segments.subList(0, segments.size() - 1));
        changed.addAll(added);
        changed.add(active());
        int highestId = added.stream().mapToInt(Entry::id).max().orElse(0);
        return with(newSequence, Math.max(nextSegmentId, highestId + 1), changed);
    }

    /**
     * Returns a manifest without some of its sealed segments.
     *
     * @param newestCommit the newest commit of a user whose frame is in one of them; 0 if there is none
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
     * One segment and how much of it is known to be durable: all of a sealed one; of the active one, what existed when
     * the log was closed cleanly, when it was opened after a crash, or when other segments were removed from the log.
     *
     * @param sealed whether nothing more will be appended
     * @param bytes length of the durable header and frames; 0 for an active segment of which nothing is known
     * @param lastFrameChecksum header checksum of the last of these frames, which covers all of them through the chain;
     *     that of the segment header if there is no frame
     */
    record Entry(int id, boolean sealed, int bytes, int lastFrameChecksum) {

        /**
         * Returns an entry for a new active segment. Since it states nothing, the next open after a crash writes the
         * manifest again.
         */
        static Entry active(int id) {
            return new Entry(id, false, 0, 0);
        }

        /**
         * Returns whether this entry states what another one states. The {@code equals} of a record would cost the first
         * close of a process more than everything else that it does.
         */
        boolean states(Entry other) {
            return id == other.id
                    && sealed == other.sealed
                    && bytes == other.bytes
                    && lastFrameChecksum == other.lastFrameChecksum;
        }
    }
}
