package org.storedb.benchmark.workload;

import java.lang.management.ManagementFactory;

/** The use of the heap. */
final class HeapUse {

    private static final int COLLECTIONS = 3;

    private HeapUse() {}

    /** Returns the bytes that survive full collections. */
    static long bytes() {
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
