package org.storedb.internal.query;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.storedb.document.DocumentCodec;
import org.storedb.document.ValueType;
import org.storedb.internal.document.KeyEncoder;
import org.storedb.internal.document.PlainValues;
import org.storedb.query.Filter;

/**
 * What a filter says of one field's values, so that an index can be asked for them.
 *
 * @param values the values that documents that match can have
 * @param exact whether all documents with these values match
 */
record FieldBounds(String field, IntervalSet values, boolean exact) {

    /** The bounds that follow from {@code filter}, or {@code null} if none do. */
    static @Nullable FieldBounds of(Filter filter) {
        if (filter instanceof Filter.Comparison comparison) {
            return comparison(comparison);
        }
        if (filter instanceof Filter.In in) {
            return in(in);
        }
        if (filter instanceof Filter.IsNull isNull) {
            return new FieldBounds(isNull.field(), point(null), true);
        }
        if (filter instanceof Filter.StringMatch match) {
            return match.ignoreCase() ? null : text(match);
        }
        if (filter instanceof Filter.And and) {
            return combined(and.filters(), false);
        }
        if (filter instanceof Filter.Or or) {
            return or.filters().isEmpty()
                    ? new FieldBounds(DocumentCodec.ID_FIELD, IntervalSet.NONE, true)
                    : combined(or.filters(), true);
        }
        if (filter instanceof Filter.Not not) {
            FieldBounds bounds = of(not.filter());
            return bounds == null || !bounds.exact
                    ? null
                    : new FieldBounds(bounds.field, bounds.values.complement(), true);
        }
        return null;
    }

    private static @Nullable FieldBounds comparison(Filter.Comparison comparison) {
        Object value = Objects.requireNonNull(PlainValues.of(comparison.value()));
        if (comparison.ignoreCase() && value instanceof String) {
            return null;
        }
        byte[] key = KeyEncoder.encode(value);
        ValueType type = Operand.typeOf(value);
        byte[] start = KeyInterval.startOf(type);
        byte[] end = KeyInterval.endOf(type);
        IntervalSet values = switch (comparison.operator()) {
            case EQ -> IntervalSet.of(KeyInterval.point(key));
            case NE -> IntervalSet.of(KeyInterval.point(key)).complement();
            case LT -> IntervalSet.of(KeyInterval.between(start, key));
            case LTE -> IntervalSet.of(KeyInterval.between(start, KeyInterval.after(key)));
            case GT -> IntervalSet.of(KeyInterval.between(KeyInterval.after(key), end));
            case GTE -> IntervalSet.of(KeyInterval.between(key, end));
        };
        return new FieldBounds(comparison.field(), values, true);
    }

    private static @Nullable FieldBounds in(Filter.In in) {
        List<KeyInterval> points = new ArrayList<>();
        for (Object value : in.values()) {
            Object plain = PlainValues.of(value);
            if (in.ignoreCase() && plain instanceof String) {
                return null;
            }
            points.add(KeyInterval.point(KeyEncoder.encode(plain)));
        }
        return new FieldBounds(in.field(), IntervalSet.union(points), true);
    }

    private static @Nullable FieldBounds text(Filter.StringMatch match) {
        return switch (match.operator()) {
            case STARTS_WITH -> new FieldBounds(match.field(), prefix(match.text()), true);
            case LIKE -> {
                LikePattern pattern = LikePattern.compile(match.text());
                yield pattern.isLiteral()
                        ? new FieldBounds(match.field(), point(pattern.prefix()), true)
                        : new FieldBounds(match.field(), prefix(pattern.prefix()), pattern.isPrefix());
            }
            case ENDS_WITH, CONTAINS -> null;
        };
    }

    /** The bounds of all or any of several filters, if they are all of the same field. */
    private static @Nullable FieldBounds combined(List<Filter> filters, boolean any) {
        FieldBounds result = null;
        for (Filter filter : filters) {
            FieldBounds bounds = of(filter);
            if (bounds == null || (result != null && !result.field.equals(bounds.field))) {
                return null;
            }
            if (result == null) {
                result = bounds;
            } else {
                IntervalSet values = any ? result.values.union(bounds.values) : result.values.intersect(bounds.values);
                result = new FieldBounds(result.field, values, result.exact && bounds.exact);
            }
        }
        return result;
    }

    private static IntervalSet point(@Nullable Object value) {
        return IntervalSet.of(KeyInterval.point(KeyEncoder.encode(value)));
    }

    private static IntervalSet prefix(String prefix) {
        byte[] key = KeyEncoder.encodeStringPrefix(prefix);
        return IntervalSet.of(KeyInterval.between(key, KeyInterval.after(key)));
    }
}
