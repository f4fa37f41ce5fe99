package org.storedb.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.storedb.DocumentCollection;
import org.storedb.Durability;
import org.storedb.Store;
import org.storedb.TestStores;
import org.storedb.query.Query;
import org.storedb.testing.CrashImages;
import org.storedb.testing.SimulatedDirectory;
import org.storedb.testing.SteppedTasks;
import org.storedb.testing.TestEnvironments;

/**
 * The wall clock jumps back and forth whenever it is read: the order of commits, what a crash leaves and the uniqueness of
 * generated ids do not depend on it.
 */
class ClockJumpTests {

    private static final int STEPS = 12;
    private static final int IDS = 10;

    @ParameterizedTest
    @MethodSource("org.storedb.crash.CampaignSize#seeds")
    void contentsDoNotDependOnTheClock(long firstSeed) {
        long start = System.nanoTime();
        int runs = CampaignSize.of(500);
        for (long seed = firstSeed; seed < firstSeed + runs; seed++) {
            try {
                run(seed);
            } catch (RuntimeException | Error e) {
                throw new AssertionError("Seed " + seed + ": " + e.getMessage(), e);
            }
        }
        CampaignSize.report(
                "Clock jumps: %,d runs from seed %d, %.1f s", runs, firstSeed, CampaignSize.secondsSince(start));
    }

    static void run(long seed) {
        Random random = new Random(seed);
        SimulatedDirectory directory = new SimulatedDirectory();
        InstantSource clock = TestEnvironments.jumpingClock(seed);
        Durability durability = List.of(Durability.values()).get((int) (seed % Durability.values().length));
        Workload workload = new Workload(seed, directory, durability);
        workload.useClock(clock);
        workload.open();
        for (int i = 0; i < STEPS; i++) {
            workload.run(workload.anyStep());
        }
        List<SortedMap<String, String>> history = workload.history();
        assertThat(Contents.of(workload.store())).isEqualTo(history.get(history.size() - 1));
        SimulatedDirectory crashed = new SimulatedDirectory(new CrashImages(directory, random).any());
        Set<String> ids = new HashSet<>();
        for (int open = 0; open < 2; open++) {
            try (Store store = TestStores.open(
                    crashed,
                    Workload.options(Durability.ALWAYS),
                    TestEnvironments.stepped(random.nextLong(), new SteppedTasks(), clock))) {
                assertThat(history.subList(workload.durable(), history.size())).contains(Contents.of(store));
                insertWithoutIds(store, ids, open);
            }
        }
    }

    /** Ids are unique, and each is later in order than the ones that the same store generated before. */
    private static void insertWithoutIds(Store store, Set<String> ids, int open) {
        DocumentCollection<Map<String, @Nullable Object>> collection = store.collection("clock");
        String last = "";
        for (int i = 0; i < IDS; i++) {
            Map<String, @Nullable Object> document = new HashMap<>();
            document.put("open", open);
            String id = String.valueOf(collection.insert(document).get("id"));
            assertThat(ids.add(id)).as("new id " + id).isTrue();
            assertThat(id).isGreaterThan(last);
            last = id;
        }
        assertThat(collection.count(Query.all())).isEqualTo(ids.size());
    }
}
