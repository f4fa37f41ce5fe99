package org.storedb.benchmark.runner;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.storedb.benchmark.engine.Capability;
import org.storedb.benchmark.engine.EngineKind;
import org.storedb.benchmark.workload.Row;

/** The figures of all engines; several for a row that was measured in several rounds. */
final class Results {

    private final Map<EngineKind, Map<Row, List<Double>>> figures = new EnumMap<>(EngineKind.class);

    void add(EngineKind engine, Row row, double figure) {
        figures.computeIfAbsent(engine, key -> new EnumMap<>(Row.class))
                .computeIfAbsent(row, key -> new ArrayList<>())
                .add(figure);
    }

    Collection<EngineKind> engines() {
        return figures.keySet();
    }

    boolean has(Row row) {
        return figures.values().stream().anyMatch(byRow -> byRow.containsKey(row));
    }

    /** The median of the rounds, or {@code null} if the row was not measured. */
    @Nullable
    Double median(EngineKind engine, Row row) {
        List<Double> rounds = rounds(engine, row);
        if (rounds.isEmpty()) {
            return null;
        }
        List<Double> sorted = rounds.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    List<Double> rounds(EngineKind engine, Row row) {
        return figures.getOrDefault(engine, Map.of()).getOrDefault(row, List.of());
    }

    /** The engine that is best at a row among the persistent and ordered ones that are not ours, if any. */
    @Nullable
    EngineKind bestOrderedPeer(Row row) {
        EngineKind best = null;
        Double bestFigure = null;
        for (EngineKind engine : engines()) {
            Double figure = median(engine, row);
            if (figure == null || !isOrderedPeer(engine)) {
                continue;
            }
            if (bestFigure == null || row.unit().advantage(figure, bestFigure) > 1) {
                best = engine;
                bestFigure = figure;
            }
        }
        return best;
    }

    private static boolean isOrderedPeer(EngineKind engine) {
        return engine != EngineKind.STOREDB && engine.can(Capability.ORDERED) && engine.can(Capability.DURABLE);
    }
}
