package org.storedb.benchmark.runner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.storedb.benchmark.engine.EngineKind;
import org.storedb.benchmark.workload.Row;
import org.storedb.benchmark.workload.Unit;
import tools.jackson.databind.json.JsonMapper;

/** The results as a Markdown table with ratios, as CSV and as JSON. */
final class Report {

    private static final String NOT_MEASURED = "–";

    private final Map<String, String> machine;
    private final Results results;
    private final List<String> failures;

    Report(Map<String, String> machine, Results results, List<String> failures) {
        this.machine = machine;
        this.results = results;
        this.failures = failures;
    }

    void write(Path directory) throws IOException {
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("results.md"), markdown());
        Files.writeString(directory.resolve("results.csv"), csv());
        Files.writeString(directory.resolve("results.json"), json());
    }

    String markdown() {
        StringBuilder text = new StringBuilder();
        machine.forEach((name, value) ->
                text.append("- ").append(name).append(": ").append(value).append('\n'));
        text.append('\n');
        appendTable(text);
        text.append("\nSettings:\n");
        results.engines()
                .forEach(engine -> text.append("- ")
                        .append(engine.title())
                        .append(": ")
                        .append(engine.settings())
                        .append(
                                engine.jvmOptions().isEmpty()
                                        ? ""
                                        : "; JVM options " + String.join(" ", engine.jvmOptions()))
                        .append('\n'));
        failures.forEach(
                failure -> text.append("\n**Failed:** ").append(failure).append('\n'));
        return text.toString();
    }

    private void appendTable(StringBuilder text) {
        List<String> head = new ArrayList<>(List.of("row"));
        results.engines().forEach(engine -> head.add(engine.title()));
        head.addAll(List.of("StoreDB ÷ best ordered peer", "StoreDB ÷ ConcurrentHashMap"));
        appendLine(text, head);
        appendLine(
                text,
                head.stream().map(title -> title.equals("row") ? "---" : "--:").toList());
        for (Row row : Row.values()) {
            if (results.has(row)) {
                appendLine(text, cells(row));
            }
        }
    }

    private List<String> cells(Row row) {
        List<String> cells = new ArrayList<>();
        cells.add(row.title() + ", " + row.unit().symbol());
        results.engines().forEach(engine -> cells.add(format(results.median(engine, row), row.unit())));
        EngineKind peer = results.bestOrderedPeer(row);
        String ratio = peer == null ? NOT_MEASURED : ratio(row, peer);
        cells.add(peer == null || ratio.equals(NOT_MEASURED) ? NOT_MEASURED : ratio + " (" + peer.title() + ")");
        cells.add(ratio(row, EngineKind.HASH_MAP));
        return cells;
    }

    private static void appendLine(StringBuilder text, List<String> cells) {
        text.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }

    private String ratio(Row row, EngineKind other) {
        Double ours = results.median(EngineKind.STOREDB, row);
        Double theirs = results.median(other, row);
        if (ours == null || theirs == null) {
            return NOT_MEASURED;
        }
        return String.format(Locale.ROOT, "%.2f", row.unit().advantage(ours, theirs));
    }

    private static String format(@Nullable Double figure, Unit unit) {
        if (figure == null) {
            return NOT_MEASURED;
        }
        boolean isWhole = unit == Unit.PER_SECOND || Math.abs(figure) >= 1000;
        return String.format(Locale.ROOT, isWhole ? "%,.0f" : "%.2f", figure);
    }

    private String csv() {
        StringBuilder text = new StringBuilder("row,unit,engine,median,rounds\n");
        for (Row row : Row.values()) {
            for (EngineKind engine : results.engines()) {
                Double median = results.median(engine, row);
                if (median != null) {
                    String rounds = results.rounds(engine, row).stream()
                            .map(figure -> Double.toString(figure))
                            .collect(Collectors.joining(" "));
                    text.append(String.join(
                                    ",", row.id(), row.unit().symbol(), engine.id(), Double.toString(median), rounds))
                            .append('\n');
                }
            }
        }
        return text.toString();
    }

    private String json() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("machine", machine);
        document.put(
                "settings", results.engines().stream().collect(Collectors.toMap(EngineKind::id, EngineKind::settings)));
        document.put(
                "rows",
                Arrays.stream(Row.values())
                        .filter(results::has)
                        .map(this::asMap)
                        .toList());
        document.put("failures", failures);
        return JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(document);
    }

    private Map<String, Object> asMap(Row row) {
        Map<String, Object> figures = new LinkedHashMap<>();
        results.engines().stream()
                .filter(engine -> !results.rounds(engine, row).isEmpty())
                .forEach(engine -> figures.put(engine.id(), results.rounds(engine, row)));
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("row", row.id());
        map.put("title", row.title());
        map.put("unit", row.unit().symbol());
        map.put("rounds", figures);
        return map;
    }
}
