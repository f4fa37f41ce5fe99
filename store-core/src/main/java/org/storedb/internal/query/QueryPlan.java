package org.storedb.internal.query;

import java.util.List;
import org.storedb.query.Sort.Order;

/** How a query is answered. What {@code toString} says is for people. */
public sealed interface QueryPlan {

    /** No document can match. */
    record Nothing() implements QueryPlan {
        @Override
        public String toString() {
            return "nothing: no document can match";
        }
    }

    /** Walks over keys that are in the order asked for, and tests the documents as they come. */
    record Walk(AccessPath path, KeyOrder keyOrder) implements QueryPlan {
        @Override
        public String toString() {
            return path.describe() + keyOrder.description();
        }
    }

    /** Finds all matches, sorts them and keeps as many of the first ones as are asked for. */
    record SortMatches(AccessPath path, List<Order> orders, long offset, long limit) implements QueryPlan {
        @Override
        public String toString() {
            return path.describe() + ", sort by "
                    + (orders.isEmpty()
                            ? "id"
                            : orders.stream().map(Order::field).toList())
                    + (limit == Long.MAX_VALUE ? "" : ", keep " + limit + " from " + offset);
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
