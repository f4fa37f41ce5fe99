package org.storedb.internal.query;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.storedb.internal.document.CatalogEntry.IndexEntry;
import org.storedb.internal.index.CountedTree;
import org.storedb.internal.index.TreeRange;
import org.storedb.internal.query.QueryPlan.KeyOrder;
import org.storedb.internal.query.QueryPlan.Slice;
import org.storedb.query.Query;

/**
 * Finds the ways to answer a query and chooses the cheapest one, based on counts from the trees; see {@link PlanCosts}.
 */
final class QueryPlanner {

    /** For more results than this, all matches are sorted: keeping only some would save little. */
    private static final long MERGED_MAX = 1000;

    /** Fewer keys than this are sorted in no time. */
    private static final long MERGED_AMONG_LEAST = 20;

    static final List<PricedPlan> NOTHING = List.of(new PricedPlan(new QueryPlan.Nothing(), new PlanCosts(0)));

    private final Query query;
    private final Slice slice;
    private final CollectionView collection;
    private final @Nullable Conjunction conjunction; // null: not needed for what is planned from its shape
    private final @Nullable Position after;
    private final PathOrder pathOrder;
    private final List<Candidate> candidates;
    private final PlanCosts costs;

    private QueryPlanner(Query query, CollectionView collection, boolean all) {
        this.query = query;
        this.slice = new Slice(query.offset(), query.limit());
        this.collection = collection;
        this.after = Position.of(query);
        this.conjunction = new Conjunction(query.filter());
        this.pathOrder = new PathOrder(query.sort(), conjunction);
        CandidateSearch search = new CandidateSearch(collection, column -> all || pathOrder.mayBeOf(column));
        this.candidates = query.limit() == 0 ? List.of() : search.of(conjunction);
        this.costs = new PlanCosts(fewestRows(candidates));
    }

    /** Creates a planner of a query that begins at the start, from what is known of its shape. */
    private QueryPlanner(Query query, CollectionView collection, QueryShape shape, PlanShape planShape) {
        this.query = query;
        this.slice = new Slice(query.offset(), query.limit());
        this.collection = collection;
        this.after = null;
        this.conjunction = null;
        this.pathOrder = planShape.order();
        this.candidates = CandidateSearch.ofPaths(collection, planShape.paths(shape, collection));
        this.costs = new PlanCosts(fewestRows(candidates));
    }

    /** Returns a planner that finds all ways, including inferior ones for explanations. */
    static QueryPlanner ofAllWays(Query query, CollectionView collection) {
        return new QueryPlanner(query, collection, true);
    }

    /** Returns a planner that finds the same cheapest way, but omits ways that cannot be the cheapest. */
    static QueryPlanner ofBestWay(Query query, CollectionView collection) {
        QueryShape shape = QueryShape.of(query);
        PlanShape planShape =
                shape == null ? null : collection.shape().planShapes().of(shape);
        return shape == null || planShape == null
                ? new QueryPlanner(query, collection, false)
                : new QueryPlanner(query, collection, shape, planShape);
    }

    private static double fewestRows(List<Candidate> candidates) {
        double fewest = candidates.isEmpty() ? 0 : Double.MAX_VALUE;
        for (Candidate candidate : candidates) {
            fewest = Math.min(fewest, candidate.rows());
        }
        return fewest;
    }

    /** Returns the ways to find documents, the cheapest first; at least one. */
    List<PricedPlan> find() {
        List<PricedPlan> plans = new ArrayList<>();
        for (Candidate candidate : candidates) {
            plans.add(priced(found(candidate)));
            QueryPlan.Documents merged = merged(candidate);
            if (merged != null) {
                plans.add(priced(merged));
            }
        }
        List<PricedPlan> sorted = cheapestFirst(plans);
        List<NearestSearch.Circle> circles =
                plans.isEmpty() ? List.of() : NearestSearch.of(query, collection, pathOrder.orders(), costs.matches());
        if (circles.isEmpty()) {
            return sorted;
        }
        QueryPlan.Documents nearest =
                nearest(circles, (QueryPlan.Documents) sorted.get(0).plan());
        plans.add(priced(nearest));
        return cheapestFirst(plans);
    }

    /** Returns a search of the nearest in circles, each of which falls back to the next larger one. */
    private QueryPlan.Documents nearest(List<NearestSearch.Circle> circles, QueryPlan.Documents otherwise) {
        QueryPlan.Documents nearest = otherwise;
        for (int at = circles.size() - 1; at >= 0; at--) {
            QueryPlan.Documents matches = tested(circles.get(at).candidate(), KeyOrder.ASCENDING, 0);
            nearest = new QueryPlan.Nearest(
                    new QueryPlan.SortDocuments(matches, pathOrder.orders(), slice, after),
                    nearest,
                    circles.get(at).radiusMeters());
        }
        return nearest;
    }

    /** Returns the ways to find all matches in any order, the cheapest first; at least one. */
    List<PricedPlan> findInAnyOrder() {
        List<PricedPlan> plans = new ArrayList<>();
        for (Candidate candidate : candidates) {
            plans.add(priced(tested(candidate, KeyOrder.ASCENDING, 0)));
        }
        return cheapestFirst(plans);
    }

