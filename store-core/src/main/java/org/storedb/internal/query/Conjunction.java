package org.storedb.internal.query;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.storedb.internal.query.KeyPart.Column;
import org.storedb.internal.query.KeyPart.Form;
import org.storedb.query.Filter;

/** The parts of a filter that must all be true, and what they together imply for each field. Immutable. */
final class Conjunction implements ColumnFacts {

    private final List<Part> parts = new ArrayList<>();
    private final List<Filter> filters = new ArrayList<>();
    private final Map<Column, IntervalSet> values; // Not the case-insensitive ones: they are seldom needed.

    Conjunction(Filter filter) {
        add(filter);
        Map<Column, List<IntervalSet>> sets = new HashMap<>();
        for (Part part : parts) {
            addTo(sets, part.exact);
            addTo(sets, part.place);
        }
        this.values = intersected(sets);
    }

    private void add(Filter filter) {
        if (filter instanceof Filter.And and) {
            and.filters().forEach(this::add);
            return;
        }
        if (filter instanceof Filter.Text text && text.wanted().size() > 1) { // An index knows them one by one.
            text.wanted().forEach(word -> add(new Filter.Text(text.field(), word.toString())));
            return;
        }
        parts.add(Part.of(filter));
        filters.add(filter);
    }

    private static void addTo(Map<Column, List<IntervalSet>> sets, @Nullable FieldBounds bounds) {
        if (bounds != null) {
            sets.computeIfAbsent(bounds.column(), column -> new ArrayList<>(1)).add(bounds.values());
        }
    }

    private static Map<Column, IntervalSet> intersected(Map<Column, List<IntervalSet>> sets) {
        Map<Column, IntervalSet> values = new HashMap<>();
        sets.forEach((column, ofColumn) -> values.put(column, IntervalSet.intersectionOf(ofColumn)));
        return values;
    }

    /** Returns the parts, none of which is an {@code and} or requests several words. */
    List<Filter> parts() {
        return Collections.unmodifiableList(filters);
    }

    /** Returns the values that a field of a match can have; {@code null} if nothing is known. */
    @Nullable
    IntervalSet valuesOf(String field) {
        return valuesOf(Column.exact(field));
    }

    /** Returns the values that a match can have in a column with one value per document; {@code null} if unknown. */
    @Nullable
    IntervalSet valuesOf(Column column) {
        return column.form() == Form.FOLDED ? foldedValues().get(column) : values.get(column);
    }

    private Map<Column, IntervalSet> foldedValues() {
        Map<Column, List<IntervalSet>> folded = new HashMap<>();
        for (Part part : parts) {
            addTo(folded, part.folded());
        }
        return intersected(folded);
    }

    /**
     * Returns the bounds of a column of elements or words: each match has one within each of them, not necessarily the
     * same.
     */
    List<FieldBounds> elementsOf(Column column) {
        return parts.stream()
                .flatMap(part -> part.elements.stream())
                .filter(bounds -> bounds.column().equals(column))
                .toList();
    }

    @Override
    public boolean isFixed(Column column) {
        IntervalSet set = valuesOf(column);
        return set != null && set.isPoint();
    }

    @Override
    public boolean isNeverNull(Column column) {
        IntervalSet set = valuesOf(column);
        return set != null && !set.hasNull();
    }

    /** Returns whether no document can match. */
    boolean isContradictory() {
        if (hasEmpty(values)) {
            return true;
        }
        for (Part part : parts) {
            if (part.exact == null) { // What all parts imply ignoring case, they also imply with it.
                return hasEmpty(foldedValues());
            }
        }
        return false;
    }

    private static boolean hasEmpty(Map<Column, IntervalSet> values) {
        for (IntervalSet set : values.values()) {
            if (set.isEmpty()) {
                return true;
            }
        }
        return false;
    }

    /**
     * Returns whether every document that matches this matches all of {@code other}. May return false where this is not
     * obvious.
     */
    boolean implies(Conjunction other) {
        return other.parts.stream().allMatch(part -> implies(part.filter));
    }

    private boolean implies(Filter filter) {
        Part wanted = Part.of(filter);
        return parts.stream().anyMatch(part -> part.filter.equals(filter))
                || isWithin(wanted.exact)
                || isWithin(wanted.folded())
                || isWithin(wanted.place)
                || wanted.elements.stream().anyMatch(this::hasElement)
                || (filter instanceof Filter.Exists exists && isPresent(exists.field()))
                || (filter instanceof Filter.And and && and.filters().stream().allMatch(this::implies))
                || (filter instanceof Filter.Or or && or.filters().stream().anyMatch(this::implies));
    }

    private boolean isWithin(@Nullable FieldBounds bounds) {
        IntervalSet known = bounds == null || !bounds.exact() ? null : valuesOf(bounds.column());
        return bounds != null && known != null && known.isWithin(bounds.values());
    }

    private boolean hasElement(FieldBounds element) {
        return element.exact()
                && elementsOf(element.column()).stream()
                        .anyMatch(known -> known.values().isWithin(element.values()));
    }

    private boolean isPresent(String field) {
        return isNeverNull(Column.exact(field));
    }

    /**
     * Returns the filters to be tested on documents whose values in some columns are known to be within bounds.
     *
     * @param bound the columns whose {@link #valuesOf} hold
     * @param element the one of {@link #elementsOf} that holds, or {@code null}
     * @param given what else the documents are known to match
     */
    List<Filter> residual(List<Column> bound, @Nullable FieldBounds element, @Nullable Conjunction given) {
        if (bound.isEmpty() && element == null && given == null) {
            return parts();
        }
        List<Filter> residual = new ArrayList<>();
        for (Part part : parts) {
            boolean isBound = part.isEnforcedBy(bound) || (element != null && part.isThatElement(element));
            if (!isBound && (given == null || !given.implies(part.filter))) {
                residual.add(part.filter);
            }
        }
        return residual;
    }

    /**
     * A condition and what it implies for fields.
     *
     * @param exact bounds of unchanged values
     * @param place bounds of the cells of points
     * @param elements bounds of elements and words
     */
    private record Part(
            Filter filter,
            @Nullable FieldBounds exact,
            @Nullable FieldBounds place,
            List<FieldBounds> elements) {

        static Part of(Filter filter) {
            return new Part(
                    filter, FieldBounds.of(filter, false), FieldBounds.ofPlace(filter), FieldBounds.elementsOf(filter));
        }

        /** Returns the bounds of values ignoring case. */
        @Nullable
        FieldBounds folded() {
            return FieldBounds.of(filter, true);
        }

        /** Returns whether the bounds of some columns are all that it requires. */
        boolean isEnforcedBy(List<Column> bound) {
            for (Column column : bound) {
                FieldBounds bounds = of(column.form());
                if (bounds != null && bounds.exact() && bounds.column().equals(column)) {
                    return true;
                }
            }
            return false;
        }

        private @Nullable FieldBounds of(Form form) {
            return switch (form) {
                case EXACT -> exact;
                case FOLDED -> folded();
                case PLACE -> place;
                case ELEMENT, FOLDED_ELEMENT, WORD -> null;
            };
        }

        /** Returns whether having {@code element} is all that it requires. */
        boolean isThatElement(FieldBounds element) {
            return element.exact() && elements.contains(element);
        }
    }
}
