package org.storedb.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.storedb.Durability;
import org.storedb.Store;
import org.storedb.StoreBackup;
import org.storedb.TestStores;
import org.storedb.error.CorruptStoreException;
import org.storedb.error.InvalidBackupException;
import org.storedb.error.OperationCancelledException;
import org.storedb.error.StoreException;
import org.storedb.maintenance.BackupMode;
import org.storedb.maintenance.BackupReport;
import org.storedb.maintenance.OperationMonitor;
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

/** Backups and restores on a simulated disk: full and incremental, cut short anywhere, damaged, and mixed up. */
class BackupTests {

    private static final OperationMonitor NOBODY = OperationMonitor.none();

    @Test
    void eachBackupOfALongLifeRestoresToItsMoment() {
        int runs = CampaignSize.of(25);
        long restores = 0;
        long copied = 0;
        long whole = 0;
        for (int run = 0; run < runs; run++) {
            long seed = CampaignSize.firstSeed() + run;
            Random random = new Random(seed);
            Workload workload = new Workload(
                    seed, new SimulatedDirectory(), List.of(Durability.values()).get(run % 3));
            SimulatedDirectory backups = new SimulatedDirectory();
            List<SortedMap<String, String>> expected = new ArrayList<>();
            workload.open();
            for (int step = 0; step < 40; step++) {
                workload.run(workload.anyStep());
                if (random.nextInt(3) == 0) {
                    BackupMode mode = random.nextInt(6) == 0 ? BackupMode.FULL : BackupMode.INCREMENTAL;
                    BackupReport report = workload.store().backup(backups, mode, NOBODY);
                    expected.add(Contents.of(workload.store()));
                    assertThat(report.number()).isEqualTo(expected.size());
                    assertThat(report.sequence())
                            .isEqualTo(workload.store().stats().sequence());
                    copied += report.bytesCopied();
                    whole += report.bytes();
                }
            }
            workload.close();
            assertThat(StoreBackup.in(backups).list()).hasSameSizeAs(expected);
            for (int number = 1; number <= expected.size(); number++) {
                assertThat(restored(backups, number))
                        .as("seed %d, backup %d", seed, number)
                        .isEqualTo(expected.get(number - 1));
                restores++;
            }
        }
        assertThat(copied).as("bytes copied").isLessThan(whole / 2);
        CampaignSize.report(
                "Backup: %,d restored to their moment; incremental ones copied %,d of %,d bytes",
                restores, copied, whole);
    }

    @Test
    void aRestoredStoreGoesOnAndSoDoItsBackups() {
        SimulatedDirectory backups = new SimulatedDirectory();
        Workload workload = new Workload(3, new SimulatedDirectory(), Durability.ALWAYS);
        workload.open();
        workload.run(Step.BATCH);
        workload.store().backup(backups, BackupMode.INCREMENTAL, NOBODY);
        workload.run(Step.BATCH);
        workload.run(Step.INSERT);
        workload.store().backup(backups, BackupMode.INCREMENTAL, NOBODY);
        workload.close();
        SimulatedDirectory restored = new SimulatedDirectory();
        StoreBackup.in(backups).restore(1, restored, NOBODY);
        SortedMap<String, String> other;
        try (Store store = open(restored)) { // The same segments as in backup 2, with other commits at their end.
            store.keyspace("entries").put(new byte[] {1}, new byte[3000]);
            store.keyspace("entries").put(new byte[] {2}, new byte[3000]);
            BackupReport third = store.backup(backups, BackupMode.INCREMENTAL, NOBODY);
            assertThat(third.number()).isEqualTo(3);
            other = Contents.of(store);
        }
        assertThat(restored(backups, 3)).isEqualTo(other);
        assertThat(restored(backups, 2))
                .isEqualTo(workload.history().get(workload.history().size() - 1));
    }

