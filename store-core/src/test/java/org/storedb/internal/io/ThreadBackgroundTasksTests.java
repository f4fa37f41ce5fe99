package org.storedb.internal.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ThreadBackgroundTasksTests {

    @Test
    void whatRepeatsIsDoneAgainAfterAnError() throws InterruptedException {
        ThreadBackgroundTasks tasks = new ThreadBackgroundTasks("test");
        CountDownLatch runs = new CountDownLatch(3);
        tasks.repeat(Duration.ofMillis(1), () -> {
            runs.countDown();
            if (runs.getCount() == 2) {
                throw new OutOfMemoryError("planned");
            }
            throw new IllegalStateException("planned");
        });

        assertThat(runs.await(20, TimeUnit.SECONDS)).as("three runs").isTrue();
        tasks.close();
    }

    /** The system may have no other thread to give by then. */
    @Test
    void longWorkHasItsThreadAsSoonAsSomethingRepeatsAndKeepsItWhateverATaskThrows() {
        ThreadBackgroundTasks tasks = new ThreadBackgroundTasks("test");
        assertThat(liveThreads("test-worker")).isZero();
        tasks.repeat(Duration.ofHours(1), () -> {});
        assertThat(liveThreads("test-worker")).isEqualTo(1);

        CompletableFuture<Thread> first = new CompletableFuture<>();
        CompletableFuture<Thread> second = new CompletableFuture<>();
        tasks.execute(() -> {
            first.complete(Thread.currentThread());
            throw new OutOfMemoryError("planned");
        });
        tasks.execute(() -> second.complete(Thread.currentThread()));
        assertThat(second.join()).isSameAs(first.join());
        tasks.close();
    }

    @Test
    void whatRunningWorkDeliversWhileTheTasksAreClosedIsRun() throws Exception {
        ThreadBackgroundTasks tasks = new ThreadBackgroundTasks("test");
        CountDownLatch closing = new CountDownLatch(1);
        CompletableFuture<String> delivered = new CompletableFuture<>();
        tasks.execute(() -> {
            awaitQuietly(closing);
            tasks.deliver(() -> delivered.complete("done"));
        });
        Thread closer = new Thread(tasks::close);
        closer.start();
        while (closer.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        closing.countDown();

        assertThat(delivered.get(20, TimeUnit.SECONDS)).isEqualTo("done");
        closer.join();
    }

    @Test
    void whatIsToBePunctualWaitsForNothing() throws InterruptedException {
        ThreadBackgroundTasks tasks = new ThreadBackgroundTasks("test");
        CountDownLatch blocked = new CountDownLatch(1);
        CountDownLatch runs = new CountDownLatch(3);
        tasks.execute(() -> awaitQuietly(blocked));
        tasks.repeat(Duration.ofMillis(1), () -> awaitQuietly(blocked));
        tasks.repeatPunctually(Duration.ofMillis(1), runs::countDown);

        assertThat(runs.await(20, TimeUnit.SECONDS)).as("three runs").isTrue();
        blocked.countDown();
        tasks.close();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long liveThreads(String name) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals(name))
                .count();
    }
}
