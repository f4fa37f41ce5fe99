package org.storedb.internal.query;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.storedb.internal.query.KeyPart.Column;
import org.storedb.query.Filter;

/** The parts of a filter that must all be true, and what they say together of each field. */
final class Conjunction {

    private final List<Part> parts = new ArrayList<>();
    private final Map<Column, IntervalSet> values = new HashMap<>();

    Conjunction(Filter filter) {
        add(filter);
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
        Part part = Part.of(filter);
        parts.add(part);
        for (FieldBounds bounds : part.values) {
            values.merge(bounds.column(), bounds.values(), IntervalSet::intersect);
        }
    }

    /** The parts, none of which is an {@code and} or asks for several words. */
    List<Filter> parts() {
        return parts.stream().map(Part::filter).toList();
    }

    /** The values that a field of a match can have; {@code null} if nothing is known. */
    @Nullable
    IntervalSet valuesOf(String field) {
        return valuesOf(Column.exact(field));
    }

    /** The values that a match can have in a column that has one value for each document; {@code null} for unknown. */
    @Nullable
    IntervalSet valuesOf(Column column) {
        return values.get(column);
    }

    /** The bounds of a column of elements or words: each match has one within each of them, which need not be the same. */
    List<FieldBounds> elementsOf(Column column) {
        return parts.stream()
                .flatMap(part -> part.elements.stream())
                .filter(bounds -> bounds.column().equals(column))
                .toList();
    }

    /** Whether all matches have the same value in this field. */
    boolean isFixed(String field) {
        return isFixed(Column.exact(field));
    }

    /** Whether all matches have the same value in this column. */
    boolean isFixed(Column column) {
        IntervalSet set = values.get(column);
        return set != null && set.isPoint();
    }

    /** Whether no document can match. */
    boolean isContradictory() {
        return values.values().stream().anyMatch(IntervalSet::isEmpty);
    }

    /** Whether every document that matches this matches all of {@code other}. False also where it is not obvious. */
    boolean implies(Conjunction other) {
        return other.parts.stream().allMatch(part -> implies(part.filter));
    }

    private boolean implies(Filter filter) {
        Part wanted = Part.of(filter);
        return parts.stream().anyMatch(part -> part.filter.equals(filter))
                || wanted.values.stream().anyMatch(this::isWithin)
                || wanted.elements.stream().anyMatch(this::hasElement)
                || (filter instanceof Filter.Exists exists && isPresent(exists.field()))
                || (filter instanceof Filter.And and && and.filters().stream().allMatch(this::implies))
                || (filter instanceof Filter.Or or && or.filters().stream().anyMatch(this::implies));
    }

    private boolean isWithin(FieldBounds bounds) {
        IntervalSet known = values.get(bounds.column());
        return known != null && bounds.exact() && known.isWithin(bounds.values());
    }

    private boolean hasElement(FieldBounds element) {
        return element.exact()
                && elementsOf(element.column()).stream()
                        .anyMatch(known -> known.values().isWithin(element.values()));
    }

    private boolean isPresent(String field) {
        IntervalSet known = values.get(Column.exact(field));
        return known != null && !known.hasNull();
    }

    /**
     * What is left to be tested of documents whose values in some columns are known to be within bounds.
     *
     * @param bound the columns whose {@link #valuesOf} hold
     * @param element the one of {@link #elementsOf} that holds, or {@code null}
     * @param given what else the documents are known to match
     */
    List<Filter> residual(Set<Column> bound, @Nullable FieldBounds element, @Nullable Conjunction given) {
        return parts.stream()
                .filter(part ->
                        part.values.stream().noneMatch(bounds -> bounds.exact() && bound.contains(bounds.column())))
                .filter(part -> element == null || !element.exact() || !part.isThatElement(element))
                .map(part -> part.filter)
                .filter(filter -> given == null || !given.implies(filter))
                .toList();
    }

    /** A condition and what it says of fields. */
    private record Part(Filter filter, List<FieldBounds> values, List<FieldBounds> elements) {

        static Part of(Filter filter) {
            List<FieldBounds> values = new ArrayList<>();
            for (boolean folded : Arrays.asList(false, true)) {
                FieldBounds bounds = FieldBounds.of(filter, folded);
                if (bounds != null) {
                    values.add(bounds);
                }
            }
            FieldBounds place = FieldBounds.ofPlace(filter);
            if (place != null) {
                values.add(place);
            }
            return new Part(filter, values, FieldBounds.elementsOf(filter));
        }

        /** Whether having {@code element} is all that it asks for. */
        boolean isThatElement(FieldBounds element) {
            return elements.contains(element);
        }
    }
}
