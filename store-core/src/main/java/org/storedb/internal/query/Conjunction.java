package org.storedb.internal.query;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.storedb.query.Filter;

/** The parts of a filter that must all be true, and what they say together of each field. */
final class Conjunction {

    private final List<Filter> parts = new ArrayList<>();
    private final List<@Nullable FieldBounds> partBounds = new ArrayList<>();
    private final Map<String, IntervalSet> values = new HashMap<>();

    Conjunction(Filter filter) {
        add(filter);
    }

    private void add(Filter filter) {
        if (filter instanceof Filter.And and) {
            and.filters().forEach(this::add);
            return;
        }
        FieldBounds bounds = FieldBounds.of(filter);
        parts.add(filter);
        partBounds.add(bounds);
        if (bounds != null) {
            values.merge(bounds.field(), bounds.values(), IntervalSet::intersect);
        }
    }

    /** The parts, none of which is an {@code and}. */
    List<Filter> parts() {
        return parts;
    }

    /** The values that a field of a match can have; {@code null} if nothing is known. */
    @Nullable
    IntervalSet valuesOf(String field) {
        return values.get(field);
    }

    /** Whether all matches have the same value in this field. */
    boolean isFixed(String field) {
        IntervalSet set = values.get(field);
        return set != null && set.isPoint();
    }

    /** Whether no document can match. */
    boolean isContradictory() {
        return values.values().stream().anyMatch(IntervalSet::isEmpty);
    }

    /** What is left to be tested once the values of these fields are known to be within bounds. */
    List<Filter> residual(Set<String> boundFields) {
        List<Filter> residual = new ArrayList<>();
        for (int part = 0; part < parts.size(); part++) {
            FieldBounds bounds = partBounds.get(part);
            if (bounds == null || !bounds.exact() || !boundFields.contains(bounds.field())) {
                residual.add(parts.get(part));
            }
        }
        return residual;
    }
}
