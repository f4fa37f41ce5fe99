package org.storedb.feed;

import java.time.Instant;
import java.util.List;

/**
 * The changes of one transaction, as far as they were requested. Immutable.
 *
 * @param sequence the sequence of the commit: the position to continue after it
 * @param committedAt by the wall clock of the store, which may have been set back between two commits
 * @param changes at least one, ordered by collection or keyspace and id or key
 */
public record ChangeTransaction(long sequence, Instant committedAt, List<Change> changes) {

    public ChangeTransaction {
        changes = List.copyOf(changes);
    }
}
