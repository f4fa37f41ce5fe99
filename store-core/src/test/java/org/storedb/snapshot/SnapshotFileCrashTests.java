package org.storedb.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.storedb.Durability;
import org.storedb.SnapshotFile;
import org.storedb.SnapshotFileFormat;
import org.storedb.SnapshotFilePolicy;
import org.storedb.Store;
import org.storedb.StoreOptions;
import org.storedb.TestStores;
import org.storedb.error.StoreException;
import org.storedb.storage.StorageDirectory;
import org.storedb.testing.CrashImages;
import org.storedb.testing.InterceptedDirectory;
import org.storedb.testing.IoFaults;
import org.storedb.testing.IoInterceptor;
import org.storedb.testing.IoOperation;
import org.storedb.testing.SimulatedDirectory;
import org.storedb.testing.SteppedTasks;
import org.storedb.testing.TestEnvironments;

/** Snapshot files on a simulated disk: writing and loading cut short after each operation, and on a schedule. */
class SnapshotFileCrashTests {

    @ParameterizedTest
    @EnumSource(SnapshotFileFormat.class)
    void aCrashLeavesTheOldFileOrTheNewOne(SnapshotFileFormat format) {
        SimulatedDirectory disk = new SimulatedDirectory();
        try (Store store = SnapshotFileTests.filled()) {
            file(disk, format).write(store);
            store.collection("things").insert(Map.of("id", "one more"));
            AtomicInteger images = new AtomicInteger();
            AtomicInteger complete = new AtomicInteger();
            file(
                            new InterceptedDirectory(
                                    disk,
                                    afterEachChange(() -> new CrashImages(disk, new Random(images.get()))
                                            .forEach(20, image -> {
                                                images.incrementAndGet();
                                                SimulatedDirectory crashed = new SimulatedDirectory(image);
                                                long documents = file(crashed, format)
                                                        .verify()
                                                        .documents();
                                                assertThat(documents).isBetween(1_204L, 1_205L);
                                                complete.addAndGet((int) documents - 1_204);
                                                file(crashed, format).write(store); // What was left is in nobody's way.
                                                assertThat(crashed.list()).containsExactly("file");
                                            }))),
                            format)
                    .write(store);
            assertThat(images.get()).isGreaterThan(10);
            assertThat(complete.get()).isBetween(1, images.get() - 1);
        }
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void aCrashWhileLoadingLeavesAllOrNothing(Durability durability) {
        SimulatedDirectory files = new SimulatedDirectory();
        Map<String, Object> expected;
        try (Store store = SnapshotFileTests.filled()) {
            file(files, SnapshotFileFormat.BINARY).write(store);
            expected = SnapshotFileTests.contents(store);
        }
        SimulatedDirectory disk = new SimulatedDirectory();
        AtomicInteger images = new AtomicInteger();
        AtomicInteger loaded = new AtomicInteger();
        IoInterceptor crashes =
                afterEachChange(() -> new CrashImages(disk, new Random(images.get())).forEach(6, image -> {
                    images.incrementAndGet();
                    try (Store store = open(new SimulatedDirectory(image), durability)) {
                        long documents = store.stats().collections().stream()
                                .mapToLong(collection -> collection.documents())
                                .sum();
                        if (documents > 0) {
                            loaded.incrementAndGet();
                        } else {
                            file(files, SnapshotFileFormat.BINARY).load(store);
                        }
                        assertThat(SnapshotFileTests.contents(store)).isEqualTo(expected);
                    }
                }));
        open(disk, durability).close();
        try (Store store = open(new InterceptedDirectory(disk, crashes), durability)) {
            file(files, SnapshotFileFormat.BINARY).load(store);
        }
        assertThat(images.get()).isGreaterThan(50);
        assertThat(loaded.get()).isBetween(1, images.get() - 1);
    }

    @Test
    void anyFailingOperationLeavesTheOldFile() {
        try (Store store = SnapshotFileTests.filled()) {
            SimulatedDirectory disk = new SimulatedDirectory();
            file(disk, SnapshotFileFormat.BINARY).write(store);
            store.collection("things").insert(Map.of("id", "one more"));
            int failures = 0;
            for (IoFaults.Fault fault : IoFaults.Fault.ofTheDisk()) {
                boolean fired = true;
                for (int operation = 0; fired; operation++) {
                    SimulatedDirectory copy = disk.afterKill();
                    IoFaults faults = new IoFaults(copy, fault, operation, false);
                    try {
                        file(new InterceptedDirectory(copy, faults), SnapshotFileFormat.BINARY)
                                .write(store);
                    } catch (StoreException e) {
                        failures++;
                    }
                    fired = faults.fired() > 0;
                    assertThat(file(copy, SnapshotFileFormat.BINARY).verify().documents())
                            .isBetween(1_204L, 1_205L);
                }
            }
            assertThat(failures).isGreaterThan(10);
        }
    }

    @Test
    void filesAreWrittenOnScheduleAndTheOldestDeleted() throws IOException {
        SimulatedDirectory files = new SimulatedDirectory();
        files.create("snapshot-20200101T000000000Z.snapshot.new", 0);
        files.create("readme.txt", 0);
        SteppedTasks tasks = new SteppedTasks();
        StoreOptions options = StoreOptions.defaults()
                .withSnapshotFiles(SnapshotFilePolicy.in(files).withKeep(2));
        try (Store store = TestStores.open(new SimulatedDirectory(), options, TestEnvironments.stepped(1, tasks))) {
            for (int i = 0; i < 4; i++) {
                store.collection("things").insert(Map.of("id", i));
                tasks.runRepeated();
                tasks.runWaiting();
                tasks.runRepeated(); // Nothing new.
                tasks.runWaiting();
            }
        }
        List<String> names = files.list();
        assertThat(names)
                .containsExactly(
                        "readme.txt", "snapshot-20260921T141320002Z.snapshot", "snapshot-20260921T141320003Z.snapshot");
        assertThat(SnapshotFile.in(files, names.get(1)).verify().documents()).isEqualTo(3);
        assertThat(SnapshotFile.in(files, names.get(2)).verify().documents()).isEqualTo(4);
    }

    @Test
    void aScheduleContinuesFromTheNewestFileAfterARestart() throws IOException {
        SimulatedDirectory disk = new SimulatedDirectory();
        SimulatedDirectory files = new SimulatedDirectory();
        StoreOptions options = StoreOptions.defaults().withSnapshotFiles(SnapshotFilePolicy.in(files));
        runOnSchedule(disk, options, store -> store.collection("things").insert(Map.of("id", 1)));
        assertThat(files.list()).hasSize(1);
        runOnSchedule(disk, options, store -> {});
        assertThat(files.list()).as("nothing new").hasSize(1);
        runOnSchedule(disk, options, store -> store.collection("things").insert(Map.of("id", 2)));
        assertThat(files.list()).hasSize(2);
        files.create("snapshot-20990101T000000000Z.snapshot", 0);
        runOnSchedule(disk, options, store -> {});
        assertThat(files.list()).as("the newest cannot be used").hasSize(4);
    }

    /** As with a store in memory, which is empty at first and soon has as many commits as in the run before. */
    @Test
    void aScheduleDoesNotTakeOtherCommitsForThoseInTheNewestFile() throws IOException {
        SimulatedDirectory files = new SimulatedDirectory();
        StoreOptions options = StoreOptions.defaults().withSnapshotFiles(SnapshotFilePolicy.in(files));
        for (int run = 1; run <= 2; run++) {
            int id = run;
            runOnSchedule(
                    new SimulatedDirectory(),
                    options,
                    store -> store.collection("things").insert(Map.of("id", id)));
            assertThat(files.list()).hasSize(run);
        }
    }

    private static void runOnSchedule(StorageDirectory disk, StoreOptions options, Consumer<Store> work) {
        SteppedTasks tasks = new SteppedTasks();
        try (Store store = TestStores.open(disk, options, TestEnvironments.stepped(1, tasks))) {
            work.accept(store);
            tasks.runRepeated();
            tasks.runWaiting();
        }
    }

    @Test
    void aScheduleThatFailsDoesNoHarmToTheStore() {
        SteppedTasks tasks = new SteppedTasks();
        SimulatedDirectory files = new SimulatedDirectory();
        IoFaults full = new IoFaults(files, IoFaults.Fault.ofTheDisk().get(0), 0, true);
        StoreOptions options =
                StoreOptions.defaults().withSnapshotFiles(SnapshotFilePolicy.in(new InterceptedDirectory(files, full)));
        try (Store store = TestStores.open(new SimulatedDirectory(), options, TestEnvironments.stepped(1, tasks))) {
            for (int i = 0; i < 3; i++) {
                store.collection("things").insert(Map.of("id", i));
                tasks.runRepeated();
                tasks.runWaiting();
            }
            assertThat(store.collection("things").count()).isEqualTo(3);
        }
        assertThat(files.list()).noneMatch(name -> name.endsWith(".snapshot"));
    }

    @Test
    void boundsOfAScheduleAreChecked() {
        SnapshotFilePolicy policy = SnapshotFilePolicy.in(new SimulatedDirectory());
        assertThatThrownBy(() -> policy.withKeep(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> policy.withInterval(Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
    }

    private static IoInterceptor afterEachChange(Runnable work) {
        return new IoInterceptor() {
            @Override
            public void after(IoOperation operation) {
                if (operation.kind().isChange()) {
                    work.run();
                }
            }
        };
    }

    private static SnapshotFile file(StorageDirectory directory, SnapshotFileFormat format) {
        return SnapshotFile.in(directory, "file").withFormat(format);
    }

    private static Store open(StorageDirectory disk, Durability durability) {
        StoreOptions options =
                StoreOptions.defaults().withDurability(durability).withSegmentBytes(1 << 16);
        return TestStores.open(disk, options, TestEnvironments.stepped(1, new SteppedTasks()));
    }
}
