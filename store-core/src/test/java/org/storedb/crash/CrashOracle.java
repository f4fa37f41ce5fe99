package org.storedb.crash;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.storedb.Durability;
import org.storedb.Store;
import org.storedb.TestStores;
import org.storedb.error.UniqueIndexViolationException;
import org.storedb.internal.checkpoint.CheckpointFile;
import org.storedb.query.Query;
import org.storedb.storage.StorageDirectory;
import org.storedb.testing.CrashImages;
import org.storedb.testing.InterceptedDirectory;
import org.storedb.testing.IoInterceptor;
import org.storedb.testing.IoOperation;
import org.storedb.testing.SimulatedDirectory;
import org.storedb.testing.SteppedTasks;
import org.storedb.testing.TestEnvironments;

/**
 * Judges what a crash left behind: it must open, contain what some prefix of the commits led to that has every
 * acknowledged one, have indexes that agree with the documents, take a write, survive another crash, and leave no file
 * open.
 */
final class CrashOracle {

    private static final String MARK = "mark";
    private static final int DEEPER_ONE_IN = 50;

    private final UnaryOperator<StorageDirectory> disk;
    private final Random random;
    private final StoreVariant variant;
    private long images;
    private long recoveries;
    private long nestedImages;

    /**
     * An oracle.
     *
     * @param disk what stands between the engine and the simulated disk during recovery; mutants of the disk, mostly
     */
    CrashOracle(UnaryOperator<StorageDirectory> disk, Random random, StoreVariant variant) {
        this.disk = disk;
        this.random = random;
        this.variant = variant;
    }

    long images() {
        return images;
    }

    long recoveries() {
        return recoveries;
    }

    long nestedImages() {
        return nestedImages;
    }

    /**
     * Recovers an image, and once more after a write and another crash. Every other image loses its checkpoint first, which
     * must make no difference, lest the log behind it is never read.
     *
     * @param allowed the contents that may be found
     */
    void check(Map<String, byte[]> image, List<SortedMap<String, String>> allowed) {
        images++;
        SimulatedDirectory directory = new SimulatedDirectory(random.nextBoolean() ? image : withoutCheckpoint(image));
        SortedMap<String, String> found = recoverAndMark(directory, directory, allowed);
        recoverAndMark(new CrashImages(directory, random).any(), List.of(marked(found)));
    }

    static Map<String, byte[]> withoutCheckpoint(Map<String, byte[]> files) {
        Map<String, byte[]> others = new TreeMap<>(files);
        others.remove(CheckpointFile.NAME);
        return others;
    }

    /**
     * Opens what a killed process left behind while nothing that it left undecided is on the medium yet, and loses power
     * then: what was seen after the open must be durable.
     *
     * @param killed a directory that nobody else uses
     */
    void checkPowerLossAfterKill(SimulatedDirectory killed, List<SortedMap<String, String>> allowed) {
        images++;
        SortedMap<String, String> found = recoverAndMark(killed, disk.apply(killed), allowed);
        new CrashImages(killed, random).forEach(2, image -> recoverAndMark(image, List.of(marked(found))));
    }

    /**
     * Crashes in the middle of a recovery, after each of its operations, and recovers that; now and then
     * with crashes in the middle of that recovery, and so on.
     *
     * @param directory an image, or what a killed process left behind, of which nothing else is used any more
     * @param depth how often it may crash at most before a recovery comes to its end
     */
    void checkCrashesInRecovery(SimulatedDirectory directory, List<SortedMap<String, String>> allowed, int depth) {
        Failures failures = new Failures();
        boolean[] recovering = {true};
        StorageDirectory crashing = disk.apply(new InterceptedDirectory(directory, new IoInterceptor() {
            @Override
            public void after(IoOperation operation) {
                if (recovering[0] && operation.kind().isChange()) {
                    failures.collect(() -> new CrashImages(directory, random).forEach(4, nested -> {
                        nestedImages++;
                        recoverAndMark(nested, allowed);
                        if (depth > 1 && random.nextInt(DEEPER_ONE_IN) == 0) {
                            checkCrashesInRecovery(new SimulatedDirectory(nested), allowed, depth - 1);
                        }
                    }));
                }
            }
        }));
        try (Store store = open(crashing)) {
            recovering[0] = false;
            require(allowed, Contents.of(store));
        }
        failures.rethrow();
    }

    private void recoverAndMark(Map<String, byte[]> image, List<SortedMap<String, String>> allowed) {
        SimulatedDirectory directory = new SimulatedDirectory(image);
        recoverAndMark(directory, disk.apply(directory), allowed);
    }

    private SortedMap<String, String> recoverAndMark(
            SimulatedDirectory directory, StorageDirectory seen, List<SortedMap<String, String>> allowed) {
        SortedMap<String, String> found;
        Store store = open(seen);
        try {
            recoveries++;
            found = Contents.of(store);
            require(allowed, found);
            requireUniqueness(store);
            store.keyspace(Contents.KEYSPACE).put(MARK.getBytes(UTF_8), MARK.getBytes(UTF_8));
        } catch (Throwable e) {
            store.close();
            throw e;
        }
        return closedOrNot(directory, store, found);
    }

    /** A crash may come before or after closing; both are to be met. */
    private SortedMap<String, String> closedOrNot(
            SimulatedDirectory directory, Store store, SortedMap<String, String> found) {
        if (random.nextBoolean()) {
            store.close();
            if (!directory.openFiles().isEmpty()) {
                throw new AssertionError("Left open: " + directory.openFiles());
            }
        }
        return found;
    }

    private Store open(StorageDirectory directory) {
        return TestStores.open(
                directory,
                variant.applyTo(Workload.options(Durability.ALWAYS)),
                TestEnvironments.stepped(7, new SteppedTasks()));
    }

    private static SortedMap<String, String> marked(SortedMap<String, String> contents) {
        SortedMap<String, String> marked = new TreeMap<>(contents);
        marked.put(Contents.entryName(MARK), Contents.digest(MARK.getBytes(UTF_8)));
        return marked;
    }

    private static void require(List<SortedMap<String, String>> allowed, SortedMap<String, String> found) {
        if (!allowed.contains(found)) {
            throw new AssertionError("Found " + found + "\nbut allowed are only\n"
                    + String.join("\n", allowed.stream().map(Object::toString).toList()));
        }
    }

    /** The unique index is built again at each open: a value that a document has must be refused to another one. */
    private static void requireUniqueness(Store store) {
        boolean unique = Contents.people(store).indexes().stream().anyMatch(index -> index.unique());
        Map<String, @Nullable Object> someone =
                Contents.people(store).findOne(Query.all()).orElse(null);
        if (!unique || someone == null) {
            return;
        }
        Map<String, @Nullable Object> twin = new HashMap<>(someone);
        twin.put("id", "twin");
        try {
            Contents.people(store).insert(twin);
        } catch (UniqueIndexViolationException e) {
            return;
        }
        throw new AssertionError("The unique index let " + twin + " in");
    }
}
