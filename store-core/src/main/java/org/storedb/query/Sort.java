package org.storedb.query;

import java.util.ArrayList;
import java.util.List;

/** An order by several fields, the first one first; documents that are equal in all of them come by id. Immutable. */
public record Sort(List<Order> orders) {

    private static final Sort UNSORTED = new Sort(List.of());

    public Sort {
        orders = List.copyOf(orders);
    }

    public static Sort unsorted() {
        return UNSORTED;
    }

    /** Ascending by the given fields. */
    public static Sort by(String... fields) {
        List<Order> orders = new ArrayList<>();
        for (String field : fields) {
            orders.add(Order.ascending(field));
        }
        return new Sort(orders);
    }

    public static Sort by(Order... orders) {
        return new Sort(List.of(orders));
    }

    /** The same fields, each descending. */
    public Sort descending() {
        return new Sort(orders.stream()
                .map(order -> new Order(order.field(), Direction.DESCENDING, order.nulls(), order.ignoreCase()))
                .toList());
    }

    /** This order, then {@code next}. */
    public Sort then(Sort next) {
        List<Order> both = new ArrayList<>(orders);
        both.addAll(next.orders);
        return new Sort(both);
    }

    public boolean isUnsorted() {
        return orders.isEmpty();
    }

    /**
     * One field of an order.
     *
     * @param field path of the field, with dots between the names
     * @param nulls where null and missing values come
     * @param ignoreCase whether strings compare by their lower case
     */
    public record Order(String field, Direction direction, NullOrder nulls, boolean ignoreCase) {

        public static Order ascending(String field) {
            return new Order(field, Direction.ASCENDING, NullOrder.NATURAL, false);
        }

        public static Order descending(String field) {
            return new Order(field, Direction.DESCENDING, NullOrder.NATURAL, false);
        }

        public Order ignoringCase() {
            return new Order(field, direction, nulls, true);
        }

        public Order nulls(NullOrder newNulls) {
            return new Order(field, direction, newNulls, ignoreCase);
        }
    }

    /** Up or down. */
    public enum Direction {
        ASCENDING,
        DESCENDING
    }

    /** Where null and missing values come in an order. */
    public enum NullOrder {
        /** As the smallest value: first ascending, last descending. */
        NATURAL,
        FIRST,
        LAST
    }
}
