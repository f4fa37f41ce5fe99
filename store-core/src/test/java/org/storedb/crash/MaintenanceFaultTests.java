package org.storedb.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.storedb.Durability;
import org.storedb.Store;
import org.storedb.StoreBackup;
import org.storedb.StoreOptions;
import org.storedb.StoreSalvage;
import org.storedb.TestStores;
import org.storedb.error.CorruptStoreException;
import org.storedb.error.StoreException;
import org.storedb.maintenance.BackupMode;
import org.storedb.maintenance.BackupReport;
import org.storedb.maintenance.OperationMonitor;
import org.storedb.maintenance.SalvageReport;
import org.storedb.maintenance.VerificationReport;
import org.storedb.storage.StorageDirectory;
import org.storedb.testing.CrashImages;
import org.storedb.testing.InterceptedDirectory;
import org.storedb.testing.IoFaults;
import org.storedb.testing.IoFaults.Fault;
import org.storedb.testing.IoInterceptor;
import org.storedb.testing.IoOperation;
import org.storedb.testing.SimulatedDirectory;
import org.storedb.testing.SteppedTasks;
import org.storedb.testing.TestEnvironments;

/**
 * Makes every operation on the disk fail while a store is backed up, restored, salvaged and verified: on the side that is
 * read and on the side that is written. An interrupt changes nothing and is kept; whatever else happens, the store and
 * older backups are as they were, what is made is whole or is not there, and nothing stays open.
 */
class MaintenanceFaultTests {

    private static final OperationMonitor NOBODY = OperationMonitor.none();

    private final SimulatedDirectory backups = new SimulatedDirectory();
    private final SimulatedDirectory files = new SimulatedDirectory();
    private final Workload workload = new Workload(21, files, Durability.ALWAYS);
    private long runs;
    private long failures;

    @ParameterizedTest
    @EnumSource
    void targetOfABackup(Fault fault) {
        prepare();
        workload.open();
        Map<String, byte[]> before = backups.visibleFiles();
        sweep(fault, (operation, forever) -> {
            SimulatedDirectory target = new SimulatedDirectory(before);
            IoFaults faults = new IoFaults(target, fault, operation, forever);
            boolean failed = fails(
                    faults,
                    fault,
                    () -> workload.store().backup(new InterceptedDirectory(target, faults), BackupMode.FULL, NOBODY));
            assertThat(target.openFiles()).isEmpty();
            SimulatedDirectory image = new SimulatedDirectory(new CrashImages(target, new Random(operation)).any());
            assertThat(StoreBackup.in(image).list()).hasSizeBetween(failed ? 1 : 2, 2);
            StoreBackup.in(image).verify(1, NOBODY);
            workload.store().backup(target, BackupMode.INCREMENTAL, NOBODY);
            requireRestores(target);
            return faults.fired() > 0;
        });
        workload.run(Step.PUT);
        workload.close();
    }

    @ParameterizedTest
    @EnumSource
    void storeThatIsBackedUp(Fault fault) {
        prepare();
        Map<String, byte[]> before = files.visibleFiles();
        sweep(fault, (operation, forever) -> {
            SimulatedDirectory target = new SimulatedDirectory();
            boolean fired = withFaultyStore(before, fault, operation, forever, store -> {
                store.backup(target, BackupMode.FULL, NOBODY);
            });
            assertThat(target.openFiles()).isEmpty();
            if (!StoreBackup.in(target).list().isEmpty()) {
                requireRestores(target);
            }
            return fired;
        });
    }

    @ParameterizedTest
    @EnumSource
    void storeThatIsVerified(Fault fault) {
        prepare();
        Map<String, byte[]> before = files.visibleFiles();
        sweep(
                fault,
                (operation, forever) -> withFaultyStore(before, fault, operation, forever, store -> {
                    VerificationReport report = store.verify();
                    if (!report.isSound()) {
                        throw new CorruptStoreException(
                                "", 0, report.problems().toString()); // It is told, as it should be.
                    }
                }));
    }

    @ParameterizedTest
    @EnumSource
    void backupThatIsRestored(Fault fault) {
        prepare();
        Map<String, byte[]> before = backups.visibleFiles();
        sweep(fault, (operation, forever) -> {
            SimulatedDirectory source = new SimulatedDirectory(before);
            SimulatedDirectory target = new SimulatedDirectory();
            IoFaults faults = new IoFaults(source, fault, operation, forever);
            boolean failed = fails(
                    faults,
                    fault,
                    () -> StoreBackup.in(new InterceptedDirectory(source, faults))
                            .restore(1, target, NOBODY));
            assertThat(source.openFiles()).as("files of the backup").isEmpty();
            requireWholeOrNothing(target, failed);
            return faults.fired() > 0;
        });
    }

    @ParameterizedTest
    @EnumSource
    void targetOfARestore(Fault fault) {
        prepare();
        sweep(fault, (operation, forever) -> {
            SimulatedDirectory target = new SimulatedDirectory();
            IoFaults faults = new IoFaults(target, fault, operation, forever);
            boolean failed = fails(
                    faults,
                    fault,
                    () -> StoreBackup.in(backups).restore(1, new InterceptedDirectory(target, faults), NOBODY));
            requireWholeOrNothing(target, failed);
            return faults.fired() > 0;
        });
    }

