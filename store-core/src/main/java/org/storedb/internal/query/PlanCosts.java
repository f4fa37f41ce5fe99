package org.storedb.internal.query;

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
