package org.storedb.internal.query;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.storedb.internal.query.QueryPlan.KeyOrder;
import org.storedb.internal.query.QueryPlan.Slice;
import org.storedb.query.Filter;
import org.storedb.query.Query;

/** Finds the ways to answer a query and chooses the cheapest one, by what the trees count; see {@link PlanCosts}. */
final class QueryPlanner {

    static final List<PricedPlan> NOTHING = List.of(new PricedPlan(new QueryPlan.Nothing(), 0));

    private final Slice slice;
    private final Conjunction conjunction;
    private final PathOrder pathOrder;
    private final List<AccessPath> paths;
    private final PlanCosts costs;

    QueryPlanner(Query query, CollectionView collection) {
        this.slice = new Slice(query.offset(), query.limit());
        this.conjunction = new Conjunction(query.filter());
        this.pathOrder = new PathOrder(query.sort(), conjunction);
        boolean none = query.limit() == 0 || conjunction.isContradictory();
        this.paths = none ? List.of() : new AccessPaths(collection, conjunction).all();
        this.costs =
                new PlanCosts(paths.stream().mapToLong(AccessPath::rows).min().orElse(0));
    }

    /** The ways to find documents, the cheapest first; at least one. */
    List<PricedPlan> find() {
        List<PricedPlan> plans = new ArrayList<>();
        for (AccessPath path : paths) {
            KeyOrder keyOrder = pathOrder.of(path);
            QueryPlan.Documents plan = keyOrder == null ? sort(path) : walk(path, keyOrder);
            plans.add(new PricedPlan(plan, costs.of(plan)));
        }
        return cheapestFirst(plans);
    }

    /** The ways to find all matches in any order, the cheapest first; at least one. */
    List<PricedPlan> findInAnyOrder() {
        List<PricedPlan> plans = new ArrayList<>();
        for (AccessPath path : paths) {
            QueryPlan.Documents plan = matches(path, KeyOrder.ASCENDING);
            plans.add(new PricedPlan(plan, costs.of(plan)));
        }
        return cheapestFirst(plans);
    }

    /** The ways to count documents, whose order does not matter, the cheapest first; at least one. */
    List<PricedPlan> count() {
        List<PricedPlan> plans = new ArrayList<>();
        for (AccessPath path : paths) {
            QueryPlan.Count plan = path.coversFilter()
                    ? new QueryPlan.CountRanges(path, slice)
                    : new QueryPlan.CountRows(sliced(matches(path, KeyOrder.ASCENDING)));
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

    private QueryPlan.Documents walk(AccessPath path, KeyOrder keyOrder) {
        if (!path.coversFilter()) {
            return sliced(matches(path, keyOrder));
        }
        QueryPlan.Keys keys = new QueryPlan.Access(path, keyOrder, slice.offset());
        return new QueryPlan.Read(sliced(keys, new Slice(0, slice.limit())));
    }

    private QueryPlan.Documents sort(AccessPath path) {
        if (path.coversFilter() && pathOrder.orders().isEmpty()) {
            QueryPlan.Keys keys = new QueryPlan.Access(path, KeyOrder.ASCENDING, 0);
            return new QueryPlan.Read(new QueryPlan.SortKeys(keys, slice));
        }
        QueryPlan.Documents matches = matches(path, KeyOrder.ASCENDING);
        return new QueryPlan.Read(new QueryPlan.SortDocuments(matches, pathOrder.orders(), slice));
    }

    private QueryPlan.Documents matches(AccessPath path, KeyOrder keyOrder) {
        return tested(new QueryPlan.Read(new QueryPlan.Access(path, keyOrder, 0)), path.residual());
    }

    private QueryPlan.Documents tested(QueryPlan.Documents documents, List<Filter> filters) {
        return filters.isEmpty() ? documents : new QueryPlan.Test(documents, filters, costs.matchesAmong(documents));
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
