package org.storedb.feed;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Reads changes, transaction by transaction, in the order of their commits. What is not read waits in the log and takes no
 * memory. Asking for the next transaction confirms the one before. For one thread at a time; only {@link #close()} may be
 * called by any.
 *
 * <p>Methods that read throw
 *
 * <ul>
 *   <li>{@link org.storedb.error.ChangesLostException} if a compaction has removed what comes next,
 *   <li>{@link org.storedb.error.CorruptStoreException} or {@link org.storedb.error.StoreIoException} if the log cannot be
 *       read,
 *   <li>{@link org.storedb.error.StoreClosedException} if the reader or the store has been closed.
 * </ul>
 *
 * <p>What could not be read is not confirmed: the next call tries it again.
 */
public interface ChangeReader extends AutoCloseable {

    /** The next transaction, or {@code null} if there is none at the moment. */
    @Nullable
    ChangeTransaction poll();

    /**
     * The next transaction, for which it waits.
     *
     * @return {@code null} if there is none within the time
     * @throws InterruptedException if the thread is interrupted while it waits; nothing is lost
     */
    @Nullable
    ChangeTransaction next(Duration timeout) throws InterruptedException;

    /**
     * Confirms the transaction that was read last. Under a name that is recorded before this returns, as durably as the
     * store commits.
     *
     * @return the position from which a reader goes on that begins now
     * @throws org.storedb.error.StoreException if it cannot be recorded
     */
    long confirm();

    /** The position behind all that has been confirmed. */
    long position();

    /**
     * Ends reading. What has been confirmed under a name is recorded; the transaction that was read last counts only if
     * {@link #confirm()} said so, and comes again otherwise.
     */
    @Override
    void close();
}
