package org.storedb.internal.query;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.storedb.document.DocumentCodec;
import org.storedb.internal.query.KeyPart.Column;
import org.storedb.internal.query.KeyPart.Form;
import org.storedb.internal.query.QueryPlan.KeyOrder;
import org.storedb.query.Sort;
import org.storedb.query.Sort.Direction;
import org.storedb.query.Sort.NullOrder;
import org.storedb.query.Sort.Order;

/** Determines whether the keys of a path are in the order that a query requests. */
final class PathOrder {

    private final ColumnFacts facts;
    private final List<Order> orders;

    PathOrder(Sort sort, ColumnFacts facts) {
        this.facts = facts;
        this.orders = necessary(sort);
    }

    /**
     * Returns the orders that make a difference: not those by fields that are fixed or occurred before, nor any after
     * the id.
     */
    List<Order> orders() {
        return orders;
    }

    /** Returns whether keys that are sorted by a column of different values may have the order. */
    boolean mayBeOf(Column column) {
        return !orders.isEmpty() && columnOf(orders.get(0)).equals(column);
    }

    /** Returns how keys that are sorted by id are read in this order, or {@code null} if sorting is necessary. */
    @Nullable
    KeyOrder ofIds() {
        if (orders.isEmpty()) {
            return KeyOrder.ASCENDING;
        }
        Order order = orders.get(0);
        if (!isById(order)) {
            return null;
        }
        return order.direction() == Direction.ASCENDING ? KeyOrder.ASCENDING : KeyOrder.DESCENDING;
    }

    /** Returns how the keys of {@code path} are walked in this order, or {@code null} if sorting is necessary. */
    @Nullable
    KeyOrder of(AccessPath path) {
        List<KeyPart> parts = new ArrayList<>(path.parts().size());
        for (KeyPart part : path.parts()) {
            if (!isFixed(part.column())) {
                parts.add(part);
            }
        }
        int valueParts = parts.size();
        if (valueParts > 0 && parts.get(valueParts - 1).equals(KeyPart.ID)) {
            valueParts--;
        }
        if (orders.size() < valueParts || orders.size() > parts.size()) {
            return null;
        }
        for (int at = 0; at < orders.size(); at++) {
            if (!isKeyOrder(orders.get(at), parts.get(at).column())) {
                return null;
            }
        }
        boolean idDescending = orders.size() > valueParts && isDescending(orders.get(valueParts));
        if (valueParts == 0) {
            return idDescending ? KeyOrder.DESCENDING : KeyOrder.ASCENDING;
        }
        boolean backward = isBackward(orders.get(0), parts.get(0));
        for (int at = 1; at < valueParts; at++) {
            if (isBackward(orders.get(at), parts.get(at)) != backward) {
                return null;
            }
        }
        if (!backward) {
            return idDescending ? null : KeyOrder.ASCENDING;
        }
        if (idDescending) {
            return KeyOrder.DESCENDING;
        }
        // Keys with the same values must be in one range to be reversed together.
        return path.boundColumns().contains(KeyPart.ID.column()) ? null : KeyOrder.DESCENDING_VALUES;
    }

    /** Returns whether all keys of a path have the same value in a column; a path has one element only. */
    private boolean isFixed(Column column) {
        return column.isElement() || facts.isFixed(column);
    }

    private List<Order> necessary(Sort sort) {
        if (sort.orders().isEmpty()) {
            return List.of();
        }
        List<Order> necessary = new ArrayList<>();
        List<String> seen = new ArrayList<>();
        for (Order order : sort.orders()) {
            if (!facts.isFixed(Column.exact(order.field()))
                    && !facts.isFixed(columnOf(order))
                    && !seen.contains(order.field())) {
                necessary.add(order);
                if (!order.ignoreCase() && order.origin() == null) {
                    seen.add(order.field());
                }
            }
            if (isById(order)) {
                break;
            }
        }
        return necessary;
    }

    private boolean isKeyOrder(Order order, Column column) {
        return order.origin() == null && columnOf(order).equals(column) && hasKeyNullOrder(order);
    }

    /** Checks the position of null, which is the smallest key. */
    private boolean hasKeyNullOrder(Order order) {
        if (order.nulls() == NullOrder.NATURAL
                || (order.nulls() == NullOrder.FIRST) == (order.direction() == Direction.ASCENDING)) {
            return true;
        }
        return facts.isNeverNull(columnOf(order));
    }

    private static boolean isById(Order order) {
        return order.field().equals(DocumentCodec.ID_FIELD) && !order.ignoreCase() && order.origin() == null;
    }

    /** Returns the column that an order is by or, for a distance, is computed from. */
    private static Column columnOf(Order order) {
        return new Column(order.field(), order.ignoreCase() ? Form.FOLDED : Form.EXACT);
    }

    private static boolean isDescending(Order order) {
        return order.direction() == Direction.DESCENDING;
    }

    private static boolean isBackward(Order order, KeyPart part) {
        return isDescending(order) != part.descending();
    }
}