    @Test
    void aCrashDuringABackupHarmsNoBackup() {
        long[] images = {0};
        long[] complete = {0};
        for (int run = 0; run < CampaignSize.of(8); run++) {
            crashDuringABackup(CampaignSize.firstSeed() + run, images, complete);
        }
        assertThat(images[0]).isGreaterThan(200);
        assertThat(complete[0]).isBetween(1L, images[0] - 1);
        CampaignSize.report("Backup: %,d crash images, in %,d the backup was complete", images[0], complete[0]);
    }

    private static void crashDuringABackup(long seed, long[] images, long[] complete) {
        Workload workload = new Workload(seed, new SimulatedDirectory(), Durability.ALWAYS);
        workload.open();
        SimulatedDirectory backups = new SimulatedDirectory();
        fill(workload, 6);
        SortedMap<String, String> first = Contents.of(workload.store());
        workload.store().backup(backups, BackupMode.INCREMENTAL, NOBODY);
        fill(workload, 4);
        SortedMap<String, String> second = Contents.of(workload.store());
        Failures failures = new Failures();
        IoInterceptor crashes = new IoInterceptor() {
            @Override
            public void after(IoOperation operation) {
                if (operation.kind().isChange()) {
                    failures.collect(() -> new CrashImages(backups, new Random(images[0])).forEach(20, image -> {
                        images[0]++;
                        SimulatedDirectory crashed = new SimulatedDirectory(image);
                        List<BackupReport> found = StoreBackup.in(crashed).list();
                        assertThat(found).extracting(BackupReport::number).startsWith(1);
                        assertThat(restored(crashed, 1)).isEqualTo(first);
                        if (found.size() > 1) {
                            complete[0]++;
                            assertThat(restored(crashed, 2)).isEqualTo(second);
                        }
                        BackupReport next = workload.store().backup(crashed, BackupMode.INCREMENTAL, NOBODY);
                        assertThat(restored(crashed, next.number())).isEqualTo(second);
                    }));
                }
            }
        };
        workload.store().backup(new InterceptedDirectory(backups, crashes), BackupMode.INCREMENTAL, NOBODY);
        failures.rethrow();
        workload.close();
    }

    @Test
    void aRestoreThatIsCutShortLeavesNothingThatOpens() {
        SimulatedDirectory backups = new SimulatedDirectory();
        SortedMap<String, String> expected = someBackups(backups);
        SimulatedDirectory target = new SimulatedDirectory();
        long[] images = {0};
        long[] opened = {0};
        Failures failures = new Failures();
        IoInterceptor crashes = new IoInterceptor() {
            private boolean begun;

            @Override
            public void after(IoOperation operation) {
                begun |= operation.kind() == IoOperation.Kind.SYNC_DIRECTORY;
                if (begun && operation.kind().isChange()) {
                    failures.collect(() -> new CrashImages(target, new Random(images[0])).forEach(20, image -> {
                        images[0]++;
                        try (Store store = open(new SimulatedDirectory(image))) {
                            assertThat(Contents.of(store)).isEqualTo(expected);
                            opened[0]++;
                        } catch (CorruptStoreException e) {
                            assertThat(e).hasMessageContaining("was interrupted");
                        }
                    }));
                }
            }
        };
        StoreBackup.in(backups).restore(3, new InterceptedDirectory(target, crashes), NOBODY);
        failures.rethrow();
        assertThat(opened[0]).isBetween(1L, images[0] - 1);
        CampaignSize.report("Restore: %,d crash images, %,d of them complete", images[0], opened[0]);
    }

    @Test
    void anyFailingOperationOfABackupLeavesTheOthersAndTheStoreUsable() {
        int runs = 0;
        for (Fault fault : Fault.ofTheDisk()) {
            for (boolean forever : new boolean[] {false, true}) {
                boolean fired = true;
                for (int operation = 0; fired; operation++) {
                    fired = backupWithFault(fault, operation, forever);
                    runs++;
                }
            }
        }
        CampaignSize.report("Backup: %d runs with a failing operation of the target", runs);
        assertThat(runs).isGreaterThan(60);
    }

