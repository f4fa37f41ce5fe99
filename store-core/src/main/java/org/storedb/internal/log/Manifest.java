package org.storedb.internal.log;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/**
 * Which segments make up the log. Whatever other segment file is in the directory is left over from something that did
 * not come to its end. Immutable.
 *
 * @param createdAtMillis when the store was created, since 1970-01-01 UTC
 * @param sequence a commit that was done when this was written; later ones may be in the log
 * @param segments all sealed segments and, last, the one that is appended to
 */
record Manifest(UUID storeId, long createdAtMillis, long sequence, int nextSegmentId, List<Entry> segments) {

    Manifest {
        segments = List.copyOf(segments);
    }

    /** The segment that is appended to. */
    Entry active() {
        return segments.get(segments.size() - 1);
    }

    /** With a sealed segment in the place of the active one, and a new active one. */
    Manifest rolled(Entry sealed, int newActiveId, long newSequence) {
        List<Entry> changed = new ArrayList<>(segments.subList(0, segments.size() - 1));
        changed.add(sealed);
        changed.add(Entry.active(newActiveId));
        return new Manifest(storeId, createdAtMillis, newSequence, Math.max(nextSegmentId, newActiveId + 1), changed);
    }

    /** With more sealed segments. */
    Manifest with(List<Entry> added, long newSequence) {
        List<Entry> changed = new ArrayList<>(segments.subList(0, segments.size() - 1));
        changed.addAll(added);
        changed.add(active());
        int highestId = added.stream().mapToInt(Entry::id).max().orElse(0);
        return new Manifest(storeId, createdAtMillis, newSequence, Math.max(nextSegmentId, highestId + 1), changed);
    }

    /** Without some of its sealed segments. */
    Manifest without(Collection<Integer> removedIds, long newSequence) {
        List<Entry> changed = segments.stream()
                .filter(entry -> !removedIds.contains(entry.id()))
                .toList();
        return new Manifest(storeId, createdAtMillis, newSequence, nextSegmentId, changed);
    }

    /**
     * One segment.
     *
     * @param sealed whether it is complete; the other figures are 0 if it is not
     * @param bytes length of its header and frames
     * @param lastFrameChecksum header checksum of its last frame, which through the chain covers all of it
     */
    record Entry(int id, boolean sealed, int bytes, int lastFrameChecksum) {

        static Entry active(int id) {
            return new Entry(id, false, 0, 0);
        }
    }
}
