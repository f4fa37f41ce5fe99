package org.storedb.benchmark.workload;

/** Takes the figures as they are measured. */
@FunctionalInterface
public interface ResultConsumer {

    void accept(Row row, double figure);
}
