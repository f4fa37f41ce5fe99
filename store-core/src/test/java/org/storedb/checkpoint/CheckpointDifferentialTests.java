package org.storedb.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.storedb.CheckpointPolicy;
import org.storedb.Store;
import org.storedb.TestStores;
import org.storedb.crash.CampaignSize;
import org.storedb.testing.SimulatedDirectory;
import org.storedb.testing.SteppedTasks;
import org.storedb.testing.TestEnvironments;

/**
 * Opens what a busy store leaves behind at any moment with its checkpoint, without it, with older ones, with damaged ones
 * and with those of another store: each entry of each tree, each place of a record and each figure must be the same.
 */
class CheckpointDifferentialTests {

    private static final String CHECKPOINT = "checkpoint";
    private static final int STEPS = 120;

    private long opens;
    private long used;
    private long olderUsed;
    private long damagedUsed;

    @Test
    void stateIsTheSameWithAnyCheckpointAndWithoutOne() {
        int runs = CampaignSize.of(6);
        for (int i = 0; i < runs; i++) {
            run(CampaignSize.firstSeed() + i);
        }
        CampaignSize.report(
                "Checkpoints: %d stores from seed %d, %,d opens, %,d with the checkpoint, %,d with an older one",
                runs, CampaignSize.firstSeed(), opens, used, olderUsed);
        assertThat(used).isGreaterThan(runs * (STEPS / 3L));
        assertThat(olderUsed).isGreaterThan(runs * 10L);
        assertThat(damagedUsed).as("damaged checkpoints that were used").isZero();
    }

    private void run(long seed) {
        Random random = new Random(seed);
        SimulatedDirectory directory = new SimulatedDirectory();
        BusyStore busy = new BusyStore(directory, random);
        List<byte[]> older = new ArrayList<>();
        for (int step = 0; step < STEPS; step++) {
            busy.step();
            Map<String, byte[]> files = directory.visibleFiles();
            try {
                judge(files, older, random);
            } catch (RuntimeException | Error e) {
                throw new AssertionError("Seed " + seed + ", step " + step + ": " + e.getMessage(), e);
            }
            byte[] checkpoint = files.get(CHECKPOINT);
            if (checkpoint != null && older.stream().noneMatch(known -> Arrays.equals(known, checkpoint))) {
                older.add(checkpoint);
            }
            if (random.nextInt(15) == 0) {
                busy.kill();
            }
        }
        busy.store().close();
        judge(directory.visibleFiles(), older, random);
    }

    private void judge(Map<String, byte[]> files, List<byte[]> older, Random random) {
        Map<String, byte[]> without = new TreeMap<>(files);
        byte[] checkpoint = without.remove(CHECKPOINT);
        SortedMap<String, String> expected = picture(without, null);
        if (checkpoint != null) {
            used += compare(without, checkpoint, expected, "the checkpoint");
            for (int i = 0; i < 4; i++) {
                byte[] flipped = checkpoint.clone();
                flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
                damagedUsed += compare(without, flipped, expected, "a flipped bit");
            }
            byte[] cut = Arrays.copyOf(checkpoint, random.nextInt(checkpoint.length));
            damagedUsed += compare(without, cut, expected, "a checkpoint cut off at " + cut.length);
        }
        if (!older.isEmpty()) {
            byte[] any = older.get(random.nextInt(older.size()));
            olderUsed += compare(without, any, expected, "an older checkpoint");
        }
    }

    /** Whether the checkpoint was used. */
    private int compare(Map<String, byte[]> files, byte[] checkpoint, SortedMap<String, String> expected, String what) {
        boolean[] wasUsed = {false};
        SortedMap<String, String> found;
        Map<String, byte[]> all = new TreeMap<>(files);
        all.put(CHECKPOINT, checkpoint);
        found = picture(all, wasUsed);
        assertThat(differences(expected, found)).as("with " + what).isEmpty();
        return wasUsed[0] ? 1 : 0;
    }

    private static List<String> differences(SortedMap<String, String> expected, SortedMap<String, String> found) {
        List<String> differences = new ArrayList<>();
        expected.forEach((name, value) -> {
            if (!value.equals(found.get(name))) {
                differences.add(name + " is " + found.get(name) + ", not " + value);
            }
        });
        found.keySet().stream()
                .filter(name -> !expected.containsKey(name))
                .forEach(name -> differences.add(name + " is there"));
        return differences;
    }

    private SortedMap<String, String> picture(Map<String, byte[]> files, boolean @Nullable [] wasUsed) {
        opens++;
        SimulatedDirectory directory = new SimulatedDirectory(files);
        try (Store store = TestStores.open(
                directory,
                BusyStore.options().withCheckpoints(CheckpointPolicy.none()),
                TestEnvironments.stepped(7, new SteppedTasks()))) {
            if (wasUsed != null) {
                wasUsed[0] = store.stats().open().checkpointUsed();
                boolean kept = directory.list().contains(CHECKPOINT);
                assertThat(kept).as("what is of no use is removed").isEqualTo(wasUsed[0]);
            }
            return Picture.of(store);
        }
    }
}
