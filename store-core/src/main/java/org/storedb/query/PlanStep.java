package org.storedb.query;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One step of a plan. It goes on with what its inputs give. Immutable.
 *
 * @param description for people; it says all that the other parts do not
 * @param index the index that is gone through, or {@code null}
 * @param estimatedRows how many rows the step gives if it runs to its end, by what is known before
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

    /** This step and all below it, each before its inputs. */
    public List<PlanStep> flattened() {
        List<PlanStep> steps = new ArrayList<>();
        steps.add(this);
        inputs.forEach(input -> steps.addAll(input.flattened()));
        return List.copyOf(steps);
    }

    /** The kinds of the steps, from the first to the last that is needed for the result. */
    public enum Kind {
        /** No document can match. */
        NOTHING,
        /** Looks ids up. */
        ID_LOOKUP,
        /** Walks over the documents of a range of ids. */
        ID_RANGE,
        /** Walks over all documents. */
        FULL_SCAN,
        /** Walks over entries of an index. */
        INDEX,
        /** Puts the keys together that one of several steps gives, or a single one that gives some several times. */
        UNION,
        /** Keeps the keys that all of several steps give. */
        INTERSECTION,
        /** Reads the documents that keys stand for. */
        READ,
        /** Lets only matches pass. */
        FILTER,
        /** Sorts, and keeps only what is asked for. */
        SORT,
        /** Gives what its first input finds in a circle if that is enough, and else what its second one gives. */
        NEAREST,
        /** Leaves rows out at the start, and ends after so many. */
        SLICE,
        /** Asks a tree how many entries there are in ranges, without walking over them. */
        COUNT_ENTRIES,
        /** Counts rows. */
        COUNT,
        /** Makes groups and their figures, of documents or, without an input, of keys alone. */
        GROUP
    }

    /**
     * What a step did.
     *
     * @param rows how many rows it gave
     * @param time how long it took, its inputs included, or {@code null} if only rows were counted
     */
    public record Actual(long rows, @Nullable Duration time) {}
}
