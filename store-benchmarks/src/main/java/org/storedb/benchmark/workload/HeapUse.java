package org.storedb.benchmark.workload;

import java.lang.management.ManagementFactory;

/** How much of the heap is in use. */
final class HeapUse {

    private static final int COLLECTIONS = 3;

    private HeapUse() {}

    /** Bytes that survive full collections. */
    static long bytes() {
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
