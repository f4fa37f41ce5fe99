package org.storedb.internal.transaction;

/**
 * How large a store may become; {@link Long#MAX_VALUE} is no limit.
 *
 * @param entriesMax most records in all collections and keyspaces
 * @param bytesOnDiskMax most bytes of the log. Some of them are kept for compaction and for deletes
 */
public record CommitLimits(long entriesMax, long bytesOnDiskMax) {

    /** So many segments fit into the limit at least: what is kept free is counted in segments. */
    private static final int SEGMENTS_LEAST = 16;

    public static final CommitLimits NONE = new CommitLimits(Long.MAX_VALUE, Long.MAX_VALUE);

    /** Size of segments for which a store of the limited size has room. */
    public int segmentBytes(int wantedBytes) {
        return (int) Math.min(wantedBytes, bytesOnDiskMax / SEGMENTS_LEAST);
    }

    boolean isNone() {
        return entriesMax == Long.MAX_VALUE && bytesOnDiskMax == Long.MAX_VALUE;
    }
}
