package org.storedb.internal.query;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.storedb.internal.query.QueryPlan.KeyOrder;
import org.storedb.query.Filter;

/**
 * One way to find the keys of all documents that can match.
 *
 * @param keys the step that produces them
 * @param path what {@code keys} walks over, or {@code null} if it combines several paths and returns keys by id
 * @param residual the filters for which the documents still have to be tested
 */
record Candidate(QueryPlan.Keys keys, @Nullable AccessPath path, List<Filter> residual) {

    static Candidate of(AccessPath path) {
        QueryPlan.Keys keys = new QueryPlan.Access(path, KeyOrder.ASCENDING, 0);
        return path.repeating()
                ? new Candidate(new QueryPlan.Union(List.of(keys), keys.rows(), false), null, path.residual())
                : new Candidate(keys, path, path.residual());
    }

    double rows() {
        return keys.rows();
    }

    /** Returns whether no document can match. */
    boolean hasNoKeys() {
        return keys instanceof QueryPlan.Union union && union.steps().isEmpty();
    }

    boolean coversFilter() {
        return residual.isEmpty();
    }
}
