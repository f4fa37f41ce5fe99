package org.storedb.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.concurrent.CompletionException;
import java.util.function.UnaryOperator;
import org.storedb.Durability;
import org.storedb.error.StoreException;
import org.storedb.error.StoreFailedException;
import org.storedb.testing.AllocationFaults;
import org.storedb.testing.CrashImages;
import org.storedb.testing.SimulatedDirectory;

/** One workload in an engine for which memory runs out at one allocation. */
final class AllocationFaultRun {

    private final SimulatedDirectory directory = new SimulatedDirectory();
    private final Workload workload;
    private final Random random;
    private final CrashOracle oracle;
    private boolean open;
    private boolean failed;
    private boolean stopped;

    /**
     * A run.
     *
     * @param allocation number of the allocation that fails; none if it is below 0
     * @param forever whether all after it fail, too, until the call has ended
     */
    AllocationFaultRun(long seed, long allocation, boolean forever) {
        StoreVariant variant = StoreVariant.of(seed);
        workload = new Workload(seed, directory, Durability.ALWAYS, variant);
        random = new Random(allocation);
        oracle = new CrashOracle(UnaryOperator.identity(), random, variant);
        AllocationFaults.plan(allocation, forever);
    }

    void run(List<Step> script) {
        try {
            runScript(script);
        } catch (CompletionException e) {
            afterFailure(e.getCause() == null ? e : e.getCause());
        } catch (RuntimeException | Error e) {
            afterFailure(e);
        } finally {
            AllocationFaults.end();
        }
        if (AllocationFaults.fired() == 0) {
            return;
        }
        if (workload.isOpen()) {
            closeQuietly();
        }
        assertThat(directory.openFiles()).as("files left open").isEmpty();
        List<SortedMap<String, String>> history = workload.history();
        oracle.check(
                new CrashImages(directory, random).any(),
                new ArrayList<>(history.subList(workload.durable(), history.size())));
        oracle.checkPowerLossAfterKill(
                directory, new ArrayList<>(history.subList(workload.acknowledged(), history.size())));
    }

    private void runScript(List<Step> script) {
        watched(workload::open);
        for (Step step : script) {
            open = step != Step.REOPEN;
            watched(() -> workload.run(step));
            if (AllocationFaults.fired() > 0) {
                open = true;
                requireUsable(); // Something in the background has met it.
                return;
            }
        }
        open = false;
        watched(workload::close);
    }

    private static void watched(Runnable call) {
        AllocationFaults.begin();
        try {
            call.run();
        } finally {
            AllocationFaults.end();
        }
    }

    private void afterFailure(Throwable failure) {
        AllocationFaults.end();
        boolean expected = failure instanceof StoreException || failure instanceof OutOfMemoryError;
        if (AllocationFaults.fired() == 0 || !expected) {
            throw new AssertionError("Failed with " + failure, failure);
        }
        failed = true;
        if (open) {
            requireUsable();
        }
    }

    /** The call has taken effect or not, as a whole; the store goes on, or it accepts no more writes. */
    private void requireUsable() {
        List<SortedMap<String, String>> history = workload.history();
        SortedMap<String, String> found = Contents.of(workload.store());
        boolean goesOn = workload.store().stats().failure() == null;
        assertThat(found)
                .as("what is read after the failure")
                .isIn(history.subList(workload.acknowledged(), history.size()));
        if (found.equals(history.get(history.size() - 1))) {
            workload.done();
        } else if (goesOn) {
            workload.takeBack();
        }
        try {
            workload.smallCommit(1);
            assertThat(goesOn).as("a store that has stopped takes a write").isTrue();
            workload.requireContents();
            assertThat(workload.store().verify().hasDamage()).as("damage").isFalse();
        } catch (StoreFailedException e) {
            assertThat(goesOn).as("refused: " + e).isFalse();
            stopped = true;
            workload.takeBack();
        }
    }

    private void closeQuietly() {
        try {
            workload.close();
        } catch (StoreException e) {
            assertThat(stopped).as("failure of close: " + e).isTrue();
        }
    }

    /** Whether a call failed. */
    boolean hasFailed() {
        return failed;
    }

    /** Whether the store accepted no more writes. */
    boolean hasStopped() {
        return stopped;
    }
}
