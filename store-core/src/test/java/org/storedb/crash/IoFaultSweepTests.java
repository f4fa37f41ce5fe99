package org.storedb.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.storedb.Durability;
import org.storedb.testing.IoFaults.Fault;

/**
 * Makes every single operation on the disk fail, one run for each: the call that met it says so in a known way, reads go
 * on, writes go on or are refused with the first cause, nothing stays open, and what is found by the next open, and after
 * a power loss, is what the exceptions promised. An interrupt of the thread is no failure: everything goes on, and the
 * thread is still interrupted afterwards.
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

    private static final List<Step> ROLLING_SCRIPT = List.of(
            Step.BATCH,
            Step.BATCH,
            Step.PUT,
            Step.BATCH,
            Step.DELETE,
            Step.BATCH,
            Step.COMPACT,
            Step.BATCH,
            Step.TRANSACTION,
            Step.BATCH,
            Step.REOPEN,
            Step.COMPACT,
            Step.BATCH,
            Step.REOPEN);

    private static final List<Step> DOCUMENTS_SCRIPT = List.of(
            Step.CREATE_INDEX,
            Step.INSERT,
            Step.INSERT,
            Step.UPDATE,
            Step.SYNC,
            Step.REMOVE,
            Step.TRANSACTION,
            Step.CREATE_INDEX,
            Step.REOPEN,
            Step.INSERT,
            Step.COMPACT,
            Step.UPDATE,
            Step.REMOVE);

    private static final int RANDOM_STEPS = 14;

    private long runs;
    private long failures;
    private long stops;

    @ParameterizedTest
    @MethodSource("org.storedb.crash.CampaignSize#seeds")
    void everyOperationMayFail(long firstSeed) {
        long start = System.nanoTime();
        List<List<Step>> scripts = new ArrayList<>(List.of(SCRIPT, ROLLING_SCRIPT, DOCUMENTS_SCRIPT));
        for (int i = 0; i < CampaignSize.of(1); i++) {
            scripts.add(randomScript(firstSeed + i));
        }
        for (int i = 0; i < scripts.size(); i++) {
            Durability durability = i % 3 == 1 ? Durability.OS : Durability.ALWAYS;
            for (Fault fault : Fault.values()) {
                sweep(scripts.get(i), firstSeed + i, durability, fault, false);
                sweep(scripts.get(i), firstSeed + i, durability, fault, true);
            }
        }
        CampaignSize.report(
                "I/O faults: %d scripts from seed %d, %,d runs, %,d calls failed, %,d stores stopped, %.1f s",
                scripts.size(), firstSeed, runs, failures, stops, CampaignSize.secondsSince(start));
        assertThat(runs).isGreaterThan(1000L * scripts.size());
        assertThat(failures).isGreaterThan(runs / 3);
    }

    private static List<Step> randomScript(long seed) {
        Random random = new Random(seed);
        List<Step> steps = List.of(Step.values());
        return Stream.generate(() -> steps.get(random.nextInt(steps.size())))
                .limit(RANDOM_STEPS)
                .toList();
    }

    private void sweep(List<Step> script, long seed, Durability durability, Fault fault, boolean forever) {
        boolean fired = true;
        for (long operation = 0; fired; operation++) {
            try {
                IoFaultRun run = new IoFaultRun(seed, durability, fault, operation, forever, UnaryOperator.identity());
                fired = run.run(script);
                runs++;
                failures += run.hasFailed() ? 1 : 0;
                stops += run.hasStopped() ? 1 : 0;
            } catch (RuntimeException | Error e) {
                throw new AssertionError(
                        "Seed " + seed + ", " + script + ", " + durability + ", " + fault + (forever ? " from" : " at")
                                + " operation " + operation + ": " + e.getMessage(),
                        e);
            }
        }
    }
}
