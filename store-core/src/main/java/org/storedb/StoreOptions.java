package org.storedb;

import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.storedb.document.DocumentValidator;
import org.storedb.internal.crypto.KeyRing;
import org.storedb.internal.document.DocumentBounds;
import org.storedb.internal.io.Environment;
import org.storedb.internal.query.CollectionShapes;
import org.storedb.internal.query.QueryServices;
import org.storedb.internal.query.ResultCache;
import org.storedb.internal.query.SlowQueryLog;
import org.storedb.internal.transaction.ScanCache;
import org.storedb.maintenance.ScrubPolicy;

/**
 * How a store is opened. Immutable; each {@code with} method returns a changed copy and rejects values out of bounds.
 */
public final class StoreOptions {

    static final int KIB = 1024;
    static final int MIB = 1024 * KIB;
    private static final int GIB = 1024 * MIB;

    private static final int KEY_BYTES_MOST = 65_535;

    private static final Duration EXPIRY_GRACE_MOST = Duration.ofDays(365);
    private static final Duration OPEN_TIMEOUT_MOST = Duration.ofDays(1);

    private static final StoreOptions DEFAULTS = new StoreOptions(new StoreSettings());

    private final StoreSettings settings;

    private StoreOptions(StoreSettings settings) {
        this.settings = settings;
    }

    public static StoreOptions defaults() {
        return DEFAULTS;
    }

    /** Returns what the store is opened for; default {@link Access#READ_WRITE}. */
    public Access access() {
        return settings.access;
    }

    public StoreOptions withAccess(Access access) {
        Objects.requireNonNull(access, "access");
        return with(changed -> changed.access = access);
    }

    /**
     * Returns the time between two background refreshes with {@link Access#FOLLOW}; default 100 ms, at least 1
     * millisecond.
     */
    public Duration followInterval() {
        return settings.followInterval;
    }

    public StoreOptions withFollowInterval(Duration followInterval) {
        if (followInterval.compareTo(Duration.ofMillis(1)) < 0) {
            throw new IllegalArgumentException("followInterval must be at least 1 ms, not " + followInterval);
        }
        return with(changed -> changed.followInterval = followInterval);
    }

    /**
     * Returns how long opening waits for another process, or this one, to close the store before it throws
     * {@link org.storedb.error.StoreLockedException}; 0, which is the default, to 1 day. Meant for when one process
     * takes over from another.
     */
    public Duration openTimeout() {
        return settings.openTimeout;
    }

    public StoreOptions withOpenTimeout(Duration openTimeout) {
        if (openTimeout.isNegative() || openTimeout.compareTo(OPEN_TIMEOUT_MOST) > 0) {
            throw new IllegalArgumentException("openTimeout must be 0 to 1 day, not " + openTimeout);
        }
        return with(changed -> changed.openTimeout = openTimeout);
    }

    /**
     * Returns the initializer that prepares the store before {@code open} returns it, or {@code null}; used only when
     * it is opened for writing.
     */
    public @Nullable StoreInitializer initializer() {
        return settings.initializer;
    }

    public StoreOptions withInitializer(StoreInitializer initializer) {
        Objects.requireNonNull(initializer, "initializer");
        return with(changed -> changed.initializer = initializer);
    }

    /**
     * Returns which snapshot files are written in the background, or {@code null}, the default, for none; applies only
     * to a store open for writing.
     */
    public @Nullable SnapshotFilePolicy snapshotFiles() {
        return settings.snapshotFiles;
    }

    /** Enables writing snapshot files. They are not encrypted, even if the store is. */
    public StoreOptions withSnapshotFiles(SnapshotFilePolicy snapshotFiles) {
        Objects.requireNonNull(snapshotFiles, "snapshotFiles");
        return with(changed -> changed.snapshotFiles = snapshotFiles);
    }

    /** Returns when a commit is acknowledged; default {@link Durability#ALWAYS}. */
    public Durability durability() {
        return settings.durability;
    }

    public StoreOptions withDurability(Durability durability) {
        Objects.requireNonNull(durability, "durability");
        return with(changed -> changed.durability = durability);
    }

    /**
     * Returns the time between two background syncs with {@link Durability#INTERVAL}; default 1 second, at least 1
     * millisecond.
     */
    public Duration syncInterval() {
        return settings.syncInterval;
    }

    public StoreOptions withSyncInterval(Duration syncInterval) {
        if (syncInterval.compareTo(Duration.ofMillis(1)) < 0) {
            throw new IllegalArgumentException("syncInterval must be at least 1 ms, not " + syncInterval);
        }
        return with(changed -> changed.syncInterval = syncInterval);
    }

    /**
     * Returns the size in bytes at which the log begins a new file, 64 KiB to 1 GiB; default 64 MiB. Where there is
     * little space when the store is opened, it is less: a sixteenth of what the log has and can get, at least 1 MiB.
     * This much is kept free for compaction.
     */
    public int segmentBytes() {
        return settings.segmentBytes;
    }

