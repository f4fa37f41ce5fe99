package org.storedb.internal.query;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** A set of values of one field: disjoint intervals in ascending order. Immutable. */
record IntervalSet(List<KeyInterval> intervals) {

    private static final Comparator<KeyInterval> BY_START =
            (first, second) -> Arrays.compareUnsigned(first.from(), second.from());

    static final IntervalSet ALL = new IntervalSet(List.of(KeyInterval.all()));
    static final IntervalSet NONE = new IntervalSet(List.of());

    static IntervalSet of(KeyInterval interval) {
        return interval.isEmpty() ? NONE : new IntervalSet(List.of(interval));
    }

    /** Returns the values in any of {@code intervals}, which may overlap. */
    static IntervalSet union(List<KeyInterval> intervals) {
        List<KeyInterval> ordered = new ArrayList<>(intervals);
        ordered.sort(BY_START);
        List<KeyInterval> merged = new ArrayList<>();
        for (KeyInterval next : ordered) {
            KeyInterval last = merged.isEmpty() ? null : merged.get(merged.size() - 1);
            if (next.isEmpty()) {
                continue;
            }
            if (last == null || Arrays.compareUnsigned(next.from(), last.to()) >= 0) {
                merged.add(next);
            } else if (Arrays.compareUnsigned(next.to(), last.to()) > 0) {
                merged.set(merged.size() - 1, KeyInterval.between(last.from(), next.to()));
            }
        }
        return new IntervalSet(List.copyOf(merged));
    }

    /** Returns the values in any of {@code sets}. */
    static IntervalSet unionOf(List<IntervalSet> sets) {
        List<KeyInterval> all = new ArrayList<>();
        sets.forEach(set -> all.addAll(set.intervals));
        return union(all);
    }

    /**
     * Returns the values in all of {@code sets}, of which there is at least one; halves are combined first, since
     * intermediate results grow.
     */
    static IntervalSet intersectionOf(List<IntervalSet> sets) {
        int half = sets.size() / 2;
        return half == 0
                ? sets.get(0)
                : intersectionOf(sets.subList(0, half)).intersect(intersectionOf(sets.subList(half, sets.size())));
    }

    IntervalSet intersect(IntervalSet other) {
        List<KeyInterval> common = new ArrayList<>();
        int mine = 0;
        int others = 0;
        while (mine < intervals.size() && others < other.intervals.size()) {
            KeyInterval first = intervals.get(mine);
            KeyInterval second = other.intervals.get(others);
            KeyInterval both = first.intersect(second);
            if (!both.isEmpty()) {
                common.add(both);
            }
            if (Arrays.compareUnsigned(first.to(), second.to()) <= 0) {
                mine++;
            } else {
                others++;
            }
        }
        return new IntervalSet(List.copyOf(common));
    }

    IntervalSet complement() {
        List<KeyInterval> gaps = new ArrayList<>();
        KeyInterval rest = KeyInterval.all();
        for (KeyInterval interval : intervals) {
            KeyInterval gap = KeyInterval.between(rest.from(), interval.from());
            if (!gap.isEmpty()) {
                gaps.add(gap);
            }
            rest = KeyInterval.between(interval.to(), rest.to());
        }
        if (!rest.isEmpty()) {
            gaps.add(rest);
        }
        return new IntervalSet(List.copyOf(gaps));
    }

    /** Returns the same values as they are in descending keys. */
    IntervalSet descending() {
        List<KeyInterval> turned = new ArrayList<>();
        for (int at = intervals.size() - 1; at >= 0; at--) {
            turned.add(intervals.get(at).descending());
        }
        return new IntervalSet(List.copyOf(turned));
    }

    /** Returns whether all of these values are in {@code other}. */
    boolean isWithin(IntervalSet other) {
        return intersect(other.complement()).isEmpty();
    }

    boolean isEmpty() {
        return intervals.isEmpty();
    }

    boolean isPoint() {
        return intervals.size() == 1 && intervals.get(0).point();
    }

    boolean hasOnlyPoints() {
        for (KeyInterval interval : intervals) {
            if (!interval.point()) {
                return false;
            }
        }
        return true;
    }

    /** Returns whether null, which missing fields count as, is in the set. */
    boolean hasNull() {
        return !isEmpty()
                && Arrays.equals(intervals.get(0).from(), KeyInterval.all().from());
    }
}
