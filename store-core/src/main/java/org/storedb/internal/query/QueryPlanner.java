package org.storedb.internal.query;

import java.util.List;
import org.storedb.internal.query.QueryPlan.KeyOrder;
import org.storedb.query.Query;
import org.storedb.query.Sort.Order;

/**
 * Chooses the cheapest way to answer a query, by what the trees count. Costs are in reads of a document during a scan of
 * the records.
 */
final class QueryPlanner {

    private static final double READ_THROUGH_INDEX = 1.5;
    private static final double KEY = 0.2;
    private static final double SORT = 0.5;

    private final Query query;
    private final Conjunction conjunction;
    private final PathOrder pathOrder;
    private final List<AccessPath> paths;
    private final long fewestRows;

    private QueryPlanner(Query query, CollectionView collection) {
        this.query = query;
        this.conjunction = new Conjunction(query.filter());
        this.pathOrder = new PathOrder(query.sort(), conjunction);
        this.paths = conjunction.isContradictory() ? List.of() : new AccessPaths(collection, conjunction).all();
        this.fewestRows = paths.stream().mapToLong(AccessPath::rows).min().orElse(0);
    }

    /** The plan for finding documents. */
    static QueryPlan plan(Query query, CollectionView collection) {
        return new QueryPlanner(query, collection).find();
    }

    /** The plan for counting documents, or for finding out whether there are any: the order does not matter. */
    static QueryPlan planUnordered(Query query, CollectionView collection) {
        return new QueryPlanner(query, collection).count();
    }

    private QueryPlan find() {
        QueryPlan best = new QueryPlan.Nothing();
        double bestCost = Double.POSITIVE_INFINITY;
        for (AccessPath path : paths) {
            KeyOrder keyOrder = pathOrder.of(path);
            double cost = keyOrder == null ? sortCost(path) : walkCost(path);
            if (cost < bestCost) {
                bestCost = cost;
                best = keyOrder == null
                        ? new QueryPlan.SortMatches(path, pathOrder.orders(), query.offset(), query.limit())
                        : new QueryPlan.Walk(path, keyOrder);
            }
        }
        return best;
    }

    private QueryPlan count() {
        QueryPlan best = new QueryPlan.Nothing();
        double bestCost = Double.POSITIVE_INFINITY;
        for (AccessPath path : paths) {
            double cost = path.coversFilter() ? path.ranges().size() * KEY : path.rows() * readCost(path);
            if (cost < bestCost) {
                bestCost = cost;
                best = new QueryPlan.Walk(path, KeyOrder.ASCENDING);
            }
        }
        return best;
    }

    private double walkCost(AccessPath path) {
        double wanted = (double) query.limit() + (path.coversFilter() ? 0 : query.offset());
        // The matches are among the fewest rows, as far as is known spread evenly over the rows of this path.
        double rowsPerMatch = path.coversFilter() ? 1 : Math.max(1, (double) path.rows() / Math.max(1, fewestRows));
        return Math.min((double) path.rows(), wanted * rowsPerMatch) * readCost(path);
    }

    private double sortCost(AccessPath path) {
        double kept = Math.min((double) path.rows(), (double) query.offset() + query.limit());
        double found = path.rows() * (sortsKeysOnly(path, pathOrder.orders()) ? KEY : readCost(path));
        return found + path.rows() * SORT + kept * readCost(path);
    }

    private static double readCost(AccessPath path) {
        return path.index() == null ? 1 : READ_THROUGH_INDEX;
    }

    /** Whether the order is that of the ids and every key is a match, so that no document is read to sort them. */
    static boolean sortsKeysOnly(AccessPath path, List<Order> orders) {
        return orders.isEmpty() && path.coversFilter();
    }
}
