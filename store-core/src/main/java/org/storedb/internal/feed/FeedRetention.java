package org.storedb.internal.feed;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.storedb.error.StoreException;
import org.storedb.feed.ChangeRequest;
import org.storedb.internal.compaction.CommitKeeper;
import org.storedb.internal.log.CommitSpan;
import org.storedb.internal.log.Segment;

/**
 * Determines which segments have commits that are still to be consumed. Safe for use by many threads; {@code followed}
 * guards itself.
 */
public final class FeedRetention implements CommitKeeper {

    /** The position before the first commit. */
    private static final long ALL = -1;

    private final FeedSource source;
    private final RecordedPositions positions;
    private final boolean forNames;
    private final long ageMillis;
    private final long bytesMax;
    private final TreeSelection followed;
    private final Map<Integer, Optional<CommitSpan>> spans = new ConcurrentHashMap<>();
    private final AtomicBoolean unreadable = new AtomicBoolean();

    /**
     * Creates a keeper of the segments that consumers need.
     *
     * @param forNames whether to keep what named consumers have not confirmed
     * @param ageMillis how long to keep every sealed segment
     * @param bytesMax maximum bytes of segments to keep
     */
    public FeedRetention(FeedSource source, boolean forNames, long ageMillis, long bytesMax) {
        this.source = source;
        this.positions = new RecordedPositions(source);
        this.forNames = forNames;
        this.ageMillis = ageMillis;
        this.bytesMax = bytesMax;
        this.followed = new TreeSelection(source.pipeline(), source.catalog(), ChangeRequest.all());
    }

    @Override
    public Set<Integer> keptSegments() {
        List<Segment> newestFirst = new ArrayList<>(source.log().segments().all());
        newestFirst.removeIf(segment -> !segment.isSealed());
        newestFirst.sort(Comparator.comparingInt(Segment::id).reversed());
        long leastConfirmed = leastConfirmed();
        long nowMillis = source.environment().clock().millis();
        Set<Integer> kept = new HashSet<>();
        long bytes = 0;
        for (Segment segment : newestFirst) {
            CommitSpan span = span(segment);
            boolean wanted =
                    span != null && (span.last() > leastConfirmed || isYoung(nowMillis - span.sealedAtMillis()));
            if (wanted && bytes + segment.bytes() > bytesMax) {
                break; // Consumers that need an older one have lost something anyway.
            }
            if (wanted) {
                kept.add(segment.id());
                bytes += segment.bytes();
            }
        }
        spans.keySet().removeIf(id -> !source.log().segments().contains(id));
        return kept;
    }

    /**
     * Returns whether a segment of this age is to be kept. A clock that was set back makes a segment appear to be from
     * the future, which is no reason to keep it forever.
     */
    private boolean isYoung(long millis) {
        return millis >= 0 && millis < ageMillis;
    }

    /**
     * Returns the lowest confirmed position. One that cannot be read may be any, so all commits are kept then, within
     * the bound.
     */
    private long leastConfirmed() {
        if (!forNames) {
            return Long.MAX_VALUE;
        }
        try {
            long least = leastRecorded();
            unreadable.set(false);
            return least;
        } catch (StoreException e) {
            if (unreadable.compareAndSet(false, true)) { // Otherwise it would be logged every second.
                System.getLogger(FeedRetention.class.getName())
                        .log(
                                System.Logger.Level.WARNING,
                                "A position cannot be read; compactions keep up to " + bytesMax + " bytes of changes",
                                e);
            }
            return ALL;
        }
    }

    private long leastRecorded() {
        return positions.all().values().stream()
                .filter(position -> position.storeId().equals(source.log().storeId()))
                .filter(position -> position.sequence() >= source.log().commitsRemovedTo())
                .mapToLong(RecordedPositions.Position::sequence)
                .min()
                .orElse(Long.MAX_VALUE);
    }

    private @Nullable CommitSpan span(Segment segment) {
        Optional<CommitSpan> known = spans.get(segment.id());
        if (known == null) {
            try {
                known = Optional.ofNullable(CommitSpan.of(segment, source.log().storeId()));
            } catch (IOException | StoreException e) {
                System.getLogger(FeedRetention.class.getName())
                        .log(System.Logger.Level.DEBUG, "The commits in " + segment.fileName() + " are not known", e);
                known = Optional.empty();
            }
            spans.put(segment.id(), known);
        }
        return known.orElse(null);
    }

    @Override
    public boolean isFollowed(int treeId) {
        synchronized (followed) {
            return followed.find(treeId) != null;
        }
    }
}