    public StoreOptions withSegmentBytes(int segmentBytes) {
        requireBetween("segmentBytes", segmentBytes, 64 * KIB, GIB);
        return with(changed -> changed.segmentBytes = segmentBytes);
    }

    /**
     * Returns the maximum length of a key, including index keys, in bytes, 1 to 65,535; default 4,096. The key of a
     * record that expires is limited to 65,527 bytes.
     */
    public int keyBytesMax() {
        return settings.keyBytesMax;
    }

    public StoreOptions withKeyBytesMax(int keyBytesMax) {
        requireBetween("keyBytesMax", keyBytesMax, 1, KEY_BYTES_MOST);
        return with(changed -> changed.keyBytesMax = keyBytesMax);
    }

    /**
     * Returns the maximum size of a value or stored document, 1 byte to 512 MiB; default 16 MiB. Never above
     * {@link #transactionBytesMax()}, which is raised with it so that a value of this size fits together with its key.
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

    /**
     * Returns the maximum nesting depth of objects and arrays in a document, counting the document itself, 1 to 500,
     * which is the default.
     */
    public int documentNestingMax() {
        return settings.documentNestingMax;
    }

    public StoreOptions withDocumentNestingMax(int documentNestingMax) {
        requireBetween("documentNestingMax", documentNestingMax, 1, DocumentBounds.NESTING_MOST);
        return with(changed -> changed.documentNestingMax = documentNestingMax);
    }

    /**
     * Returns the maximum number of fields of a document, including those of nested objects, 1 or more; unlimited
     * unless set.
     */
    public int documentFieldsMax() {
        return settings.documentFieldsMax;
    }

    public StoreOptions withDocumentFieldsMax(int documentFieldsMax) {
        requireBetween("documentFieldsMax", documentFieldsMax, 1, Integer.MAX_VALUE);
        return with(changed -> changed.documentFieldsMax = documentFieldsMax);
    }

    /** Returns the bounds for new documents. */
    DocumentBounds documentBounds() {
        return new DocumentBounds(settings.valueBytesMax, settings.documentNestingMax, settings.documentFieldsMax);
    }

    /** Returns the validators that decide which documents may be stored, by collection. */
    public Map<String, DocumentValidator> validators() {
        return settings.validators;
    }

    /**
     * Adds a validator that checks each document before it is written to a collection, including by patches and
     * updates. A rejected document causes a {@link org.storedb.error.DocumentViolationException}. Existing documents
     * are not checked.
     */
    public StoreOptions withValidator(String collection, DocumentValidator validator) {
        Map<String, DocumentValidator> more = new TreeMap<>(settings.validators);
        more.put(Names.require("collection", collection), Objects.requireNonNull(validator, "validator"));
        return with(changed -> changed.validators = Collections.unmodifiableMap(more));
    }

    /**
     * Returns the maximum number of bytes that one transaction may write, from {@link #valueBytesMax()} to 1 GiB;
     * default 256 MiB.
     */
    public int transactionBytesMax() {
        return settings.transactionBytesMax;
    }

    public StoreOptions withTransactionBytesMax(int transactionBytesMax) {
        requireBetween("transactionBytesMax", transactionBytesMax, settings.valueBytesMax, GIB);
        return with(changed -> changed.transactionBytesMax = transactionBytesMax);
    }

    /**
     * Returns the maximum number of entries in the store, documents and values together; unlimited,
     * {@link Long#MAX_VALUE}, unless set. A write beyond it is rejected with a
     * {@link org.storedb.error.StoreFullException}.
     */
    public long entriesMax() {
        return settings.entriesMax;
    }

    public StoreOptions withEntriesMax(long entriesMax) {
        requireBetween("entriesMax", entriesMax, 1, Long.MAX_VALUE);
        return with(changed -> changed.entriesMax = entriesMax);
    }

    /**
     * Returns the maximum number of bytes that the store may take up on disk, at least 1 MiB; unlimited,
     * {@link Long#MAX_VALUE}, unless set. An eighth of it is reserved for deletes and compaction, so writes are
     * rejected earlier, with a {@link org.storedb.error.StoreFullException}; compaction also starts earlier. Segments
     * are never larger than a sixteenth of it. Up to 5 MiB are preallocated in addition.
     */
    public long bytesOnDiskMax() {
        return settings.bytesOnDiskMax;
    }

    public StoreOptions withBytesOnDiskMax(long bytesOnDiskMax) {
        requireBetween("bytesOnDiskMax", bytesOnDiskMax, MIB, Long.MAX_VALUE);
        return with(changed -> changed.bytesOnDiskMax = bytesOnDiskMax);
    }

    /** Returns when segments are compacted automatically. */
    public CompactionPolicy compaction() {
        return settings.compaction;
    }

    public StoreOptions withCompaction(CompactionPolicy compaction) {
        Objects.requireNonNull(compaction, "compaction");
        return with(changed -> changed.compaction = compaction);
    }

    /** Returns what compactions keep for consumers of the change feed. */
    public ChangeRetention changeRetention() {
        return settings.changeRetention;
    }

