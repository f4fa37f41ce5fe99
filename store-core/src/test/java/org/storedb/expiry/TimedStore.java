package org.storedb.expiry;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.storedb.DocumentCollection;
import org.storedb.Store;
import org.storedb.StoreOptions;
import org.storedb.TestStores;
import org.storedb.internal.io.Environment;
import org.storedb.testing.SimulatedDirectory;
import org.storedb.testing.SteppedTasks;

/** A store whose time passes when the test says so, and whose wall clock can be set. */
final class TimedStore implements AutoCloseable {

    /** Later than the clock of the machine, which salvage goes by. */
    static final Instant START = Instant.parse("2100-01-01T00:00:00Z");

    private final AtomicLong wallMillis = new AtomicLong(START.toEpochMilli());
    private final AtomicLong nanos = new AtomicLong();
    private StoreOptions options;
    private SimulatedDirectory directory;
    private SteppedTasks tasks = new SteppedTasks();
    private Store store;

    TimedStore() {
        this(StoreOptions.defaults());
    }

    TimedStore(StoreOptions options) {
        this(options, new SimulatedDirectory());
    }

    TimedStore(StoreOptions options, SimulatedDirectory directory) {
        this.options = options;
        this.directory = directory;
        this.store = open(options, tasks);
    }

    private Store open(StoreOptions with, SteppedTasks background) {
        return TestStores.open(directory, with, environment(background));
    }

    private Environment environment(SteppedTasks background) {
        return new Environment(
                () -> Instant.ofEpochMilli(wallMillis.get()), nanos::incrementAndGet, new Random(7), background);
    }

    Store store() {
        return store;
    }

    SimulatedDirectory directory() {
        return directory;
    }

    DocumentCollection<Map<String, @Nullable Object>> collection() {
        return store.collection("things");
    }

    /** Another view of the same files. */
    Store reader(StoreOptions with) {
        return open(with, new SteppedTasks());
    }

    /** Time passes, as every clock shows it. */
    void pass(Duration time) {
        wallMillis.addAndGet(time.toMillis());
        nanos.addAndGet(time.toNanos());
    }

    /** Somebody sets the wall clock, forward or back. */
    void setClock(Duration by) {
        wallMillis.addAndGet(by.toMillis());
    }

    Instant wall() {
        return Instant.ofEpochMilli(wallMillis.get());
    }

    /** The store's own time. */
    long storeMillis() {
        return TestStores.millis(store);
    }

    /** What is done in the background is done, each thing once. */
    void runBackground() {
        tasks.runRepeated();
        tasks.runWaiting();
    }

    void reopen() {
        store.close();
        openAgain(directory, options);
    }

    /** Opens what a killed process leaves. */
    void killAndReopen() {
        openAgain(new SimulatedDirectory(directory.visibleFiles()), options);
    }

    void openAgain(SimulatedDirectory files, StoreOptions with) {
        options = with;
        directory = files;
        tasks = new SteppedTasks();
        store = open(options, tasks);
    }

    @Override
    public void close() {
        store.close();
    }
}
