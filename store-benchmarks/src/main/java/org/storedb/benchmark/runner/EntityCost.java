package org.storedb.benchmark.runner;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.storedb.benchmark.jmh.EntityBenchmark;

/** The processor time and allocated bytes of {@link EntityBenchmark}, which are meaningful even on a shared machine. */
public final class EntityCost {

    public static final String COMMAND = "entity-cost";

    private static final int ROUNDS = 12;
    private static final int ROUNDS_TO_WARM_UP = 5;
    private static final int ENTITIES = 200_000;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private @Nullable Object last; // Keeps work from being optimized away.

    private EntityCost() {}

    /** Runs the command; the best of several rounds counts, since the others have been disturbed. */
    public static void run() {
        EntityBenchmark entities = new EntityBenchmark();
        entities.writeOne();
        EntityCost cost = new EntityCost();
        cost.measure("write to the stored form", entities::writeStored);
        cost.measure("write to Smile", entities::writeSmile);
        cost.measure("read from the stored form", entities::readStored);
        cost.measure("read from Smile", entities::readSmile);
    }

    private void measure(String what, Supplier<Object> work) {
        long best = Long.MAX_VALUE;
        long allocated = 0;
        for (int round = 0; round < ROUNDS; round++) {
            long bytesBefore = threads.getCurrentThreadAllocatedBytes();
            long before = threads.getCurrentThreadCpuTime();
            for (int entity = 0; entity < ENTITIES; entity++) {
                last = work.get();
            }
            long nanos = (threads.getCurrentThreadCpuTime() - before) / ENTITIES;
            allocated = (threads.getCurrentThreadAllocatedBytes() - bytesBefore) / ENTITIES;
            if (round >= ROUNDS_TO_WARM_UP) {
                best = Math.min(best, nanos);
            }
        }
        Objects.requireNonNull(last, "no result");
        System.out.printf("%s: %,d ns of processor time, %,d bytes allocated%n", what, best, allocated);
    }
}
