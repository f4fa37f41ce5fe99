package org.storedb.feed;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Reads changes, transaction by transaction, in commit order. Unread changes wait in the log and take no memory.
 * Requesting the next transaction confirms the previous one. For one thread at a time; only {@link #close()} may be
 * called by any thread.
 *
 * <p>Methods that read throw
 *
 * <ul>
 *   <li>{@link org.storedb.error.ChangesLostException} if a compaction has removed the next changes,
 *   <li>{@link org.storedb.error.CorruptStoreException} or {@link org.storedb.error.StoreIoException} if the log cannot
 *       be read,
 *   <li>{@link org.storedb.error.StoreClosedException} if the reader or the store has been closed.
 * </ul>
 *
 * <p>What could not be read is not confirmed: the next call retries it.
 */
public interface ChangeReader extends AutoCloseable {

    /** Returns the next transaction, or {@code null} if there is none at the moment. */
    @Nullable
    ChangeTransaction poll();

    /**
     * Waits for the next transaction, and returns it.
     *
     * @return the transaction, or {@code null} if there is none within the timeout
     * @throws InterruptedException if the thread is interrupted while waiting; nothing is lost
     */
    @Nullable
    ChangeTransaction next(Duration timeout) throws InterruptedException;

    /**
     * Confirms the transaction that was read last. If the reader has a name, this is recorded before the method
     * returns, as durably as the store commits.
     *
     * @return the position from which a reader that is opened now continues
     * @throws org.storedb.error.StoreException if it cannot be recorded
     */
    long confirm();

    /** Returns the position after everything that has been confirmed. */
    long position();

    /**
     * Closes the reader. If it has a name, what has been confirmed is recorded; the transaction that was read last
     * counts only if {@link #confirm()} was called, and is delivered again otherwise.
     */
    @Override
    void close();
}
