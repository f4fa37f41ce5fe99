package org.storedb.crash;

/**
 * How long campaigns run. {@code -Dstoredb.campaign=nightly} makes them hours long, a number is a factor of one's own;
 * without it they are what every build can afford. {@code -Dstoredb.seed=…} sets the first seed, to run again what a
 * failure names.
 */
public final class CampaignSize {

    private static final int NIGHTLY_FACTOR = 200;

    private CampaignSize() {}

    /** {@code runs} of an ordinary build, more of a longer campaign. */
    public static int of(int runs) {
        String size = System.getProperty("storedb.campaign", "1");
        return Math.multiplyExact(runs, size.equals("nightly") ? NIGHTLY_FACTOR : Integer.parseInt(size));
    }

    /** The seed of the first run; the others count up from it. */
    public static long firstSeed() {
        return Long.getLong("storedb.seed", 1);
    }

    /** Shows what a campaign did. */
    public static void report(String figures, Object... arguments) {
        System.out.println(String.format(java.util.Locale.ROOT, figures, arguments));
    }
}
