package org.storedb.benchmark.workload;

/** Receiver of the figures as they are measured. */
@FunctionalInterface
public interface ResultConsumer {

    void accept(Row row, double figure);
}
