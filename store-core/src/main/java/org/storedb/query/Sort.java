package org.storedb.query;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.storedb.error.InvalidQueryException;

/**
 * An order by several fields or distances, the first taking precedence; documents that are equal in all of them are
 * ordered by id. Immutable.
 */
public record Sort(List<Order> orders) {

    private static final Sort UNSORTED = new Sort(List.of());

    public Sort {
        orders = List.copyOf(orders);
    }

    public static Sort unsorted() {
        return UNSORTED;
    }

    /** Returns an ascending order by the given fields. */
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

    /**
     * Returns an order by the distance of the point in a field from {@code origin}, nearest first; see
     * {@link Order#distance}.
     */
    public static Sort byDistance(String field, GeoPoint origin) {
        return new Sort(List.of(Order.distance(field, origin)));
    }

    /** Returns an order by the same fields, each descending. */
    public Sort descending() {
        return new Sort(orders.stream()
                .map(order -> order.direction(Direction.DESCENDING))
                .toList());
    }

    /** Returns this order, then {@code next}. */
    public Sort then(Sort next) {
        List<Order> both = new ArrayList<>(orders);
        both.addAll(next.orders);
        return new Sort(both);
    }

    public boolean isUnsorted() {
        return orders.isEmpty();
    }

    /**
     * One field of an order, by its value or by its distance from a point.
     *
     * @param field path of the field, with names separated by dots
     * @param nulls where null and missing values come; in an order by distance, everything that is not a point, which
     *     comes last unless this is {@code FIRST}
     * @param ignoreCase whether strings compare by their lower case; not with an origin
     * @param origin the point that distances are measured from; without one, the order is by values
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

        /** Creates an order by values. */
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
         * Returns an order by the {@linkplain GeoPoint#distanceMeters distance} of the point in a field, nearest first.
         * Values that are not points come last, even if the order is descending.
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

        /** Returns the same order by another field. */
        public Order by(String newField) {
            return new Order(newField, direction, nulls, ignoreCase, origin);
        }

        Order direction(Direction newDirection) {
            return new Order(field, newDirection, nulls, ignoreCase, origin);
        }

        /** Returns the reverse order. */
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

    /** The direction of an order. */
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
