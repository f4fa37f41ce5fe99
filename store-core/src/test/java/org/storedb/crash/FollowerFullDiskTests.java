package org.storedb.crash;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.storedb.Access;
import org.storedb.CompactionPolicy;
import org.storedb.KeyRange;
import org.storedb.Store;
import org.storedb.StoreOptions;
import org.storedb.TestStores;
import org.storedb.error.StoreFullException;
import org.storedb.storage.StorageDirectory;
import org.storedb.testing.InterceptedDirectory;
import org.storedb.testing.IoInterceptor;
import org.storedb.testing.IoOperation;
import org.storedb.testing.IoOperation.Kind;
import org.storedb.testing.QuotaDirectory;
import org.storedb.testing.SimulatedDirectory;
import org.storedb.testing.SteppedTasks;
import org.storedb.testing.TestEnvironments;

/** A reader beside a writer whose disk is full: what the writer takes back is not in what the reader shows afterwards. */
class FollowerFullDiskTests {

    private static final StoreOptions WRITE =
            StoreOptions.defaults().withSegmentBytes(256 << 10).withCompaction(CompactionPolicy.manual());

    private final SimulatedDirectory files = new SimulatedDirectory();
    private final QuotaDirectory disk = new QuotaDirectory(files, 1 << 20);
    private final Failures failures = new Failures();

    @BeforeEach
    void spaceRunsOutInTheMiddleOfAWrite() {
        disk.claimMore(1 << 30);
    }

    @Test
    void halfOfACommitThatIsTakenBackIsNeverSeen() {
        SortedSet<String> acknowledged = new TreeSet<>();
        List<Store> reader = new ArrayList<>();
        IoInterceptor looking = new IoInterceptor() {
            @Override
            public void before(IoOperation operation) {
                if (!reader.isEmpty()) {
                    failures.collect(() -> {
                        Store follower = reader.get(0);
                        follower.refresh();
                        assertThat(keys(follower)).containsAll(acknowledged).hasSizeLessThan(acknowledged.size() + 2);
                    });
                }
            }
        };
        int refused = 0;
        try (Store writer = open(new InterceptedDirectory(disk, looking), WRITE)) {
            put(writer, "first", 100);
            acknowledged.add("first");
            reader.add(follower());
            disk.setBytesMax(disk.usedBytes() + 30_000);
            for (int i = 0; i < 100; i++) {
                try {
                    put(writer, "key" + i, 100 + 917 * (i % 9));
                    acknowledged.add("key" + i);
                } catch (StoreFullException e) {
                    refused++;
                    disk.setBytesMax(disk.usedBytes() + (i % 3) * 20_000L);
                }
                failures.rethrow();
            }
            disk.setBytesMax(1 << 20);
        }
        failures.rethrow();
        Store follower = reader.get(0);
        follower.refresh();
        assertThat(keys(follower)).isEqualTo(acknowledged);
        assertThat(refused).isGreaterThan(5);
        follower.close();
    }

    /** Two commits share a write, of which only the first fits: a look in between sees that, and the next look does not. */
    @Test
    void commitThatIsTakenBackTogetherWithAnotherOneIsNotShownForLong() throws Exception {
        CountDownLatch writing = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        List<SortedSet<String>> seen = new ArrayList<>();
        List<Store> reader = new ArrayList<>();
        IoInterceptor gate = new IoInterceptor() {
            @Override
            public void before(IoOperation operation) {
                boolean ofLog = operation.file().endsWith(".log");
                if (ofLog && operation.kind() == Kind.WRITE && !reader.isEmpty() && writing.getCount() > 0) {
                    writing.countDown();
                    awaitQuietly(goOn);
                } else if (ofLog && operation.kind() == Kind.RESIZE && !reader.isEmpty()) {
                    failures.collect(() -> {
                        reader.get(0).refresh();
                        seen.add(keys(reader.get(0)));
                    });
                }
            }
        };
        try (Store writer = open(new InterceptedDirectory(disk, gate), WRITE)) {
            put(writer, "first", 100);
            reader.add(follower());
            Thread leader = started(() -> put(writer, "second", 100));
            writing.await();
            Thread small = queued(() -> put(writer, "small", 2_000));
            Thread large = queued(() -> put(writer, "large", 100_000));
            disk.setBytesMax(disk.usedBytes() + 8_000);
            goOn.countDown();
            leader.join();
            small.join();
            large.join();
            failures.rethrow();
            assertThat(seen).isNotEmpty();
            assertThat(seen.get(0)).containsExactly("first", "second", "small");
            reader.get(0).refresh();
            assertThat(keys(reader.get(0))).isEqualTo(keys(writer)).doesNotContain("large");
            disk.setBytesMax(1 << 20);
            put(writer, "last", 100);
            reader.get(0).refresh();
            assertThat(keys(reader.get(0))).isEqualTo(keys(writer)).contains("last");
        }
        reader.get(0).close();
    }

    private static Thread started(Runnable commit) {
        Thread thread = new Thread(() -> {
            try {
                commit.run();
            } catch (StoreFullException e) {
                // As it is to be.
            }
        });
        thread.start();
        return thread;
    }

    /** Started, and waiting for its turn. */
    private static Thread queued(Runnable commit) throws InterruptedException {
        Thread thread = started(commit);
        while (thread.getState() != Thread.State.WAITING && thread.isAlive()) {
            Thread.sleep(1);
        }
        return thread;
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Store follower() {
        return open(files, StoreOptions.defaults().withAccess(Access.READ_ONLY));
    }

    private static Store open(StorageDirectory directory, StoreOptions options) {
        return TestStores.open(directory, options, TestEnvironments.stepped(1, new SteppedTasks()));
    }

    private static void put(Store store, String key, int bytes) {
        byte[] value = new byte[bytes];
        Arrays.fill(value, (byte) 1); // Zeros would be there without being written.
        store.keyspace("entries").put(key.getBytes(UTF_8), value);
    }

    private static SortedSet<String> keys(Store store) {
        SortedSet<String> keys = new TreeSet<>();
        store.keyspace("entries").scan(KeyRange.all()).forEach(entry -> keys.add(new String(entry.key(), UTF_8)));
        return keys;
    }
}
