package org.storedb.crash;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.storedb.Compression;
import org.storedb.Durability;
import org.storedb.Store;
import org.storedb.StoreOptions;
import org.storedb.StoreSalvage;
import org.storedb.TestStores;
import org.storedb.error.CorruptStoreException;
import org.storedb.error.OperationCancelledException;
import org.storedb.index.IndexDefinition;
import org.storedb.maintenance.OperationMonitor;
import org.storedb.maintenance.SalvageReport;
import org.storedb.storage.StorageDirectory;
import org.storedb.testing.BadSector;
import org.storedb.testing.CrashImages;
import org.storedb.testing.InterceptedDirectory;
import org.storedb.testing.IoInterceptor;
import org.storedb.testing.IoOperation;
import org.storedb.testing.SimulatedDirectory;
import org.storedb.testing.SteppedTasks;
import org.storedb.testing.TestEnvironments;

/**
 * Salvages stores that were damaged in every way, and holds the result against the model: what is not hit is there as it
 * was, and nothing is there that never was.
 */
class SalvageTests {

    private static final OperationMonitor NOBODY = OperationMonitor.none();

    @Test
    void aSoundStoreIsSalvagedWhole() {
        for (int run = 0; run < CampaignSize.of(12); run++) {
            Past past = past(CampaignSize.firstSeed() + run, run % 2 == 0);
            SimulatedDirectory target = new SimulatedDirectory();
            SalvageReport report =
                    StoreSalvage.run(new SimulatedDirectory(past.files), target, StoreOptions.defaults(), NOBODY);
            assertThat(contents(target)).isEqualTo(past.latest());
            assertThat(report.isComplete()).as(report.toString()).isTrue();
            assertThat(report.doubtfulRecords()).isZero();
        }
    }

    @Test
    void whatIsNotHitIsThereAndNothingIsInvented() {
        long salvages = 0;
        long hit = 0;
        long wholeDespiteDamage = 0;
        for (int run = 0; run < CampaignSize.of(2); run++) {
            long seed = CampaignSize.firstSeed() + run;
            Past past = past(seed, true);
            Random random = new Random(seed);
            for (Map.Entry<String, byte[]> file : past.files.entrySet()) {
                for (int i = 0; i < 40; i++) {
                    byte[] damaged = damage(file.getValue(), random);
                    Map<String, byte[]> files = new TreeMap<>(past.files);
                    if (damaged == null) {
                        files.remove(file.getKey());
                    } else {
                        files.put(file.getKey(), damaged);
                    }
                    boolean whole = judge(past, files, "seed " + seed + ", " + file.getKey() + " damaged, " + i);
                    salvages++;
                    hit += whole ? 0 : 1;
                    wholeDespiteDamage += whole ? 1 : 0;
                }
            }
        }
        CampaignSize.report("Salvage: %,d of damaged stores, %,d lost something, nothing invented", salvages, hit);
        assertThat(hit).isPositive();
        assertThat(wholeDespiteDamage).isPositive();
    }

    /** Whether everything is there. What differs must be told of in the report. */
    private static boolean judge(Past past, Map<String, byte[]> files, String what) {
        SimulatedDirectory source = new SimulatedDirectory(files);
        SimulatedDirectory target = new SimulatedDirectory();
        SalvageReport report = StoreSalvage.run(source, target, StoreOptions.defaults(), NOBODY);
        assertThat(source.visibleFiles()).as("the source of " + what).containsExactlyEntriesOf(files);
        assertThat(source.openFiles()).isEmpty();
        assertThat(target.openFiles()).isEmpty();
        SortedMap<String, String> found = contents(target);
        SortedMap<String, String> latest = past.latest();
        found.forEach((key, value) -> {
            if (!key.contains("salvaged-") && !value.contains("salvaged-")) {
                assertThat(past.values.getOrDefault(key, Set.of()))
                        .as(what + ": " + key)
                        .contains(value);
            }
        });
        if (!found.equals(latest)) {
            assertThat(report.isComplete()).as("the report on " + what).isFalse();
            boolean back = found.keySet().stream().anyMatch(key -> !latest.containsKey(key));
            boolean outdated = latest.entrySet().stream()
                    .anyMatch(entry -> found.containsKey(entry.getKey())
                            && !entry.getValue().equals(found.get(entry.getKey())));
            boolean renamed = found.toString().contains("salvaged-");
            if ((back || outdated) && !renamed) {
                assertThat(report.doubtfulRecords()).as("doubts about " + what).isPositive();
            }
        }
        return found.equals(latest);
    }

