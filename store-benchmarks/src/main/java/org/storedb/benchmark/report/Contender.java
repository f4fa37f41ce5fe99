package org.storedb.benchmark.report;

import java.util.List;

/** A participant in a comparison: a column of the table. */
public interface Contender extends Named {

    /** Returns its settings, for the report. */
    String settings();

    /** Returns the options that its JVM needs. */
    default List<String> jvmOptions() {
        return List.of();
    }
}
