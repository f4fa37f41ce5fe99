package org.storedb.internal.query;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.storedb.document.DocumentCodec;
import org.storedb.internal.query.QueryPlan.KeyOrder;
import org.storedb.query.Sort;
import org.storedb.query.Sort.Direction;
import org.storedb.query.Sort.NullOrder;
import org.storedb.query.Sort.Order;

/** Finds out whether the keys of a path are in the order that a query asks for. */
final class PathOrder {

    private final Conjunction conjunction;
    private final List<Order> orders;

    PathOrder(Sort sort, Conjunction conjunction) {
        this.conjunction = conjunction;
        this.orders = necessary(sort);
    }

    /** The orders that make a difference: not those by fields that are fixed or came before, nor any after the id. */
    List<Order> orders() {
        return orders;
    }

    /** How to take keys that are sorted by id to have the order, or {@code null} if it needs sorting. */
    @Nullable
    KeyOrder ofIds() {
        if (orders.isEmpty()) {
            return KeyOrder.ASCENDING;
        }
        Order order = orders.get(0);
        if (!order.field().equals(DocumentCodec.ID_FIELD) || order.ignoreCase()) {
            return null;
        }
        return order.direction() == Direction.ASCENDING ? KeyOrder.ASCENDING : KeyOrder.DESCENDING;
    }

    /** How to walk over the keys of {@code path} to have the order, or {@code null} if it needs sorting. */
    @Nullable
    KeyOrder of(AccessPath path) {
        List<String> keyFields = path.fields().stream()
                .filter(field -> !conjunction.isFixed(field))
                .toList();
        int valueFields = keyFields.size();
        if (valueFields > 0 && keyFields.get(valueFields - 1).equals(DocumentCodec.ID_FIELD)) {
            valueFields--;
        }
        if (orders.size() < valueFields || orders.size() > keyFields.size()) {
            return null;
        }
        for (int at = 0; at < orders.size(); at++) {
            if (!isKeyOrder(orders.get(at), keyFields.get(at))) {
                return null;
            }
        }
        Direction values = valueFields == 0 ? null : commonDirection(orders.subList(0, valueFields));
        if (valueFields > 0 && values == null) {
            return null;
        }
        boolean idDescending =
                orders.size() > valueFields && orders.get(valueFields).direction() == Direction.DESCENDING;
        if (values == null) {
            return idDescending ? KeyOrder.DESCENDING : KeyOrder.ASCENDING;
        }
        if (values == Direction.ASCENDING) {
            return idDescending ? null : KeyOrder.ASCENDING;
        }
        if (idDescending) {
            return KeyOrder.DESCENDING;
        }
        // Keys with the same values must lie in one range to be turned around together.
        return path.boundFields().contains(DocumentCodec.ID_FIELD) ? null : KeyOrder.DESCENDING_VALUES;
    }

    private List<Order> necessary(Sort sort) {
        List<Order> necessary = new ArrayList<>();
        List<String> seen = new ArrayList<>();
        for (Order order : sort.orders()) {
            if (!conjunction.isFixed(order.field()) && !seen.contains(order.field())) {
                necessary.add(order);
                if (!order.ignoreCase()) {
                    seen.add(order.field());
                }
            }
            if (order.field().equals(DocumentCodec.ID_FIELD) && !order.ignoreCase()) {
                break;
            }
        }
        return necessary;
    }

    private boolean isKeyOrder(Order order, String keyField) {
        return order.field().equals(keyField) && !order.ignoreCase() && hasKeyNullOrder(order);
    }

    /** Null is the smallest key. */
    private boolean hasKeyNullOrder(Order order) {
        if (order.nulls() == NullOrder.NATURAL
                || (order.nulls() == NullOrder.FIRST) == (order.direction() == Direction.ASCENDING)) {
            return true;
        }
        IntervalSet values = conjunction.valuesOf(order.field());
        return values != null && !values.hasNull();
    }

    private static @Nullable Direction commonDirection(List<Order> orders) {
        Direction direction = orders.get(0).direction();
        return orders.stream().allMatch(order -> order.direction() == direction) ? direction : null;
    }
}
