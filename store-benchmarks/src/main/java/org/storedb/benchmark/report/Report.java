package org.storedb.benchmark.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** The results as a Markdown table with ratios, as CSV and as JSON. */
public final class Report {

    private static final String NOT_MEASURED = "–";
    private static final String DISTURBED = "~";

    private final Map<String, String> machine;
    private final List<? extends MeasuredRow> rows;
    private final List<Comparison> comparisons;
    private final Results results;
    private final List<String> failures;

    /**
     * Creates a report of the current contents of {@code results} and {@code failures} each time it is written.
     *
     * @param rows all rows that may have been measured, in the order of the table
     */
    public Report(
            Map<String, String> machine,
            List<? extends MeasuredRow> rows,
            List<Comparison> comparisons,
            Results results,
            List<String> failures) {
        this.machine = machine;
        this.rows = rows;
        this.comparisons = comparisons;
        this.results = results;
        this.failures = failures;
    }

    /** Writes the report as {@code results.md}, {@code results.csv} and {@code results.json}. */
    public void write(Path directory) throws IOException {
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("results.md"), markdown());
        Files.writeString(directory.resolve("results.csv"), csv());
        Files.writeString(directory.resolve("results.json"), json());
    }

    /** Returns machine, table, settings and failures as Markdown. */
    public String markdown() {
        StringBuilder text = new StringBuilder();
        machine.forEach((name, value) ->
                text.append("- ").append(name).append(": ").append(value).append('\n'));
        text.append('\n');
        appendTable(text);
        text.append("\nSettings:\n");
        results.contenders()
                .forEach(contender -> text.append("- ")
                        .append(contender.title())
                        .append(": ")
                        .append(contender.settings())
                        .append(
                                contender.jvmOptions().isEmpty()
                                        ? ""
                                        : "; JVM options " + String.join(" ", contender.jvmOptions()))
                        .append('\n'));
        failures.forEach(
                failure -> text.append("\n**Failed:** ").append(failure).append('\n'));
        return text.toString();
    }

    private void appendTable(StringBuilder text) {
        List<String> head = new ArrayList<>(List.of("row"));
        results.contenders().forEach(contender -> head.add(contender.title()));
        comparisons.forEach(comparison -> head.add(comparison.title()));
        appendLine(text, head);
        appendLine(
                text,
                head.stream().map(title -> title.equals("row") ? "---" : "--:").toList());
        for (MeasuredRow row : rows) {
            if (results.has(row)) {
                appendLine(text, cells(row));
            }
        }
    }

    private List<String> cells(MeasuredRow row) {
        List<String> cells = new ArrayList<>();
        cells.add(row.title() + ", " + row.unit().symbol());
        results.contenders().forEach(contender -> cells.add(cell(contender, row)));
        comparisons.forEach(comparison -> cells.add(ratio(comparison, row)));
        return cells;
    }

    private String cell(Contender contender, MeasuredRow row) {
        String figure = format(results.median(contender, row), row.unit());
        return results.isDisturbed(contender, row) ? DISTURBED + figure : figure;
    }

    private static void appendLine(StringBuilder text, List<String> cells) {
        text.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }

    private String ratio(Comparison comparison, MeasuredRow row) {
        Double ours = results.median(comparison.ours(), row);
        Results.Figure best = results.best(row, comparison.isPeer()).orElse(null);
        if (ours == null || best == null) {
            return NOT_MEASURED;
        }
        String ratio = String.format(Locale.ROOT, "%.2f", row.unit().advantage(ours, best.value()));
        return comparison.named() ? ratio + " (" + best.contender().title() + ")" : ratio;
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
        for (MeasuredRow row : rows) {
            for (Contender contender : results.contenders()) {
                Double median = results.median(contender, row);
                if (median != null) {
                    String rounds = results.rounds(contender, row).stream()
                            .map(figure -> Double.toString(figure))
                            .collect(Collectors.joining(" "));
                    text.append(String.join(
                                    ",",
                                    row.id(),
                                    row.unit().symbol(),
                                    contender.id(),
                                    Double.toString(median),
                                    rounds))
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
                "settings",
                results.contenders().stream().collect(Collectors.toMap(Contender::id, Contender::settings)));
        document.put("rows", rows.stream().filter(results::has).map(this::asMap).toList());
        document.put("failures", failures);
        return JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(document);
    }

    private Map<String, Object> asMap(MeasuredRow row) {
        Map<String, Object> figures = new LinkedHashMap<>();
        results.contenders().stream()
                .filter(contender -> !results.rounds(contender, row).isEmpty())
                .forEach(contender -> figures.put(contender.id(), results.rounds(contender, row)));
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("row", row.id());
        map.put("title", row.title());
        map.put("unit", row.unit().symbol());
        map.put("rounds", figures);
        return map;
    }
}
