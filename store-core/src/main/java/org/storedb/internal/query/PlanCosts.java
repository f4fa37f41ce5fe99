package org.storedb.internal.query;

import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.storedb.internal.query.QueryPlan.Slice;

/**
 * The costs of plans, as far as they are known in advance. The unit is one document that is read in a scan.
 *
 * <p>The number of matches is not known, only that it does not exceed the fewest rows of any candidate. They are
 * assumed to be spread evenly over the rows of every other one.
 *
 * <p>The figures were measured once over 135,233 places in memory, as processor time: 80 ns for a document in a scan,
 * 24 to 45 ns for a key of an index, 155 ns (documents that were written together) to 590 ns (by population) for a
 * document that an index leads to, 30 to 360 ns to keep a key sorted by id, 70 ns to look one up among 9,062 kept ones,
 * 50 ns for a test, 60 ns for a row that a sort does not keep, 450 ns for one that it does. Where they depend on the
 * order of documents on disk, which is unknown, the geometric mean was taken.
 */
final class PlanCosts {

    private static final double READ = 1;
    private static final double READ_THROUGH_INDEX = 4;
    private static final double KEY = 0.4;
    private static final double TEST = 0.6;
    private static final double COLLECT = 1.5;
    private static final double RETAIN = 0.9;
    private static final double MERGE = 1.5;
    private static final double MERGE_OPENED = 10;
    private static final double SORT = 0.75;
    private static final double SORT_KEPT = 5;

    /** How often a circle has fewer matches than expected. */
    private static final double CIRCLE_TOO_SMALL = 0.1;

    private final double matches;

    /**
     * Creates the costs of plans for one query.
     *
     * @param matches maximum number of matching documents
     */
    PlanCosts(double matches) {
        this.matches = matches;
    }

    /** Returns the maximum number of matching documents. */
    double matches() {
        return matches;
    }

    /** Returns the cost of reading this many documents through an index, not counting their keys. */
    static double readsSaved(double rows) {
        return rows * (READ_THROUGH_INDEX - KEY);
    }

    /** Returns the cost of walking over this many keys of an index and looking each up among the kept ones. */
    static double retaining(double rows) {
        return rows * (KEY + RETAIN);
    }

    /** Returns the maximum cost of walking over this many keys. */
    static double ofKeys(long rows) {
        return rows * KEY;
    }

    /** Returns the candidate whose documents are the cheapest to read. */
    static Candidate cheapestToRead(List<Candidate> candidates) {
        PlanCosts costs = new PlanCosts(0);
        return Collections.min(
                candidates, Comparator.comparingDouble(each -> costs.of(new QueryPlan.Read(each.keys()))));
    }

    /** Returns the approximate number of matches among documents. */
    double matchesAmong(QueryPlan.Documents documents) {
        return Math.min(matches, documents.rows());
    }

    double of(QueryPlan plan) {
        if (plan instanceof QueryPlan.CountRanges count) {
            return count.path().rows() == 0 ? 0 : count.path().ranges().size() * KEY; // As if it walked over none.
        }
        if (plan instanceof QueryPlan.CountRows count) {
            return of(count.input(), Double.MAX_VALUE);
        }
        return of(plan, Double.MAX_VALUE);
    }

    /** Returns the cost of a step until it has produced this many rows. */
    private double of(QueryPlan step, double wanted) {
        if (step instanceof QueryPlan.Access) {
            return Math.min(step.rows(), wanted) * KEY;
        }
        if (step instanceof QueryPlan.Merge merge) {
            return merge.values().size() * MERGE_OPENED + Math.min(step.rows(), wanted) * (KEY + MERGE);
        }
        if (step instanceof QueryPlan.Union union) {
            return collected(union.steps(), COLLECT);
        }
        if (step instanceof QueryPlan.Intersection intersection) {
            return collected(intersection.steps(), RETAIN);
        }
        if (step instanceof QueryPlan.Read read) {
            double readCost = inRecordOrder(read.input()) ? READ - KEY : READ_THROUGH_INDEX - KEY;
            return of(read.input(), wanted) + Math.min(step.rows(), wanted) * readCost;
        }
        if (step instanceof QueryPlan.Test test) {
            double rowsPerMatch = Math.max(1, test.input().rows() / Math.max(1, test.rows()));
            double tested = Math.min(test.input().rows(), wanted * rowsPerMatch);
            return of(test.input(), tested) + tested * TEST;
        }
        if (step instanceof QueryPlan.SliceDocuments slice) {
            return of(slice.input(), wantedBelow(slice.slice(), wanted));
        }
        if (step instanceof QueryPlan.SliceKeys slice) {
            return of(slice.input(), wantedBelow(slice.slice(), wanted));
        }
        if (step instanceof QueryPlan.SortDocuments sort) {
            return of(sort.input(), Double.MAX_VALUE) + sorting(sort.input().rows(), sort.slice());
        }
        if (step instanceof QueryPlan.Nearest nearest) {
            return of(nearest.within(), Double.MAX_VALUE)
                    + nearest.rows() * (READ_THROUGH_INDEX - KEY)
                    + of(nearest.otherwise(), wanted) * CIRCLE_TOO_SMALL;
        }
        if (step instanceof QueryPlan.SortKeys sort) {
            return of(sort.input(), Double.MAX_VALUE) + sorting(sort.input().rows(), sort.slice());
        }
        if (step instanceof QueryPlan.Nothing) {
            return 0;
        }
        throw new IllegalStateException("No such step: " + step);
    }

    private double collected(List<QueryPlan.Keys> steps, double costOfOthers) {
        double cost = 0;
        double costOfKey = COLLECT;
        for (QueryPlan.Keys step : steps) {
            cost += of(step, Double.MAX_VALUE) + step.rows() * costOfKey;
            costOfKey = costOfOthers;
        }
        return cost;
    }

    /**
     * Returns the cost of sorting this many rows; a heap adds a row and drops another more often than it retains one.
     */
    private static double sorting(double rows, Slice slice) {
        double kept = Math.min(rows, (double) slice.end());
        return kept < 1 ? rows * SORT : rows * SORT + kept * (1 + Math.log(rows / kept)) * SORT_KEPT;
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