    @ParameterizedTest
    @EnumSource
    void storeThatIsSalvaged(Fault fault) {
        prepare();
        Map<String, byte[]> before = files.visibleFiles();
        sweep(fault, (operation, forever) -> {
            SimulatedDirectory source = new SimulatedDirectory(before);
            SimulatedDirectory target = new SimulatedDirectory();
            IoFaults faults = new IoFaults(source, fault, operation, forever);
            SalvageReport[] report = {null};
            boolean failed = fails(
                    faults,
                    fault,
                    () -> report[0] = StoreSalvage.run(
                            new InterceptedDirectory(source, faults), target, StoreOptions.defaults(), NOBODY));
            assertThat(source.visibleFiles().keySet()).isEqualTo(before.keySet());
            assertThat(source.openFiles()).as("files of the damaged store").isEmpty();
            if (report[0] == null || report[0].isComplete()) {
                requireWholeOrNothing(target, failed);
            }
            return faults.fired() > 0;
        });
    }

    @ParameterizedTest
    @EnumSource
    void targetOfASalvage(Fault fault) {
        prepare();
        sweep(fault, (operation, forever) -> {
            SimulatedDirectory target = new SimulatedDirectory();
            IoFaults faults = new IoFaults(target, fault, operation, forever);
            boolean failed = fails(
                    faults,
                    fault,
                    () -> StoreSalvage.run(
                            new SimulatedDirectory(files.visibleFiles()),
                            new InterceptedDirectory(target, faults),
                            StoreOptions.defaults(),
                            NOBODY));
            requireWholeOrNothing(target, failed);
            return faults.fired() > 0;
        });
    }

    /** A closed store, and a backup of it. */
    private void prepare() {
        workload.useSmallValues();
        workload.open();
        for (Step step :
                new Step[] {Step.BATCH, Step.INSERT, Step.CREATE_INDEX, Step.BATCH, Step.COMPACT, Step.UPDATE}) {
            workload.run(step);
        }
        workload.store().backup(backups, BackupMode.FULL, NOBODY);
        workload.close();
    }

    /** Has the disk of an open store fail during a call; afterwards the store has all that it had. */
    private boolean withFaultyStore(
            Map<String, byte[]> content, Fault fault, long operation, boolean forever, StoreCall call) {
        SimulatedDirectory directory = new SimulatedDirectory(content);
        IoFaults faults = new IoFaults(directory, fault, operation, forever);
        boolean[] during = {false};
        Store store = open(new InterceptedDirectory(directory, new IoInterceptor() {
            @Override
            public void before(IoOperation each) throws IOException {
                if (during[0]) {
                    faults.before(each);
                }
            }
        }));
        during[0] = true;
        fails(faults, fault, () -> call.on(store));
        during[0] = false;
        assertThat(Contents.of(store)).isEqualTo(latest());
        store.close();
        assertThat(directory.openFiles()).as("files of the store").isEmpty();
        try (Store again = open(directory)) {
            assertThat(Contents.of(again)).isEqualTo(latest());
        }
        return faults.fired() > 0;
    }

    private void sweep(Fault fault, Attempt attempt) {
        for (boolean forever : new boolean[] {false, true}) {
            boolean fired = true;
            for (long operation = 0; fired; operation++) {
                try {
                    fired = attempt.run(operation, forever);
                    runs++;
                } catch (RuntimeException | Error e) {
                    throw new AssertionError(
                            fault + (forever ? " from" : " at") + " operation " + operation + ": " + e.getMessage(), e);
                }
            }
        }
        CampaignSize.report("Maintenance: %s, %,d runs, %,d calls failed", fault, runs, failures);
        assertThat(runs).as("runs").isGreaterThan(fault == Fault.SHORT_WRITE || fault == Fault.NO_SPACE ? 1 : 5);
    }

    /** Whether a call fails; an interrupt must not make it fail, and is kept. */
    private boolean fails(IoFaults faults, Fault fault, Runnable call) {
        try {
            call.run();
            return false;
        } catch (StoreException | OutOfMemoryError e) {
            assertThat(faults.fired()).as("failed without a fault: " + e).isPositive();
            assertThat(fault).as("failed: " + e).isNotEqualTo(Fault.INTERRUPT);
            failures++;
            return true;
        } finally {
            assertThat(Thread.interrupted())
                    .as("interrupted")
                    .isEqualTo(fault == Fault.INTERRUPT && faults.fired() > 0);
            faults.heal();
        }
    }

    private SortedMap<String, String> latest() {
        return workload.history().get(workload.history().size() - 1);
    }

    private void requireRestores(StorageDirectory from) {
        SimulatedDirectory target = new SimulatedDirectory();
        List<BackupReport> complete = StoreBackup.in(from).list();
        StoreBackup.in(from).restore(complete.get(complete.size() - 1).number(), target, NOBODY);
        try (Store store = open(target)) {
            assertThat(Contents.of(store)).isEqualTo(latest());
        }
    }

    /** A directory without anything of a store is nothing as well: a store that is opened there is new. */
    private void requireWholeOrNothing(SimulatedDirectory target, boolean failed) {
        assertThat(target.openFiles()).as("files of the target").isEmpty();
        boolean untouched = target.list().stream().noneMatch(name -> name.equals("manifest") || name.endsWith(".log"));
        try (Store store = open(target)) {
            assertThat(Contents.of(store)).isEqualTo(failed && untouched ? new TreeMap<>() : latest());
        } catch (CorruptStoreException e) {
            assertThat(failed).isTrue();
            assertThat(e).hasMessageContaining("was interrupted");
        }
    }

    private static Store open(StorageDirectory directory) {
        return TestStores.open(
                directory, Workload.options(Durability.ALWAYS), TestEnvironments.stepped(7, new SteppedTasks()));
    }

    /** One run of a sweep; tells whether the fault was met. */
    @FunctionalInterface
    private interface Attempt {
        boolean run(long operation, boolean forever);
    }

    @FunctionalInterface
    private interface StoreCall {
        void on(Store store);
    }
}
