package org.storedb.crash;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.storedb.CompactionPolicy;
import org.storedb.Durability;
import org.storedb.KeyRange;
import org.storedb.Store;
import org.storedb.StoreBackup;
import org.storedb.StoreOptions;
import org.storedb.StoreSalvage;
import org.storedb.error.InvalidBackupException;
import org.storedb.error.StoreIoException;
import org.storedb.error.StoreLockedException;
import org.storedb.maintenance.BackupMode;
import org.storedb.maintenance.BackupReport;
import org.storedb.maintenance.OperationMonitor;
import org.storedb.maintenance.SalvageReport;

/** Backups, restores and salvages on the real file system. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RealBackupTests {

    private static final int WRITERS = 4;

    @TempDir
    private Path directory;

    /** Each writer counts up in a batch of two keys, so what a backup has of it must be one number, and new enough. */
    @Test
    void aBackupUnderFourWritersAndCompactionIsAPrefix() throws Exception {
        StoreOptions options = StoreOptions.defaults()
                .withSegmentBytes(128 << 10)
                .withCompaction(new CompactionPolicy(true, 0.2))
                .withDurability(Durability.OS);
        AtomicIntegerArray acknowledged = new AtomicIntegerArray(WRITERS);
        AtomicBoolean stop = new AtomicBoolean();
        ExecutorService threads = Executors.newCachedThreadPool();
        List<int[]> before = new ArrayList<>();
        List<int[]> after = new ArrayList<>();
        try (Store store = Store.open(path("store"), options)) {
            List<Future<?>> work = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                int writer = i;
                work.add(threads.submit(() -> count(store, writer, acknowledged, stop)));
            }
            work.add(threads.submit(() -> {
                while (!stop.get()) {
                    store.compact().join();
                }
            }));
            for (int i = 0; i < CampaignSize.of(12); i++) {
                before.add(numbers(acknowledged));
                store.backup(path("backups"));
                after.add(numbers(acknowledged));
            }
            stop.set(true);
            for (Future<?> each : work) {
                each.get(60, TimeUnit.SECONDS);
            }
        } finally {
            threads.shutdownNow();
        }
        StoreBackup backups = StoreBackup.in(path("backups"));
        assertThat(backups.list()).hasSameSizeAs(before);
        for (int i = 0; i < before.size(); i++) {
            Path target = path("restored" + i);
            backups.restore(i + 1, target, OperationMonitor.none());
            try (Store store = Store.open(target)) {
                assertThat(store.verify().problems()).isEmpty();
                for (int writer = 0; writer < WRITERS; writer++) {
                    int number = number(store, writer, "a");
                    assertThat(number).isEqualTo(number(store, writer, "b"));
                    assertThat(number).isBetween(before.get(i)[writer], after.get(i)[writer] + 1);
                }
            }
        }
    }

    private static void count(Store store, int writer, AtomicIntegerArray acknowledged, AtomicBoolean stop) {
        for (int number = 1; !stop.get(); number++) {
            byte[] value = (number + " " + "x".repeat(number % 700)).getBytes(UTF_8);
            store.runInTransaction(transaction -> {
                transaction.keyspace("entries").put((writer + "a").getBytes(UTF_8), value);
                transaction.keyspace("entries").put((writer + "b").getBytes(UTF_8), value);
            });
            acknowledged.set(writer, number);
        }
    }

    private static int number(Store store, int writer, String name) {
        byte[] value = store.keyspace("entries").get((writer + name).getBytes(UTF_8));
        String text = value == null ? "0 " : new String(value, UTF_8);
        return Integer.parseInt(text.substring(0, text.indexOf(' ')));
    }

    private static int[] numbers(AtomicIntegerArray array) {
        int[] numbers = new int[array.length()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = array.get(i);
        }
        return numbers;
    }

    @Test
    void filesAreForTheirOwnerOnly() throws IOException {
        try (Store store = Store.open(path("store"))) {
            store.keyspace("entries").put(new byte[1], new byte[1]);
            store.backup(path("a/backups"));
        }
        StoreBackup.in(path("a/backups")).restore(path("b/restored"));
        for (Path folder : List.of(path("a/backups"), path("b/restored"))) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                    .isEqualTo("rwx------");
            try (Stream<Path> files = Files.list(folder)) {
                assertThat(files)
                        .isNotEmpty()
                        .allSatisfy(
                                file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                                        .isEqualTo("rw-------"));
            }
        }
        try (Stream<Path> beside = Files.list(path("b"))) {
            assertThat(beside).containsExactly(path("b/restored"));
        }
    }

    @Test
    void nothingIsRestoredOverSomethingElse() throws IOException {
        try (Store store = Store.open(path("store"))) {
            store.keyspace("entries").put(new byte[1], new byte[1]);
            store.backup(path("backups"));
            StoreBackup backups = StoreBackup.in(path("backups"));
            assertThatThrownBy(() -> backups.restore(path("store")))
                    .isInstanceOf(InvalidBackupException.class)
                    .hasMessageContaining("not empty");
            Files.createDirectory(path("empty"));
            assertThat(backups.restore(path("empty")).backup().number()).isEqualTo(1);
            assertThatThrownBy(() -> backups.restore(path("empty"))).isInstanceOf(InvalidBackupException.class);
            assertThatThrownBy(() -> store.backup(path("store"))).isInstanceOf(InvalidBackupException.class);
            Files.writeString(path("file"), "text");
            assertThatThrownBy(() -> backups.restore(path("file"))).isInstanceOf(StoreIoException.class);
            assertThatThrownBy(() -> StoreBackup.in(path("none")).list()).isInstanceOf(StoreIoException.class);
        }
        try (Store restored = Store.open(path("empty"))) {
            assertThat(restored.keyspace("entries").count()).isEqualTo(1);
        }
    }

    @Test
    void theLatestBackupIsFoundWhileTheNextOneIsTaken() {
        try (Store store = Store.open(path("store"))) {
            assertThatThrownBy(() -> StoreBackup.in(path("backups")).latest()).isInstanceOf(StoreIoException.class);
            BackupReport first = store.backup(path("backups"));
            List<BackupReport> found = new ArrayList<>();
            store.backup(
                    path("backups"),
                    BackupMode.FULL,
                    OperationMonitor.of(
                            progress -> StoreBackup.in(path("backups")).latest().ifPresent(found::add)));
            assertThat(found).isNotEmpty().containsOnly(first);
            assertThat(StoreBackup.in(path("backups")).latest())
                    .map(BackupReport::number)
                    .contains(2);
        }
    }

    @Test
    void aBackupIsLockedWhileItIsTaken() {
        try (Store store = Store.open(path("store"))) {
            store.keyspace("entries").put(new byte[1], new byte[1]);
            List<Throwable> refusals = new ArrayList<>();
            store.backup(path("backups"), BackupMode.FULL, OperationMonitor.of(progress -> {
                try {
                    StoreBackup.in(path("backups")).list();
                } catch (StoreLockedException e) {
                    refusals.add(e);
                }
            }));
            assertThat(refusals).isNotEmpty();
            assertThat(StoreBackup.in(path("backups")).list())
                    .extracting(BackupReport::parentId)
                    .containsOnlyNulls();
        }
    }

    @Test
    void aDamagedStoreIsSalvagedAndNotTouched() throws IOException {
        try (Store store = Store.open(path("store"), StoreOptions.defaults().withSegmentBytes(64 << 10))) {
            for (int i = 0; i < 500; i++) {
                store.keyspace("entries").put(("key" + i).getBytes(UTF_8), new byte[1000]);
            }
            assertThatThrownBy(() -> StoreSalvage.run(path("store"), path("early")))
                    .isInstanceOf(StoreLockedException.class);
        }
        Path segment = path("store/segment-0000000002.log");
        byte[] bytes = Files.readAllBytes(segment);
        bytes[30_000] ^= 1;
        Files.write(segment, bytes);
        Files.delete(path("store/segment-0000000004.log"));
        Map<String, String> before = digests(path("store"));
        assertThatThrownBy(() -> Store.open(path("store"))).hasMessageContaining("segment-0000000004.log");
        before.putAll(digests(path("store"))); // The refused open has written its process id into the lock file.

        SalvageReport report = StoreSalvage.run(path("store"), path("salvaged"));

        assertThat(digests(path("store"))).isEqualTo(before);
        assertThat(report.damages())
                .extracting(SalvageReport.Damage::file)
                .containsExactly("segment-0000000002.log", "segment-0000000004.log");
        try (Store salvaged = Store.open(path("salvaged"))) {
            assertThat(salvaged.verify().isSound()).isTrue();
            long count = salvaged.keyspace("entries").scan(KeyRange.all()).count();
            assertThat(count).isEqualTo(report.records() - 2).isBetween(400L, 499L);
        }
        try (Store again = Store.open(path("other"))) { // The lock of the damaged store is free again.
            assertThat(again.isOpen()).isTrue();
        }
        assertThatThrownBy(() -> StoreSalvage.run(path("store"), path("salvaged")))
                .isInstanceOf(InvalidBackupException.class);
    }

    private static Map<String, String> digests(Path folder) throws IOException {
        Map<String, String> digests = new HashMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                digests.put(
                        file.getFileName().toString(),
                        Contents.digest(Files.readAllBytes(file)) + Files.getLastModifiedTime(file));
            }
        }
        return digests;
    }

    private Path path(String name) {
        return directory.resolve(name);
    }
}
