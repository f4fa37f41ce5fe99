package org.storedb.crash;

import java.util.Locale;
import java.util.stream.LongStream;

/**
 * How long campaigns run, and from which seeds. {@code -Dstoredb.campaign=nightly} makes them hours long, a number is a
 * factor of one's own; without it they are what every build can afford.
 *
 * <p>A campaign of an ordinary build runs from a seed that no build had before, which is printed; a nightly one also from a
 * seed that is always the same. {@code -Dstoredb.seed=…} takes the place of both, to run again what a failure names.
 */
public final class CampaignSize {

    private static final long FIXED_SEED = 1;
    private static final int FRESH_SEEDS = 1_000_000;
    private static final long FRESH_SEED = FIXED_SEED + 1 + Math.floorMod(System.nanoTime(), FRESH_SEEDS);
    private static final int NIGHTLY_FACTOR = 200;
    private static final String SIZE = System.getProperty("storedb.campaign", "1");

    private CampaignSize() {}

    /** {@code runs} of an ordinary build, more of a longer campaign. */
    public static int of(int runs) {
        return Math.multiplyExact(runs, isNightly() ? NIGHTLY_FACTOR : Integer.parseInt(SIZE));
    }

    /** {@code runs} of an ordinary build; {@code nightlyRuns} at night, for what is slow. */
    static int of(int runs, int nightlyRuns) {
        return isNightly() ? nightlyRuns : of(runs);
    }

    /** Whether there are hours. */
    public static boolean isNightly() {
        return SIZE.equals("nightly");
    }

    /** The seed of the first run where one campaign is enough; the others count up from it. */
    public static long firstSeed() {
        return Long.getLong("storedb.seed", FIXED_SEED);
    }

    /** The seed of a campaign that cannot be repeated exactly because the moment of things is not in its hands. */
    static long freshSeed() {
        return Long.getLong("storedb.seed", FRESH_SEED);
    }

    /** The seeds that a campaign begins with, once from each. */
    public static LongStream seeds() {
        Long given = Long.getLong("storedb.seed");
        if (given != null) {
            return LongStream.of(given);
        }
        return isNightly() ? LongStream.of(FIXED_SEED, FRESH_SEED) : LongStream.of(FRESH_SEED);
    }

    /** Shows what a campaign did. */
    public static void report(String figures, Object... arguments) {
        System.out.println(String.format(Locale.ROOT, figures, arguments));
    }

    /** Seconds since a reading of the clock that measures, for reports. */
    public static double secondsSince(long startNanos) {
        return (System.nanoTime() - startNanos) / 1e9;
    }
}
