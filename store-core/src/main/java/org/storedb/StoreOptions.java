package org.storedb;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.storedb.internal.crypto.KeyRing;
import org.storedb.maintenance.ScrubPolicy;

/** How a store is opened. Immutable; each {@code with} method returns a changed copy and refuses what is out of bounds. */
public final class StoreOptions {

    private static final int KIB = 1024;
    private static final int MIB = 1024 * KIB;
    private static final int GIB = 1024 * MIB;

    private static final int KEY_BYTES_MOST = 65_535;

    private static final StoreOptions DEFAULTS = new StoreOptions(new Settings());

    private final Settings settings;

    private StoreOptions(Settings settings) {
        this.settings = settings;
    }

    public static StoreOptions defaults() {
        return DEFAULTS;
    }

    /** What the store is opened for; default {@link Access#READ_WRITE}. */
    public Access access() {
        return settings.access;
    }

    public StoreOptions withAccess(Access access) {
        return with(changed -> changed.access = access);
    }

    /** Time between two background refreshes with {@link Access#FOLLOW}; default 100 ms, at least 1 millisecond. */
    public Duration followInterval() {
        return settings.followInterval;
    }

    public StoreOptions withFollowInterval(Duration followInterval) {
        if (followInterval.compareTo(Duration.ofMillis(1)) < 0) {
            throw new IllegalArgumentException("followInterval must be at least 1 ms, not " + followInterval);
        }
        return with(changed -> changed.followInterval = followInterval);
    }

    /** When a commit counts as done; default {@link Durability#ALWAYS}. */
    public Durability durability() {
        return settings.durability;
    }

    public StoreOptions withDurability(Durability durability) {
        return with(changed -> changed.durability = durability);
    }

    /** Time between two background syncs with {@link Durability#INTERVAL}; default 1 second, at least 1 millisecond. */
    public Duration syncInterval() {
        return settings.syncInterval;
    }

    public StoreOptions withSyncInterval(Duration syncInterval) {
        if (syncInterval.compareTo(Duration.ofMillis(1)) < 0) {
            throw new IllegalArgumentException("syncInterval must be at least 1 ms, not " + syncInterval);
        }
        return with(changed -> changed.syncInterval = syncInterval);
    }

    /** Size in bytes at which the log begins a new file, 64 KiB to 1 GiB; default 64 MiB. */
    public int segmentBytes() {
        return settings.segmentBytes;
    }

    public StoreOptions withSegmentBytes(int segmentBytes) {
        requireBetween("segmentBytes", segmentBytes, 64 * KIB, GIB);
        return with(changed -> changed.segmentBytes = segmentBytes);
    }

    /** Longest key, index keys included, in bytes, 1 to 65,535; default 4,096. */
    public int keyBytesMax() {
        return settings.keyBytesMax;
    }

    public StoreOptions withKeyBytesMax(int keyBytesMax) {
        requireBetween("keyBytesMax", keyBytesMax, 1, KEY_BYTES_MOST);
        return with(changed -> changed.keyBytesMax = keyBytesMax);
    }

    /**
     * Largest value or stored document in bytes, 1 byte to 512 MiB; default 16 MiB. Not above
     * {@link #transactionBytesMax()}, which is raised with it, so that a value of this size fits with its key.
     */
    public int valueBytesMax() {
        return settings.valueBytesMax;
    }

    public StoreOptions withValueBytesMax(int valueBytesMax) {
        requireBetween("valueBytesMax", valueBytesMax, 1, 512 * MIB);
        return with(changed -> {
            changed.valueBytesMax = valueBytesMax;
            changed.transactionBytesMax = Math.max(changed.transactionBytesMax, valueBytesMax + KEY_BYTES_MOST);
        });
    }

    /** Most bytes that one transaction may write, from {@link #valueBytesMax()} to 1 GiB; default 256 MiB. */
    public int transactionBytesMax() {
        return settings.transactionBytesMax;
    }

    public StoreOptions withTransactionBytesMax(int transactionBytesMax) {
        requireBetween("transactionBytesMax", transactionBytesMax, settings.valueBytesMax, GIB);
        return with(changed -> changed.transactionBytesMax = transactionBytesMax);
    }

    /**
     * Most entries that the store may have, documents and values together; unlimited, {@link Long#MAX_VALUE}, unless set.
     * What would be one more is refused with a {@link org.storedb.error.StoreFullException}.
     */
    public long entriesMax() {
        return settings.entriesMax;
    }

    public StoreOptions withEntriesMax(long entriesMax) {
        requireBetween("entriesMax", entriesMax, 1, Long.MAX_VALUE);
        return with(changed -> changed.entriesMax = entriesMax);
    }

