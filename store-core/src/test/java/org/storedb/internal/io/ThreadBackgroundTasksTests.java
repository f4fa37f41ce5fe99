package org.storedb.internal.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
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
}
