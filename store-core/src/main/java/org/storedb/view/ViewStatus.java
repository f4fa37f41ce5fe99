package org.storedb.view;

import java.util.List;

/**
 * The status of a view.
 *
 * @param rows how many rows it has
 * @param failed how many documents are left out because the function threw, or emitted what cannot be stored
 * @param failures the reasons, for the first of them by id
 */
public record ViewStatus(String name, int version, long rows, long failed, List<Failure> failures) {

    /** The maximum number of failures listed. */
    public static final int FAILURES_MAX = 100;

    public ViewStatus {
        failures = List.copyOf(failures);
    }

    /**
     * A document that is omitted from the view.
     *
     * @param id a {@code String} or a {@code Long}
     * @param reason the class of the exception and its message, shortened
     */
    public record Failure(Object id, String reason) {}
}
