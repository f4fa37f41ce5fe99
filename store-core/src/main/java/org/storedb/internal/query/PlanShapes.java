package org.storedb.internal.query;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The shapes of plans for queries over a collection as long as its indexes are the same, made when the first query of a
 * shape is planned. Safe for use by many threads, which do not wait for each other.
 */
final class PlanShapes {

    /** An application asks queries of far fewer shapes, unless it makes them up. */
    static final int KEPT_MAX = 256;

    private final List<IndexShape> indexes;
    private final Map<QueryShape, Optional<PlanShape>> kept = new ConcurrentHashMap<>();

    PlanShapes(List<IndexShape> indexes) {
        this.indexes = indexes;
    }

    /** What is known of the plans of a query; {@code null} if its values decide that. */
    @Nullable
    PlanShape of(QueryShape query) {
        Optional<PlanShape> known = kept.get(query);
        if (known == null) {
            known = Optional.ofNullable(PlanShape.of(query, indexes));
            keep(query.withoutValues(), known);
        }
        return known.orElse(null);
    }

    /** Keeps it instead of all others if these are too many: those that are in use come again. */
    private void keep(QueryShape query, Optional<PlanShape> made) {
        if (kept.size() >= KEPT_MAX) {
            kept.clear();
        }
        kept.put(query, made);
    }

    /** Number of shapes that are kept; by many threads at a time a few more than {@link #KEPT_MAX} at the most. */
    int size() {
        return kept.size();
    }
}
