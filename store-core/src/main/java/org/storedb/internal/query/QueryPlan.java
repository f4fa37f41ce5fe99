package org.storedb.internal.query;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.storedb.internal.index.TreeRange;
import org.storedb.query.Filter;
import org.storedb.query.Sort.Order;

/**
 * How a query is answered: a tree of steps, each of which goes on with what the ones below it give. The executor runs these
 * steps one to one, and what {@code explain} shows are these steps, so neither can know what the other does not.
 */
public sealed interface QueryPlan {

    /** How many rows the step gives, as far as this is known before. */
    double rows();

    /** The steps that this one goes on with. */
    default List<QueryPlan> inputs() {
        return List.of();
    }

    /** A step that gives the keys of records. */
    sealed interface Keys extends QueryPlan {}

    /** A step that gives documents. */
    sealed interface Documents extends QueryPlan {}

    /** A step that gives a number. */
    sealed interface Count extends QueryPlan {
        @Override
        default double rows() {
            return 1;
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
     * @param skip how many keys to pass over at the start, which costs the same for any number
     */
    record Access(AccessPath path, KeyOrder keyOrder, long skip) implements Keys {
        @Override
        public double rows() {
            return Math.max(0, path.rows() - (double) skip);
        }
    }

    /** Gives the keys that one of several steps, or a single one, gives, by id, each of them once. */
    record Union(List<Keys> steps, double rows, boolean descending) implements Keys {
        @Override
        public List<QueryPlan> inputs() {
            return List.copyOf(steps);
        }
    }

    /** Gives the keys that all of several steps give, by id, each of them once. */
    record Intersection(List<Keys> steps, double rows, boolean descending) implements Keys {
        @Override
        public List<QueryPlan> inputs() {
            return List.copyOf(steps);
        }
    }

    /**
     * Walks over the keys of an index, those of each value by themselves, and gives them by id.
     *
     * @param access what the keys are
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

    /** Lets only matches pass. */
    record Test(Documents input, List<Filter> filters, double rows) implements Documents {
        @Override
        public List<QueryPlan> inputs() {
            return List.of(input);
        }
    }

    /** Sorts matches, those behind a place if there is one, and gives the keys of as many of the first as are asked for. */
    record SortDocuments(
            Documents input,
            List<Order> orders,
            Slice slice,
            @Nullable Position after) implements Keys {
        @Override
        public List<QueryPlan> inputs() {
            return List.of(input);
        }

        @Override
        public double rows() {
            return slice.rowsOf(input.rows());
        }
    }

    /**
     * The nearest matches: those within a circle if they are as many as are asked for, or else the first of all.
     *
     * @param within what is in the circle, sorted
     * @param otherwise what gives the whole result
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

    /** Sorts keys by id, those behind a place if there is one, and gives as many of the first as are asked for. */
    record SortKeys(Keys input, Slice slice, @Nullable Position after) implements Keys {
        @Override
        public List<QueryPlan> inputs() {
            return List.of(input);
        }

        @Override
        public double rows() {
            return slice.rowsOf(input.rows());
        }
    }

    /** Gives some of the keys. */
    record SliceKeys(Keys input, Slice slice) implements Keys {
        @Override
        public List<QueryPlan> inputs() {
            return List.of(input);
        }

        @Override
        public double rows() {
            return slice.rowsOf(input.rows());
        }
    }

    /** Gives some of the documents. */
    record SliceDocuments(Documents input, Slice slice) implements Documents {
        @Override
        public List<QueryPlan> inputs() {
            return List.of(input);
        }

        @Override
        public double rows() {
            return slice.rowsOf(input.rows());
        }
    }

    /** Asks the tree how many keys there are, which costs the same for any number. */
    record CountRanges(AccessPath path, Slice slice) implements Count {}

    /** Counts what another step gives. */
    record CountRows(QueryPlan input) implements Count {
        @Override
        public List<QueryPlan> inputs() {
            return List.of(input);
        }
    }

    /**
     * A part of the rows.
     *
     * @param offset how many to leave out at the start
     * @param limit how many at the most
     */
    record Slice(long offset, long limit) {

        static final Slice ALL = new Slice(0, Long.MAX_VALUE);

        boolean isAll() {
            return offset == 0 && limit == Long.MAX_VALUE;
        }

        /** How many rows are enough. */
        long end() {
            return limit > Long.MAX_VALUE - offset ? Long.MAX_VALUE : offset + limit;
        }

        /** How many of so many rows are in the slice. */
        double rowsOf(double rows) {
            return Math.min((double) limit, Math.max(0, rows - offset));
        }

        /** How many of so many rows are in the slice. */
        long countOf(long rows) {
            return Math.min(limit, Math.max(0, rows - offset));
        }
    }

    /** In which order a walk takes the keys. */
    enum KeyOrder {
        ASCENDING(""),
        DESCENDING(", backward"),
        /** Index keys with the same values together, the greatest values first, and among them the smallest id first. */
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
