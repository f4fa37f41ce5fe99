package org.storedb.crash;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.storedb.CompactionPolicy;
import org.storedb.Keyspace;
import org.storedb.Store;
import org.storedb.StoreOptions;
import org.storedb.WriteBatch;

/**
 * The process that {@link KillTests} kills: four threads write batches, each into keys of its own, and note in a file what
 * was acknowledged, while compaction runs without pause. What a thread has written follows from the number of its batches.
 */
final class KillTarget {

    static final int WRITERS = 4;

    private static final int SLOTS = 25;

    private KillTarget() {}

    /** Runs until it is killed. Arguments: the directory of the store, the file for acknowledgements. */
    public static void main(String[] arguments) throws Exception {
        Store store = Store.open(Path.of(arguments[0]), options());
        for (int i = 0; i < WRITERS; i++) {
            int writer = i;
            Thread thread = new Thread(() -> write(store, writer, arguments[1]));
            thread.setUncaughtExceptionHandler((failed, e) -> {
                e.printStackTrace();
                Runtime.getRuntime().halt(1);
            });
            thread.start();
        }
        while (true) {
            store.compact().join();
        }
    }

    static StoreOptions options() {
        return StoreOptions.defaults().withSegmentBytes(64 << 10).withCompaction(CompactionPolicy.manual());
    }

    static Keyspace keyspace(Store store, int writer) {
        return store.keyspace("writer" + writer);
    }

    /** Number of the last batch that is in the store; 0 if there is none. */
    static long lastBatch(Keyspace keyspace) {
        byte[] last = keyspace.get("last".getBytes(UTF_8));
        return last == null ? 0 : Long.parseLong(new String(last, UTF_8));
    }

    /** What a writer's keyspace contains after so many batches. */
    static Map<String, String> contents(long batches) {
        Map<String, String> contents = new TreeMap<>();
        for (long batch = Math.max(1, batches - 4 * SLOTS * SLOTS); batch <= batches; batch++) {
            contents.remove(deletedSlot(batch));
            contents.put(slot(batch), value(batch));
        }
        if (batches > 0) {
            contents.put("last", Long.toString(batches));
        }
        return contents;
    }

    /** What a writer does in one commit. */
    static WriteBatch batch(long batch) {
        return new WriteBatch()
                .delete(deletedSlot(batch).getBytes(UTF_8))
                .put(slot(batch).getBytes(UTF_8), value(batch).getBytes(UTF_8))
                .put("last".getBytes(UTF_8), Long.toString(batch).getBytes(UTF_8));
    }

    private static void write(Store store, int writer, String acknowledgements) {
        Keyspace keyspace = keyspace(store, writer);
        try (RandomAccessFile file = new RandomAccessFile(acknowledgements, "rw")) {
            for (long batch = lastBatch(keyspace) + 1; ; batch++) {
                keyspace.write(batch(batch));
                file.seek((long) writer * Long.BYTES);
                file.writeLong(batch);
            }
        } catch (IOException e) {
            throw new IllegalStateException("Cannot note what was acknowledged", e);
        }
    }

    private static String slot(long batch) {
        return "slot" + batch * batch % SLOTS;
    }

    private static String deletedSlot(long batch) {
        return "slot" + batch * 7 % SLOTS;
    }

    private static String value(long batch) {
        return (batch + " ").repeat(1 + (int) (batch * 31 % 97));
    }
}
