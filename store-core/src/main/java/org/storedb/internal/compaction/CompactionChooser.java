package org.storedb.internal.compaction;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.storedb.internal.log.Segment;
import org.storedb.internal.log.SegmentedLog;
import org.storedb.internal.transaction.SpaceAccounting;

/**
 * Chooses segments to compact. What a segment would give back is all that is not needed in its copy: dead records, what
 * stands around records that were committed one by one, and deletes that hide nothing any more.
 */
final class CompactionChooser {

    /** A segment is not worth rewriting for less: a freshly compacted one has about a hundredth of overhead. */
    static final double DEAD_RATIO_LEAST = 0.05;

    /** Part of the dead ratio at which to begin: while segments are copied they and their copies are there. */
    private static final double BEGIN_SHARE = 0.9;

    /** The figures are not exact to the byte: what seems to be won by less may not be there. */
    private static final double REDUCING_RATIO_LEAST = 0.15;

    /** Part of the dead ratio from which a segment is worthwhile when space is short. */
    private static final double SHORTAGE_SHARE = 0.25;

    private static final int SHORTAGE_SEGMENTS = 4;

    /** A walk over a tree takes a tenth, for each entry, of what copying a record does. */
    private static final int WALK_SHARE = 16;

    private final SegmentedLog log;
    private final SpaceAccounting accounting;
    private final long bytesOnDiskMax;
    private final CommitKeeper keeper;

    CompactionChooser(SegmentedLog log, SpaceAccounting accounting, long bytesOnDiskMax, CommitKeeper keeper) {
        this.log = log;
        this.accounting = accounting;
        this.bytesOnDiskMax = bytesOnDiskMax;
        this.keeper = keeper;
    }

    /** Sealed segments of whose bytes at least this share would be given back, those with the oldest records first. */
    private List<Segment> worthwhile(double deadRatio) {
        return segments(sealed(candidate -> candidate.gainRatio() >= deadRatio));
    }

    /**
     * What is to be compacted when asked: any gain is worth it, and so are records in the order of their keys, which a scan
     * reads faster, and encrypting with the current key.
     */
    List<Segment> onDemand() {
        return segments(sealed(this::isWorthwhileOnDemand));
    }

    private boolean isWorthwhileOnDemand(Candidate candidate) {
        return candidate.gainRatio() >= DEAD_RATIO_LEAST
                || candidate.isInOrderOfCommits()
                || !log.isOfCurrentKey(candidate.segment());
    }

    /**
     * What is to be compacted without being asked: segments with little that has to be copied, or, when less than that is
     * dead everywhere, those that give back most as long as too much of the whole log is dead. The later a segment's turn
     * comes the more of it is dead: with overwrites all over a store, half of whose log may be dead, three of four records
     * of the oldest segment are. When space is short there is no waiting for that.
     *
     * @param deadRatio share of the log that may be dead
     */
    List<Segment> automatic(double deadRatio) {
        double ratio = isSpaceShort() ? Math.max(DEAD_RATIO_LEAST, SHORTAGE_SHARE * deadRatio) : (1 + deadRatio) / 2;
        List<Segment> chosen = worthwhile(ratio);
        return chosen.isEmpty() ? reducing(BEGIN_SHARE * deadRatio) : chosen;
    }

    /** Whether the active segment should be sealed for a compaction that was asked for. */
    boolean isActiveWorthwhile() {
        return candidates().stream()
                .filter(candidate -> !candidate.isSealed())
                .anyMatch(candidate -> candidate.segment().figures().frames() > 0
                        ? isWorthwhileOnDemand(candidate)
                        : !log.isOfCurrentKey(candidate.segment())); // An empty one has only its header to give.
    }

    /**
     * The first segments that can be compacted at once: those whose copies fill one segment, or the first alone; no more
     * than there is space for. On demand more of them, if much of the store comes into one order by that.
     */
    Batch batch(List<Segment> chosen, boolean onDemand) {
        long room = room();
        long live = accounting.liveBytes();
        long ordered = onDemand ? orderedBytesMax(room) : 0;
        long bytesMax = Math.max(log.segmentBytes(), isWorthAWalk(ordered, live) ? ordered : 0);
        List<Segment> batch = new ArrayList<>();
        long bytes = 0;
        for (Candidate candidate : candidates()) {
            long needed = bytes + candidate.neededBytes();
            boolean fits = needed <= room && (bytes == 0 || needed <= bytesMax);
            if (fits && chosen.contains(candidate.segment())) {
                batch.add(candidate.segment());
                bytes = needed;
            }
        }
        return new Batch(batch, isWorthAWalk(bytes, live));
    }

