package org.storedb.internal.expiry;

import java.util.HashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.storedb.internal.document.CatalogEntry;
import org.storedb.internal.document.CatalogEntry.Kind;
import org.storedb.internal.document.CatalogService;
import org.storedb.internal.index.CountedTree;
import org.storedb.internal.index.Presence;
import org.storedb.internal.io.StoreClock;
import org.storedb.internal.transaction.DueRecords;
import org.storedb.internal.transaction.DueRecords.DueRecord;
import org.storedb.internal.transaction.StoreState;

/**
 * Hides what has expired: requests for the state return one in which it is set aside. This is done once for each
 * record, by the first thread that needs it, and holds in all later states. Safe for use by many threads; {@code this}
 * is held while records are set aside.
 */
public final class ExpiryService {

    /** How many are set aside while commits wait. */
    private static final int AT_ONCE = 256;

    private final Supplier<StoreState> latest;
    private final Consumer<UnaryOperator<StoreState>> replacement;
    private final CatalogService catalog;
    private final StoreClock clock;
    private final Runnable before;
    private final BooleanSupplier stopsCommits;

    /**
     * Creates a service for the states of one store.
     *
     * @param latest provides the latest state
     * @param replacement replaces it by another form of it; nothing else changes it meanwhile
     * @param before runs before anything is set aside: what was used shortly before has not expired
     * @param stopsCommits whether the calling thread lets nothing be committed or replaced until it is done
     */
    public ExpiryService(
            Supplier<StoreState> latest,
            Consumer<UnaryOperator<StoreState>> replacement,
            CatalogService catalog,
            StoreClock clock,
            Runnable before,
            BooleanSupplier stopsCommits) {
        this.latest = latest;
        this.replacement = replacement;
        this.catalog = catalog;
        this.clock = clock;
        this.before = before;
        this.stopsCommits = stopsCommits;
    }

    /** Returns the latest state, without anything that has expired by now; see {@link #withoutExpired}. */
    public StoreState state() {
        return withoutExpired(latest.get());
    }

    /**
     * Returns the given state unless something in it has expired; else the latest, without what has expired. A thread
     * that stops commits gets the given state: another one that is setting records aside may be waiting for it.
     */
    public StoreState withoutExpired(StoreState state) {
        long nextMillis = state.expiries().nextMillis();
        boolean unexpired = nextMillis == Long.MAX_VALUE || nextMillis > clock.millis();
        return unexpired || stopsCommits.getAsBoolean() ? state : putAside();
    }

    private synchronized StoreState putAside() {
        before.run();
        long nowMillis = clock.millis();
        StoreState state = latest.get();
        while (state.expiries().nextMillis() <= nowMillis) {
            replacement.accept(current -> putAside(current, nowMillis));
            state = latest.get();
        }
        return state;
    }

    private StoreState putAside(StoreState state, long nowMillis) {
        DueRecords due = DueRecords.of(state, nowMillis, AT_ONCE);
        Map<Integer, CatalogEntry> collections = new HashMap<>();
        for (CatalogEntry collection : catalog.catalogOf(state).all(Kind.COLLECTION)) {
            collections.put(collection.treeId(), collection);
        }
        Map<Integer, IndexRemoval> removals = new HashMap<>();
        for (DueRecord record : due.found()) {
            CatalogEntry collection = collections.get(record.treeId());
            if (collection != null) {
                removals.computeIfAbsent(
                                record.treeId(),
                                id -> new IndexRemoval(state, collection, catalog.dictionary(collection)))
                        .remove(record.key(), record.pointer());
            }
        }
        Map<Integer, CountedTree<Presence>> indexes = new HashMap<>();
        removals.values().forEach(removal -> indexes.putAll(removal.trees()));
        return due.state().with(state.sequence(), Map.of(), indexes, state.segments());
    }
}
