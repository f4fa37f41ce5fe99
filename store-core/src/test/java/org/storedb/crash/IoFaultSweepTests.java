package org.storedb.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.storedb.Durability;
import org.storedb.testing.IoFaults.Fault;

/**
 * Makes every single operation on the disk fail, one run for each: the call that met it says so in a known way, reads go
 * on, writes go on or are refused with the first cause, nothing stays open, and what is found by the next open, and after
 * a power loss, is what the exceptions promised.
 */
class IoFaultSweepTests {

    static final List<Step> SCRIPT = List.of(
            Step.PUT,
            Step.BATCH,
            Step.INSERT,
            Step.CREATE_INDEX,
            Step.UPDATE,
            Step.BATCH,
            Step.COMPACT,
            Step.DELETE,
            Step.REOPEN,
            Step.TRANSACTION,
            Step.UPDATE,
            Step.COMPACT,
            Step.SYNC,
            Step.PUT);

    private long runs;
    private long failures;
    private long stops;

    @Test
    void everyOperationMayFail() {
        long start = System.nanoTime();
        int scripts = CampaignSize.of(3);
        for (int i = 0; i < scripts; i++) {
            long seed = CampaignSize.firstSeed() + i;
            Durability durability = i % 3 == 2 ? Durability.OS : Durability.ALWAYS;
            for (Fault fault : Fault.values()) {
                sweep(seed, durability, fault, false);
                sweep(seed, durability, fault, true);
            }
        }
        CampaignSize.report(
                "I/O faults: %d scripts from seed %d, %,d runs, %,d calls failed, %,d stores stopped, %.1f s",
                scripts, CampaignSize.firstSeed(), runs, failures, stops, (System.nanoTime() - start) / 1e9);
        assertThat(failures).isGreaterThan(runs / 2);
    }

    private void sweep(long seed, Durability durability, Fault fault, boolean forever) {
        boolean fired = true;
        for (long operation = 0; fired; operation++) {
            try {
                IoFaultRun run = new IoFaultRun(seed, durability, fault, operation, forever, UnaryOperator.identity());
                fired = run.run(SCRIPT);
                runs++;
                failures += run.hasFailed() ? 1 : 0;
                stops += run.hasStopped() ? 1 : 0;
            } catch (RuntimeException | Error e) {
                throw new AssertionError(
                        "Seed " + seed + ", " + durability + ", " + fault + (forever ? " from" : " at") + " operation "
                                + operation + ": " + e.getMessage(),
                        e);
            }
        }
    }
}
