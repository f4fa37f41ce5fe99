package org.storedb;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.storedb.internal.io.Environment;
import org.storedb.testing.SteppedTasks;
import org.storedb.testing.TestEnvironments;

class SequenceWaitTests {

    private final AtomicInteger looks = new AtomicInteger();

    @Test
    void anInterruptedThreadWaitsOnAndRestsBetweenTwoLooks() {
        Environment environment = Environment.system("test");
        Thread.currentThread().interrupt();
        boolean seen = SequenceWait.await(looks::incrementAndGet, environment, 1_000_000, Duration.ofMillis(40));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(seen).isFalse();
        assertThat(looks).hasValueBetween(2, 50);
    }

    @Test
    void aTimeTooLongToBeCountedIsForEver() {
        Environment environment = TestEnvironments.stepped(1, new SteppedTasks());
        assertThat(SequenceWait.await(looks::incrementAndGet, environment, 3, Duration.ofSeconds(Long.MAX_VALUE)))
                .isTrue();
        assertThat(SequenceWait.await(() -> 0, environment, 3, Duration.ofSeconds(Long.MIN_VALUE)))
                .isFalse();
    }
}
