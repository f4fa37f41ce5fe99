package org.storedb.internal.query;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.storedb.error.InvalidQueryException;
import org.storedb.internal.document.DocumentId;
import org.storedb.internal.document.KeyEncoder;
import org.storedb.internal.index.CountedTree;
import org.storedb.internal.index.TreeRange;
import org.storedb.internal.query.KeyPart.Form;
import org.storedb.internal.query.QueryPlan.KeyOrder;
import org.storedb.query.Continuation;
import org.storedb.query.Query;
import org.storedb.query.Sort;
import org.storedb.query.Sort.NullOrder;
import org.storedb.query.Sort.Order;

/** The position after which the result of a query begins. */
final class Position {

    private final Continuation continuation;
    private final List<Order> orders;
    private final byte[] recordKey;

    private Position(Continuation continuation, List<Order> orders) {
        this.continuation = continuation;
        this.orders = orders;
        this.recordKey = DocumentId.encode(DocumentId.normalize(continuation.id()));
    }

    /** Returns the position after which {@code query} begins, or {@code null} if it begins at the start. */
    static @Nullable Position of(Query query) {
        Continuation continuation = query.continuation();
        if (continuation == null) {
            return null;
        }
        List<Order> orders = query.sort().orders();
        if (continuation.values().size() != orders.size()) {
            throw new InvalidQueryException(
                    "The continuation has " + continuation.values().size()
                            + " values, but the query sorts by " + orders.size()
                            + " fields; use the sort that the continuation was created with");
        }
        return new Position(continuation, orders);
    }

    /** Returns a query that runs in the opposite direction from its position, in the opposite order. */
    static Query turned(Query query) {
        Continuation continuation = query.continuation();
        List<Order> orders = new ArrayList<>();
        query.sort().orders().forEach(order -> orders.add(order.reversed()));
        orders.add(Order.descending("id"));
        Query turned = Query.where(query.filter())
                .sort(new Sort(orders))
                .offset(query.offset())
                .limit(query.limit());
        if (continuation == null) {
            return turned;
        }
        List<@Nullable Object> values = new ArrayList<>(continuation.values());
        values.add(continuation.id());
        return turned.after(new Continuation(values, continuation.id()));
    }

    /** Returns the key of the position among keys that {@code sortKeys} makes. */
    byte[] sortKey(SortKeys sortKeys, List<Order> necessary) {
        return sortKeys.of(necessary.stream().map(this::value).toList(), recordKey);
    }

    byte[] recordKey() {
        return recordKey;
    }

    /**
     * Returns how many keys of a path come no later than the position when they are walked in an order that is the
     * query's; -1 if the path cannot tell.
     */
    long keysBefore(AccessPath path, KeyOrder keyOrder, CountedTree<?> tree, Conjunction conjunction) {
        KeyEncoder encoder = new KeyEncoder();
        for (KeyPart part : path.parts().subList(0, path.parts().size() - 1)) {
            if (!append(part, encoder, conjunction)) {
                return -1;
            }
        }
        byte[] values = encoder.toBytes();
        byte[] key = encoder.appendBytes(recordKey).toBytes();
        byte[] afterKey = Arrays.copyOf(key, key.length + 1);
        return switch (keyOrder) {
            case ASCENDING -> count(tree, path, new TreeRange(null, afterKey));
            case DESCENDING -> count(tree, path, new TreeRange(key, null));
            case DESCENDING_VALUES -> {
                byte[] above = TreeRange.afterPrefix(values);
                long greater = above == null ? 0 : count(tree, path, new TreeRange(above, null));
                yield greater + count(tree, path, new TreeRange(values, afterKey));
            }
        };
    }

    private boolean append(KeyPart part, KeyEncoder encoder, Conjunction conjunction) {
        if (part.column().isElement()) {
            return false;
        }
        int start = encoder.size();
        IntervalSet fixed = conjunction.valuesOf(part.column());
        Order order = fixed != null && fixed.isPoint() ? null : orderOf(part);
        if (order != null && value(order) == null && order.nulls() != NullOrder.NATURAL) {
            return false; // In keys, the position of nulls is fixed.
        }
        if (order != null) {
            SortKeys.appendValue(encoder, order, value(order));
        } else if (fixed != null && fixed.isPoint()) {
            encoder.appendBytes(fixed.intervals().get(0).from());
        } else {
            return false;
        }
        if (part.descending()) {
            encoder.invertFrom(start);
        }
        return true;
    }

    private @Nullable Order orderOf(KeyPart part) {
        boolean folded = part.column().form() == Form.FOLDED;
        for (Order order : orders) {
            boolean isByValue = order.origin() == null && order.ignoreCase() == folded;
            if (isByValue && order.field().equals(part.column().field())) {
                return order;
            }
        }
        return null;
    }

    private @Nullable Object value(Order order) {
        return continuation.values().get(orders.indexOf(order));
    }

    private static long count(CountedTree<?> tree, AccessPath path, TreeRange part) {
        long count = 0;
        for (TreeRange range : path.ranges()) {
            count += tree.count(intersection(range, part));
        }
        return count;
    }

    static TreeRange intersection(TreeRange first, TreeRange second) {
        byte[] from = first.from();
        byte[] otherFrom = second.from();
        byte[] to = first.to();
        byte[] otherTo = second.to();
        boolean takesOtherFrom = from == null || (otherFrom != null && Arrays.compareUnsigned(otherFrom, from) > 0);
        boolean takesOtherTo = to == null || (otherTo != null && Arrays.compareUnsigned(otherTo, to) < 0);
        return new TreeRange(takesOtherFrom ? otherFrom : from, takesOtherTo ? otherTo : to);
    }
}
