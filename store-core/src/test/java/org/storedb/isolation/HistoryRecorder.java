package org.storedb.isolation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.storedb.Store;
import org.storedb.StoreContext;
import org.storedb.Transaction;
import org.storedb.error.TransactionConflictException;
import org.storedb.isolation.ListAppend.Append;
import org.storedb.isolation.ListAppend.Execution;
import org.storedb.isolation.ListAppend.Outcome;
import org.storedb.isolation.ListAppend.Read;

/** Runs random transactions on lists against a store and records what each of them did and saw. */
final class HistoryRecorder {

    private static final int OPERATIONS_MAX = 6;

    private final Store store;
    private final Lists lists;
    private final Supplier<Transaction> transactions;
    private final int keys;
    private final AtomicInteger nextElement = new AtomicInteger(1);
    private final AtomicLong clock = new AtomicLong();
    private final List<Execution> history = Collections.synchronizedList(new ArrayList<>());

    /**
     * A recorder.
     *
     * @param transactions begins one on the store
     * @param keys number of lists: few for much contention
     */
    HistoryRecorder(Store store, Supplier<Transaction> transactions, Lists lists, int keys) {
        this.store = store;
        this.transactions = transactions;
        this.lists = lists;
        this.keys = keys;
    }

    /** Interleaves so many open transactions in this thread, operation by operation, as the seed says. */
    void interleave(int transactions, int open, Random random) {
        List<Running> running = new ArrayList<>();
        int begun = 0;
        while (begun < transactions || !running.isEmpty()) {
            if (running.size() < open && begun < transactions && (running.isEmpty() || random.nextInt(3) == 0)) {
                running.add(new Running(random));
                begun++;
            } else {
                Running next = running.get(random.nextInt(running.size()));
                if (!next.step(random)) {
                    running.remove(next);
                }
            }
        }
    }

    /** Runs so many transactions in several threads at once. */
    void race(int transactions, int threads, Random random) throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            List<Future<@Nullable Void>> racers = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                Random own = new Random(random.nextLong());
                Callable<@Nullable Void> racer = () -> {
                    for (int j = 0; j < transactions / threads; j++) {
                        Running running = new Running(own);
                        while (running.step(own)) {
                            if (own.nextInt(4) == 0) {
                                LockSupport.parkNanos(1); // Lets the others in between.
                            }
                        }
                    }
                    return null;
                };
                racers.add(executor.submit(racer));
            }
            for (Future<?> racer : racers) {
                racer.get();
            }
        } finally {
            executor.shutdownNow();
        }
    }

    /** What was recorded, with a last transaction that reads every list, so that no version is unknown. */
    List<Execution> history() {
        long begun = clock.incrementAndGet();
        List<ListAppend> reads = readAll(store);
        history.add(new Execution(reads, Outcome.COMMITTED, begun, clock.incrementAndGet()));
        return List.copyOf(history);
    }

    private List<ListAppend> readAll(StoreContext context) {
        Map<Integer, List<Integer>> all = lists.readAll(context);
        List<ListAppend> reads = new ArrayList<>();
        for (int key = 0; key < keys; key++) {
            reads.add(new Read(key, all.getOrDefault(key, List.of())));
        }
        return reads;
    }

    /** A transaction that does one operation at a time. */
    private final class Running {

        private final long begun = clock.incrementAndGet();
        private final Transaction transaction = transactions.get();
        private final List<ListAppend> operations = new ArrayList<>();
        private int left;

        Running(Random random) {
            left = 1 + random.nextInt(OPERATIONS_MAX);
        }

        /** Does the next thing; false when that was the last. */
        boolean step(Random random) {
            if (left-- > 0) {
                operate(random);
                return true;
            }
            end(random.nextInt(20) == 0);
            return false;
        }

        private void operate(Random random) {
            int key = random.nextInt(keys);
            int choice = random.nextInt(20);
            if (choice == 0) {
                operations.addAll(readAll(transaction));
            } else if (choice < 10) {
                operations.add(new Read(key, lists.read(transaction, key)));
            } else {
                int element = nextElement.getAndIncrement();
                List<Integer> longer = new ArrayList<>(lists.read(transaction, key));
                longer.add(element);
                lists.write(transaction, key, longer);
                operations.add(new Append(key, element));
            }
        }

        private void end(boolean rollback) {
            Outcome outcome = Outcome.ABORTED;
            try (transaction) {
                if (!rollback) {
                    transaction.commit();
                    outcome = Outcome.COMMITTED;
                }
            } catch (TransactionConflictException e) {
                // Aborted, as it says.
            }
            history.add(new Execution(List.copyOf(operations), outcome, begun, clock.incrementAndGet()));
        }
    }
}
