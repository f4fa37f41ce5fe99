package org.storedb.internal.transaction;

/**
 * Limits on the size of a store; {@link Long#MAX_VALUE} is no limit.
 *
 * @param entriesMax maximum number of records in all collections and keyspaces
 * @param bytesOnDiskMax maximum bytes of the log, of which some are reserved for compaction and for deletes
 */
public record CommitLimits(long entriesMax, long bytesOnDiskMax) {

    /** At least this many segments fit into the limit: reserves are counted in segments. */
    private static final int SEGMENTS_LEAST = 16;

    public static final CommitLimits NONE = new CommitLimits(Long.MAX_VALUE, Long.MAX_VALUE);

    /** Returns the size of segments that suits a store of the limited size. */
    public int segmentBytes(int wantedBytes) {
        return (int) Math.min(wantedBytes, bytesOnDiskMax / SEGMENTS_LEAST);
    }

    boolean isNone() {
        return entriesMax == Long.MAX_VALUE && bytesOnDiskMax == Long.MAX_VALUE;
    }
}
