package org.storedb.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.concurrent.CompletionException;
import java.util.function.UnaryOperator;
import org.storedb.Durability;
import org.storedb.error.CommitOutcomeUnknownException;
import org.storedb.error.StoreException;
import org.storedb.error.StoreFailedException;
import org.storedb.error.StoreFullException;
import org.storedb.error.StoreIoException;
import org.storedb.storage.StorageDirectory;
import org.storedb.testing.CrashImages;
import org.storedb.testing.InterceptedDirectory;
import org.storedb.testing.IoFaults;
import org.storedb.testing.IoFaults.Fault;
import org.storedb.testing.SimulatedDirectory;

/** One workload on a disk that fails at one place. */
final class IoFaultRun {

    private final SimulatedDirectory directory = new SimulatedDirectory();
    private final Fault fault;
    private final IoFaults faults;
    private final Workload workload;
    private final Random random;
    private final CrashOracle oracle;
    private boolean open;
    private boolean failed;
    private boolean stopped;

    /**
     * A run.
     *
     * @param operation number of the operation that fails
     * @param forever whether all after it fail, too
     * @param disk what stands between the engine and the disk
     */
    IoFaultRun(
            long seed,
            Durability durability,
            Fault fault,
            long operation,
            boolean forever,
            UnaryOperator<StorageDirectory> disk) {
        this.fault = fault;
        faults = new IoFaults(directory, fault, operation, forever);
        workload = new Workload(
                seed, disk.apply(new InterceptedDirectory(directory, faults)), durability, StoreVariant.of(seed));
        random = new Random(operation);
        oracle = new CrashOracle(UnaryOperator.identity(), random, StoreVariant.of(seed));
    }

    /** Whether the fault was met. */
    boolean run(List<Step> script) {
        try {
            runScript(script);
        } catch (CompletionException e) {
            afterFailure(e.getCause() == null ? e : e.getCause());
        } catch (RuntimeException | Error e) {
            afterFailure(e);
        }
        boolean fired = faults.fired() > 0;
        faults.heal();
        int durable = workload.durable(); // A stopped store makes no more promises when it is closed.
        if (failed) { // The process may be killed before it closes the store.
            oracle.checkPowerLossAfterKill(directory.afterKill(), allowed(workload.acknowledged()));
        }
        closeQuietly();
        assertThat(directory.openFiles()).as("files left open").isEmpty();
        oracle.check(new CrashImages(directory, random).any(), allowed(durable));
        oracle.checkPowerLossAfterKill(directory, allowed(workload.acknowledged()));
        return fired;
    }

    private void runScript(List<Step> script) {
        workload.open();
        requireInterruptIsKept();
        open = true;
        for (Step step : script) {
            open = step != Step.REOPEN;
            workload.run(step);
            requireInterruptIsKept();
            open = true;
            if (faults.fired() > 0) { // The store has taken it lightly; it has to be right, then.
                oracle.check(new CrashImages(directory, random).any(), allowed(workload.durable()));
            }
        }
        workload.requireContents();
        requireInterruptIsKept();
        open = false;
        workload.close();
        requireInterruptIsKept();
    }

    private void requireInterruptIsKept() {
        if (faults.takeInterrupted()) {
            assertThat(Thread.interrupted()).as("interrupted flag").isTrue();
        }
    }

    private void afterFailure(Throwable failure) {
        if (faults.fired() == 0 || fault == Fault.INTERRUPT || !isExpected(failure)) {
            throw new AssertionError("Failed with " + failure, failure);
        }
        failed = true;
        boolean unknown = failure instanceof CommitOutcomeUnknownException;
        if (!unknown) {
            workload.takeBack();
        }
        if (!open) {
            return;
        }
        faults.heal();
        assertThat(allowed(workload.acknowledged()))
                .as("what is read after the failure")
                .contains(Contents.of(workload.store()));
        try {
            workload.smallCommit(1);
            assertThat(unknown || failure instanceof StoreFailedException)
                    .as("write after " + failure)
                    .isFalse();
        } catch (StoreFailedException e) {
            stopped = true;
            workload.takeBack();
            if (faults.fired() == 1) { // Of several, a background task may have met the first.
                assertThat(e).hasRootCauseMessage(rootMessage(failure));
            } else {
                assertThat(rootMessage(e)).contains("(injected into ");
            }
        }
    }

    private void closeQuietly() {
        try {
            workload.close();
        } catch (StoreException | OutOfMemoryError e) {
            assertThat(isExpected(e)).as("failure of close: " + e).isTrue();
        } finally {
            faults.takeInterrupted();
            boolean unused = Thread.interrupted();
        }
    }

    private List<SortedMap<String, String>> allowed(int least) {
        List<SortedMap<String, String>> history = workload.history();
        return new ArrayList<>(history.subList(least, history.size()));
    }

    /** Whether a call failed. */
    boolean hasFailed() {
        return failed;
    }

    /** Whether the store accepted no more writes. */
    boolean hasStopped() {
        return stopped;
    }

    private static boolean isExpected(Throwable failure) {
        return failure instanceof CommitOutcomeUnknownException
                || failure instanceof StoreFailedException
                || failure instanceof StoreFullException
                || failure instanceof StoreIoException
                || failure instanceof OutOfMemoryError;
    }

    private static String rootMessage(Throwable failure) {
        Throwable root = failure;
        Throwable cause = root.getCause();
        while (cause != null) {
            root = cause;
            cause = root.getCause();
        }
        return String.valueOf(root.getMessage());
    }
}