    /**
     * Most bytes that the store may take up on disk, at least 1 MiB; unlimited, {@link Long#MAX_VALUE}, unless set. An
     * eighth of it is kept for deletes and compaction, so writes are refused earlier, with a
     * {@link org.storedb.error.StoreFullException}; compaction starts earlier, too. Segments are never larger than a
     * sixteenth of it. On top come up to 5 MiB that are reserved ahead.
     */
    public long bytesOnDiskMax() {
        return settings.bytesOnDiskMax;
    }

    public StoreOptions withBytesOnDiskMax(long bytesOnDiskMax) {
        requireBetween("bytesOnDiskMax", bytesOnDiskMax, MIB, Long.MAX_VALUE);
        return with(changed -> changed.bytesOnDiskMax = bytesOnDiskMax);
    }

    /** When segments are compacted without being asked. */
    public CompactionPolicy compaction() {
        return settings.compaction;
    }

    public StoreOptions withCompaction(CompactionPolicy compaction) {
        return with(changed -> changed.compaction = compaction);
    }

    /** What compactions leave in place for those who follow the changes. */
    public ChangeRetention changeRetention() {
        return settings.changeRetention;
    }

    public StoreOptions withChangeRetention(ChangeRetention changeRetention) {
        return with(changed -> changed.changeRetention = changeRetention);
    }

    /** When checkpoints are written, from which the store opens faster. */
    public CheckpointPolicy checkpoints() {
        return settings.checkpoints;
    }

    public StoreOptions withCheckpoints(CheckpointPolicy checkpoints) {
        return with(changed -> changed.checkpoints = checkpoints);
    }

    /** Who is told how far the opening is, or {@code null}. */
    public @Nullable OpenListener openListener() {
        return settings.openListener;
    }

    public StoreOptions withOpenListener(OpenListener openListener) {
        return with(changed -> changed.openListener = openListener);
    }

    /** When the log is read in the background to find what has rotted. */
    public ScrubPolicy scrub() {
        return settings.scrub;
    }

    public StoreOptions withScrub(ScrubPolicy scrub) {
        return with(changed -> changed.scrub = scrub);
    }

    /** How new values are compressed; default {@link Compression#NONE}. */
    public Compression compression() {
        return settings.compression;
    }

    public StoreOptions withCompression(Compression compression) {
        return with(changed -> changed.compression = compression);
    }

    /** The keys of an encrypted store, or {@code null}, the default, for one that is not encrypted. */
    public @Nullable EncryptionKeys encryption() {
        return settings.encryption;
    }

    public StoreOptions withEncryption(EncryptionKeys encryption) {
        return with(changed -> changed.encryption = encryption);
    }

    /** The keys to use, or {@code null} without encryption. */
    @Nullable
    KeyRing keyRing(RandomGenerator random) {
        return settings.encryption == null ? null : settings.encryption.toKeyRing(random);
    }

    private StoreOptions with(Consumer<Settings> change) {
        Settings changed = new Settings(settings);
        change.accept(changed);
        return new StoreOptions(changed);
    }

    private static void requireBetween(String name, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " must be " + least + " to " + most + ", not " + value);
        }
    }

    /** The values, which change only while a copy is made. */
    private static final class Settings {

        private Access access = Access.READ_WRITE;
        private Duration followInterval = Duration.ofMillis(100);
        private Durability durability = Durability.ALWAYS;
        private Duration syncInterval = Duration.ofSeconds(1);
        private int segmentBytes = 64 * MIB;
        private int keyBytesMax = 4 * KIB;
        private int valueBytesMax = 16 * MIB;
        private int transactionBytesMax = 256 * MIB;
        private long entriesMax = Long.MAX_VALUE;
        private long bytesOnDiskMax = Long.MAX_VALUE;
        private CompactionPolicy compaction = CompactionPolicy.defaults();
        private ChangeRetention changeRetention = ChangeRetention.defaults();
        private CheckpointPolicy checkpoints = CheckpointPolicy.defaults();
        private @Nullable OpenListener openListener;
        private ScrubPolicy scrub = ScrubPolicy.defaults();
        private Compression compression = Compression.NONE;
        private @Nullable EncryptionKeys encryption;

        Settings() {}

        Settings(Settings other) {
            access = other.access;
            followInterval = other.followInterval;
            durability = other.durability;
            syncInterval = other.syncInterval;
            segmentBytes = other.segmentBytes;
            keyBytesMax = other.keyBytesMax;
            valueBytesMax = other.valueBytesMax;
            transactionBytesMax = other.transactionBytesMax;
            entriesMax = other.entriesMax;
            bytesOnDiskMax = other.bytesOnDiskMax;
            compaction = other.compaction;
            changeRetention = other.changeRetention;
            checkpoints = other.checkpoints;
            openListener = other.openListener;
            scrub = other.scrub;
            compression = other.compression;
            encryption = other.encryption;
        }
    }
}
