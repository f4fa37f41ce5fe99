package org.storedb.crash;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.storedb.testing.AllocationFaults;

/** Has memory run out at each place of the engine that allocates. To be loaded by {@link InstrumentedEngine}. */
public final class AllocationFaultSweep {

    private final long seed;
    private final List<Step> script;
    private long runs;
    private long failures;
    private long stops;

    private AllocationFaultSweep(long seed, List<Step> script) {
        this.seed = seed;
        this.script = script;
    }

    /**
     * Sweeps over a script.
     *
     * @return places, runs, calls that failed, stores that stopped
     */
    public static long[] run(long seed) {
        AllocationFaultSweep sweep = new AllocationFaultSweep(seed, IoFaultSweepTests.SCRIPT);
        new AllocationFaultRun(seed, -1, false).run(sweep.script); // Loads all classes.
        AllocationFaults.forgetSites(seed);
        new AllocationFaultRun(seed, -1, false).run(sweep.script);
        List<AllocationFaults.Ordinals> sites = AllocationFaults.sites();
        Set<Long> done = new HashSet<>();
        for (AllocationFaults.Ordinals site : sites) {
            site.each().filter(done::add).forEach(allocation -> {
                sweep.run(allocation, false);
                sweep.run(allocation, true);
            });
        }
        return new long[] {sites.size(), sweep.runs, sweep.failures, sweep.stops};
    }

    private void run(long allocation, boolean forever) {
        try {
            AllocationFaultRun run = new AllocationFaultRun(seed, allocation, forever);
            run.run(script);
            runs += AllocationFaults.fired() > 0 ? 1 : 0;
            failures += run.hasFailed() ? 1 : 0;
            stops += run.hasStopped() ? 1 : 0;
        } catch (RuntimeException | Error e) {
            throw new AssertionError(
                    String.format(
                            Locale.ROOT,
                            "Seed %d, no memory %s allocation %d, in %s: %s",
                            seed,
                            forever ? "from" : "at",
                            allocation,
                            AllocationFaults.place(),
                            e),
                    e);
        }
    }
}
