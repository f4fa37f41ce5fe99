package org.storedb;

import java.util.Map;
import org.storedb.feed.ChangeListener;
import org.storedb.feed.ChangeReader;
import org.storedb.feed.ChangeRequest;
import org.storedb.feed.ChangeSubscription;

/**
 * The changes of a store, transaction by transaction in commit order, read from the log. Safe for use by many threads.
 *
 * <p>Delivery is at least once: a consumer that resumes from its last {@linkplain ChangeReader#position() position}
 * misses nothing, and receives again only what it had not confirmed.
 */
public interface ChangeFeed {

    /**
     * Opens a reader, which returns one transaction after another. It must be closed.
     *
     * @throws org.storedb.error.ChangesLostException if the changes after its position are no longer available
     * @throws org.storedb.error.InvalidQueryException if the filter makes no sense
     * @throws IllegalStateException if one of this name is open
     */
    ChangeReader read(ChangeRequest request);

    /**
     * Delivers changes to a listener, on a thread of the store, until the subscription or the store is closed.
     *
     * @throws org.storedb.error.ChangesLostException if the changes after its position are no longer available
     * @throws org.storedb.error.InvalidQueryException if the filter makes no sense
     * @throws IllegalStateException if one of this name is open
     */
    ChangeSubscription subscribe(ChangeRequest request, ChangeListener listener);

    /** Returns the oldest position after which all changes are available; compactions move it forward. */
    long oldestPosition();

    /**
     * Returns a state of the store to start from: the changes after its {@linkplain Snapshot#sequence() sequence}
     * continue it. Everything in it is durable.
     *
     * @throws org.storedb.error.StoreFailedException if the file system reports an error; the store then accepts no
     *     more writes
     */
    Snapshot snapshot();

    /** Returns the recorded positions by name. */
    Map<String, Long> positions();

    /**
     * Removes the position recorded under a name.
     *
     * @return whether there was one
     * @throws IllegalStateException if a reader of this name is open
     */
    boolean forget(String name);
}
