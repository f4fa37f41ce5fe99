package org.storedb.benchmark.report;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Something that is selected by its name. */
public interface Named {

    /** Returns its name on the command line and in data. */
    String id();

    /** Returns its name in tables. */
    String title();

    /**
     * Returns the element with this id.
     *
     * @param what what the elements are, for the message
     * @throws IllegalArgumentException if there is none; the message lists the valid ids
     */
    static <T extends Named> T find(T[] all, String id, String what) {
        return Arrays.stream(all)
                .filter(each -> each.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no " + what + " '" + id + "'; known are: "
                        + Arrays.stream(all).map(Named::id).collect(Collectors.joining(", "))));
    }
}
