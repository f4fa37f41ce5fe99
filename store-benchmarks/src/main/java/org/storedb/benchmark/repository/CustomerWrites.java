package org.storedb.benchmark.repository;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.storedb.benchmark.workload.Clock;
import org.storedb.benchmark.workload.Operation;
import org.storedb.benchmark.workload.WarmUp;

/** The calls that write customers, from one thread. */
final class CustomerWrites {

    /** Number of customers that are saved at once. */
    static final int BATCH = 1000;

    /** Number of initial customers that are changed repeatedly. */
    static final int CHANGED = 1000;

    private final CustomerApplication application;
    private final CustomerRepository customers;
    private final boolean synced;
    private long next;

    /** Creates writes to an application in which customers from {@code firstNew} on do not exist yet. */
    CustomerWrites(CustomerApplication application, long firstNew, boolean synced) {
        this.next = firstNew;
        this.application = application;
        this.customers = application.customers();
        this.synced = synced;
    }

    /** Inserts this many customers. */
    void fill(long count) {
        for (long left = count; left > 0; left -= BATCH) {
            saveAll((int) Math.min(BATCH, left));
        }
    }

    long insert() {
        Customer customer = newCustomer();
        customers.save(customer).setSaved();
        sync();
        return customer.getAge();
    }

    long insertBatch() {
        saveAll(BATCH);
        sync();
        return next;
    }

    /** Returns an operation that saves one of some customers read beforehand, with another age. */
    Operation updates() {
        List<Customer> known = new ArrayList<>();
        for (int number = 0; number < CHANGED; number++) {
            known.add(customers.findById(Customer.idOf(number)).orElseThrow());
        }
        return random -> {
            int at = random.nextInt(CHANGED);
            Customer customer = known.get(at);
            customer.setAge(18 + random.nextInt(70));
            known.set(at, customers.save(customer));
            sync();
            return at;
        };
    }

    long change(SplittableRandom random) {
        int number = random.nextInt(CHANGED);
        application.service().credit(Customer.idOf(number), 1);
        sync();
        return number;
    }

    /**
     * Returns the number of deletions per second. Customers are inserted a batch at a time before they are deleted,
     * which is not counted.
     */
    double deletesPerSecond(WarmUp warmUp, Duration time, Clock clock) {
        warmUp.run(round -> deletesWithin(round, clock));
        return deletesWithin(time, clock);
    }

    private double deletesWithin(Duration time, Clock clock) {
        long deleted = 0;
        long nanos = 0;
        while (nanos < time.toNanos()) {
            long first = next;
            saveAll(BATCH);
            long start = clock.nanos();
            for (long number = first; number < next; number++) {
                delete(number);
            }
            nanos += clock.nanos() - start;
            deleted += next - first;
        }
        return deleted * 1e9 / nanos;
    }

    private void delete(long number) {
        customers.deleteById(Customer.idOf(number));
        sync();
    }

    private void saveAll(int count) {
        List<Customer> batch = new ArrayList<>();
        for (int at = 0; at < count; at++) {
            batch.add(newCustomer());
        }
        customers.saveAll(batch).forEach(Customer::setSaved);
    }

    private Customer newCustomer() {
        return Customer.ofNumber(next++);
    }

    private void sync() {
        if (synced) {
            application.sync();
        }
    }
}
