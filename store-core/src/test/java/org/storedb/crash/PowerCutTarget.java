package org.storedb.crash;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.IntStream;
import org.storedb.Durability;
import org.storedb.Keyspace;
import org.storedb.Store;
import org.storedb.StoreOptions;
import org.storedb.internal.io.FileSystemDirectory;

/**
 * The process under which {@link PowerCutTests} cuts the power: four threads write batches as {@link KillTarget} does,
 * while compaction runs again and again. Each batch tells as well how many batches of each thread were acknowledged when it
 * was begun, so that what is left shows whether it is a prefix of what was done.
 */
final class PowerCutTarget {

    static final String SEEN = "seen";

    /** In the place of a {@link PlantedBug}. */
    static final String NO_BUG = "none";

    private static final int LONG_SEGMENT_BYTES = 1 << 20;

    /** Between compactions, which sync, where commits are not synced. */
    private static final long PAUSE_MILLIS = 300;

    private final Store store;
    private final Path acknowledgements;
    private final AtomicLongArray acknowledged = new AtomicLongArray(KillTarget.WRITERS);

    private PowerCutTarget(Store store, Path acknowledgements) {
        this.store = store;
        this.acknowledgements = acknowledgements;
        for (int writer = 0; writer < KillTarget.WRITERS; writer++) {
            acknowledged.set(writer, KillTarget.lastBatch(KillTarget.keyspace(store, writer)));
        }
    }

    /**
     * Runs until it is killed, or the store stops. Arguments: the directory of the store, the file for acknowledgements,
     * the durability, the name of a planted bug.
     */
    public static void main(String[] arguments) throws Exception {
        Path directory = Path.of(arguments[0]);
        StoreOptions options = options(Durability.valueOf(arguments[2]));
        new PowerCutTarget(open(directory, options, arguments[3]), Path.of(arguments[1]))
                .run(options.durability() == Durability.ALWAYS ? 0 : PAUSE_MILLIS);
    }

    /** Where a commit is not synced, segments are so long and syncs so rare that a cut finds something that it can take. */
    static StoreOptions options(Durability durability) {
        StoreOptions options = KillTarget.options().withDurability(durability);
        return durability == Durability.ALWAYS ? options : options.withSegmentBytes(LONG_SEGMENT_BYTES);
    }

    /** Numbers that are parted by spaces, one for each writer. */
    static long[] numbers(String numbers) {
        return Arrays.stream(numbers.split(" ")).mapToLong(Long::parseLong).toArray();
    }

    private static Store open(Path directory, StoreOptions options, String bug) throws IOException {
        if (bug.equals(NO_BUG)) {
            return Store.open(directory, options);
        }
        Files.createDirectories(directory);
        return Store.open(PlantedBug.valueOf(bug).disk().apply(FileSystemDirectory.open(directory)), options);
    }

    private void run(long pauseMillis) throws InterruptedException {
        for (int i = 0; i < KillTarget.WRITERS; i++) {
            int writer = i;
            Thread thread = new Thread(() -> write(writer));
            thread.setUncaughtExceptionHandler((failed, e) -> {
                e.printStackTrace();
                Runtime.getRuntime().halt(1);
            });
            thread.start();
        }
        while (true) {
            store.compact().join();
            Thread.sleep(pauseMillis);
        }
    }

    private void write(int writer) {
        Keyspace keyspace = KillTarget.keyspace(store, writer);
        try (RandomAccessFile file = new RandomAccessFile(acknowledgements.toFile(), "rw")) {
            for (long batch = acknowledged.get(writer) + 1; ; batch++) {
                String seen = IntStream.range(0, KillTarget.WRITERS)
                        .mapToObj(other -> Long.toString(acknowledged.get(other)))
                        .collect(joining(" "));
                keyspace.write(KillTarget.batch(batch).put(SEEN.getBytes(UTF_8), seen.getBytes(UTF_8)));
                acknowledged.set(writer, batch);
                file.seek((long) writer * Long.BYTES);
                file.writeLong(batch);
            }
        } catch (IOException e) {
            throw new IllegalStateException("Cannot note what was acknowledged", e);
        }
    }
}
