package org.storedb.benchmark.workload;

/** Receives the figures as they are measured. */
@FunctionalInterface
public interface ResultConsumer {

    void accept(Row row, double figure);
}
