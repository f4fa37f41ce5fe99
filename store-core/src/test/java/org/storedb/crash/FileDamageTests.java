package org.storedb.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.storedb.Durability;
import org.storedb.Store;
import org.storedb.TestStores;
import org.storedb.error.StoreException;
import org.storedb.testing.SimulatedDirectory;
import org.storedb.testing.SteppedTasks;
import org.storedb.testing.TestEnvironments;

/**
 * Damages the files of small stores: flips bits, cuts files off, zeroes sectors, removes, exchanges and outdates files.
 * The store must answer correctly or refuse with an exception of its own; a refused open changes nothing but what the
 * open of the sound store would have changed as well. Of a store that was closed in order nothing may be dropped; of
 * another one only its last commit, which nothing on the medium vouches for.
 */
class FileDamageTests {

    private static final int SECTOR_BYTES = 512;

    private static final List<Step> SCRIPT = List.of(
            Step.INSERT,
            Step.BATCH,
            Step.CREATE_INDEX,
            Step.UPDATE,
            Step.BATCH,
            Step.COMPACT,
            Step.DELETE,
            Step.TRANSACTION,
            Step.REOPEN,
            Step.UPDATE,
            Step.INSERT,
            Step.COMPACT,
            Step.INSERT,
            Step.BATCH,
            Step.INSERT);

    private final List<Map<String, byte[]>> earlier = new ArrayList<>();
    private StoreVariant variant = StoreVariant.PLAIN;
    private Random random = new Random();
    private long seed;
    private SortedMap<String, String> complete = new TreeMap<>();
    private Map<String, byte[]> files = new TreeMap<>();
    private List<SortedMap<String, String>> allowed = List.of();
    private long flips;
    private long damages;
    private long refusals;
    private long dropped;

    @ParameterizedTest
    @MethodSource("org.storedb.crash.CampaignSize#seeds")
    void nothingOfAStoreClosedInOrderIsDropped(long firstSeed) {
        run(true, firstSeed, CampaignSize.of(5));
    }

    @ParameterizedTest
    @MethodSource("org.storedb.crash.CampaignSize#seeds")
    void nothingOfAnEncryptedAndCompressedStoreIsDroppedOrReadWrongly(long firstSeed) {
        variant = StoreVariant.ENCRYPTED_LZ4;
        run(true, firstSeed, CampaignSize.of(1));
    }

    @ParameterizedTest
    @MethodSource("org.storedb.crash.CampaignSize#seeds")
    void onlyTheLastCommitOfAStoreThatWasKilledCanBeDropped(long firstSeed) {
        run(false, firstSeed, CampaignSize.of(3));
    }

    void run(boolean closed, long firstSeed, int stores) {
        long start = System.nanoTime();
        for (int i = 0; i < stores; i++) {
            seed = firstSeed + i;
            random = new Random(seed);
            earlier.clear();
            makeStore(closed);
            if (i % 2 == 1) { // Only then is all of the log read.
                files = CrashOracle.withoutCheckpoint(files);
                earlier.replaceAll(CrashOracle::withoutCheckpoint);
            }
            assertThat(isRefused(files)).as("the undamaged store is refused").isFalse();
            files.forEach((name, content) -> {
                flipBits(name, content);
                cutOff(name, content);
                zeroSectors(name, content);
                judge(without(name), name + " removed");
                exchange(name, content);
            });
        }
        CampaignSize.report(
                "Damage of %s %s stores: %d from seed %d, %,d flips of bits, %,d damages in all, %,d refused,"
                        + " %,d dropped the last commit, %.1f s",
                closed ? "closed" : "killed",
                variant,
                stores,
                firstSeed,
                flips,
                damages,
                refusals,
                dropped,
                CampaignSize.secondsSince(start));
        if (closed) {
            assertThat(dropped).isZero();
        }
        assertThat(flips).isGreaterThan(10_000L * stores);
        assertThat(refusals).isGreaterThan(damages / 10);
    }

    private void makeStore(boolean closed) {
        SimulatedDirectory directory = new SimulatedDirectory();
        Workload workload = new Workload(seed, directory, Durability.ALWAYS, variant);
        workload.useSmallValues();
        workload.open();
        for (Step step : SCRIPT) {
            workload.run(step);
            earlier.add(directory.visibleFiles());
        }
        if (closed) {
            workload.close();
        }
        files = directory.visibleFiles();
        List<SortedMap<String, String>> history = workload.history();
        complete = history.get(history.size() - 1);
        allowed = history.subList(history.size() - (closed ? 1 : 2), history.size());
    }

    private void flipBits(String name, byte[] content) {
        int used = usedBytes(content);
        for (int bit = 0; bit < 8 * used; bit++) {
            byte[] damaged = content.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            flips++;
            boolean refused = judge(with(name, damaged), "bit " + bit + " of " + name + " flipped");
            if (name.equals("manifest")) {
                assertThat(refused).as("bit %d of the manifest is noticed", bit).isTrue();
            }
        }
        if (used < content.length) {
            byte[] damaged = content.clone();
            damaged[used + random.nextInt(content.length - used)] = 1;
            judge(with(name, damaged), "unused end of " + name + " written");
        }
    }

