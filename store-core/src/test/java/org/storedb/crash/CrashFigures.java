package org.storedb.crash;

/** What the oracles of a campaign have seen. */
final class CrashFigures {

    private final long startNanos = System.nanoTime();
    private long images;
    private long recoveries;
    private long nestedImages;

    void add(CrashOracle oracle) {
        images += oracle.images();
        recoveries += oracle.recoveries();
        nestedImages += oracle.nestedImages();
    }

    long images() {
        return images;
    }

    long nestedImages() {
        return nestedImages;
    }

    void report(String name, int runs, long seed) {
        CampaignSize.report(
                "%s: %d runs from seed %d, %,d images, %,d recoveries, %,d crashes in recovery, %.1f s",
                name, runs, seed, images, recoveries, nestedImages, CampaignSize.secondsSince(startNanos));
    }
}