    /** Returns the ways to count documents, whose order does not matter, the cheapest first; at least one. */
    List<PricedPlan> count() {
        List<PricedPlan> plans = new ArrayList<>();
        for (Candidate candidate : candidates) {
            plans.add(priced(counted(candidate)));
        }
        return cheapestFirst(plans);
    }

    private PricedPlan priced(QueryPlan plan) {
        return new PricedPlan(plan, costs);
    }

    private static List<PricedPlan> cheapestFirst(List<PricedPlan> plans) {
        if (plans.isEmpty()) {
            return NOTHING;
        }
        plans.sort(Comparator.comparingDouble(PricedPlan::cost)); // Stable: among equals, the one that was found first.
        return plans;
    }

    private QueryPlan.Documents found(Candidate candidate) {
        AccessPath path = candidate.path();
        KeyOrder keyOrder = path == null ? pathOrder.ofIds() : pathOrder.of(path);
        long passed = path == null || keyOrder == null ? 0 : keysBefore(path, keyOrder);
        if (keyOrder == null || passed < 0 || (path == null && after != null)) {
            return sorted(candidate);
        }
        if (path == null) {
            return candidate.coversFilter()
                    ? new QueryPlan.Read(sliced(inOrder(candidate.keys(), keyOrder), slice))
                    : sliced(tested(candidate, keyOrder, 0));
        }
        if (!candidate.coversFilter()) {
            return sliced(tested(candidate, keyOrder, passed));
        }
        long skip = passed > Long.MAX_VALUE - slice.offset() ? Long.MAX_VALUE : passed + slice.offset();
        QueryPlan.Keys keys = new QueryPlan.Access(path, keyOrder, skip);
        return new QueryPlan.Read(path.oneAtMost() ? keys : sliced(keys, new Slice(0, slice.limit())));
    }

    /** Returns how many keys of a path precede the position after which the result begins; -1 if this is not known. */
    private long keysBefore(AccessPath path, KeyOrder keyOrder) {
        if (after == null || conjunction == null) {
            return 0;
        }
        IndexEntry index = path.index();
        CountedTree<?> tree = index == null
                ? collection.view().records(collection.recordTreeId())
                : collection.view().index(index.treeId());
        return after.keysBefore(path, keyOrder, tree, conjunction);
    }

    /**
     * Returns the first matches by id, from keys that are sorted by few values; {@code null} if this does not apply.
     */
    private QueryPlan.@Nullable Documents merged(Candidate candidate) {
        AccessPath path = candidate.path();
        if (path == null
                || path.index() == null
                || path.boundColumns().isEmpty()
                || after != null
                || slice.end() > MERGED_MAX
                || path.rows() < MERGED_AMONG_LEAST
                || pathOrder.ofIds() != KeyOrder.ASCENDING
                || pathOrder.of(path) != null) {
            return null;
        }
        List<TreeRange> values =
                ValueRanges.of(collection.view().index(path.index().treeId()), path);
        if (values == null) {
            return null;
        }
        QueryPlan.Keys keys = new QueryPlan.Merge(new QueryPlan.Access(path, KeyOrder.ASCENDING, 0), values);
        return candidate.coversFilter()
                ? new QueryPlan.Read(sliced(keys, slice))
                : sliced(tested(new QueryPlan.Read(keys), candidate));
    }

    private QueryPlan.Documents sorted(Candidate candidate) {
        if (candidate.coversFilter() && pathOrder.orders().isEmpty()) {
            return new QueryPlan.Read(new QueryPlan.SortKeys(candidate.keys(), slice, after));
        }
        QueryPlan.Documents matches = tested(candidate, KeyOrder.ASCENDING, 0);
        return new QueryPlan.Read(new QueryPlan.SortDocuments(matches, pathOrder.orders(), slice, after));
    }

    private QueryPlan.Count counted(Candidate candidate) {
        if (after != null) {
            return new QueryPlan.CountRows(found(candidate));
        }
        if (!candidate.coversFilter()) {
            return new QueryPlan.CountRows(sliced(tested(candidate, KeyOrder.ASCENDING, 0)));
        }
        return candidate.path() != null
                ? new QueryPlan.CountRanges(candidate.path(), slice)
                : new QueryPlan.CountRows(sliced(candidate.keys(), slice));
    }

    private QueryPlan.Documents tested(Candidate candidate, KeyOrder keyOrder, long skip) {
        QueryPlan.Keys keys = candidate.path() == null
                ? inOrder(candidate.keys(), keyOrder)
                : new QueryPlan.Access(candidate.path(), keyOrder, skip);
        return tested(new QueryPlan.Read(keys), candidate);
    }

    private QueryPlan.Documents tested(QueryPlan.Documents documents, Candidate candidate) {
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
        return keys;
    }

    private QueryPlan.Documents sliced(QueryPlan.Documents documents) {
        return slice.isAll() ? documents : new QueryPlan.SliceDocuments(documents, slice);
    }

    private static QueryPlan.Keys sliced(QueryPlan.Keys keys, Slice slice) {
        return slice.isAll() ? keys : new QueryPlan.SliceKeys(keys, slice);
    }

    /** A plan and what its steps cost, which is computed only if it is asked for: often there is one plan. */
    record PricedPlan(QueryPlan plan, PlanCosts costs) {

        double cost() {
            return costs.of(plan);
        }
    }
}
