package org.storedb.internal.query;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The shapes of plans for queries over a collection, valid as long as its indexes are unchanged, each made when the
 * first query of a shape is planned. Safe for use by many threads, which do not wait for each other.
 */
final class PlanShapes {

    /** Applications use far fewer shapes of queries, unless they generate them. */
    static final int KEPT_MAX = 256;

    private final List<IndexShape> indexes;
    private final Map<QueryShape, Optional<PlanShape>> kept = new ConcurrentHashMap<>();

    PlanShapes(List<IndexShape> indexes) {
        this.indexes = indexes;
    }

    /** Returns what is known of the plans of a query; {@code null} if it depends on the values. */
    @Nullable
    PlanShape of(QueryShape query) {
        Optional<PlanShape> known = kept.get(query);
        if (known == null) {
            known = Optional.ofNullable(PlanShape.of(query, indexes));
            keep(query.withoutValues(), known);
        }
        return known.orElse(null);
    }

    /** Keeps a shape, dropping all others if there are too many: those in use reappear. */
    private void keep(QueryShape query, Optional<PlanShape> made) {
        if (kept.size() >= KEPT_MAX) {
            kept.clear();
        }
        kept.put(query, made);
    }

    /** Returns the number of shapes that are kept; with many threads it can slightly exceed {@link #KEPT_MAX}. */
    int size() {
        return kept.size();
    }
}
