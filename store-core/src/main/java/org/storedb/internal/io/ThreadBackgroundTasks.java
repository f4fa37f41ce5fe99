package org.storedb.internal.io;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Daemon threads: one for long work, one for short periodic work, one for what must be punctual, and as many as needed
 * for work that cannot wait for these. None starts before it is needed; but the first two start together with the first
 * periodic task, and survive whatever a task throws, so that work is never refused later because the system has no more
 * threads.
 */
final class ThreadBackgroundTasks implements BackgroundTasks {

    private static final long DELIVERER_IDLE_SECONDS = 10;

    private final ThreadPoolExecutor worker;
    private final ScheduledThreadPoolExecutor timer;
    private final ScheduledThreadPoolExecutor punctual;
    private final ExecutorService deliverers;

    ThreadBackgroundTasks(String threadName) {
        worker = new ThreadPoolExecutor(
                1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), new Daemons(threadName + "-worker"));
        deliverers = new ThreadPoolExecutor(
                0,
                Integer.MAX_VALUE,
                DELIVERER_IDLE_SECONDS,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                new Daemons(threadName + "-helper"));
        timer = new ScheduledThreadPoolExecutor(1, new Daemons(threadName + "-timer"));
        punctual = new ScheduledThreadPoolExecutor(1, new Daemons(threadName + "-punctual"));
    }

    @Override
    public void execute(Runnable task) {
        execute(worker, () -> runOnce(task));
    }

    @Override
    public void deliver(Runnable task) {
        execute(deliverers, task);
    }

    private static void execute(ExecutorService executor, Runnable task) {
        try {
            executor.execute(task);
        } catch (RejectedExecutionException e) {
            if (!executor.isShutdown()) {
                throw e;
            }
        }
    }

    @Override
    public void repeat(Duration pause, Runnable task) {
        worker.prestartCoreThread();
        repeat(timer, pause, task);
    }

    @Override
    public void repeatPunctually(Duration pause, Runnable task) {
        repeat(punctual, pause, task);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // It runs until close().
    private static void repeat(ScheduledThreadPoolExecutor executor, Duration pause, Runnable task) {
        long nanos = TimeUnit.NANOSECONDS.convert(pause);
        executor.scheduleWithFixedDelay(() -> runOnce(task), nanos, nanos, TimeUnit.NANOSECONDS);
    }

    /**
     * Runs a task and catches what it throws, which would end the thread; and an executor never repeats a task that has
     * thrown.
     */
    private static void runOnce(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            report(e);
        }
    }

    private static void report(Throwable failure) {
        try {
            System.getLogger(ThreadBackgroundTasks.class.getName())
                    .log(
                            System.Logger.Level.ERROR,
                            "Background work of the store failed; other work continues",
                            failure);
        } catch (RuntimeException | Error e) {
            // Without memory for a message there is none.
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
        punctual.shutdownNow();
        worker.shutdown();
        boolean interrupted = false;
        while (!isTerminated()) {
            try {
                if (worker.awaitTermination(1, TimeUnit.MINUTES) && timer.awaitTermination(1, TimeUnit.MINUTES)) {
                    punctual.awaitTermination(1, TimeUnit.MINUTES);
                }
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        deliverers.shutdown(); // Last: what the others still deliver is run.
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isTerminated() {
        return worker.isTerminated() && timer.isTerminated() && punctual.isTerminated();
    }

    private record Daemons(String name) implements ThreadFactory {

        @Override
        public Thread newThread(Runnable task) {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        }
    }
}