    public StoreOptions withChangeRetention(ChangeRetention changeRetention) {
        Objects.requireNonNull(changeRetention, "changeRetention");
        return with(changed -> changed.changeRetention = changeRetention);
    }

    /** Returns when checkpoints are written, from which the store opens faster. */
    public CheckpointPolicy checkpoints() {
        return settings.checkpoints;
    }

    public StoreOptions withCheckpoints(CheckpointPolicy checkpoints) {
        Objects.requireNonNull(checkpoints, "checkpoints");
        return with(changed -> changed.checkpoints = checkpoints);
    }

    /** Returns the listener that receives the progress of opening, or {@code null}. */
    public @Nullable OpenListener openListener() {
        return settings.openListener;
    }

    public StoreOptions withOpenListener(OpenListener openListener) {
        Objects.requireNonNull(openListener, "openListener");
        return with(changed -> changed.openListener = openListener);
    }

    /** Returns when the log is read in the background to find bit rot. */
    public ScrubPolicy scrub() {
        return settings.scrub;
    }

    public StoreOptions withScrub(ScrubPolicy scrub) {
        Objects.requireNonNull(scrub, "scrub");
        return with(changed -> changed.scrub = scrub);
    }

    /** Returns which queries are logged as slow; default {@link SlowQueryPolicy#off()}. */
    public SlowQueryPolicy slowQueries() {
        return settings.slowQueries;
    }

    public StoreOptions withSlowQueries(SlowQueryPolicy slowQueries) {
        Objects.requireNonNull(slowQueries, "slowQueries");
        return with(changed -> changed.slowQueries = slowQueries);
    }

    /** Returns which query results are cached; default {@link ResultCachePolicy#off()}. */
    public ResultCachePolicy resultCache() {
        return settings.resultCache;
    }

    public StoreOptions withResultCache(ResultCachePolicy resultCache) {
        Objects.requireNonNull(resultCache, "resultCache");
        return with(changed -> changed.resultCache = resultCache);
    }

    /**
     * Returns the maximum bytes of heap memory that keep values which are scanned repeatedly, in the order of their keys
     * or of an index, beside those of their neighbours: they are then read faster than from all over the log. 0 for none;
     * the default is a sixteenth of the maximum heap.
     */
    public long scanCacheBytesMax() {
        return settings.scanCacheBytesMax;
    }

    public StoreOptions withScanCacheBytesMax(long scanCacheBytesMax) {
        requireBetween("scanCacheBytesMax", scanCacheBytesMax, 0, Long.MAX_VALUE);
        return with(changed -> changed.scanCacheBytesMax = scanCacheBytesMax);
    }

    /** Returns how new values are compressed; default {@link Compression#NONE}. */
    public Compression compression() {
        return settings.compression;
    }

    public StoreOptions withCompression(Compression compression) {
        Objects.requireNonNull(compression, "compression");
        return with(changed -> changed.compression = compression);
    }

    /** Returns the keys of an encrypted store, or {@code null}, the default, for one that is not encrypted. */
    public @Nullable EncryptionKeys encryption() {
        return settings.encryption;
    }

    public StoreOptions withEncryption(EncryptionKeys encryption) {
        Objects.requireNonNull(encryption, "encryption");
        return with(changed -> changed.encryption = encryption);
    }

    /** Returns the keys to use, or {@code null} without encryption. */
    @Nullable
    KeyRing keyRing(RandomGenerator random) {
        return settings.encryption == null ? null : settings.encryption.toKeyRing(random);
    }

    /**
     * Returns the minimum time that expired documents and values stay in the log, invisible, while the store is open: a
     * wall clock may be wrong for this long without loss of data. Default 10 minutes, 0 or more.
     */
    public Duration expiryGrace() {
        return settings.expiryGrace;
    }

    public StoreOptions withExpiryGrace(Duration expiryGrace) {
        if (expiryGrace.isNegative() || expiryGrace.compareTo(EXPIRY_GRACE_MOST) > 0) {
            throw new IllegalArgumentException(
                    "expiryGrace must be 0 to " + EXPIRY_GRACE_MOST.toDays() + " days, not " + expiryGrace);
        }
        return with(changed -> changed.expiryGrace = expiryGrace);
    }

    /** Returns the services that queries share, configured by these options. */
    QueryServices queryServices(Environment environment) {
        Duration threshold = settings.slowQueries.threshold();
        SlowQueryLog log = threshold == null
                ? null
                : new SlowQueryLog(
                        threshold,
                        settings.slowQueries.withValues(),
                        settings.slowQueries.kept(),
                        environment.clock(),
                        environment.nanoTicker());
        int kept = settings.resultCache.results();
        ResultCache results = kept == 0 ? null : new ResultCache(kept, settings.resultCache.bytesMax());
        return new QueryServices(log, results, new ScanCache(settings.scanCacheBytesMax), new CollectionShapes());
    }

    private StoreOptions with(Consumer<StoreSettings> change) {
        StoreSettings changed = new StoreSettings(settings);
        change.accept(changed);
        return new StoreOptions(changed);
    }

    private static void requireBetween(String name, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " must be " + least + " to " + most + ", not " + value);
        }
    }
}
