package org.storedb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.storedb.error.StoreClosedException;
import org.storedb.internal.io.BackgroundTasks;
import org.storedb.internal.io.Environment;
import org.storedb.internal.io.FileSystemDirectory;
import org.storedb.testing.InterceptedDirectory;
import org.storedb.testing.IoInterceptor;
import org.storedb.testing.IoOperation;
import org.storedb.testing.SteppedTasks;

/** Stores in which something fails, or is still running, while they are closed. */
class StoreClosingTests {

    private static final byte[] KEY = {1};
    private static final byte[] VALUE = {2};
    private static final Duration ONE_MILLI = Duration.ofMillis(1);

    @TempDir
    Path folder;

    private boolean closingTasksFails;
    private Runnable whileTasksAreClosed = () -> {};
    private boolean repeatingFails;
    private boolean repeatingHasFailed;

    @Test
    void whatFailsKeepsNothingElseFromBeingClosed() throws IOException {
        Store store = TestStores.open(FileSystemDirectory.open(folder), StoreOptions.defaults(), environment());
        store.keyspace("entries").put(KEY, VALUE);
        closingTasksFails = true;
        assertThatThrownBy(store::close)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("closing");
        assertThat(store.isOpen()).isFalse();
        store.close();

        try (Store again = Store.open(folder)) {
            assertThat(again.keyspace("entries").get(KEY)).isEqualTo(VALUE);
        }
    }

    @Test
    void whatFailsInAReaderKeepsNothingElseFromBeingClosed() throws IOException {
        Store.open(folder).close();
        StoreOptions read = StoreOptions.defaults().withAccess(Access.READ_ONLY);
        Store reader = TestStores.open(FileSystemDirectory.open(folder), read, environment());
        closingTasksFails = true;
        assertThatThrownBy(reader::close).hasMessage("closing");

        Store.open(folder).close();
    }

    @Test
    void whatFailsAfterAStoreCouldNotBeOpenedDoesNotHideWhy() throws IOException {
        Store.open(folder).close();
        IoInterceptor disk = new IoInterceptor() {
            @Override
            public void before(IoOperation operation) throws IOException {
                if (repeatingHasFailed && operation.kind() == IoOperation.Kind.CLOSE) {
                    throw new IOException("closing");
                }
            }
        };
        InterceptedDirectory files = new InterceptedDirectory(FileSystemDirectory.open(folder), disk);
        Environment environment = environment();
        repeatingFails = true;
        assertThatThrownBy(() -> TestStores.open(files, StoreOptions.defaults(), environment))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("repeating")
                .satisfies(e -> assertThat(e.getSuppressed()).isNotEmpty());

        Store.open(folder).close();
    }

    @Test
    void secondCallWaitsForTheFirst() throws Exception {
        Store store = TestStores.open(FileSystemDirectory.open(folder), StoreOptions.defaults(), environment());
        CountDownLatch closing = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        whileTasksAreClosed = () -> {
            closing.countDown();
            store.close(); // In the same thread it does nothing.
            await(goOn);
        };
        CompletableFuture<Void> first = CompletableFuture.runAsync(store::close);
        await(closing);
        CompletableFuture<Void> second = CompletableFuture.runAsync(() -> {
            store.close();
            Store.open(folder).close();
        });
        assertThatThrownBy(() -> second.get(100, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);

        goOn.countDown();
        first.get(10, TimeUnit.SECONDS);
        second.get(10, TimeUnit.SECONDS);
    }

    @Test
    void closingEndsARemovalOfExpiredEntries() throws Exception {
        AtomicReference<@Nullable Store> purged = new AtomicReference<>();
        CountDownLatch closing = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        whileTasksAreClosed = () -> {
            closing.countDown();
            await(goOn);
        };
        IoInterceptor disk = new IoInterceptor() {
            @Override
            public void before(IoOperation operation) {
                Store closed = purged.get();
                if (closed != null && operation.kind() == IoOperation.Kind.WRITE && closed.isOpen()) {
                    new Thread(closed::close).start();
                    await(closing);
                }
            }
        };
        InterceptedDirectory files = new InterceptedDirectory(FileSystemDirectory.open(folder), disk);
        Store store = TestStores.open(files, StoreOptions.defaults(), environment());
        for (int i = 0; i < 1_000; i++) {
            store.keyspace("entries").put(new byte[] {(byte) i, (byte) (i >> 8)}, VALUE, Expiry.after(ONE_MILLI));
        }
        Thread.sleep(10);
        purged.set(store);
        assertThatThrownBy(store::purgeExpired)
                .isInstanceOf(StoreClosedException.class)
                .hasMessage("The store was closed when 256 expired records had been removed");
        goOn.countDown();
        store.close();

        try (Store again = Store.open(folder)) {
            assertThat(again.purgeExpired()).isEqualTo(744);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Environment environment() {
        SteppedTasks stepped = new SteppedTasks();
        BackgroundTasks tasks = new BackgroundTasks() {
            @Override
            public void execute(Runnable task) {
                stepped.execute(task);
            }

            @Override
            public void deliver(Runnable task) {
                stepped.deliver(task);
            }

            @Override
            public void repeat(Duration pause, Runnable task) {
                if (repeatingFails) {
                    repeatingHasFailed = true;
                    throw new IllegalStateException("repeating");
                }
                stepped.repeat(pause, task);
            }

            @Override
            public void close() {
                stepped.close();
                whileTasksAreClosed.run();
                if (closingTasksFails) {
                    throw new IllegalStateException("closing");
                }
            }
        };
        return new Environment(InstantSource.system(), System::nanoTime, new Random(1), tasks);
    }
}
