package org.storedb.internal.query;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.storedb.internal.query.QueryPlan.KeyOrder;
import org.storedb.query.Filter;

/**
 * One way to the keys of all documents that can match.
 *
 * @param keys the step that gives them
 * @param path what {@code keys} walks over, or {@code null} if it puts several paths together and gives keys by id
 * @param residual what the documents are still to be tested for
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

    /** Whether no document can match. */
    boolean hasNoKeys() {
        return keys instanceof QueryPlan.Union union && union.steps().isEmpty();
    }

    boolean coversFilter() {
        return residual.isEmpty();
    }
}
