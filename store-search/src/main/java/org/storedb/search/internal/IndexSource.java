package org.storedb.search.internal;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.storedb.Store;
import org.storedb.feed.ChangeReader;
import org.storedb.feed.ChangeRequest;
import org.storedb.feed.Delivery;
import org.storedb.search.definition.TextIndexDefinition;

/**
 * The source of an index.
 *
 * @param lineage for an index that outlives the process; {@code null} for one in memory
 */
record IndexSource(
        Store store,
        TextIndexDefinition definition,
        DocumentTextCodec codec,
        FieldAnalyzers analyzer,
        @Nullable Lineage lineage) {

    private static final Duration NEVER = Duration.ofDays(36_500);

    /** Returns the consumer name under which the store keeps the changes that the index lacks. */
    String consumer() {
        return "storedb.search." + definition.name();
    }

    /**
     * Reads what was committed after a position. What was confirmed is recorded only when the index requests it.
     *
     * @throws org.storedb.error.ChangesLostException if the changes are no longer available
     */
    ChangeReader changesAfter(long position) {
        ChangeRequest request = ChangeRequest.ofCollections(definition.collection())
                .andKeyspaces(Lineage.KEYSPACE)
                .withDelivery(Delivery.COMMITTED)
                .after(position);
        return store.changes()
                .read(lineage == null ? request : request.named(consumer()).recordedEvery(Integer.MAX_VALUE, NEVER));
    }
}
