package org.storedb.internal.query;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.storedb.internal.index.TreeRange;
import org.storedb.query.Filter;
import org.storedb.query.Sort.Order;

/**
 * How a query is answered: a tree of steps, each of which uses the results of the ones below it. The executor runs
 * exactly these steps, and {@code explain} shows them, so neither can deviate from the other.
 */
public sealed interface QueryPlan {

    /** Returns how many rows the step produces, as far as this is known in advance. */
    double rows();

    /** Returns the steps whose results this one uses. */
    default List<QueryPlan> inputs() {
        return List.of();
    }

    /** A step that produces keys of records. */
    sealed interface Keys extends QueryPlan {}

    /** A step that produces documents. */
    sealed interface Documents extends QueryPlan {}

    /** A step that produces a number. */
    sealed interface Count extends QueryPlan {
        @Override
        default double rows() {
            return 1;
        }
    }

    /** A step that produces some of the rows of another one. */
    sealed interface Sliced extends QueryPlan {

        QueryPlan input();

        Slice slice();

        @Override
        default List<QueryPlan> inputs() {
            return List.of(input());
        }

        @Override
        default double rows() {
            return slice().rowsOf(input().rows());
        }
    }

    /** No document can match. */
    record Nothing() implements Keys, Documents, Count {
        @Override
        public double rows() {
            return 0;
        }
    }

    /**
     * Walks over the keys of an index, or of the records themselves.
     *
     * @param skip how many keys to skip at the start, which costs the same for any number
     */
    record Access(AccessPath path, KeyOrder keyOrder, long skip) implements Keys {
        @Override
        public double rows() {
            return Math.max(0, path.rows() - (double) skip);
        }
    }

    /** Produces the keys of any of several steps, by id, without duplicates. */
    record Union(List<Keys> steps, double rows, boolean descending) implements Keys {
        @Override
        public List<QueryPlan> inputs() {
            return List.copyOf(steps);
        }
    }

    /** Produces the keys that all of several steps have in common, by id, without duplicates. */
    record Intersection(List<Keys> steps, double rows, boolean descending) implements Keys {
        @Override
        public List<QueryPlan> inputs() {
            return List.copyOf(steps);
        }
    }

    /**
     * Walks over the keys of an index, separately for each value, and produces them by id.
     *
     * @param access the access to the keys
     * @param values a range for each value that they have
     */
    record Merge(Access access, List<TreeRange> values) implements Keys {
        @Override
        public List<QueryPlan> inputs() {
            return List.of(access);
        }

        @Override
        public double rows() {
            return access.rows();
        }
    }

    /** Reads the documents of keys. */
    record Read(Keys input) implements Documents {
        @Override
        public List<QueryPlan> inputs() {
            return List.of(input);
        }

        @Override
        public double rows() {
            return input.rows();
        }
    }

    /** Passes only matches. */
    record Test(Documents input, List<Filter> filters, double rows) implements Documents {
        @Override
        public List<QueryPlan> inputs() {
            return List.of(input);
        }
    }

    /**
     * Sorts matches, only those after a position if there is one, and produces as many of the first keys as requested.
     */
    record SortDocuments(
            Documents input,
            List<Order> orders,
            Slice slice,
            @Nullable Position after) implements Keys, Sliced {}

    /**
     * The nearest matches: those within a circle if they are as many as requested, or else the first of all.
     *
     * @param within the matches in the circle, sorted
     * @param otherwise produces the whole result
     */
    record Nearest(SortDocuments within, Documents otherwise, double radiusMeters) implements Documents {
        @Override
        public List<QueryPlan> inputs() {
            return List.of(within, otherwise);
        }

        @Override
        public double rows() {
            return within.rows();
        }
    }

    /**
     * Sorts keys by id, only those after a position if there is one, and produces as many of the first as requested.
     */
    record SortKeys(Keys input, Slice slice, @Nullable Position after) implements Keys, Sliced {}

    /** Produces some of the keys. */
    record SliceKeys(Keys input, Slice slice) implements Keys, Sliced {}

    /** Produces some of the documents. */
    record SliceDocuments(Documents input, Slice slice) implements Documents, Sliced {}

    /** Gets the number of keys from the tree, which costs the same for any number. */
    record CountRanges(AccessPath path, Slice slice) implements Count {}

    /** Counts the results of another step. */
    record CountRows(QueryPlan input) implements Count {
        @Override
        public List<QueryPlan> inputs() {
            return List.of(input);
        }
    }

    /**
     * A part of the rows.
     *
     * @param offset how many rows to skip at the start
     * @param limit maximum number of rows
     */
    record Slice(long offset, long limit) {

        static final Slice ALL = new Slice(0, Long.MAX_VALUE);

        boolean isAll() {
            return offset == 0 && limit == Long.MAX_VALUE;
        }

        /** Returns how many rows suffice. */
        long end() {
            return limit > Long.MAX_VALUE - offset ? Long.MAX_VALUE : offset + limit;
        }

        /** Returns how many of this many rows are in the slice. */
        double rowsOf(double rows) {
            return Math.min((double) limit, Math.max(0, rows - offset));
        }

        /** Returns how many of this many rows are in the slice. */
        long countOf(long rows) {
            return Math.min(limit, Math.max(0, rows - offset));
        }
    }

    /** The order in which keys are walked. */
    enum KeyOrder {
        ASCENDING(""),
        DESCENDING(", backward"),
        /** Index keys grouped by values, the greatest values first, and the smallest id first within each group. */
        DESCENDING_VALUES(", backward by value");

        private final String description;

        KeyOrder(String description) {
            this.description = description;
        }

        String description() {
            return description;
        }
    }
}
