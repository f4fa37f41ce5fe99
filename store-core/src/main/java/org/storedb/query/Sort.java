package org.storedb.query;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.storedb.error.InvalidQueryException;

/**
 * An order by several fields, or distances, the first one first; documents that are equal in all of them come by id.
 * Immutable.
 */
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

    /** The nearest first: by how far the point in a field is from {@code origin}, see {@link Order#distance}. */
    public static Sort byDistance(String field, GeoPoint origin) {
        return new Sort(List.of(Order.distance(field, origin)));
    }

    /** The same fields, each descending. */
    public Sort descending() {
        return new Sort(orders.stream()
                .map(order -> order.direction(Direction.DESCENDING))
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
     * One field of an order, by its value or by its distance from a place.
     *
     * @param field path of the field, with dots between the names
     * @param nulls where null and missing values come, and in an order by distance all that is no point, which comes last
     *     unless this says {@code FIRST}
     * @param ignoreCase whether strings compare by their lower case; not with an origin
     * @param origin the place that distances are measured from; without one the order is by values
     */
    public record Order(
            String field,
            Direction direction,
            NullOrder nulls,
            boolean ignoreCase,
            @Nullable GeoPoint origin) {

        public Order {
            if (origin != null && ignoreCase) {
                throw new InvalidQueryException("An order by the distance of \"" + field + "\" cannot ignore case");
            }
            if (origin != null && nulls == NullOrder.NATURAL) {
                nulls = NullOrder.LAST;
            }
        }

        /** An order by values. */
        public Order(String field, Direction direction, NullOrder nulls, boolean ignoreCase) {
            this(field, direction, nulls, ignoreCase, null);
        }

        public static Order ascending(String field) {
            return new Order(field, Direction.ASCENDING, NullOrder.NATURAL, false);
        }

        public static Order descending(String field) {
            return new Order(field, Direction.DESCENDING, NullOrder.NATURAL, false);
        }

        /**
         * The nearest first: by the {@linkplain GeoPoint#distanceMeters distance} of the point in a field. What is no point
         * comes last, also if the order is descending.
         */
        public static Order distance(String field, GeoPoint origin) {
            return new Order(field, Direction.ASCENDING, NullOrder.LAST, false, origin);
        }

        public Order ignoringCase() {
            return new Order(field, direction, nulls, true, origin);
        }

        public Order nulls(NullOrder newNulls) {
            return new Order(field, direction, newNulls, ignoreCase, origin);
        }

        /** The same by another field. */
        public Order by(String newField) {
            return new Order(newField, direction, nulls, ignoreCase, origin);
        }

        Order direction(Direction newDirection) {
            return new Order(field, newDirection, nulls, ignoreCase, origin);
        }

        /** The opposite: what comes first comes last. */
        public Order reversed() {
            Direction opposite = direction == Direction.ASCENDING ? Direction.DESCENDING : Direction.ASCENDING;
            NullOrder oppositeNulls = switch (nulls) {
                case NATURAL -> NullOrder.NATURAL;
                case FIRST -> NullOrder.LAST;
                case LAST -> NullOrder.FIRST;
            };
            return new Order(field, opposite, oppositeNulls, ignoreCase, origin);
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