    private void cutOff(String name, byte[] content) {
        int used = usedBytes(content);
        for (int length = 0; length < used; length++) {
            byte[] damaged = Arrays.copyOf(content, length);
            boolean mayLose = allowed.size() > 1;
            if (mayLose && name.equals(activeSegment())) {
                continue; // Where a killed store was cut off is not to be told from where it was killed.
            }
            judge(with(name, damaged), name + " cut off at " + length);
        }
    }

    private static int lastFrame(byte[] segment) {
        return new String(segment, StandardCharsets.ISO_8859_1).lastIndexOf("STFR");
    }

    /** The one with room behind its frames. */
    private String activeSegment() {
        return files.entrySet().stream()
                .filter(file -> file.getKey().startsWith("segment-"))
                .max(Comparator.comparing(file -> file.getValue().length))
                .orElseThrow()
                .getKey();
    }

    private void zeroSectors(String name, byte[] content) {
        // The last frame of a killed store is what vouches for the ones before it; it must not be hit with them.
        boolean mayLose = allowed.size() > 1 && name.equals(activeSegment());
        int end = mayLose ? lastFrame(content) : usedBytes(content);
        for (int start = 0; start + SECTOR_BYTES <= end; start += SECTOR_BYTES) {
            byte[] damaged = content.clone();
            Arrays.fill(damaged, start, start + SECTOR_BYTES, (byte) 0);
            judge(with(name, damaged), "sector at " + start + " of " + name + " zeroed");
        }
    }

    private void exchange(String name, byte[] content) {
        for (Map.Entry<String, byte[]> other : files.entrySet()) {
            if (!other.getKey().equals(name)) {
                Map<String, byte[]> exchanged = with(name, other.getValue());
                exchanged.put(other.getKey(), content);
                judge(exchanged, name + " exchanged with " + other.getKey());
                judge(with(name, other.getValue()), name + " replaced by " + other.getKey());
            }
        }
        if (allowed.size() == 1) { // What an older file of a killed store lacks may be what was never written.
            for (Map<String, byte[]> past : earlier) {
                byte[] older = past.get(name);
                if (older != null) {
                    judge(with(name, older), name + " outdated");
                }
            }
        }
    }

    private boolean judge(Map<String, byte[]> damaged, String what) {
        damages++;
        try {
            boolean refused = isRefused(damaged);
            refusals += refused ? 1 : 0;
            return refused;
        } catch (RuntimeException | Error e) {
            throw new AssertionError("Seed " + seed + ", " + what + ": " + e.getMessage(), e);
        }
    }

    private boolean isRefused(Map<String, byte[]> damaged) {
        SimulatedDirectory directory = new SimulatedDirectory(damaged);
        SortedMap<String, String> found;
        boolean opened = false;
        try (Store store = TestStores.open(
                directory,
                variant.applyTo(Workload.options(Durability.ALWAYS)),
                TestEnvironments.stepped(7, new SteppedTasks()))) {
            opened = true;
            found = Contents.of(store);
        } catch (StoreException e) {
            assertThat(e).hasMessageMatching("(?s).{20,}");
            assertThat(directory.openFiles()).as("files left open").isEmpty();
            if (!opened) {
                requireNothingLost(damaged, directory.visibleFiles());
            }
            return true;
        }
        assertThat(allowed).as("what may be found").contains(found);
        if (!found.equals(complete)) {
            dropped++;
        }
        return false;
    }

    /**
     * A refused open has changed nothing, or only what opening the sound store would have changed as well: once the damage
     * is undone, the store opens with its contents.
     */
    private void requireNothingLost(Map<String, byte[]> damaged, Map<String, byte[]> left) {
        boolean untouched = left.keySet().equals(damaged.keySet())
                && left.keySet().stream().allMatch(name -> Arrays.equals(left.get(name), damaged.get(name)));
        if (untouched) {
            return;
        }
        Map<String, byte[]> repaired = new TreeMap<>(left);
        files.forEach((name, sound) -> {
            byte[] found = damaged.get(name);
            if (!Arrays.equals(found, sound) && Arrays.equals(left.get(name), found)) {
                repaired.put(name, sound);
            }
        });
        try (Store store = TestStores.open(
                new SimulatedDirectory(repaired),
                variant.applyTo(Workload.options(Durability.ALWAYS)),
                TestEnvironments.stepped(7, new SteppedTasks()))) {
            assertThat(allowed).as("what is left after a refusal").contains(Contents.of(store));
        }
    }

    private Map<String, byte[]> with(String name, byte[] content) {
        Map<String, byte[]> changed = new TreeMap<>(files);
        changed.put(name, content);
        return changed;
    }

    private Map<String, byte[]> without(String name) {
        Map<String, byte[]> changed = new TreeMap<>(files);
        changed.remove(name);
        return changed;
    }

    private static int usedBytes(byte[] content) {
        int used = content.length;
        while (used > 0 && content[used - 1] == 0) {
            used--;
        }
        return used;
    }
}
