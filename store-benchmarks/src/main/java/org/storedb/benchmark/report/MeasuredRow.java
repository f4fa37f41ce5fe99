package org.storedb.benchmark.report;

/** Something that is measured: a row of the table. */
public interface MeasuredRow {

    /** Its name on the command line and in data. */
    String id();

    /** Its name in tables. */
    String title();

    Unit unit();
}
