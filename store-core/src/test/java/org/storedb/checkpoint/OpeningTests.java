package org.storedb.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.storedb.CheckpointPolicy;
import org.storedb.CompactionPolicy;
import org.storedb.Durability;
import org.storedb.Keyspace;
import org.storedb.OpenProgress;
import org.storedb.Store;
import org.storedb.StoreOptions;
import org.storedb.TestStores;
import org.storedb.error.CorruptStoreException;
import org.storedb.error.StoreFailedException;
import org.storedb.maintenance.CompactionResult;
import org.storedb.storage.StorageDirectory;
import org.storedb.testing.InterceptedDirectory;
import org.storedb.testing.IoInterceptor;
import org.storedb.testing.IoOperation;
import org.storedb.testing.IoOperation.Kind;
import org.storedb.testing.SimulatedDirectory;
import org.storedb.testing.SteppedTasks;
import org.storedb.testing.TestEnvironments;

class OpeningTests {

    private static final String CHECKPOINT = "checkpoint";
    private static final StoreOptions OPTIONS = StoreOptions.defaults()
            .withSegmentBytes(64 << 10)
            .withDurability(Durability.OS)
            .withCompaction(CompactionPolicy.manual())
            .withCheckpoints(new CheckpointPolicy(true, 1 << 20, 0, 1));

    private final SimulatedDirectory directory = new SimulatedDirectory();
    private SteppedTasks tasks = new SteppedTasks();

    @Test
    void segmentsThatTheCheckpointCoversAreNotRead() {
        fill(500);
        List<IoOperation> reads = new ArrayList<>();
        StorageDirectory counted = new InterceptedDirectory(directory, new IoInterceptor() {
            @Override
            public void before(IoOperation operation) {
                if (operation.kind() == Kind.READ && operation.file().startsWith("segment-")) {
                    reads.add(operation);
                }
            }
        });

        try (Store store = open(counted, OPTIONS)) {
            int segments = store.stats().log().segments().size();
            assertThat(segments).isGreaterThan(5);
            assertThat(store.stats().open().checkpointUsed()).isTrue();
            assertThat(store.stats().open().commitsReplayed()).isZero();
            assertThat(store.stats().checkpoint().bytesBehind()).isZero();
            int catalog = 10; // Its few records are read, the names of what there is.
            assertThat(reads.size()).isLessThanOrEqualTo(4 * segments + catalog);
            assertThat(store.keyspace("test").count()).isEqualTo(500);
        }
    }

    @Test
    void damageInASegmentThatIsNotReadShowsWhenItsRecordIsRead() {
        fill(500);
        Map<String, byte[]> files = new TreeMap<>(directory.visibleFiles());
        byte[] segment =
                Objects.requireNonNull(files.get("segment-0000000002.log")).clone();
        segment[segment.length / 2] ^= 1;
        files.put("segment-0000000002.log", segment);

        int damaged = 0;
        try (Store store = open(new SimulatedDirectory(files), OPTIONS)) {
            for (int i = 0; i < 500; i++) {
                try {
                    assertThat(store.keyspace("test").get(key(i))).isEqualTo(value(i));
                } catch (CorruptStoreException e) {
                    damaged++;
                }
            }
        }

        assertThat(damaged).isEqualTo(1);
        files.remove(CHECKPOINT);
        assertThatThrownBy(() -> open(new SimulatedDirectory(files), OPTIONS))
                .isInstanceOf(CorruptStoreException.class);
    }

    @Test
    void sealedSegmentWithoutItsFooterIsRefused() {
        fill(500);
        Map<String, byte[]> files = new TreeMap<>(directory.visibleFiles());
        byte[] segment =
                Objects.requireNonNull(files.get("segment-0000000002.log")).clone();
        segment[segment.length - 20] ^= 1;
        files.put("segment-0000000002.log", segment);

        assertThatThrownBy(() -> open(new SimulatedDirectory(files), OPTIONS))
                .isInstanceOf(CorruptStoreException.class)
                .hasMessageContaining("segment-0000000002.log");
    }

    @Test
    void listenerIsToldOfEachPhase() {
        fill(500);
        Set<OpenProgress.Phase> phases = new HashSet<>();
        List<OpenProgress> all = new ArrayList<>();
        StoreOptions listening = OPTIONS.withOpenListener(progress -> {
            phases.add(progress.phase());
            all.add(progress);
        });

        open(directory, listening).close();

        assertThat(phases).contains(OpenProgress.Phase.LOADING_CHECKPOINT, OpenProgress.Phase.REPLAYING_LOG);
        assertThat(all).allSatisfy(progress -> assertThat(progress.done()).isBetween(0L, progress.total()));
    }

    @Test
    void openWithoutACheckpointSaysWhy() throws Exception {
        fill(500);
        directory.delete(CHECKPOINT);

        try (Store store = open(directory, OPTIONS)) {
            assertThat(store.stats().open().checkpointUsed()).isFalse();
            assertThat(store.stats().open().reason()).isEqualTo("there is no checkpoint");
            assertThat(store.stats().open().commitsReplayed()).isGreaterThanOrEqualTo(500);
        }
    }

