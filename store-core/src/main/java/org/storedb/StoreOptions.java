package org.storedb;

import java.time.Duration;

/**
 * How a store is opened. Immutable; each {@code with} method returns a changed copy.
 *
 * @param durability when a commit counts as done; default {@link Durability#ALWAYS}
 * @param syncInterval time between two background syncs with {@link Durability#INTERVAL}; default 1 second, at least 1
 *     millisecond
 * @param segmentBytes size at which the log begins a new file, 64 KiB to 1 GiB; default 64 MiB
 * @param keyBytesMax longest key, index keys included, in bytes, 1 to 65,535; default 4,096
 * @param valueBytesMax largest value or stored document in bytes, 1 byte to 512 MiB; default 16 MiB
 * @param transactionBytesMax most bytes that one transaction may write, at most 1 GiB; default 256 MiB
 * @param compaction when segments are compacted without being asked
 */
public record StoreOptions(
        Durability durability,
        Duration syncInterval,
        int segmentBytes,
        int keyBytesMax,
        int valueBytesMax,
        int transactionBytesMax,
        CompactionPolicy compaction) {

    private static final int KIB = 1024;
    private static final int MIB = 1024 * KIB;
    private static final int GIB = 1024 * MIB;

    private static final StoreOptions DEFAULTS = new StoreOptions(
            Durability.ALWAYS,
            Duration.ofSeconds(1),
            64 * MIB,
            4 * KIB,
            16 * MIB,
            256 * MIB,
            CompactionPolicy.defaults());

    public StoreOptions {
        if (syncInterval.compareTo(Duration.ofMillis(1)) < 0) {
            throw new IllegalArgumentException("syncInterval must be at least 1 ms, not " + syncInterval);
        }
        requireBetween("segmentBytes", segmentBytes, 64 * KIB, GIB);
        requireBetween("keyBytesMax", keyBytesMax, 1, 65_535);
        requireBetween("valueBytesMax", valueBytesMax, 1, 512 * MIB);
        requireBetween("transactionBytesMax", transactionBytesMax, valueBytesMax, GIB);
    }

    public static StoreOptions defaults() {
        return DEFAULTS;
    }

    public StoreOptions withDurability(Durability newDurability) {
        return new StoreOptions(
                newDurability, syncInterval, segmentBytes, keyBytesMax, valueBytesMax, transactionBytesMax, compaction);
    }

    public StoreOptions withSyncInterval(Duration newSyncInterval) {
        return new StoreOptions(
                durability, newSyncInterval, segmentBytes, keyBytesMax, valueBytesMax, transactionBytesMax, compaction);
    }

    public StoreOptions withSegmentBytes(int newSegmentBytes) {
        return new StoreOptions(
                durability, syncInterval, newSegmentBytes, keyBytesMax, valueBytesMax, transactionBytesMax, compaction);
    }

    public StoreOptions withKeyBytesMax(int newKeyBytesMax) {
        return new StoreOptions(
                durability, syncInterval, segmentBytes, newKeyBytesMax, valueBytesMax, transactionBytesMax, compaction);
    }

    public StoreOptions withValueBytesMax(int newValueBytesMax) {
        return new StoreOptions(
                durability, syncInterval, segmentBytes, keyBytesMax, newValueBytesMax, transactionBytesMax, compaction);
    }

    public StoreOptions withTransactionBytesMax(int newTransactionBytesMax) {
        return new StoreOptions(
                durability, syncInterval, segmentBytes, keyBytesMax, valueBytesMax, newTransactionBytesMax, compaction);
    }

    public StoreOptions withCompaction(CompactionPolicy newCompaction) {
        return new StoreOptions(
                durability, syncInterval, segmentBytes, keyBytesMax, valueBytesMax, transactionBytesMax, newCompaction);
    }

    private static void requireBetween(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " must be " + least + " to " + most + ", not " + value);
        }
    }
}
