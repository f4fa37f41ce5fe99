package org.storedb.internal.query;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.storedb.internal.query.QueryPlan.KeyOrder;
import org.storedb.internal.query.QueryPlan.Slice;
import org.storedb.query.Query;

/** Finds the ways to answer a query and chooses the cheapest one, by what the trees count; see {@link PlanCosts}. */
final class QueryPlanner {

    static final List<PricedPlan> NOTHING = List.of(new PricedPlan(new QueryPlan.Nothing(), 0));

    private final Slice slice;
    private final PathOrder pathOrder;
    private final List<Candidate> candidates;
    private final PlanCosts costs;

    QueryPlanner(Query query, CollectionView collection) {
        this.slice = new Slice(query.offset(), query.limit());
        Conjunction conjunction = new Conjunction(query.filter());
        this.pathOrder = new PathOrder(query.sort(), conjunction);
        this.candidates = query.limit() == 0 ? List.of() : new CandidateSearch(collection).of(conjunction);
        this.costs = new PlanCosts(
                candidates.stream().mapToDouble(Candidate::rows).min().orElse(0));
    }

    /** The ways to find documents, the cheapest first; at least one. */
    List<PricedPlan> find() {
        List<PricedPlan> plans = new ArrayList<>();
        for (Candidate candidate : candidates) {
            QueryPlan.Documents plan = found(candidate);
            plans.add(new PricedPlan(plan, costs.of(plan)));
        }
        return cheapestFirst(plans);
    }

    /** The ways to find all matches in any order, the cheapest first; at least one. */
    List<PricedPlan> findInAnyOrder() {
        List<PricedPlan> plans = new ArrayList<>();
        for (Candidate candidate : candidates) {
            QueryPlan.Documents plan = tested(candidate, KeyOrder.ASCENDING);
            plans.add(new PricedPlan(plan, costs.of(plan)));
        }
        return cheapestFirst(plans);
    }

    /** The ways to count documents, whose order does not matter, the cheapest first; at least one. */
    List<PricedPlan> count() {
        List<PricedPlan> plans = new ArrayList<>();
        for (Candidate candidate : candidates) {
            QueryPlan.Count plan = counted(candidate);
            plans.add(new PricedPlan(plan, costs.of(plan)));
        }
        return cheapestFirst(plans);
    }

    private static List<PricedPlan> cheapestFirst(List<PricedPlan> plans) {
        if (plans.isEmpty()) {
            return NOTHING;
        }
        plans.sort(Comparator.comparingDouble(PricedPlan::cost)); // Stable: of equals the one that was found first.
        return plans;
    }

    private QueryPlan.Documents found(Candidate candidate) {
        AccessPath path = candidate.path();
        KeyOrder keyOrder = path == null ? pathOrder.ofIds() : pathOrder.of(path);
        if (keyOrder == null) {
            return sorted(candidate);
        }
        if (!candidate.coversFilter()) {
            return sliced(tested(candidate, keyOrder));
        }
        if (path == null) {
            return new QueryPlan.Read(sliced(inOrder(candidate.keys(), keyOrder), slice));
        }
        QueryPlan.Keys keys = new QueryPlan.Access(path, keyOrder, slice.offset());
        return new QueryPlan.Read(sliced(keys, new Slice(0, slice.limit())));
    }

    private QueryPlan.Documents sorted(Candidate candidate) {
        if (candidate.coversFilter() && pathOrder.orders().isEmpty()) {
            return new QueryPlan.Read(new QueryPlan.SortKeys(candidate.keys(), slice));
        }
        QueryPlan.Documents matches = tested(candidate, KeyOrder.ASCENDING);
        return new QueryPlan.Read(new QueryPlan.SortDocuments(matches, pathOrder.orders(), slice));
    }

    private QueryPlan.Count counted(Candidate candidate) {
        if (!candidate.coversFilter()) {
            return new QueryPlan.CountRows(sliced(tested(candidate, KeyOrder.ASCENDING)));
        }
        return candidate.path() != null
                ? new QueryPlan.CountRanges(candidate.path(), slice)
                : new QueryPlan.CountRows(sliced(candidate.keys(), slice));
    }

    private QueryPlan.Documents tested(Candidate candidate, KeyOrder keyOrder) {
        QueryPlan.Documents documents = new QueryPlan.Read(inOrder(candidate.keys(), keyOrder));
        return candidate.coversFilter()
                ? documents
                : new QueryPlan.Test(documents, candidate.residual(), costs.matchesAmong(documents));
    }

    private static QueryPlan.Keys inOrder(QueryPlan.Keys keys, KeyOrder keyOrder) {
        boolean descending = keyOrder == KeyOrder.DESCENDING;
        if (keys instanceof QueryPlan.Union union) {
            return new QueryPlan.Union(union.steps(), union.rows(), descending);
        }
        if (keys instanceof QueryPlan.Intersection intersection) {
            return new QueryPlan.Intersection(intersection.steps(), intersection.rows(), descending);
        }
        return keys instanceof QueryPlan.Access access ? new QueryPlan.Access(access.path(), keyOrder, 0) : keys;
    }

    private QueryPlan.Documents sliced(QueryPlan.Documents documents) {
        return slice.isAll() ? documents : new QueryPlan.SliceDocuments(documents, slice);
    }

    private static QueryPlan.Keys sliced(QueryPlan.Keys keys, Slice slice) {
        return slice.isAll() ? keys : new QueryPlan.SliceKeys(keys, slice);
    }

    /** A plan and what it costs as far as is known. */
    record PricedPlan(QueryPlan plan, double cost) {}
}
