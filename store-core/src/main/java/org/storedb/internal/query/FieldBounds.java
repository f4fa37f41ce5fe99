package org.storedb.internal.query;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.storedb.document.DocumentCodec;
import org.storedb.document.ValueType;
import org.storedb.internal.document.KeyEncoder;
import org.storedb.internal.document.LetterCase;
import org.storedb.internal.document.PlaceCells;
import org.storedb.internal.document.PlainValues;
import org.storedb.internal.query.KeyPart.Column;
import org.storedb.internal.query.KeyPart.Form;
import org.storedb.query.Filter;
import org.storedb.query.Filter.Comparison;
import org.storedb.query.Filter.Operator;
import org.storedb.query.GeoShape;
import org.storedb.query.TextWords.Wanted;

/**
 * The implications of a filter for one field's values, in a uniform form that an index can be searched with.
 *
 * @param values the values that matches can have; for an element: those of which they must have one
 * @param exact whether all documents with these values match
 */
record FieldBounds(Column column, IntervalSet values, boolean exact) {

    /** Returns the bounds of a field's value that follow from {@code filter}, or {@code null} if none do. */
    static @Nullable FieldBounds of(Filter filter, boolean folded) {
        if (filter instanceof Filter.Comparison comparison) {
            return comparison(comparison, folded);
        }
        if (filter instanceof Filter.In in) {
            return in(in, folded);
        }
        if (filter instanceof Filter.IsNull isNull) {
            return new FieldBounds(column(isNull.field(), folded), point(null, false), true);
        }
        if (filter instanceof Filter.HasType has) {
            return has.type() == ValueType.NULL // Keys do not distinguish null from missing.
                    ? new FieldBounds(column(has.field(), folded), point(null, false), false)
                    : new FieldBounds(column(has.field(), folded), any(has.type()), true);
        }
        if (filter instanceof Filter.StringMatch match) {
            return text(match, folded);
        }
        if (filter instanceof Filter.And and) {
            return combined(and.filters(), folded, false);
        }
        if (filter instanceof Filter.Or or) {
            return or.filters().isEmpty()
                    ? new FieldBounds(column(DocumentCodec.ID_FIELD, folded), IntervalSet.NONE, true)
                    : combined(or.filters(), folded, true);
        }
        if (filter instanceof Filter.Not not) {
            FieldBounds bounds = of(not.filter(), folded);
            return bounds == null || !bounds.exact
                    ? null
                    : new FieldBounds(bounds.column, bounds.values.complement(), true);
        }
        return null;
    }

    /**
     * Returns elements, or words, each of which a field must have if its document is to match; there can be several
     * fields.
     */
    static List<FieldBounds> elementsOf(Filter filter) {
        List<FieldBounds> elements = new ArrayList<>();
        if (filter instanceof Filter.HasElement has) {
            addElement(elements, has.field(), has.element(), true);
        } else if (filter instanceof Filter.HasAllElements has) {
            has.elements()
                    .forEach(element -> addElement(
                            elements, has.field(), element, has.elements().size() == 1));
        } else if (filter instanceof Filter.ElementMatch match) {
            addElement(elements, match.field(), of(match.filter(), false), Form.ELEMENT);
            addElement(elements, match.field(), of(match.filter(), true), Form.FOLDED_ELEMENT);
        } else if (filter instanceof Filter.Text text) {
            Column column = new Column(text.field(), Form.WORD);
            for (Wanted wanted : text.wanted()) {
                IntervalSet words = wanted.prefix() ? prefix(wanted.word()) : point(wanted.word(), false);
                elements.add(new FieldBounds(column, words, text.wanted().size() == 1));
            }
        }
        return elements;
    }

    /** Returns the bounds of the cells that can contain a point, or {@code null} if a filter does not restrict them. */
    static @Nullable FieldBounds ofPlace(Filter filter) {
        if (filter instanceof Filter.Near near) {
            return place(near.field(), GeoShape.circle(near.center(), near.toMeters()));
        }
        return filter instanceof Filter.Within within ? place(within.field(), within.shape()) : null;
    }

    private static FieldBounds place(String field, GeoShape shape) {
        List<KeyInterval> cells = PlaceCells.covering(shape).stream()
                .map(run -> KeyInterval.between(
                        KeyEncoder.encode(run.first()), KeyInterval.after(KeyEncoder.encode(run.last()))))
                .toList();
        return new FieldBounds(new Column(field, Form.PLACE), IntervalSet.union(cells), false);
    }

    private static void addElement(List<FieldBounds> elements, String field, Object element, boolean only) {
        boolean text = PlainValues.of(element) instanceof String;
        elements.add(new FieldBounds(new Column(field, Form.ELEMENT), point(element, false), only));
        elements.add(new FieldBounds(new Column(field, Form.FOLDED_ELEMENT), point(element, true), only && !text));
    }

    /** Adds what a filter of elements implies for the element itself. */
    private static void addElement(List<FieldBounds> elements, String field, @Nullable FieldBounds bounds, Form form) {
        if (bounds != null && bounds.column.field().equals(Filter.ELEMENT)) {
            elements.add(new FieldBounds(new Column(field, form), bounds.values, bounds.exact));
        }
    }

