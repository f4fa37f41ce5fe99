package org.storedb.internal.document;

import java.time.InstantSource;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * Generates ids for documents without one: UUIDs of version 7 (RFC 9562), which begin with the time in milliseconds, so
 * that later documents have higher ids. Within a millisecond, and while the clock stands still or goes back, a counter
 * of 12 bits keeps the order; when it overflows, the time runs ahead. Safe for use by many threads.
 */
public final class DocumentIdGenerator {

    private static final int COUNTER_BITS = 12;

    private final InstantSource clock;
    private final RandomGenerator random;
    private long last; // milliseconds and counter

    public DocumentIdGenerator(InstantSource clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
    }

    /** Returns a new id, higher than all before. */
    public String next() {
        long timeAndCounter = nextTimeAndCounter();
        long high = ((timeAndCounter >>> COUNTER_BITS) << 16) | 0x7000L | (timeAndCounter & 0xFFF);
        long low = (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low).toString();
    }

    private synchronized long nextTimeAndCounter() {
        last = Math.max(last + 1, clock.millis() << COUNTER_BITS);
        return last;
    }
}
