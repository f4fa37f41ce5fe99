package org.storedb.internal.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class StoreClockTests {

    private static final long START = 1_000_000;

    private final AtomicLong wall = new AtomicLong(START);
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 10); // It may turn over.
    private final StoreClock clock = new StoreClock(() -> Instant.ofEpochMilli(wall.get()), nanos::get);

    private void pass(long millis) {
        wall.addAndGet(millis);
        nanos.addAndGet(Duration.ofMillis(millis).toNanos());
    }

    @Test
    void showsTheWallClock() {
        assertThat(clock.millis()).isEqualTo(START);
        pass(5);
        assertThat(clock.millis()).isEqualTo(START + 5);
        assertThat(clock.instant()).isEqualTo(Instant.ofEpochMilli(START + 5));
        wall.addAndGet(1000); // It is set forward, or the machine was asleep.
        assertThat(clock.millis()).isEqualTo(START + 1005);
    }

    @Test
    void goesOnWhenTheWallClockIsSetBack() {
        clock.millis();
        wall.addAndGet(-500);
        assertThat(clock.millis()).isEqualTo(START);
        pass(200);
        assertThat(clock.millis()).isEqualTo(START + 200);
        wall.addAndGet(-10_000);
        pass(100);
        assertThat(clock.millis()).isEqualTo(START + 300);
        assertThat(clock.wallMillis()).isEqualTo(START - 10_200);
        wall.addAndGet(20_000);
        assertThat(clock.millis()).isEqualTo(START + 9_800);
        pass(1);
        assertThat(clock.millis()).isEqualTo(START + 9_801);
    }

    @Test
    void goesOnFromWhereItWasInALifeBefore() {
        clock.advanceTo(START + 700);
        assertThat(clock.millis()).isEqualTo(START + 700);
        pass(50);
        assertThat(clock.millis()).isEqualTo(START + 750);
        clock.advanceTo(START);
        assertThat(clock.millis()).isEqualTo(START + 750);
        wall.addAndGet(1000);
        assertThat(clock.millis()).isEqualTo(START + 1050);
    }
}
