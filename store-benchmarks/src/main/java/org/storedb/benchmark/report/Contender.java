package org.storedb.benchmark.report;

import java.util.List;

/** Somebody who takes part: a column of the table. */
public interface Contender extends Named {

    /** The settings that it runs with, for the report. */
    String settings();

    /** Options that its JVM needs. */
    default List<String> jvmOptions() {
        return List.of();
    }
}
