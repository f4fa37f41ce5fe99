package org.storedb.feed;

import java.time.Instant;
import java.util.List;

/**
 * What one transaction changed, as far as it was asked for. Immutable.
 *
 * @param sequence of the commit: the position from which to go on behind it
 * @param committedAt by the wall clock of the store, which may have been set back between two commits
 * @param changes at least one, ordered by collection or keyspace and id or key
 */
public record ChangeTransaction(long sequence, Instant committedAt, List<Change> changes) {

    public ChangeTransaction {
        changes = List.copyOf(changes);
    }
}
