package org.storedb.internal.query;

import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.storedb.internal.query.QueryPlan.Slice;

/**
 * What plans cost, as far as is known before they run. The unit is one document that is read and tested during a scan.
 *
 * <p>How many matches there are is not known, only that there are no more than the fewest rows of any path. They are taken
 * to be spread evenly over the rows of every other one.
 */
final class PlanCosts {

    private static final double READ = 1;
    private static final double READ_THROUGH_INDEX = 1.5;
    private static final double KEY = 0.2;
    private static final double COLLECT = 0.3;
    private static final double SORT = 0.5;

    private final double matches;

    /**
     * The costs of plans for one query.
     *
     * @param matches how many documents match at the most
     */
    PlanCosts(double matches) {
        this.matches = matches;
    }

    /** What reading so many documents costs that an index leads to. */
    static double readsSaved(double rows) {
        return rows * (READ_THROUGH_INDEX - KEY);
    }

    /** What it costs to walk over so many keys of an index and to keep them, or to look each up among kept ones. */
    static double collecting(double rows) {
        return rows * (KEY + COLLECT);
    }

    /** The candidate whose documents are read at the least cost. */
    static Candidate cheapestToRead(List<Candidate> candidates) {
        PlanCosts costs = new PlanCosts(0);
        return Collections.min(
                candidates, Comparator.comparingDouble(each -> costs.of(new QueryPlan.Read(each.keys()))));
    }

    /** How many of the documents match, nearly. */
    double matchesAmong(QueryPlan.Documents documents) {
        return Math.min(matches, documents.rows());
    }

    double of(QueryPlan plan) {
        if (plan instanceof QueryPlan.CountRanges count) {
            return count.path().ranges().size() * KEY;
        }
        if (plan instanceof QueryPlan.CountRows count) {
            return of(count.input(), Double.MAX_VALUE);
        }
        return of(plan, Double.MAX_VALUE);
    }

    /** What a step costs until it has given so many rows. */
    private double of(QueryPlan step, double wanted) {
        if (step instanceof QueryPlan.Access) {
            return Math.min(step.rows(), wanted) * KEY;
        }
        if (step instanceof QueryPlan.Union union) {
            return collected(union.steps());
        }
        if (step instanceof QueryPlan.Intersection intersection) {
            return collected(intersection.steps());
        }
        if (step instanceof QueryPlan.Read read) {
            double readCost = inRecordOrder(read.input()) ? READ - KEY : READ_THROUGH_INDEX - KEY;
            return of(read.input(), wanted) + Math.min(step.rows(), wanted) * readCost;
        }
        if (step instanceof QueryPlan.Test test) {
            double rowsPerMatch = Math.max(1, test.input().rows() / Math.max(1, test.rows()));
            return of(test.input(), wanted * rowsPerMatch);
        }
        if (step instanceof QueryPlan.SliceDocuments slice) {
            return of(slice.input(), wantedBelow(slice.slice(), wanted));
        }
        if (step instanceof QueryPlan.SliceKeys slice) {
            return of(slice.input(), wantedBelow(slice.slice(), wanted));
        }
        if (step instanceof QueryPlan.SortDocuments sort) {
            return of(sort.input(), Double.MAX_VALUE) + sort.input().rows() * SORT;
        }
        if (step instanceof QueryPlan.SortKeys sort) {
            return of(sort.input(), Double.MAX_VALUE) + sort.input().rows() * SORT;
        }
        return 0;
    }

    private double collected(List<QueryPlan.Keys> inputs) {
        double cost = 0;
        for (QueryPlan.Keys input : inputs) {
            cost += of(input, Double.MAX_VALUE) + input.rows() * COLLECT;
        }
        return cost;
    }

    private static double wantedBelow(Slice slice, double wanted) {
        return Math.min((double) slice.end(), wanted + slice.offset());
    }

    private static boolean inRecordOrder(QueryPlan.Keys keys) {
        if (keys instanceof QueryPlan.SliceKeys slice) {
            return inRecordOrder(slice.input());
        }
        return keys instanceof QueryPlan.Access access && access.path().index() == null;
    }
}
