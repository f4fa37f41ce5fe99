package org.storedb.query;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How a query is answered, and what that cost if it was run. {@link #toString} returns text for people, whose format
 * may change. Immutable.
 *
 * @param query the query as text
 * @param plan the last step, with its inputs below it
 * @param estimatedCost the estimated cost of the plan; the unit is one document read during a scan
 * @param alternatives the other plans considered, cheaper ones first
 * @param execution what the plan cost, or {@code null} if it did not run
 */
public record QueryExplanation(
        String query,
        PlanStep plan,
        double estimatedCost,
        List<Alternative> alternatives,
        @Nullable Execution execution) {

    private static final int COLUMN = 64;

    public QueryExplanation {
        alternatives = List.copyOf(alternatives);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(query).append('\n');
        if (execution != null) {
            text.append(execution.result()).append(" in ").append(millis(execution.time()));
            text.append("; ").append(execution.keysRead()).append(" keys and ");
            text.append(execution.documentsRead()).append(" documents read\n");
        }
        append(text, plan, 0);
        text.append(String.format(Locale.ROOT, "estimated cost %.1f", estimatedCost));
        for (Alternative alternative : alternatives) {
            text.append(String.format(
                    Locale.ROOT, "; %.1f with %s", alternative.estimatedCost(), alternative.description()));
        }
        return text.toString();
    }

    private static void append(StringBuilder text, PlanStep step, int depth) {
        String line = "  ".repeat(depth) + step.description();
        text.append(line).append(" ".repeat(Math.max(2, COLUMN - line.length())));
        text.append("about ").append(step.estimatedRows());
        PlanStep.Actual actual = step.actual();
        if (actual != null) {
            text.append(", was ").append(actual.rows());
            text.append(actual.time() == null ? "" : ", " + millis(actual.time()));
        }
        text.append('\n');
        step.inputs().forEach(input -> append(text, input, depth + 1));
    }

    private static String millis(Duration time) {
        return String.format(Locale.ROOT, "%.3f ms", time.toNanos() / 1e6);
    }

    /** A plan that was not chosen. */
    public record Alternative(String description, double estimatedCost) {}

    /**
     * The actual cost of a plan.
     *
     * @param result the requested count, or how many documents or groups were found
     * @param keysRead how many entries of indexes, or of the records themselves, were scanned
     * @param documentsRead how often a document was read; a sort may read those that it returns twice
     * @param time from planning to the last row
     */
    public record Execution(long result, long keysRead, long documentsRead, Duration time) {}
}
