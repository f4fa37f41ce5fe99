package org.storedb;

import java.util.Map;
import org.storedb.feed.ChangeListener;
import org.storedb.feed.ChangeReader;
import org.storedb.feed.ChangeRequest;
import org.storedb.feed.ChangeSubscription;

/**
 * What has changed in a store, transaction by transaction, in the order of the commits, read from the log. Safe for use by
 * many threads.
 *
 * <p>Delivered is at least once: a consumer that goes on from its last {@linkplain ChangeReader#position() position}
 * misses nothing, and gets again only what it had not confirmed.
 */
public interface ChangeFeed {

    /**
     * Opens a reader, which is asked for one transaction after the other; close it in every case.
     *
     * @throws org.storedb.error.ChangesLostException if the changes behind its position are not to be had any more
     * @throws org.storedb.error.InvalidQueryException if the filter cannot be meant
     * @throws IllegalStateException if one of this name is open
     */
    ChangeReader read(ChangeRequest request);

    /**
     * Has changes delivered to a listener, in a thread of the store, until the subscription or the store is closed.
     *
     * @throws org.storedb.error.ChangesLostException if the changes behind its position are not to be had any more
     * @throws org.storedb.error.InvalidQueryException if the filter cannot be meant
     * @throws IllegalStateException if one of this name is open
     */
    ChangeSubscription subscribe(ChangeRequest request, ChangeListener listener);

    /** The oldest position behind which all changes are there; compactions move it forward. */
    long oldestPosition();

    /**
     * A state of the store to start from: changes behind its {@linkplain Snapshot#sequence() sequence} lead on from it.
     * Everything in it is on the medium.
     *
     * @throws org.storedb.error.StoreFailedException if the file system refuses; the store then accepts no more writes
     */
    Snapshot snapshot();

    /** The positions that are recorded, by name. */
    Map<String, Long> positions();

    /**
     * Forgets the position that is recorded under a name.
     *
     * @return whether there was one
     * @throws IllegalStateException if a reader of this name is open
     */
    boolean forget(String name);
}
