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
 * Chooses segments to compact. A segment would free everything that is not needed in its copy: dead records, the
 * overhead of records that were committed one by one, and deletes that no longer hide anything.
 */
final class CompactionChooser {

    /** A segment is not worth rewriting for less: a freshly compacted one has about a hundredth of overhead. */
    static final double DEAD_RATIO_LEAST = 0.05;

    /**
     * Share of the dead ratio at which to begin: while segments are being copied, they exist together with their
     * copies.
     */
    private static final double BEGIN_SHARE = 0.9;

    /** The figures are not exact: a smaller gain may not be real. */
    private static final double REDUCING_RATIO_LEAST = 0.15;

    /** Share of the dead ratio from which a segment is worthwhile when space is short. */
    private static final double SHORTAGE_SHARE = 0.25;

    private static final int SHORTAGE_SEGMENTS = 4;

    /**
     * A walk over all trees pays if it finds at least this fraction of the live bytes: for each entry it costs about a
     * tenth of a copy.
     */
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

    /**
     * Returns the sealed segments that would free at least this share of their bytes, those with the oldest records
     * first.
     */
    private List<Segment> worthwhile(double deadRatio) {
        return segments(sealed(candidate -> candidate.gainRatio() >= deadRatio));
    }

    /**
     * Returns what to compact on demand: a small gain is worthwhile, and so are key order, which makes scans faster, and
     * encryption with the current key. When space is short, any gain is: deletes that are spread over all segments may
     * be refused before much of any of them is dead.
     */
    List<Segment> onDemand() {
        boolean anyGain = isSpaceShort();
        return segments(sealed(candidate -> isWorthwhileOnDemand(candidate, anyGain)));
    }

    private boolean isWorthwhileOnDemand(Candidate candidate, boolean anyGain) {
        return candidate.gainRatio() >= DEAD_RATIO_LEAST
                || (anyGain && candidate.hasDead())
                || candidate.isInOrderOfCommits()
                || !log.isOfCurrentKey(candidate.segment());
    }

    /**
     * Returns what to compact automatically: segments of which little has to be copied or, if there are none, those
     * that free the most, as long as too much of the whole log is dead. The later a segment is compacted, the more of
     * it is dead: with overwrites throughout a store whose log may be half dead, three of four records of the oldest
     * segment are dead. When space is short this does not wait.
     *
     * @param deadRatio share of the log that may be dead
     */
    List<Segment> automatic(double deadRatio) {
        double ratio = isSpaceShort() ? Math.max(DEAD_RATIO_LEAST, SHORTAGE_SHARE * deadRatio) : (1 + deadRatio) / 2;
        List<Segment> chosen = worthwhile(ratio);
        return chosen.isEmpty() ? reducing(BEGIN_SHARE * deadRatio) : chosen;
    }

    /** Returns whether the active segment should be sealed for a compaction on demand. */
    boolean isActiveWorthwhile() {
        boolean anyGain = isSpaceShort();
        return candidates().stream()
                .filter(candidate -> !candidate.isSealed())
                .anyMatch(candidate -> candidate.segment().figures().frames() > 0
                        ? isWorthwhileOnDemand(candidate, anyGain)
                        : !log.isOfCurrentKey(candidate.segment())); // An empty one can only free its header.
    }

    /**
     * Returns the first segments that can be compacted together: those whose copies fill one segment, or the first
     * alone; no more than there is space for, and all that need no copy. On demand there are more, if this brings much
     * of the store into one order.
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
            boolean isDead = candidate.neededBytes() == 0; // Then it fits even if there is less than no room.
            if ((fits || isDead) && chosen.contains(candidate.segment())) {
                batch.add(candidate.segment());
                bytes = needed;
            }
        }
        return new Batch(batch, isWorthAWalk(bytes, live));
    }

    /**
     * Returns how many bytes of records may be brought into one order at once. Meanwhile they exist twice, so half of
     * the room is left, and enough that space does not become short. Their segments are read in random order, so they
     * should stay in memory: a large heap suggests as much memory beside it.
     */
    private long orderedBytesMax(long room) {
        return Math.min(Runtime.getRuntime().maxMemory(), (room - (long) SHORTAGE_SEGMENTS * log.segmentBytes()) / 2);
    }

    /** Returns whether this many bytes are enough of the live ones to walk over all trees to find them. */
    private static boolean isWorthAWalk(long bytes, long liveBytes) {
        return bytes >= liveBytes / WALK_SHARE;
    }

    /**
     * Returns whether a delete of this sequence is still needed outside some segments, so that an older record does not
     * reappear: whether a segment that stays has an older dead record.
     */
    boolean isDeleteNeeded(long sequence, Set<Integer> outsideIds) {
        for (Segment segment : log.segments().all()) {
            if (!outsideIds.contains(segment.id()) && Candidate.oldestDead(segment, accounting) < sequence) {
                return true;
            }
        }
        return false;
    }

    /**
     * Returns the bytes that copies of segments may occupy. A frame header more or less is covered by what is kept free
     * for deletes.
     */
    private long room() {
        return Math.min(log.space().bytesForCopies(), bytesOnDiskMax - log.bytesOnDisk());
    }

    private boolean isSpaceShort() {
        return log.space().full() != null || room() < (long) SHORTAGE_SEGMENTS * log.segmentBytes();
    }

    /**
     * Returns the segments that free the most, until no more than a share of the log would be dead. If this is
     * impossible because deletes have to be kept, returns the segments with the dead records that they hide.
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
     * Returns the wanted segments that may be compacted. When space is short, followers are ignored. Their positions
     * are in the trees, which are therefore not brought up to date as long as there is nothing to compact.
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
