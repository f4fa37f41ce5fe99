package org.storedb.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Has memory run out at each place of log, recovery, transactions, compaction, checkpoints, indexes and documents that
 * allocates, once, and from there until the call ends: the call fails, it has taken effect as a whole or not at all, the
 * store goes on or stops, nobody waits for ever, nothing stays open, and the next open finds what was acknowledged.
 */
class AllocationFaultTests {

    private static final int SITES_LEAST = 500;

    @ParameterizedTest
    @MethodSource("org.storedb.crash.CampaignSize#seeds")
    void memoryMayRunOutAtEachAllocation(long seed) throws ReflectiveOperationException {
        long start = System.nanoTime();
        long[] figures = sweep(seed);
        CampaignSize.report(
                "Out of memory: %,d places from seed %d, %,d runs, %,d calls failed, %,d stores stopped, %.1f s",
                figures[0], seed, figures[1], figures[2], figures[3], CampaignSize.secondsSince(start));
        assertThat(figures[0]).isGreaterThan(SITES_LEAST);
        assertThat(figures[2]).isGreaterThan(figures[1] / 2);
    }

    private static long[] sweep(long seed) throws ReflectiveOperationException {
        try {
            return (long[]) new InstrumentedEngine()
                    .loadClass(AllocationFaultSweep.class.getName())
                    .getMethod("run", long.class)
                    .invoke(null, seed);
        } catch (InvocationTargetException e) {
            throw new AssertionError(String.valueOf(e.getTargetException()), e);
        }
    }
}
