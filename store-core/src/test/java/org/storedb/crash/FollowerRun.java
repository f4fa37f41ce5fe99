package org.storedb.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.storedb.Access;
import org.storedb.DocumentCollection;
import org.storedb.Durability;
import org.storedb.Snapshot;
import org.storedb.Store;
import org.storedb.StoreContext;
import org.storedb.StoreOptions;
import org.storedb.TestStores;
import org.storedb.query.Filter;
import org.storedb.query.Query;
import org.storedb.storage.StorageDirectory;
import org.storedb.testing.InterceptedDirectory;
import org.storedb.testing.IoInterceptor;
import org.storedb.testing.IoOperation;
import org.storedb.testing.SimulatedDirectory;
import org.storedb.testing.SplitWrites;
import org.storedb.testing.SteppedTasks;
import org.storedb.testing.TestEnvironments;

/**
 * A writer and a reader of one directory, in one thread: at operations of the file system that a seed chooses, the reader
 * looks in the middle of what the writer does, or the writer does something in the middle of the reader's looking. Now and
 * then the writer is killed, also in the middle of a write. Whatever the reader sees must be the contents after some commit,
 * never older than what was acknowledged when it began to look, nor than what it has seen before.
 */
final class FollowerRun {

    private static final int SNAPSHOTS_MAX = 4;

    private final Random random;
    private final long seed;
    private final SimulatedDirectory disk = new SimulatedDirectory();
    private final Workload workload;
    private final int oneIn;
    private final List<Held> snapshots = new ArrayList<>();
    private @Nullable Store follower;
    private final Failures failures = new Failures();
    private boolean stepping;
    private boolean busy;
    private boolean looking;
    private boolean dying;
    private boolean dead;
    private int seen;
    private long sequence;
    private int looks;
    private int kills;
    private int stepsWhileLooking;

    FollowerRun(long seed, Durability durability, int oneIn) {
        this.seed = seed;
        this.random = new Random(seed ^ 0x5DEECE66DL);
        this.oneIn = oneIn;
        StorageDirectory written =
                new SplitWrites(new InterceptedDirectory(disk, new WriterInterceptor()), this::maybeLook);
        this.workload = new Workload(seed, written, durability);
    }

    int looks() {
        return looks;
    }

    int kills() {
        return kills;
    }

    int stepsWhileLooking() {
        return stepsWhileLooking;
    }

    void run(int steps) {
        busy = true;
        workload.open();
        busy = false;
        for (int i = 0; i < steps; i++) {
            step();
            look();
        }
        for (Held held : snapshots) {
            assertThat(Contents.of(held.snapshot())).isEqualTo(held.contents());
        }
        stepping = true;
        workload.close();
        look();
        failures.rethrow();
        reader().close();
    }

    /** One step of the writer, which may be killed in it. */
    private void step() {
        dying = random.nextInt(12) == 0;
        stepping = true;
        try {
            workload.run(workload.anyStep());
        } catch (RuntimeException | Error e) {
            if (!dead) {
                throw e;
            }
        }
        if (dead || dying) {
            dying = false;
            dead = false;
            kills++;
            workload.openAfterKill();
        }
        stepping = false;
        failures.rethrow();
    }

    private void maybeLook() {
        if (!busy && !dead && random.nextInt(oneIn) == 0) {
            failures.collect(this::look);
        }
    }

    private void look() {
        busy = true;
        try {
            int least = Math.max(seen, workload.acknowledged());
            looks++;
            looking = true;
            Store reader = follower;
            if (reader == null || random.nextInt(40) == 0) {
                if (reader != null) {
                    reader.close();
                    snapshots.clear();
                }
                follower = open();
            } else {
                reader.refresh();
            }
            looking = false;
            judge(least);
        } finally {
            looking = false;
            busy = false;
        }
    }

    private void judge(int least) {
        Store reader = reader();
        SortedMap<String, String> contents = Contents.of(reader);
        int found = indexOf(contents, least);
        assertThat(found)
                .as(
                        "seed %d: what is seen is none of the states %d to %d: %s",
                        seed, least, workload.history().size() - 1, contents)
                .isNotNegative();
        seen = found;
        long now = reader.snapshot().sequence();
        assertThat(now).as("seed %d", seed).isGreaterThanOrEqualTo(sequence);
        sequence = now;
        requireIndexes(reader);
        if (random.nextInt(10) == 0) {
            if (snapshots.size() == SNAPSHOTS_MAX) {
                Held held = snapshots.remove(random.nextInt(SNAPSHOTS_MAX));
                assertThat(Contents.of(held.snapshot())).as("seed %d", seed).isEqualTo(held.contents());
            }
            snapshots.add(new Held(reader.snapshot(), contents));
        }
    }

    private int indexOf(SortedMap<String, String> contents, int least) {
        for (int i = least; i < workload.history().size(); i++) {
            if (workload.history().get(i).equals(contents)) {
                return i;
            }
        }
        return -1;
    }

    /** Queries that use an index find what a scan finds. */
    private void requireIndexes(StoreContext reader) {
        DocumentCollection<Map<String, @Nullable Object>> people = Contents.people(reader);
        Map<Object, Long> cities = new HashMap<>();
        people.find(Query.all()).forEach(person -> {
            Object city = person.get("city");
            if (city != null) {
                cities.merge(city, 1L, Long::sum);
            }
            assertThat(people.count(Query.where(Filter.eq("email", person.get("email")))))
                    .as("seed %d", seed)
                    .isEqualTo(1);
        });
        Map<Object, Long> counted = new TreeMap<>();
        for (int i = 0; i < 4; i++) {
            long count = people.count(Query.where(Filter.eq("city", "some city" + i)));
            if (count > 0) {
                counted.put("some city" + i, count);
            }
        }
        assertThat(counted).as("seed %d", seed).isEqualTo(cities);
    }

    private Store reader() {
        Store reader = follower;
        if (reader == null) {
            throw new IllegalStateException("Not open");
        }
        return reader;
    }

    private Store open() {
        StoreOptions options = StoreOptions.defaults().withAccess(Access.READ_ONLY);
        return TestStores.open(
                new InterceptedDirectory(disk, new ReaderInterceptor()),
                options,
                TestEnvironments.stepped(seed, new SteppedTasks()));
    }

    /** A snapshot and what was in it when it was taken. */
    private record Held(Snapshot snapshot, SortedMap<String, String> contents) {}

    /** Lets the reader look in the middle of what the writer does, and kills the writer. */
    private final class WriterInterceptor implements IoInterceptor {

        @Override
        public void before(IoOperation operation) {
            if (dead) {
                throw new IllegalStateException("The process is dead");
            }
            maybeLook();
            if (dying && random.nextInt(6) == 0) {
                dead = true;
                throw new IllegalStateException("The process is killed");
            }
        }
    }

    /** Lets the writer do something in the middle of the reader's looking; fails if the reader changes anything. */
    private final class ReaderInterceptor implements IoInterceptor {

        @Override
        public void before(IoOperation operation) {
            assertThat(operation.kind().isChange())
                    .as("%s by a reader", operation)
                    .isFalse();
            if (looking && !stepping && random.nextInt(oneIn) == 0) {
                looking = false;
                stepsWhileLooking++;
                step();
                looking = true;
            }
        }
    }
}
