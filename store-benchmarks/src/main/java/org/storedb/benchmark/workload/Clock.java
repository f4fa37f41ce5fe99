package org.storedb.benchmark.workload;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;

/** The clock that operations are measured by. */
public enum Clock {

    /** Elapsed time, which is what an application gets on an otherwise idle machine. */
    WALL,

    /**
     * Time that a processor works for the calling thread, in user and system mode. It does not depend on other load of
     * the machine, and excludes waiting and other threads: garbage collection, compilers, background work.
     */
    PROCESSOR;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    /** Returns the clock with this name on the command line. */
    public static Clock of(String name) {
        return Arrays.stream(values())
                .filter(clock -> clock.id().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "There is no clock '" + name + "'; known are: " + WALL.id() + ", " + PROCESSOR.id()));
    }

    /** Returns its name on the command line. */
    public String id() {
        return this == WALL ? "wall" : "processor";
    }

    /** Returns nanoseconds since an arbitrary origin; comparable only within the same thread. */
    public long nanos() {
        return this == WALL ? System.nanoTime() : THREADS.getCurrentThreadCpuTime();
    }
}
