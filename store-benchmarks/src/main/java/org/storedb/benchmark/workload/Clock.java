package org.storedb.benchmark.workload;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;

/** The time that operations are measured by. */
public enum Clock {

    /** The time that passes, which says what an application gets on a machine that does nothing else. */
    WALL,

    /**
     * The time that a processor works for the calling thread, in it and in the system. It does not depend on what else the
     * machine does, and knows nothing of waiting, nor of other threads: collection of garbage, compilers, background work.
     */
    PROCESSOR;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    /** The clock with this name, as it stands on the command line. */
    public static Clock of(String name) {
        return Arrays.stream(values())
                .filter(clock -> clock.id().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "There is no clock '" + name + "'; there are " + WALL.id() + " and " + PROCESSOR.id()));
    }

    /** Its name on the command line. */
    public String id() {
        return this == WALL ? "wall" : "processor";
    }

    /** Nanoseconds since some time; to be compared with those of the same thread only. */
    public long nanos() {
        return this == WALL ? System.nanoTime() : THREADS.getCurrentThreadCpuTime();
    }
}
