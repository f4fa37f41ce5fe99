package org.storedb.search.internal;

/** How long random tests run. */
public final class Campaign {

    private static final int NIGHTLY = 50;

    private Campaign() {}

    /** A factor for the number of rounds; 1 in the default build. */
    public static int factor() {
        String campaign = System.getProperty("storedb.campaign", "1");
        return campaign.equals("nightly") ? NIGHTLY : Math.max(1, (int) Double.parseDouble(campaign));
    }
}
