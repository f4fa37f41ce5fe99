package org.storedb.internal.query;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.storedb.document.ValueType;
import org.storedb.internal.document.EncodedValue;
import org.storedb.internal.document.FieldDictionary;
import org.storedb.internal.document.FieldReader;
import org.storedb.internal.document.KeyEncoder;
import org.storedb.internal.document.LetterCase;
import org.storedb.internal.document.PlainValues;
import org.storedb.internal.document.StoredPoints;
import org.storedb.query.GeoPoint;
import org.storedb.query.Sort.Direction;
import org.storedb.query.Sort.NullOrder;
import org.storedb.query.Sort.Order;

/** Makes keys of documents whose unsigned order is the order that a query requests. */
final class SortKeys {

    private final List<Order> orders;
    private final List<FieldReader> readers;
    private final KeyEncoder encoder = new KeyEncoder();

    SortKeys(List<Order> orders, FieldDictionary dictionary) {
        this.orders = orders;
        this.readers = orders.stream()
                .map(order -> FieldReader.of(order.field(), dictionary))
                .toList();
    }

    byte[] of(EncodedValue document, byte[] recordKey) {
        encoder.reset();
        for (int at = 0; at < orders.size(); at++) {
            append(orders.get(at), readers.get(at).read(document));
        }
        return encoder.appendBytes(recordKey).toBytes();
    }

    /** Returns the key of a document with these values for the orders. */
    byte[] of(List<? extends @Nullable Object> values, byte[] recordKey) {
        encoder.reset();
        for (int at = 0; at < orders.size(); at++) {
            append(orders.get(at), values.get(at));
        }
        return encoder.appendBytes(recordKey).toBytes();
    }

    private void append(Order order, @Nullable Object value) {
        if (order.nulls() != NullOrder.NATURAL) {
            encoder.appendByte((value == null) == (order.nulls() == NullOrder.FIRST) ? 0 : 1);
        }
        int start = encoder.size();
        appendValue(encoder, order, value);
        if (order.direction() == Direction.DESCENDING) {
            encoder.invertFrom(start);
        }
    }

    /**
     * Returns the value by which an order sorts a document.
     *
     * @param value the value of the field; {@code null} if it is missing
     */
    static @Nullable Object sortedBy(Order order, @Nullable EncodedValue value) {
        if (order.origin() != null) {
            return distance(order.origin(), value);
        }
        return value == null ? null : value.toObject();
    }

    /** Returns the distance in metres; {@code null} for a value that is not a point. */
    private static @Nullable Double distance(GeoPoint origin, @Nullable EncodedValue value) {
        GeoPoint point = value == null ? null : StoredPoints.of(value);
        return point == null ? null : (Double) origin.distanceMeters(point);
    }

    /** Appends a value as an order compares it, ascending. */
    static void appendValue(KeyEncoder encoder, Order order, @Nullable Object value) {
        Object plain = PlainValues.of(value);
        Object compared = order.ignoreCase() && plain instanceof String text ? LetterCase.fold(text) : plain;
        encoder.append(compared);
    }

    private void append(Order order, @Nullable EncodedValue value) {
        if (order.origin() != null) {
            append(order, distance(order.origin(), value));
            return;
        }
        boolean isNull = value == null || value.type() == ValueType.NULL;
        if (order.nulls() != NullOrder.NATURAL) {
            encoder.appendByte(isNull == (order.nulls() == NullOrder.FIRST) ? 0 : 1);
        }
        int start = encoder.size();
        if (order.ignoreCase() && value != null && value.type() == ValueType.STRING) {
            Object lower = LetterCase.fold(value.asString());
            encoder.append(lower);
        } else {
            encoder.append(value);
        }
        if (order.direction() == Direction.DESCENDING) {
            encoder.invertFrom(start);
        }
    }
}