    private static boolean backupWithFault(Fault fault, int operation, boolean forever) {
        SimulatedDirectory backups = new SimulatedDirectory();
        Workload workload = new Workload(11, new SimulatedDirectory(), Durability.ALWAYS);
        workload.open();
        fill(workload, 4);
        SortedMap<String, String> first = Contents.of(workload.store());
        workload.store().backup(backups, BackupMode.INCREMENTAL, NOBODY);
        fill(workload, 4);
        SortedMap<String, String> second = Contents.of(workload.store());
        IoFaults faults = new IoFaults(backups, fault, operation, forever);
        boolean failed = false;
        try {
            workload.store().backup(new InterceptedDirectory(backups, faults), BackupMode.INCREMENTAL, NOBODY);
        } catch (StoreException | OutOfMemoryError e) {
            failed = true;
            assertThat(faults.fired()).isPositive();
            assertThat(fault).isNotEqualTo(Fault.INTERRUPT);
        } finally {
            assertThat(Thread.interrupted()).isEqualTo(fault == Fault.INTERRUPT && faults.fired() > 0);
        }
        boolean fired = faults.fired() > 0;
        faults.heal();
        assertThat(backups.openFiles()).isEmpty();
        SimulatedDirectory image = new SimulatedDirectory(new CrashImages(backups, new Random(operation)).any());
        assertThat(restored(image, 1)).isEqualTo(first);
        if (!failed) {
            assertThat(restored(image, 2)).as("acknowledged although " + fault).isEqualTo(second);
        }
        BackupReport next = workload.store().backup(backups, BackupMode.INCREMENTAL, NOBODY);
        assertThat(restored(backups, next.number())).isEqualTo(second);
        workload.run(Step.PUT);
        workload.close();
        return fired;
    }

    @Test
    void anyFailingOperationOfARestoreLeavesNothingThatOpens() {
        SimulatedDirectory backups = new SimulatedDirectory();
        SortedMap<String, String> expected = someBackups(backups);
        int runs = 0;
        for (Fault fault : Fault.ofTheDisk()) {
            for (boolean forever : new boolean[] {false, true}) {
                boolean fired = true;
                for (int operation = 0; fired; operation++) {
                    SimulatedDirectory target = new SimulatedDirectory();
                    IoFaults faults = new IoFaults(target, fault, operation, forever);
                    boolean failed = false;
                    try {
                        StoreBackup.in(backups).restore(3, new InterceptedDirectory(target, faults), NOBODY);
                    } catch (StoreException | OutOfMemoryError e) {
                        failed = true;
                        assertThat(faults.fired()).isPositive();
                        assertThat(fault).isNotEqualTo(Fault.INTERRUPT);
                    } finally {
                        assertThat(Thread.interrupted()).isEqualTo(fault == Fault.INTERRUPT && faults.fired() > 0);
                    }
                    fired = faults.fired() > 0;
                    faults.heal();
                    assertThat(target.openFiles()).isEmpty();
                    requireWholeOrNothing(target, failed, expected);
                    runs++;
                }
            }
        }
        CampaignSize.report("Restore: %d runs with a failing operation of the target", runs);
        assertThat(runs).isGreaterThan(60);
    }

    /** An empty directory is nothing as well: a store that opens there has nothing of the backup. */
    private static void requireWholeOrNothing(
            SimulatedDirectory target, boolean failed, SortedMap<String, String> expected) {
        boolean untouched = target.list().stream().noneMatch(name -> name.equals("manifest") || name.endsWith(".log"));
        try (Store store = open(target)) {
            SortedMap<String, String> found = Contents.of(store);
            assertThat(found).isEqualTo(failed && untouched ? new TreeMap<>() : expected);
        } catch (CorruptStoreException e) {
            assertThat(failed).isTrue();
            assertThat(e).hasMessageContaining("was interrupted");
        }
    }

