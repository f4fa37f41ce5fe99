package org.storedb.spring.data.core;

import org.springframework.data.domain.Sort;
import org.storedb.query.Sort.Direction;
import org.storedb.query.Sort.NullOrder;
import org.storedb.query.Sort.Order;

/** Conversions between Spring's sorts and the store's. Names are unchanged. */
public final class SortConversion {

    private SortConversion() {}

    /** Returns a sort followed by another one, which is usually unsorted. */
    public static Sort then(Sort first, Sort second) {
        if (second.isUnsorted()) {
            return first;
        }
        return first.isUnsorted() ? second : first.and(second);
    }

    /** Converts the store's sort to Spring's. */
    public static Sort properties(org.storedb.query.Sort sort) {
        return Sort.by(sort.orders().stream().map(SortConversion::property).toList());
    }

    /** Converts Spring's sort to the store's. */
    public static org.storedb.query.Sort toStore(Sort sort) {
        return new org.storedb.query.Sort(
                sort.stream().map(order -> toStore(order, order.getProperty())).toList());
    }

    /** Converts an order to the store's, by a field with this name. */
    static Order toStore(Sort.Order order, String field) {
        return new Order(
                field,
                order.isAscending() ? Direction.ASCENDING : Direction.DESCENDING,
                switch (order.getNullHandling()) {
                    case NATIVE -> NullOrder.NATURAL;
                    case NULLS_FIRST -> NullOrder.FIRST;
                    case NULLS_LAST -> NullOrder.LAST;
                },
                order.isIgnoreCase(),
                order instanceof DistanceOrder distance ? distance.origin() : null);
    }

    private static Sort.Order property(Order order) {
        Sort.Direction direction = order.direction() == Direction.ASCENDING ? Sort.Direction.ASC : Sort.Direction.DESC;
        Sort.Order property = order.origin() == null
                ? new Sort.Order(direction, order.field())
                : DistanceOrder.of(direction, order.field(), Sort.NullHandling.NATIVE, order.origin());
        if (order.nulls() != NullOrder.NATURAL) {
            property = order.nulls() == NullOrder.FIRST ? property.nullsFirst() : property.nullsLast();
        }
        return order.ignoreCase() ? property.ignoreCase() : property;
    }
}
