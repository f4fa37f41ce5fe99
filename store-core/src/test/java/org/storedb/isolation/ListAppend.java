package org.storedb.isolation;

import java.util.List;

/** What one transaction on lists did. */
sealed interface ListAppend {

    /** The list that it is about. */
    int key();

    /** Adds {@code element}, which nobody else adds to anything, to the end of a list. */
    record Append(int key, int element) implements ListAppend {}

    /** Read a whole list. */
    record Read(int key, List<Integer> elements) implements ListAppend {}

    /** How a transaction ended. */
    enum Outcome {
        COMMITTED,
        ABORTED
    }

    /**
     * One transaction of a history.
     *
     * @param operations in the order in which it did them
     * @param begun when it began, on the history's clock
     * @param ended when its commit or rollback returned, on the same clock
     */
    record Execution(List<ListAppend> operations, Outcome outcome, long begun, long ended) {

        boolean isCommitted() {
            return outcome == Outcome.COMMITTED;
        }
    }

    /**
     * Something that an isolation level forbids.
     *
     * @param name as in the literature: G0, G1a, G1b, G1c, G-single, G2-item, or internal
     */
    record Anomaly(String name, String description) {}
}
