package org.storedb.query;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One step of a plan, which processes the output of its inputs. Immutable.
 *
 * @param description text for people, with everything that the other components do not say
 * @param index the index that is scanned, or {@code null}
 * @param estimatedRows estimate of how many rows the step produces if it runs to its end
 * @param actual what happened, or {@code null} if the plan did not run
 */
public record PlanStep(
        Kind kind,
        String description,
        @Nullable String index,
        long estimatedRows,
        @Nullable Actual actual,
        List<PlanStep> inputs) {

    public PlanStep {
        inputs = List.copyOf(inputs);
    }

    /** Returns this step and all steps below it, each before its inputs. */
    public List<PlanStep> flattened() {
        List<PlanStep> steps = new ArrayList<>();
        steps.add(this);
        inputs.forEach(input -> steps.addAll(input.flattened()));
        return List.copyOf(steps);
    }

    /** The kinds of steps, in the order in which a plan needs them. */
    public enum Kind {
        /** No document can match. */
        NOTHING,
        /** Looks up ids. */
        ID_LOOKUP,
        /** Scans the documents in a range of ids. */
        ID_RANGE,
        /** Scans all documents. */
        FULL_SCAN,
        /** Scans entries of an index. */
        INDEX,
        /** Merges the keys of several steps, or those of one step that yields some of them repeatedly. */
        UNION,
        /** Keeps the keys that all of several steps yield. */
        INTERSECTION,
        /** Reads the documents of keys. */
        READ,
        /** Keeps only matches. */
        FILTER,
        /** Sorts, and keeps only the rows that the query asks for. */
        SORT,
        /**
         * Yields what its first input finds in a circle if that is enough, and otherwise the output of its second one.
         */
        NEAREST,
        /** Applies offset and limit. */
        SLICE,
        /** Counts the entries in ranges of a tree, without scanning them. */
        COUNT_ENTRIES,
        /** Counts rows. */
        COUNT,
        /** Computes groups and their measures, from documents or, without an input, from keys alone. */
        GROUP
    }

    /**
     * The actual figures of a step that ran.
     *
     * @param rows how many rows it produced
     * @param time how long it took, including its inputs, or {@code null} if only rows were counted: always for slow
     *     queries, and for a scan whose keys are read together with the documents, in one time with that step
     */
    public record Actual(long rows, @Nullable Duration time) {}
}
