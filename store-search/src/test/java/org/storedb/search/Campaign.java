package org.storedb.search;

/** How long random tests run. */
final class Campaign {

    private static final int NIGHTLY = 50;

    private Campaign() {}

    /** A factor for the number of rounds; 1 in the default build. */
    static int factor() {
        String campaign = System.getProperty("storedb.campaign", "1");
        return campaign.equals("nightly") ? NIGHTLY : Math.max(1, (int) Double.parseDouble(campaign));
    }
}