    @Test
    void everyDamageOfABackupIsRefused() {
        SimulatedDirectory backups = new SimulatedDirectory();
        SortedMap<String, String> expected = someBackups(backups);
        SimulatedDirectory others = new SimulatedDirectory();
        someOtherBackups(others);
        Map<String, byte[]> files = backups.visibleFiles();
        Random random = new Random(CampaignSize.firstSeed());
        long refused = 0;
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            String name = file.getKey();
            byte[] content = file.getValue();
            for (int i = 0; i < CampaignSize.of(400); i++) {
                byte[] flipped = content.clone();
                flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
                refused += judge(files, name, flipped, expected);
            }
            for (int length : new int[] {0, 1, content.length / 2, content.length - 1}) {
                refused += judge(files, name, Arrays.copyOf(content, length), expected);
            }
            refused += judge(files, name, Arrays.copyOf(content, content.length + 1), expected);
            refused += judge(files, name, null, expected);
            byte[] other = others.visibleFiles().get(name);
            if (other != null) {
                refused += judge(files, name, other, expected);
            }
            for (byte[] another : files.values()) {
                if (another != content) {
                    refused += judge(files, name, another, expected);
                }
            }
        }
        CampaignSize.report("Backup: %,d damaged or mixed up ones refused", refused);
        assertThat(refused).isGreaterThan(files.size() * 200L);
    }

    /** 1 if it was refused; 0 if the damage is in what backup 3 does not need. */
    private static int judge(
            Map<String, byte[]> files, String name, byte @Nullable [] content, SortedMap<String, String> expected) {
        Map<String, byte[]> damaged = new TreeMap<>(files);
        if (content == null) {
            damaged.remove(name);
        } else {
            damaged.put(name, content);
        }
        SimulatedDirectory target = new SimulatedDirectory();
        try {
            StoreBackup.in(new SimulatedDirectory(damaged)).restore(3, target, NOBODY);
        } catch (InvalidBackupException e) {
            assertThat(target.list()).as(name).isEmpty();
            return 1;
        }
        try (Store store = open(target)) {
            assertThat(Contents.of(store)).as("damaged " + name).isEqualTo(expected);
        }
        return 0;
    }

    @Test
    void onlyEmptyDirectoriesAndThoseOfTheSameStoreTakeBackups() {
        Workload workload = new Workload(1, new SimulatedDirectory(), Durability.ALWAYS);
        workload.open();
        workload.run(Step.PUT);
        SimulatedDirectory foreign = new SimulatedDirectory(Map.of("letter.txt", new byte[1]));
        assertThatThrownBy(() -> workload.store().backup(foreign, BackupMode.INCREMENTAL, NOBODY))
                .isInstanceOf(InvalidBackupException.class)
                .hasMessageContaining("letter.txt");
        SimulatedDirectory others = new SimulatedDirectory();
        someOtherBackups(others);
        assertThatThrownBy(() -> workload.store().backup(others, BackupMode.FULL, NOBODY))
                .isInstanceOf(InvalidBackupException.class)
                .hasMessageContaining("not to store");
        assertThatThrownBy(() -> StoreBackup.in(others).restore(1, foreign, NOBODY))
                .isInstanceOf(InvalidBackupException.class)
                .hasMessageContaining("not empty");
        assertThatThrownBy(() -> StoreBackup.in(new SimulatedDirectory()).restore(Path.of("none")))
                .isInstanceOf(InvalidBackupException.class)
                .hasMessageContaining("no complete backup");
        workload.close();
    }

    @Test
    void aDamagedManifestOfAnOlderBackupDoesNotPreventTheNext() {
        SimulatedDirectory backups = new SimulatedDirectory();
        someBackups(backups);
        Map<String, byte[]> files = new TreeMap<>(backups.visibleFiles());
        files.put("backup-0000000001.manifest", new byte[1]);
        String leftover = "backup-0000000004-segment-0000000001-0000000000";
        files.put(leftover, new byte[1]);
        SimulatedDirectory damaged = new SimulatedDirectory(files);
        SimulatedDirectory restored = new SimulatedDirectory();
        StoreBackup.in(damaged).restore(3, restored, NOBODY);
        try (Store store = open(restored)) {
            store.keyspace("entries").put(new byte[] {1}, new byte[3000]);

            BackupReport next = store.backup(damaged, BackupMode.INCREMENTAL, NOBODY);

            assertThat(next.number()).isEqualTo(5);
            assertThat(next.bytesCopied()).isLessThan(next.bytes());
            assertThat(restored(damaged, 5)).isEqualTo(Contents.of(store));
            assertThat(damaged.list()).containsAll(files.keySet());
            List<InvalidBackupException> damages = new ArrayList<>();
            assertThat(StoreBackup.in(damaged).list(damages::add))
                    .extracting(BackupReport::number)
                    .containsExactly(2, 3, 5);
            assertThat(damages).hasSize(1);
        }
    }

    @Test
    void cancellationLeavesNothing() {
        Workload workload = new Workload(1, new SimulatedDirectory(), Durability.ALWAYS);
        workload.open();
        fill(workload, 3);
        SimulatedDirectory backups = new SimulatedDirectory();
        OperationMonitor cancelling = OperationMonitor.of(progress -> {}, () -> true);
        assertThatThrownBy(() -> workload.store().backup(backups, BackupMode.FULL, cancelling))
                .isInstanceOf(OperationCancelledException.class);
        assertThat(backups.list()).isEmpty();
        workload.store().backup(backups, BackupMode.FULL, NOBODY);
        SimulatedDirectory target = new SimulatedDirectory();
        assertThatThrownBy(() -> StoreBackup.in(backups).restore(1, target, cancelling))
                .isInstanceOf(OperationCancelledException.class);
        assertThat(target.list()).isEmpty();
        workload.close();
    }

    @Test
    void noBackupIsMadeOfADamagedStore() {
        SimulatedDirectory directory = new SimulatedDirectory();
        Workload workload = new Workload(1, directory, Durability.ALWAYS);
        workload.open();
        fill(workload, 3);
        String name = directory.list().stream()
                .filter(each -> each.endsWith(".log"))
                .findFirst()
                .orElseThrow();
        try (var file = directory.open(name)) {
            file.write(500, new byte[] {1, 2, 3, 4, 5}, 0, 5);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        SimulatedDirectory backups = new SimulatedDirectory();
        assertThatThrownBy(() -> workload.store().backup(backups, BackupMode.FULL, NOBODY))
                .isInstanceOf(CorruptStoreException.class)
                .hasMessageContaining(name);
        assertThat(backups.list()).isEmpty();
        workload.close();
    }

    /** Three backups, the last of them made of pieces of all; returns what it has. */
    private static SortedMap<String, String> someBackups(StorageDirectory backups) {
        return backups(backups, 21);
    }

    private static void someOtherBackups(StorageDirectory backups) {
        backups(backups, 22);
    }

    private static SortedMap<String, String> backups(StorageDirectory backups, long seed) {
        Workload workload = new Workload(seed, new SimulatedDirectory(), Durability.ALWAYS);
        workload.useSmallValues();
        workload.open();
        for (int i = 0; i < 3; i++) {
            fill(workload, 4);
            workload.store().backup(backups, BackupMode.INCREMENTAL, NOBODY);
        }
        SortedMap<String, String> contents = Contents.of(workload.store());
        workload.close();
        return contents;
    }

    private static void fill(Workload workload, int rounds) {
        for (int i = 0; i < rounds; i++) {
            workload.run(Step.BATCH);
            workload.run(Step.INSERT);
            workload.run(Step.DELETE);
            workload.run(Step.UPDATE);
        }
    }

    private static SortedMap<String, String> restored(StorageDirectory backups, int number) {
        SimulatedDirectory target = new SimulatedDirectory();
        StoreBackup.in(backups).restore(number, target, NOBODY);
        SimulatedDirectory afterPowerLoss = new SimulatedDirectory(new CrashImages(target, new Random(number)).least());
        try (Store store = open(afterPowerLoss)) {
            assertThat(store.verify().problems()).isEmpty();
            return Contents.of(store);
        }
    }

    private static Store open(StorageDirectory directory) {
        return TestStores.open(
                directory, Workload.options(Durability.ALWAYS), TestEnvironments.stepped(7, new SteppedTasks()));
    }
}
