package org.storedb;

/**
 * When a store writes checkpoints: files from which it opens without reading its log from the start. They change nothing
 * but the time that opening takes. One is written when the bytes of the log that the next open would have to read have
 * reached a threshold. Immutable.
 *
 * @param enabled whether any are written; default {@code true}. One that is there is used in any case
 * @param growthBytes threshold while the store is open, in bytes, 0 or more; default 64 MiB
 * @param growth the same as a share of the whole log, 0 to 1; default 0.25. The higher one counts
 * @param closingBytes threshold when the store is closed, in bytes, 0 or more; default 1 MiB
 */
public record CheckpointPolicy(boolean enabled, long growthBytes, double growth, long closingBytes) {

    private static final CheckpointPolicy DEFAULTS = new CheckpointPolicy(true, 64L << 20, 0.25, 1L << 20);

    public CheckpointPolicy {
        if (growthBytes < 0 || closingBytes < 0) {
            throw new IllegalArgumentException(
                    "growthBytes and closingBytes must be 0 or more, not " + growthBytes + " and " + closingBytes);
        }
        if (!(growth >= 0 && growth <= 1)) {
            throw new IllegalArgumentException("growth must be 0 to 1, not " + growth);
        }
    }

    public static CheckpointPolicy defaults() {
        return DEFAULTS;
    }

    /** Write none. */
    public static CheckpointPolicy none() {
        return new CheckpointPolicy(false, DEFAULTS.growthBytes, DEFAULTS.growth, DEFAULTS.closingBytes);
    }
}
