package org.storedb.spring.transaction;

import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A transactional method in its own thread that a test drives step by step, so that two can be interleaved. Each step
 * has ended when its call returns.
 */
final class LedTransaction {

    private static final long PATIENCE_SECONDS = 20;

    private final SynchronousQueue<FutureTask<?>> steps = new SynchronousQueue<>();
    private final FutureTask<Boolean> run;
    private boolean ended; // accessed only by the thread of the transaction

    private LedTransaction(Consumer<Runnable> transactionalMethod) {
        this.run = new FutureTask<>(() -> transactionalMethod.accept(this::takeSteps), true);
    }

    /** Returns when the transaction has begun. */
    static LedTransaction begin(Consumer<Runnable> transactionalMethod) {
        LedTransaction transaction = new LedTransaction(transactionalMethod);
        Thread thread = new Thread(transaction.run, "led transaction");
        thread.setDaemon(true);
        thread.start();
        transaction.step(() -> true);
        return transaction;
    }

    private void takeSteps() {
        while (!ended) {
            try {
                FutureTask<?> step = steps.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
                Objects.requireNonNull(step, "the test has forgotten this transaction")
                        .run();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Runs {@code work} in the transaction. */
    <T> T step(Callable<T> work) {
        FutureTask<T> step = new FutureTask<>(work);
        try {
            if (!steps.offer(step, PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("The transaction takes no steps");
            }
            return resultOf(step);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    void run(Runnable work) {
        step(() -> {
            work.run();
            return true;
        });
    }

    /** Makes the method return, and throws the exception that it throws. */
    void commit() {
        run(() -> ended = true);
        resultOf(run);
    }

    /** Makes the method throw an exception. */
    void rollBack() {
        IllegalStateException reason = new IllegalStateException("rolled back by the test");
        FutureTask<?> last = new FutureTask<>(() -> true) {
            @Override
            public void run() {
                super.run();
                throw reason;
            }
        };
        try {
            if (!steps.offer(last, PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("The transaction takes no steps");
            }
            resultOf(run);
        } catch (IllegalStateException e) {
            if (e != reason) {
                throw e;
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static <T> T resultOf(FutureTask<T> task) {
        try {
            return task.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