    private static byte @Nullable [] damage(byte[] content, Random random) {
        byte[] damaged = content.clone();
        int at = random.nextInt(damaged.length);
        int dice = random.nextInt(8);
        if (dice == 0) {
            return null;
        }
        if (dice == 1) {
            return Arrays.copyOf(damaged, at);
        }
        if (dice <= 3) {
            Arrays.fill(damaged, at, Math.min(damaged.length, at + 512), (byte) 0);
            return damaged;
        }
        for (int i = random.nextInt(3); i >= 0; i--) {
            damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return damaged;
    }

    @Test
    void recordsAroundADamagedOneAreSavedFromItsFrame() {
        SimulatedDirectory directory = new SimulatedDirectory();
        byte[] marked = "the value to be hit".getBytes(UTF_8);
        try (Store store = open(directory)) {
            store.runInTransaction(transaction -> {
                for (int i = 0; i < 50; i++) {
                    transaction
                            .keyspace("entries")
                            .put(new byte[] {(byte) i}, i == 25 ? marked : new byte[] {(byte) i});
                }
            });
        }
        Map<String, byte[]> files = directory.visibleFiles();
        byte[] content = Objects.requireNonNull(files.get("segment-0000000001.log"));
        content[indexOf(content, marked) + 3] ^= 1;
        SimulatedDirectory target = new SimulatedDirectory();
        SalvageReport report = StoreSalvage.run(new SimulatedDirectory(files), target, StoreOptions.defaults(), NOBODY);
        try (Store store = open(target)) {
            assertThat(store.keyspace("entries").count()).isEqualTo(49);
            assertThat(store.keyspace("entries").get(new byte[] {24})).containsExactly(24);
        }
        assertThat(report.damages()).hasSize(1);
        assertThat(report.keys())
                .filteredOn(key -> key.fate() == SalvageReport.Fate.LOST)
                .singleElement()
                .satisfies(key -> assertThat(key.tree() + key.key()).isEqualTo("keyspace 'entries'0x19"));
        assertThat(report.keys()).hasSize(50);
    }

    @Test
    void anOlderVersionIsTakenAndTheKeyNamed() {
        SimulatedDirectory directory = new SimulatedDirectory();
        byte[] newer = "the newer value".getBytes(UTF_8);
        try (Store store = open(directory)) {
            store.collection("people").createIndex(IndexDefinition.uniqueOn("email"));
            store.collection("people").insert(Map.of("id", "ada", "email", "a@example.org"));
            store.keyspace("entries").put(new byte[] {1}, "older".getBytes(UTF_8));
            store.keyspace("entries").put(new byte[] {1}, newer);
            store.keyspace("entries").put(new byte[] {2}, "last".getBytes(UTF_8));
        }
        Map<String, byte[]> files = directory.visibleFiles();
        byte[] content = Objects.requireNonNull(files.get("segment-0000000001.log"));
        content[indexOf(content, newer)] ^= 1;
        SimulatedDirectory target = new SimulatedDirectory();
        SalvageReport report = StoreSalvage.run(new SimulatedDirectory(files), target, StoreOptions.defaults(), NOBODY);
        try (Store store = open(target)) {
            assertThat(store.keyspace("entries").get(new byte[] {1})).isEqualTo("older".getBytes(UTF_8));
            assertThat(store.keyspace("entries").get(new byte[] {2})).isEqualTo("last".getBytes(UTF_8));
            assertThat(store.collection("people").indexes()).hasSize(1);
            assertThat(store.stats().id()).isEqualTo(report.salvagedId()).isNotEqualTo(report.sourceId());
        }
        assertThat(report.keys())
                .singleElement()
                .satisfies(key -> assertThat(key.fate()).isEqualTo(SalvageReport.Fate.OLDER_VERSION));
        assertThat(report.lostCommits()).hasSize(1);
        assertThat(report.doubtfulRecords()).isPositive();
    }

    @Test
    void aUniqueIndexThatAnOutdatedDocumentViolatesIsDropped() {
        SimulatedDirectory directory = new SimulatedDirectory();
        try (Store store = open(directory)) {
            store.collection("people").createIndex(IndexDefinition.uniqueOn("email"));
            store.collection("people").insert(Map.of("id", "ada", "email", "same@example.org"));
            store.collection("people").save(Map.of("id", "ada", "email", "other@example.org"));
            store.collection("people").insert(Map.of("id", "bob", "email", "same@example.org"));
        }
        Map<String, byte[]> files = directory.visibleFiles();
        byte[] content = Objects.requireNonNull(files.get("segment-0000000001.log"));
        content[indexOf(content, "other@example.org".getBytes(UTF_8))] ^= 1;
        SimulatedDirectory target = new SimulatedDirectory();
        SalvageReport report = StoreSalvage.run(new SimulatedDirectory(files), target, StoreOptions.defaults(), NOBODY);
        try (Store store = open(target)) {
            assertThat(store.collection("people").count()).isEqualTo(2);
            assertThat(store.collection("people").indexes()).isEmpty();
        }
        assertThat(report.repairs()).singleElement().asString().contains("unique index", "email");
    }

    @Test
    void nothingIsLeftOutBesideAnOldManifest() {
        SimulatedDirectory directory = new SimulatedDirectory();
        try (Store store = open(directory)) {
            putAll(store, 0, 30);
        }
        byte[] manifest = Objects.requireNonNull(directory.visibleFiles().get("manifest"));
        try (Store store = open(directory)) {
            putAll(store, 30, 60);
            assertThat(store.stats().log().segments()).hasSizeGreaterThan(4);
        }
        Map<String, byte[]> files = new TreeMap<>(directory.visibleFiles());
        files.put("manifest", manifest);
        SimulatedDirectory target = new SimulatedDirectory();
        SalvageReport report = StoreSalvage.run(new SimulatedDirectory(files), target, StoreOptions.defaults(), NOBODY);
        try (Store store = open(target)) {
            assertThat(store.keyspace("entries").count()).isEqualTo(60);
        }
        assertThat(report.repairs()).singleElement().asString().startsWith("The manifest is older than the log");
    }

    @Test
    void onlyWhatIsInABadSectorIsLost() {
        SimulatedDirectory directory = new SimulatedDirectory();
        try (Store store = open(directory)) {
            putAll(store, 0, 30);
        }
        SimulatedDirectory target = new SimulatedDirectory();
        SalvageReport report = StoreSalvage.run(
                new BadSector(directory, "segment-0000000001.log", 26_000), target, StoreOptions.defaults(), NOBODY);
        try (Store store = open(target)) {
            assertThat(store.keyspace("entries").count()).isEqualTo(29);
        }
        assertThat(report.isComplete()).isFalse();
        assertThat(report.damages()).singleElement().satisfies(damage -> {
            assertThat(damage.file()).isEqualTo("segment-0000000001.log");
            assertThat(damage.to() - damage.from()).isLessThan(9_000);
        });
        assertThat(report.repairs()).singleElement().asString().contains("cannot be read", "bad sector");
    }

    private static void putAll(Store store, int from, int to) {
        for (int i = from; i < to; i++) {
            store.keyspace("entries").put(new byte[] {(byte) i}, new byte[8000]);
        }
    }

    @Test
    void aSalvageThatIsCutShortLeavesNothingThatOpens() {
        Past past = past(4, true);
        SimulatedDirectory target = new SimulatedDirectory();
        long[] images = {0};
        long[] opened = {0};
        Failures failures = new Failures();
        boolean[] begun = {false};
        StoreSalvage.run(
                new SimulatedDirectory(past.files),
                new InterceptedDirectory(target, new IoInterceptor() {
                    @Override
                    public void after(IoOperation operation) {
                        begun[0] |= operation.kind() == IoOperation.Kind.SYNC_DIRECTORY;
                        if (begun[0] && operation.kind().isChange()) {
                            failures.collect(() -> new CrashImages(target, new Random(images[0])).forEach(3, image -> {
                                images[0]++;
                                try {
                                    assertThat(contents(new SimulatedDirectory(image)))
                                            .isEqualTo(past.latest());
                                    opened[0]++;
                                } catch (CorruptStoreException e) {
                                    assertThat(e).hasMessageContaining("was interrupted");
                                }
                            }));
                        }
                    }
                }),
                StoreOptions.defaults(),
                NOBODY);
        failures.rethrow();
        assertThat(opened[0]).isBetween(1L, images[0] - 1);
    }

    @Test
    void aValueWhoseLibraryIsMissingIsNoDamage(@TempDir Path folder) throws Exception {
        Path source = folder.resolve("source");
        Path target = folder.resolve("target");
        try (Store store = Store.open(source, StoreOptions.defaults().withCompression(Compression.zstd()))) {
            store.keyspace("entries").put(new byte[] {1}, "text ".repeat(1000).getBytes(UTF_8));
        }
        URL classes = StoreSalvage.class.getProtectionDomain().getCodeSource().getLocation();
        try (URLClassLoader withoutLibraries = new URLClassLoader(new URL[] {classes}, null)) {
            Method run =
                    withoutLibraries.loadClass(StoreSalvage.class.getName()).getMethod("run", Path.class, Path.class);

            assertThatThrownBy(() -> run.invoke(null, source, target))
                    .isInstanceOf(InvocationTargetException.class)
                    .cause()
                    .hasMessageContaining("com.github.luben:zstd-jni");
        }
        assertThat(target).doesNotExist();
    }

    @Test
    void nothingIsLeftOfACancelledOne() {
        Past past = past(4, true);
        SimulatedDirectory target = new SimulatedDirectory();
        int[] asked = {0};
        assertThatThrownBy(() -> StoreSalvage.run(
                        new SimulatedDirectory(past.files),
                        target,
                        StoreOptions.defaults(),
                        OperationMonitor.of(now -> {}, () -> asked[0]++ > 0)))
                .isInstanceOf(OperationCancelledException.class);
        assertThat(target.list()).isEmpty();
        assertThatThrownBy(() -> StoreSalvage.run(new SimulatedDirectory(), target, StoreOptions.defaults(), NOBODY))
                .isInstanceOf(CorruptStoreException.class)
                .hasMessageContaining("nothing to salvage");
    }

    private static int indexOf(byte[] content, byte[] wanted) {
        for (int i = 0; i + wanted.length <= content.length; i++) {
            if (Arrays.equals(content, i, i + wanted.length, wanted, 0, wanted.length)) {
                return i;
            }
        }
        throw new AssertionError("Not there");
    }

    private static Past past(long seed, boolean closed) {
        SimulatedDirectory directory = new SimulatedDirectory();
        Workload workload = new Workload(seed, directory, Durability.ALWAYS);
        workload.open();
        for (int i = 0; i < 40; i++) {
            workload.run(workload.anyStep());
        }
        if (closed) {
            workload.close();
        }
        return new Past(workload.history(), directory.visibleFiles());
    }

    private static SortedMap<String, String> contents(StorageDirectory directory) {
        try (Store store = open(directory)) {
            assertThat(store.verify().problems()).isEmpty();
            return Contents.of(store);
        }
    }

    private static Store open(StorageDirectory directory) {
        return TestStores.open(
                directory, Workload.options(Durability.ALWAYS), TestEnvironments.stepped(7, new SteppedTasks()));
    }

    /** A store's files, and every value that each key ever had. */
    private static final class Past {

        private final List<SortedMap<String, String>> history;
        private final Map<String, byte[]> files;
        private final Map<String, Set<String>> values = new HashMap<>();

        Past(List<SortedMap<String, String>> history, Map<String, byte[]> files) {
            this.history = new ArrayList<>(history);
            this.files = files;
            for (SortedMap<String, String> contents : history) {
                contents.forEach((key, value) ->
                        values.computeIfAbsent(key, name -> new HashSet<>()).add(value));
            }
        }

        SortedMap<String, String> latest() {
            return history.get(history.size() - 1);
        }
    }
}
