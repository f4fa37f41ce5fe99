package org.storedb.benchmark.report;

/** Something that is measured: a row of the table. */
public interface MeasuredRow extends Named {

    Unit unit();
}
