package org.storedb.internal.log;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.storedb.error.ChangesLostException;

/**
 * Reads the frames of commits in the order of their sequences while more are written, by this process or, as far as a
 * follower has seen them, by another one. The current segment stays readable, even when a compaction removes it; no
 * other is held. For one thread.
 */
public final class CommitCursor {

    private final CommitLog log;
    private long position;
    private @Nullable Segment segment;
    private @Nullable SegmentScanner scanner;

    /**
     * Creates a cursor positioned after a commit.
     *
     * @param after its sequence, 0 for the beginning
     */
    public CommitCursor(CommitLog log, long after) {
        this.log = log;
        this.position = after;
    }

    /** Returns the commit after which the cursor is positioned. */
    public long position() {
        return position;
    }

    /** Returns the segment of the frame that was read last. */
    public Segment segment() {
        if (segment == null) {
            throw new IllegalStateException("Nothing has been read yet");
        }
        return segment;
    }

    /**
     * Reads the next commit. If there is none up to {@code newest}, because a compaction has removed those that only the
     * store itself made, the cursor passes over them.
     *
     * @param newest the last commit that may be read; it has been published
     * @param durable whether only what is on the medium may be read
     * @return {@code null} if there is none at present
     * @throws ChangesLostException if it may have been removed by a compaction
     */
    public @Nullable Frame next(long newest, boolean durable) throws IOException {
        if (position >= newest) {
            return null;
        }
        if (scanner == null && !begin(newest)) {
            position = newest; // What is missing was no commit of a user.
            return null;
        }
        while (true) {
            boolean ends = takeUp(); // Checked first: nothing can be missed after the end of a sealed segment.
            int end = durable ? log.durableBytes(segment()) : segment().bytes();
            boolean seesAll = end == segment().bytes();
            FrameHeads.Head head = head(segment(), end, newest);
            if (head == null && !(ends && advance(newest))) {
                position = seesAll ? newest : position; // As above.
                return null;
            }
            if (head != null && head.sequence() > newest) {
                return null;
            }
            if (head != null && head.sequence() <= position) {
                scanner().skip(head);
            } else if (head != null) {
                Frame frame = scanner().read(head);
                position = frame.sequence(); // Only now: what could not be read is still to come.
                return frame;
            }
        }
    }

    /**
     * Picks up the current version of the segment: for a follower it is replaced after each reading.
     *
     * @return whether nothing more will be appended to it
     */
    private boolean takeUp() throws IOException {
        Segment held = segment();
        SegmentTable table = log.segments();
        if (!table.contains(held.id())) {
            return true;
        }
        Segment now = table.get(held.id());
        if (now != held) {
            SegmentScanner behind = SegmentScanner.of(now, log.storeId(), now.bytes());
            behind.startBehind(scanner().end(), 0);
            segment = now;
            scanner = behind;
        }
        return now.isSealed();
    }

    /**
     * Returns the header of the next commit in a segment. A footer that nothing follows may be taken back, so it is
     * passed over only once something follows it.
     */
    private FrameHeads.@Nullable Head head(Segment current, int end, long newest) throws IOException {
        FrameHeads.Head head = scanner().heads().behind(scanner().end(), end);
        if (head == null && scanner().validBytes() < end) {
            throw broken(current, scanner().validBytes(), newest);
        }
        while (head != null && head.kind() == FrameKind.FOOTER) {
            FrameHeads.Head behind = scanner().heads().behind(head.end(), end);
            if (behind == null || behind.sequence() > newest) {
                return null;
            }
            scanner().skip(head);
            head = behind;
        }
        return head;
    }

    private ChangesLostException broken(Segment broken, int at, long newest) {
        return new ChangesLostException(
                position,
                log.commitsRemovedTo(),
                newest,
                "The content of " + broken.fileName() + " at byte " + at + " does not follow the commit at position "
                        + position
                        + ": it is damaged, or the store was restored to an earlier state; start over with changes().snapshot()");
    }

    /** Goes to the segment that has the commit after the position. */
    private boolean begin(long newest) throws IOException {
        Start best = null;
        List<Segment> newestFirst = new ArrayList<>(log.segments().all());
        newestFirst.sort(Comparator.comparingInt(Segment::id).reversed());
        for (Segment candidate : newestFirst) {
            Start start = startOf(candidate, newest);
            if (start != null) {
                best = start;
                if (start.first() <= position + 1) {
                    break;
                }
            }
        }
        return enter(best, newest);
    }

    /** Goes to the next segment with commits. */
    private boolean advance(long newest) throws IOException {
        int id = segment().id();
        Start next = null;
        for (Segment candidate : log.segments().all()) {
            if (candidate.id() > id && next == null) {
                next = startOf(candidate, newest);
            }
        }
        return enter(next, newest);
    }

    private boolean enter(@Nullable Start start, long newest) {
        long removedTo = log.commitsRemovedTo(); // After the segments: this accounts for what is missing there.
        if (removedTo > position) {
            throw new ChangesLostException(position, removedTo, newest);
        }
        if (start == null) {
            return false;
        }
        segment = start.segment();
        scanner = start.scanner();
        return true;
    }

    /** Returns the first commit of a segment; {@code null} for a segment written by a compaction, or an empty one. */
    private @Nullable Start startOf(Segment candidate, long newest) throws IOException {
        int bytes = candidate.bytes();
        SegmentScanner reader = SegmentScanner.of(candidate, log.storeId(), bytes);
        FrameHeads.Head first = reader.heads().behind(reader.end(), bytes);
        int at = reader.validBytes();
        while (first != null && first.kind() == FrameKind.FOOTER) {
            at = first.end().bytes();
            first = reader.heads().behind(first.end(), bytes);
        }
        if (first == null && at < bytes) {
            throw broken(candidate, at, newest);
        }
        return first == null || first.kind() != FrameKind.COMMIT
                ? null
                : new Start(candidate, reader, first.sequence());
    }

    private SegmentScanner scanner() {
        if (scanner == null) {
            throw new IllegalStateException("No segment has been entered");
        }
        return scanner;
    }

    /** A scanner before the first frame of a segment, whose commit is {@code first}. */
    private record Start(Segment segment, SegmentScanner scanner, long first) {}
}
