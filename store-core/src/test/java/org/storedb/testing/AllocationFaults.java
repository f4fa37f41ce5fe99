package org.storedb.testing;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Makes memory run out at one allocation of the engine, or at that one and all that follow. An engine that is loaded by
 * {@code InstrumentedEngine} calls {@link #allocating} at each; only those of the thread that has said {@link
 * #begin()} count. For one such thread at a time.
 */
public final class AllocationFaults {

    private static final long NEVER = Long.MAX_VALUE;
    private static final int PLACE_FRAMES = 5;

    private static volatile Thread watched = Thread.currentThread();
    private static volatile boolean watching;
    private static long count;
    private static long first = NEVER;
    private static boolean forever;
    private static long fired;
    private static List<StackTraceElement> place = List.of();
    private static Map<Integer, Ordinals> bySite = new TreeMap<>();
    private static Random random = new Random();

    private AllocationFaults() {}

    /** Counts from now on; fails at the allocation of this number, from 0, or never if it is below 0. */
    public static void plan(long number, boolean failForever) {
        watching = false;
        count = 0;
        fired = 0;
        first = number < 0 ? NEVER : number;
        forever = failForever;
    }

    /** Forgets which sites there were. */
    public static void forgetSites(long seed) {
        bySite = new TreeMap<>();
        random = new Random(seed);
    }

    /** Which sites have allocated since, each with the number of its first allocation and that of any. */
    public static List<Ordinals> sites() {
        return List.copyOf(bySite.values());
    }

    /** Allocations of this thread count from now on. */
    public static void begin() {
        watched = Thread.currentThread();
        watching = true;
    }

    /** They do not any more. */
    public static void end() {
        watching = false;
    }

    /** How often it has failed. */
    public static long fired() {
        return fired;
    }

    /** Where it has failed first. */
    public static List<StackTraceElement> place() {
        return place;
    }

    /**
     * Called at an allocation.
     *
     * @param site number of the place in the code
     */
    public static void allocating(int site) {
        if (!watching || Thread.currentThread() != watched) {
            return;
        }
        long number = count++;
        if (first == NEVER) {
            bySite.merge(site, new Ordinals(number, number, 1), (known, next) -> known.with(number, random));
        } else if (number == first || (forever && number > first)) {
            OutOfMemoryError error = new OutOfMemoryError("Java heap space (injected into allocation " + number + ")");
            if (fired++ == 0) {
                place = List.of(error.getStackTrace()).subList(1, PLACE_FRAMES + 1);
            }
            throw error;
        }
    }

    /** When a site allocated: for the first time, and one of all times. */
    public record Ordinals(long first, long any, long count) {

        private Ordinals with(long number, Random random) {
            return new Ordinals(first, random.nextInt((int) count + 1) == 0 ? number : any, count + 1);
        }

        /** Both, or the one if they are the same. */
        public Stream<Long> each() {
            return Stream.of(first, any).distinct();
        }
    }
}