    @Test
    void littleIsNoReasonForAnotherCheckpoint() {
        fill(500);
        byte[] before = directory.visibleFiles().get(CHECKPOINT);

        try (Store store = open(directory, OPTIONS.withCheckpoints(CheckpointPolicy.defaults()))) {
            store.keyspace("test").put(key(1), value(2));
        }

        assertThat(directory.visibleFiles().get(CHECKPOINT)).isEqualTo(before);
        try (Store store = open(directory, OPTIONS)) {
            assertThat(store.stats().open().commitsReplayed()).isEqualTo(1);
            assertThat(store.keyspace("test").get(key(1))).isEqualTo(value(2));
        }
    }

    @Test
    void checkpointThatCannotBeWrittenHarmsNobody() {
        StorageDirectory full = new InterceptedDirectory(directory, new IoInterceptor() {
            @Override
            public void before(IoOperation operation) throws IOException {
                if (operation.kind() == Kind.WRITE && operation.file().startsWith(CHECKPOINT)) {
                    throw new IOException("No space left on device");
                }
            }
        });
        try (Store store = open(full, OPTIONS.withCheckpoints(new CheckpointPolicy(true, 1, 0, 1)))) {
            store.keyspace("test").put(key(1), value(1));
            tasks.runRepeated();
            tasks.runWaiting();
            assertThat(store.stats().checkpoint().lastFailure()).contains("No space left");
            assertThat(store.stats().failure()).isNull();
            store.keyspace("test").put(key(2), value(2));
        }

        assertThat(directory.list()).noneMatch(name -> name.startsWith(CHECKPOINT));
        try (Store store = open(directory, OPTIONS)) {
            assertThat(store.keyspace("test").count()).isEqualTo(2);
        }
    }

    /** What the system has lost with it may be the entry of a segment that a commit is about to begin. */
    @Test
    void directoryThatCannotBeSyncedForACheckpointStopsTheStore() {
        boolean[] published = {false};
        StorageDirectory failing = new InterceptedDirectory(directory, new IoInterceptor() {
            @Override
            public void before(IoOperation operation) throws IOException {
                published[0] |=
                        operation.kind() == Kind.RENAME && operation.file().equals(CHECKPOINT);
                if (published[0] && operation.kind() == Kind.SYNC_DIRECTORY) {
                    throw new IOException("planned");
                }
            }
        });
        try (Store store = open(failing, OPTIONS.withCheckpoints(new CheckpointPolicy(true, 1, 0, 1)))) {
            store.keyspace("test").put(key(1), value(1));
            tasks.runRepeated();
            tasks.runWaiting();

            assertThat(store.stats().checkpoint().lastFailure()).isEqualTo("planned");
            assertThatThrownBy(() -> store.keyspace("test").put(key(2), value(2)))
                    .isInstanceOf(StoreFailedException.class)
                    .hasRootCauseMessage("planned");
            assertThat(store.keyspace("test").get(key(1))).isEqualTo(value(1));
        }
    }

    /** A copy that was made before its key was deleted is in the log: the delete must stay as long as it does. */
    @Test
    void recordThatIsDeletedWhileItIsCopiedDoesNotComeBack() {
        int[] renamesToCome = {Integer.MAX_VALUE};
        List<Store> opened = new ArrayList<>();
        StorageDirectory choreography = new InterceptedDirectory(directory, new IoInterceptor() {
            @Override
            public void after(IoOperation operation) {
                if (operation.kind() == Kind.RENAME && --renamesToCome[0] == 0) {
                    opened.get(0).keyspace("test").delete(key(1));
                }
            }
        });
        Store store = open(choreography, OPTIONS);
        opened.add(store);
        Keyspace keyspace = store.keyspace("test");
        keyspace.put(key(1), new byte[10]); // Too small to make its segment worth another compaction.
        for (int i = 2; i < 12; i++) {
            keyspace.put(key(i), new byte[3000]);
        }
        keyspace.put(key(2), new byte[3000]);
        renamesToCome[0] = 2; // The roll-over, then the manifest that names the copies as well.
        compact(store);
        assertThat(keyspace.get(key(1))).isNull();
        keyspace.put(key(20), new byte[3000]);
        keyspace.put(key(20), new byte[3000]);
        compact(store); // Of the segment with the delete.
        store.close();

        try (Store again = open(directory, OPTIONS.withCheckpoints(CheckpointPolicy.none()))) {
            assertThat(again.keyspace("test").get(key(1))).isNull();
            assertThat(again.keyspace("test").count()).isEqualTo(11);
        }
    }

    private void compact(Store store) {
        CompletableFuture<CompactionResult> result = store.compact();
        tasks.runWaiting();
        result.join();
    }

    private void fill(int entries) {
        try (Store store = open(directory, OPTIONS)) {
            Keyspace keyspace = store.keyspace("test");
            for (int i = 0; i < entries; i++) {
                keyspace.put(key(i), value(i));
            }
        }
    }

    private Store open(StorageDirectory where, StoreOptions options) {
        tasks = new SteppedTasks();
        return TestStores.open(where, options, TestEnvironments.stepped(1, tasks));
    }

    private static byte[] key(int number) {
        return ("key" + number).getBytes(UTF_8);
    }

    private static byte[] value(int number) {
        byte[] value = new byte[1000];
        Arrays.fill(value, (byte) number);
        return value;
    }
}
