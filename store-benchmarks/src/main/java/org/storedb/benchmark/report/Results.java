package org.storedb.benchmark.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The figures of all contenders; several for a row that was measured in several rounds. Disturbed ones count only for
 * rows that have no others.
 */
public final class Results {

    private final Map<Contender, Map<MeasuredRow, Figures>> figures = new LinkedHashMap<>();

    /** Adds a figure; {@code disturbed} tells whether something else ran during the measurement. */
    public void add(Contender contender, MeasuredRow row, double figure, boolean disturbed) {
        Figures all = figures.computeIfAbsent(contender, key -> new LinkedHashMap<>())
                .computeIfAbsent(row, key -> new Figures(new ArrayList<>(), new ArrayList<>()));
        (disturbed ? all.disturbed() : all.good()).add(figure);
    }

    /** Returns how often a row was measured undisturbed. */
    public int undisturbed(Contender contender, MeasuredRow row) {
        return of(contender, row).good().size();
    }

    /** Returns whether all figures of a row were disturbed. */
    boolean isDisturbed(Contender contender, MeasuredRow row) {
        Figures all = of(contender, row);
        return all.good().isEmpty() && !all.disturbed().isEmpty();
    }

    /** Returns the contenders with figures, in the order in which they were measured. */
    Collection<Contender> contenders() {
        return figures.keySet();
    }

    boolean has(MeasuredRow row) {
        return figures.values().stream().anyMatch(byRow -> byRow.containsKey(row));
    }

    /** Returns the median of the rounds, or {@code null} if the row was not measured. */
    @Nullable
    Double median(Contender contender, MeasuredRow row) {
        List<Double> rounds = rounds(contender, row);
        if (rounds.isEmpty()) {
            return null;
        }
        List<Double> sorted = rounds.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    /** Returns the figures of a row that count. */
    List<Double> rounds(Contender contender, MeasuredRow row) {
        Figures all = of(contender, row);
        return all.good().isEmpty() ? all.disturbed() : all.good();
    }

    private Figures of(Contender contender, MeasuredRow row) {
        return figures.getOrDefault(contender, Map.of()).getOrDefault(row, Figures.NONE);
    }

    /** Returns the best figure of a row among the contenders for which {@code isPeer} holds. */
    Optional<Figure> best(MeasuredRow row, Predicate<Contender> isPeer) {
        List<Figure> peers = new ArrayList<>();
        for (Contender contender : contenders()) {
            Double figure = median(contender, row);
            if (figure != null && isPeer.test(contender)) {
                peers.add(new Figure(contender, figure));
            }
        }
        return peers.stream().max(Comparator.comparingDouble(peer -> row.unit().advantage(peer.value(), 1)));
    }

    private record Figures(List<Double> good, List<Double> disturbed) {

        static final Figures NONE = new Figures(List.of(), List.of());
    }

    /** A figure and its contender. */
    record Figure(Contender contender, double value) {}
}
