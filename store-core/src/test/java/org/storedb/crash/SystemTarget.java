package org.storedb.crash;

import java.nio.file.Path;
import org.storedb.Keyspace;
import org.storedb.Store;
import org.storedb.error.StoreException;
import org.storedb.error.StoreFullException;

/**
 * The process whose calls of the operating system are made to fail: it commits batches one after the other, compacts now
 * and then, closes the store, and prints what was acknowledged and what was thrown.
 */
final class SystemTarget {

    static final String ACKNOWLEDGED = "acknowledged ";
    static final String FULL = "full ";
    static final String STOPPED = "stopped ";
    static final String UNTYPED = "untyped ";
    static final String END = "end";

    private static final int COMPACTION_INTERVAL = 100;
    private static final int MOST_REFUSALS = 3;

    private SystemTarget() {}

    /** Arguments: the directory of the store, the number of batches to commit. */
    public static void main(String[] arguments) {
        try (Store store = Store.open(Path.of(arguments[0]), KillTarget.options())) {
            write(store, Long.parseLong(arguments[1]));
        } catch (StoreException e) {
            say(STOPPED, e);
        } catch (RuntimeException | Error e) {
            say(UNTYPED, e);
        }
        System.out.println(END);
    }

    private static void write(Store store, long batches) {
        Keyspace keyspace = KillTarget.keyspace(store, 0);
        int refusals = 0;
        long first = KillTarget.lastBatch(keyspace) + 1;
        for (long batch = first; batch < first + batches; batch++) {
            try {
                keyspace.write(KillTarget.batch(batch));
                System.out.println(ACKNOWLEDGED + batch);
            } catch (StoreFullException e) {
                say(FULL, e);
                if (++refusals > MOST_REFUSALS) {
                    throw e;
                }
                batch--;
            }
            if (batch % COMPACTION_INTERVAL == 0) {
                compact(store);
            }
        }
    }

    private static void compact(Store store) {
        try {
            store.compact().join();
        } catch (java.util.concurrent.CompletionException e) {
            if (!(e.getCause() instanceof StoreException)) {
                throw e;
            }
            say("compaction ", e.getCause());
        }
    }

    private static void say(String what, Throwable e) {
        System.out.println(what + e.toString().replace('\n', ' '));
    }
}