    private static @Nullable FieldBounds comparison(Filter.Comparison comparison, boolean folded) {
        Object value = Objects.requireNonNull(PlainValues.of(comparison.value()));
        boolean text = value instanceof String;
        Column column = column(comparison.field(), folded);
        if (text && comparison.ignoreCase() != folded) {
            return folded ? foldedOf(column, comparison.operator(), value) : null;
        }
        Object compared = text && folded ? LetterCase.fold((String) value) : value;
        IntervalSet values = comparison.operator() == Operator.NE
                ? IntervalSet.of(interval(Operator.EQ, compared)).complement()
                : IntervalSet.of(interval(comparison.operator(), compared));
        return new FieldBounds(column, values, true);
    }

    /** Returns the values that match a case-sensitive comparison other than "not equal". */
    static KeyInterval interval(Comparison comparison) {
        return interval(comparison.operator(), Objects.requireNonNull(PlainValues.of(comparison.value())));
    }

    private static KeyInterval interval(Operator operator, Object plain) {
        byte[] key = new KeyEncoder().append(plain).toBytes();
        ValueType type = Operand.typeOf(plain);
        return switch (operator) {
            case EQ -> KeyInterval.point(key);
            case LT -> KeyInterval.between(KeyInterval.startOf(type), key);
            case LTE -> KeyInterval.between(KeyInterval.startOf(type), KeyInterval.after(key));
            case GT -> KeyInterval.between(KeyInterval.after(key), KeyInterval.endOf(type));
            case GTE -> KeyInterval.between(key, KeyInterval.endOf(type));
            case NE -> throw new IllegalArgumentException("Other values than one are in two intervals");
        };
    }

    /** Returns what a case-sensitive comparison implies for strings ignoring case: their order can be different. */
    private static @Nullable FieldBounds foldedOf(Column column, Operator operator, Object text) {
        return switch (operator) {
            case EQ -> new FieldBounds(column, point(text, true), false);
            case NE -> null;
            case LT, LTE, GT, GTE -> new FieldBounds(column, any(ValueType.STRING), false);
        };
    }

    private static @Nullable FieldBounds in(Filter.In in, boolean folded) {
        List<KeyInterval> points = new ArrayList<>();
        boolean exact = true;
        for (Object value : in.values()) {
            Object plain = PlainValues.of(value);
            boolean differs = plain instanceof String && in.ignoreCase() != folded;
            if (differs && !folded) {
                return null;
            }
            exact &= !differs;
            points.add(KeyInterval.point(folded ? KeyEncoder.encodeFolded(plain) : KeyEncoder.encode(plain)));
        }
        return new FieldBounds(column(in.field(), folded), IntervalSet.union(points), exact);
    }

    private static @Nullable FieldBounds text(Filter.StringMatch match, boolean folded) {
        Column column = column(match.field(), folded);
        if (match.ignoreCase() != folded) {
            return folded ? new FieldBounds(column, any(ValueType.STRING), false) : null;
        }
        String text = folded ? LetterCase.fold(match.text()) : match.text();
        return switch (match.operator()) {
            case STARTS_WITH -> new FieldBounds(column, prefix(text), true);
            case LIKE -> {
                LikePattern pattern = LikePattern.compile(text);
                yield pattern.isLiteral()
                        ? new FieldBounds(column, point(pattern.prefix(), false), true)
                        : new FieldBounds(column, prefix(pattern.prefix()), pattern.isPrefix());
            }
            case ENDS_WITH, CONTAINS -> null;
        };
    }

    /** Returns the bounds of all or any of several filters, if they are all for the same field. */
    private static @Nullable FieldBounds combined(List<Filter> filters, boolean folded, boolean any) {
        Column column = null;
        List<IntervalSet> sets = new ArrayList<>(filters.size());
        boolean exact = true;
        for (Filter filter : filters) {
            FieldBounds bounds = of(filter, folded);
            if (bounds == null || (column != null && !column.equals(bounds.column))) {
                return null;
            }
            column = bounds.column;
            sets.add(bounds.values);
            exact &= bounds.exact;
        }
        return column == null
                ? null
                : new FieldBounds(column, any ? IntervalSet.unionOf(sets) : IntervalSet.intersectionOf(sets), exact);
    }

    private static Column column(String field, boolean folded) {
        return new Column(field, folded ? Form.FOLDED : Form.EXACT);
    }

    private static IntervalSet point(@Nullable Object value, boolean folded) {
        byte[] key = folded ? KeyEncoder.encodeFolded(value) : KeyEncoder.encode(value);
        return IntervalSet.of(KeyInterval.point(key));
    }

    private static IntervalSet any(ValueType type) {
        return IntervalSet.of(KeyInterval.between(KeyInterval.startOf(type), KeyInterval.endOf(type)));
    }

    private static IntervalSet prefix(String prefix) {
        byte[] key = KeyEncoder.encodeStringPrefix(prefix);
        return IntervalSet.of(KeyInterval.between(key, KeyInterval.after(key)));
    }
}
