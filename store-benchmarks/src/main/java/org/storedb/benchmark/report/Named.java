package org.storedb.benchmark.report;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Something that is chosen by its name. */
public interface Named {

    /** Its name on the command line and in data. */
    String id();

    /** Its name in tables. */
    String title();

    /**
     * The one with this id.
     *
     * @param what what they are, for the message
     * @throws IllegalArgumentException if there is none; the message names those there are
     */
    static <T extends Named> T find(T[] all, String id, String what) {
        return Arrays.stream(all)
                .filter(each -> each.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no " + what + " '" + id + "'; there are "
                        + Arrays.stream(all).map(Named::id).collect(Collectors.joining(", "))));
    }
}
