package org.storedb.search.internal;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.storedb.Store;
import org.storedb.feed.ChangeReader;
import org.storedb.feed.ChangeRequest;
import org.storedb.feed.Delivery;
import org.storedb.search.definition.TextIndexDefinition;

/**
 * What an index is made of.
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

    /** The name under which the store keeps the changes that the index does not have. */
    String consumer() {
        return "storedb.search." + definition.name();
    }

    /**
     * Reads what was committed behind a position. What was confirmed is recorded when the index says so, not before.
     *
     * @throws org.storedb.error.ChangesLostException if it is not to be had
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
