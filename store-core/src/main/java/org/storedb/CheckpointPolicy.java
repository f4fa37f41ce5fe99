package org.storedb;

/**
 * When a store writes checkpoints: files from which it opens without reading its log from the start. They affect only
 * how long opening takes. One is written once the bytes of the log that the next open would have to read reach a
 * threshold. Immutable.
 *
 * @param enabled whether any are written; default {@code true}. An existing one is used in either case
 * @param growthBytes threshold while the store is open, in bytes, 0 or more; default 64 MiB
 * @param growth the same as a fraction of the whole log, 0 to 1; default 0.25. The higher of the two applies
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

    /** Returns a policy that writes no checkpoints. */
    public static CheckpointPolicy none() {
        return new CheckpointPolicy(false, DEFAULTS.growthBytes, DEFAULTS.growth, DEFAULTS.closingBytes);
    }
}
