package org.storedb.internal.feed;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.storedb.error.CorruptStoreException;
import org.storedb.error.StoreIoException;
import org.storedb.feed.Change;
import org.storedb.feed.ChangeRequest;
import org.storedb.feed.ChangeTransaction;
import org.storedb.feed.Delivery;
import org.storedb.internal.bytes.MalformedBytesException;
import org.storedb.internal.log.CommitCursor;
import org.storedb.internal.log.CommitLog;
import org.storedb.internal.log.Frame;

/** Reads what a request asks for, one transaction after another. For one thread. */
final class FeedCursor {

    private final FeedSource source;
    private final CommitCursor commits;
    private final TreeSelection selection;
    private final boolean durable;
    private final @Nullable CommitLog formerRecords;
    private volatile long position; // Read by other threads.
    private volatile boolean ended;
    private @Nullable Frame pending; // Read, but not handed out or skipped yet: it is retried after a failure.

    FeedCursor(FeedSource source, ChangeRequest request, long after) {
        this.source = source;
        this.commits = new CommitCursor(source.log(), after);
        this.position = after;
        this.selection = new TreeSelection(source.pipeline(), source.catalog(), request);
        this.durable = request.delivery() == Delivery.DURABLE;
        this.formerRecords = request.before() ? source.log() : null;
    }

    /** Returns the commit after which it is positioned: everything before was handed out, or not requested. */
    long position() {
        return position;
    }

    /** Returns whether there are commits that it has not reached; they may not be durable yet. */
    boolean isBehind() {
        return position < source.newest();
    }

    /** Makes {@link #next} return {@code null} soon, wherever it is; to be called by any thread. */
    void end() {
        ended = true;
    }

    /**
     * Returns the next transaction with requested changes, or {@code null} if there is none at the moment.
     *
     * @throws org.storedb.error.ChangesLostException if it may have been removed by a compaction
     * @throws CorruptStoreException if it is not what was written; every further call fails as well
     */
    @Nullable
    ChangeTransaction next() {
        long newest = source.newest();
        Frame frame = read(newest);
        while (frame != null) {
            if (ended) {
                return null;
            }
            ChangeTransaction transaction = transaction(frame);
            pending = null;
            position = frame.sequence();
            if (transaction != null) {
                return transaction;
            }
            frame = read(newest);
        }
        position = commits.position(); // It may have passed over some.
        return null;
    }

    private @Nullable Frame read(long newest) {
        try {
            if (pending == null) {
                pending = commits.next(newest, durable);
            }
            return pending;
        } catch (IOException e) {
            throw new StoreIoException(
                    "The changes after position " + position() + " cannot be read from the log: " + e.getMessage(), e);
        }
    }

    /** Returns the requested part of a commit; {@code null} if there is none. */
    private @Nullable ChangeTransaction transaction(Frame frame) {
        List<Change> changes = decode(frame);
        return changes.isEmpty()
                ? null
                : new ChangeTransaction(frame.sequence(), Instant.ofEpochMilli(frame.timeMillis()), changes);
    }

    private List<Change> decode(Frame frame) {
        try {
            return FrameChanges.of(commits.segment(), frame, selection, formerRecords);
        } catch (MalformedBytesException e) {
            String file = commits.segment().fileName();
            throw new CorruptStoreException(
                    file,
                    frame.offset(),
                    "The commit at byte " + frame.offset() + " of " + file + " is malformed: " + e.getMessage()
                            + "; restore the directory from a backup, or start over with changes().snapshot()",
                    e);
        }
    }
}