    /**
     * How many bytes of records may be brought into one order at once. For that long they are there twice, so half of the
     * room is left, and as much as is not short. Their segments are read in any order, so they should stay in memory: who
     * gives the heap much has as much beside it.
     */
    private long orderedBytesMax(long room) {
        return Math.min(Runtime.getRuntime().maxMemory(), (room - (long) SHORTAGE_SEGMENTS * log.segmentBytes()) / 2);
    }

    /** Whether so many bytes are enough of what is live for walking over all trees to find them. */
    private static boolean isWorthAWalk(long bytes, long liveBytes) {
        return bytes >= liveBytes / WALK_SHARE;
    }

    /**
     * Whether a delete of this sequence is still needed outside some segments, lest a record that is older come back: if a
     * segment that stays has a record that is dead and older.
     */
    boolean isDeleteNeeded(long sequence, Set<Integer> outsideIds) {
        for (Segment segment : log.segments().all()) {
            if (!outsideIds.contains(segment.id()) && Candidate.oldestDead(segment, accounting) < sequence) {
                return true;
            }
        }
        return false;
    }

    /** Bytes that copies of segments may take up. A frame header more or less is within what is kept free for deletes. */
    private long room() {
        return Math.min(log.space().spareBytes(), bytesOnDiskMax - log.bytesOnDisk());
    }

    private boolean isSpaceShort() {
        return log.space().full() != null || room() < (long) SHORTAGE_SEGMENTS * log.segmentBytes();
    }

    /**
     * The segments that give back most, until no more than a share of the log would be dead. If that is not to be had
     * because deletes have to be kept, the segments with the dead records that they hide.
     */
    private List<Segment> reducing(double deadShareMax) {
        long excess = (long) (log.segments().bytes() * (1 - deadShareMax)) - accounting.liveBytes();
        if (excess <= 0) {
            return List.of();
        }
        long keptDeletes = sealed(candidate -> candidate.keptDeleteBytes() > 0)
                .mapToLong(Candidate::keptDeleteBytes)
                .sum();
        List<Candidate> chosen = new ArrayList<>();
        for (Candidate candidate : sealed(candidate -> candidate.gainRatio() >= REDUCING_RATIO_LEAST)
                .sorted(Candidate.MOST_FIRST)
                .toList()) {
            if (excess > 0) {
                chosen.add(candidate);
                excess -= candidate.gainedBytes();
            }
        }
        return chosen.isEmpty() && keptDeletes > excess / 2 ? hiddenByDeletes() : segments(chosen.stream());
    }

    private List<Segment> hiddenByDeletes() {
        long newestDelete = sealed(candidate -> true)
                .mapToLong(candidate -> candidate.segment().newestDelete())
                .max()
                .orElse(0);
        return segments(sealed(candidate -> candidate.oldestDead() < newestDelete));
    }

    /**
     * Those that may be compacted, of the ones that are wanted. When space is short, nobody's wish to follow the commits
     * counts. That wish is in the trees, so as long as there is nothing to compact they are not brought up to date for it.
     */
    private Stream<Candidate> sealed(Predicate<Candidate> wanted) {
        List<Candidate> found = candidates().stream()
                .filter(candidate -> candidate.isSealed() && wanted.test(candidate))
                .toList();
        if (found.isEmpty() || isSpaceShort()) {
            return found.stream();
        }
        Set<Integer> kept = keeper.keptSegments();
        return found.stream()
                .filter(candidate -> !kept.contains(candidate.segment().id()));
    }

    private List<Candidate> candidates() {
        return Candidate.of(log.segments().all(), accounting).stream()
                .sorted(Candidate.OLDEST_FIRST)
                .toList();
    }

    private static List<Segment> segments(Stream<Candidate> candidates) {
        return candidates.sorted(Candidate.OLDEST_FIRST).map(Candidate::segment).toList();
    }
}
