package org.storedb.benchmark.runner;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.storedb.Durability;
import org.storedb.Keyspace;
import org.storedb.Store;
import org.storedb.StoreOptions;
import org.storedb.WriteBatch;
import org.storedb.benchmark.workload.DirectoryFiles;
import org.storedb.benchmark.workload.KeySet;

/**
 * The cost of a commit to its thread: processor time and allocated bytes, which are meaningful even on a shared
 * machine. With few entries the index hardly matters, and what remains is the path to the file.
 */
public final class CommitCost {

    public static final String COMMAND = "commit-cost";
    public static final String ARGUMENTS = "<entries> <durability> <commits> [<puts per commit>]";

    private static final int ROUNDS = 4;

    private CommitCost() {}

    /** Runs the command, with {@link #ARGUMENTS}; the first round is a warm-up. */
    public static void run(String... arguments) throws IOException {
        if (arguments.length < 3) {
            throw new IllegalArgumentException(COMMAND + " needs " + ARGUMENTS);
        }
        int entries = Integer.parseInt(arguments[0]);
        Durability durability = Durability.valueOf(arguments[1]);
        int commits = Integer.parseInt(arguments[2]);
        int puts = arguments.length > 3 ? Integer.parseInt(arguments[3]) : 1;
        Path directory = Files.createTempDirectory("commit-cost");
        try (Store store = Store.open(directory, StoreOptions.defaults().withDurability(durability))) {
            for (int round = 0; round < ROUNDS; round++) {
                measure(store.keyspace("entries"), entries, commits, puts);
            }
        } finally {
            DirectoryFiles.delete(directory);
        }
    }

    private static void measure(Keyspace keyspace, int entries, int commits, int puts) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        SplittableRandom random = new SplittableRandom(commits);
        byte[] value = new byte[100];
        long allocated = threads.getCurrentThreadAllocatedBytes();
        long processor = threads.getCurrentThreadCpuTime();
        long user = threads.getCurrentThreadUserTime();
        for (int commit = 0; commit < commits; commit++) {
            if (puts == 1) {
                keyspace.put(KeySet.key(random.nextLong(entries)), value);
            } else {
                WriteBatch batch = new WriteBatch();
                for (int put = 0; put < puts; put++) {
                    batch.put(KeySet.key(random.nextLong(entries)), value);
                }
                keyspace.write(batch);
            }
        }
        System.out.printf(
                "a commit of %d: %,d ns of processor time, %,d of them in the system, %,d bytes allocated%n",
                puts,
                (threads.getCurrentThreadCpuTime() - processor) / commits,
                (threads.getCurrentThreadCpuTime() - processor - threads.getCurrentThreadUserTime() + user) / commits,
                (threads.getCurrentThreadAllocatedBytes() - allocated) / commits);
    }
}
