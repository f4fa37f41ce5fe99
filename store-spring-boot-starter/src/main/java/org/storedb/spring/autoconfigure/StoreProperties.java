package org.storedb.spring.autoconfigure;

import static org.storedb.spring.autoconfigure.PropertyChecks.checked;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.storedb.Access;
import org.storedb.CheckpointPolicy;
import org.storedb.CompactionPolicy;
import org.storedb.Compression;
import org.storedb.Durability;
import org.storedb.EncryptionKeys;
import org.storedb.SlowQueryPolicy;
import org.storedb.StoreOptions;
import org.storedb.maintenance.ScrubPolicy;

/**
 * Configuration of the store. A group of properties is {@code null} if none of them is set, which is cheaper than to
 * create all groups with their defaults at every start: the store has the same ones.
 *
 * @param path Directory of the store, created if it does not exist. Only one process at a time can write to it.
 * @param inMemory Whether the store is kept in memory only and lost when the application ends, for tests.
 * @param access Kind of access to the store: read and write (read-write), read its current state (read-only), or read
 *     it and follow the process that writes (follow).
 * @param followInterval Time between two checks for new commits with the access "follow".
 * @param openTimeout Time to wait for another process to close the store when it is opened for writing, as in a rolling
 *     restart. By default the start fails at once.
 * @param durability Point at which a commit counts as done: when it is on the medium (always), or when it is handed to
 *     the operating system, which is synced at intervals (interval) or at its own discretion (os).
 * @param syncInterval Time between two background syncs with the durability "interval".
 * @param segmentSize Size at which the log begins a new file.
 * @param maxKeySize Maximum size of a key, index keys included.
 * @param maxValueSize Maximum size of a stored document.
 * @param maxTransactionSize Maximum size of what one transaction writes.
 * @param maxEntries Maximum number of documents and entries in the store; unlimited if not set.
 * @param maxSizeOnDisk Maximum size of the store on disk, at least 1MB; unlimited if not set.
 * @param scanCacheSize Maximum heap memory that keeps documents which are scanned repeatedly; 0 for none. The default is a
 *     sixteenth of the maximum heap.
 * @param compression Compression of new values: none, lz4 (needs at.yawk.lz4:lz4-java) or zstd (needs
 *     com.github.luben:zstd-jni).
 * @param encryption Keys of an encrypted store.
 * @param checkpoints Checkpoints, which make the store open faster.
 * @param compaction Compaction, which reclaims the space of replaced and deleted documents.
 * @param scrub Background reading of the log to detect data that has decayed on the medium.
 * @param slowQueries Slow queries, which are logged with their plans.
 * @param backup Backups taken through the actuator.
 * @param repositories Repositories of the store.
 */
@ConfigurationProperties("store")
public record StoreProperties(
        // not a Path: it would be looked for on the class path first
        @DefaultValue("data") String path,
        @DefaultValue("false") boolean inMemory,
        @DefaultValue("read-write") Access access,
        @DefaultValue("100ms") Duration followInterval,
        @DefaultValue("0s") Duration openTimeout,
        @DefaultValue("always") Durability durability,
        @DefaultValue("1s") Duration syncInterval,
        @DefaultValue("64MB") DataSize segmentSize,
        @DefaultValue("4KB") DataSize maxKeySize,
        @DefaultValue("16MB") DataSize maxValueSize,
        @DefaultValue("256MB") DataSize maxTransactionSize,
        @Nullable Long maxEntries,
        @Nullable DataSize maxSizeOnDisk,
        @Nullable DataSize scanCacheSize,
        @DefaultValue("none") CompressionMethod compression,
        @Nullable Encryption encryption,
        @Nullable Checkpoints checkpoints,
        @Nullable Compaction compaction,
        @Nullable Scrub scrub,
        @Nullable SlowQueries slowQueries,
        @Nullable Backup backup,
        @Nullable Repositories repositories) {

    /** Compression of values. */
    public enum CompressionMethod {
        NONE,
        LZ4,
        ZSTD;

        private Compression toCompression() {
            return switch (this) {
                case NONE -> Compression.NONE;
                case LZ4 -> Compression.lz4();
                case ZSTD -> Compression.zstd();
            };
        }
    }

    /**
     * Keys of an encrypted store, each of 32 bytes in Base64.
     *
     * @param key Current key, which encrypts what is written. Without it the store is not encrypted; it must not be
     *     empty.
     * @param keyId Id of the current key: 1 to 31 letters, digits, '.', '_' or '-'.
     * @param formerKeys Keys that the store may have been written with, by their ids.
     * @param encryptExisting Whether to open a store that is not encrypted and let compactions encrypt it.
     */
    public record Encryption(
            @DefaultValue(DEFAULT_KEY_ID) String keyId,
            @Nullable String key,
            @DefaultValue Map<String, String> formerKeys,
            @DefaultValue("false") boolean encryptExisting) {

        static final String DEFAULT_KEY_ID = "default";

        /** Describes the encryption without the keys. */
        @Override
        public String toString() {
            return "Encryption[keyId=" + keyId + ", formerKeys=" + formerKeys.keySet() + "]";
        }
    }

    /**
     * Checkpoints.
     *
     * @param automatic Whether to write checkpoints in the background and when the store is closed.
     */
    public record Checkpoints(@DefaultValue("true") boolean automatic) {}

    /**
     * Compaction of the log.
     *
     * @param automatic Whether to compact the log automatically.
     * @param deadRatio Share of dead bytes in the log above which some of its files are compacted, above 0 and at most
     *     1.
     * @param maxSizePerSecond Maximum size that a compaction reads per second; unlimited if not set.
     */
    public record Compaction(
            @DefaultValue("true") boolean automatic,
            @DefaultValue("0.5") double deadRatio,
            @Nullable DataSize maxSizePerSecond) {

        private CompactionPolicy toPolicy() {
            CompactionPolicy policy = checked(
                    "compaction.dead-ratio",
                    deadRatio,
                    "above 0 and at most 1",
                    ratio -> new CompactionPolicy(automatic, ratio));
            return maxSizePerSecond == null
                    ? policy
                    : checked(
                            "compaction.max-size-per-second",
                            maxSizePerSecond,
                            "at least 1B",
                            size -> policy.withBytesPerSecondMax(size.toBytes()));
        }
    }

    /**
     * Background reading of the log.
     *
     * @param automatic Whether to read the log in the background.
     * @param rate Size that is read per second.
     * @param firstAfter Time from the start of the application to the first run.
     * @param pause Time from the end of a run to the next.
     */
    public record Scrub(
            @DefaultValue("true") boolean automatic,
            @DefaultValue("2MB") DataSize rate,
            @DefaultValue("1h") Duration firstAfter,
            @DefaultValue("7d") Duration pause) {

        private ScrubPolicy toPolicy() {
            long defaultRate = ScrubPolicy.defaults().bytesPerSecond();
            ScrubPolicy policy = checked(
                    "scrub.first-after",
                    firstAfter,
                    "0 or more",
                    delay -> new ScrubPolicy(automatic, defaultRate, delay, Duration.ZERO));
            ScrubPolicy paused = checked(
                    "scrub.pause",
                    pause,
                    "0 or more",
                    time -> new ScrubPolicy(automatic, defaultRate, policy.firstAfter(), time));
            return checked("scrub.rate", rate, "at least 1KB", size -> paused.withBytesPerSecond(size.toBytes()));
        }
    }

    /**
     * Slow queries.
     *
     * @param threshold Minimum duration of a slow query; if not set, no query is slow.
     * @param showValues Whether to show the values that conditions compare with, which may be confidential.
     * @param kept Number of the latest slow queries that the actuator shows.
     */
    public record SlowQueries(
            @Nullable Duration threshold,
            @DefaultValue("false") boolean showValues,
            @DefaultValue("100") int kept) {

        private SlowQueryPolicy toPolicy() {
            SlowQueryPolicy policy = checked("slow-queries.kept", kept, "0 or more", SlowQueryPolicy.off()::keeping);
            if (threshold != null) {
                policy = checked(
                        "slow-queries.threshold",
                        threshold,
                        "0 or more",
                        time -> SlowQueryPolicy.from(time).keeping(kept));
            }
            return showValues ? policy.showingValues() : policy;
        }
    }

    /**
     * Backups.
     *
     * @param directory Directory that backups are written to. Without it the actuator takes none.
     */
    public record Backup(@Nullable String directory) {}

    /**
     * Repositories.
     *
     * @param enabled Whether to find and set up the store's repositories in the application's packages.
     */
    public record Repositories(@DefaultValue("true") boolean enabled) {}

    /** Returns the options to open the store with. */
    public StoreOptions toOptions() {
        StoreOptions options = withLimits(StoreOptions.defaults())
                .withAccess(access)
                .withDurability(durability)
                .withCompression(compression.toCompression());
        options = checked("follow-interval", followInterval, "at least 1ms", options::withFollowInterval);
        options = checked("open-timeout", openTimeout, "0 to 1 day", options::withOpenTimeout);
        options = checked("sync-interval", syncInterval, "at least 1ms", options::withSyncInterval);
        return withGroups(options);
    }

    private StoreOptions withGroups(StoreOptions defaults) {
        StoreOptions options = defaults;
        if (checkpoints != null && !checkpoints.automatic()) {
            options = options.withCheckpoints(CheckpointPolicy.none());
        }
        if (compaction != null) {
            options = options.withCompaction(compaction.toPolicy());
        }
        if (scrub != null) {
            options = options.withScrub(scrub.toPolicy());
        }
        if (slowQueries != null) {
            options = options.withSlowQueries(slowQueries.toPolicy());
        }
        EncryptionKeys keys = encryption == null ? null : new EncryptionKeyReader(encryption).keys();
        return keys == null ? options : options.withEncryption(keys);
    }

    private StoreOptions withLimits(StoreOptions defaults) {
        StoreOptions options = checkedSize("segment-size", segmentSize, "64KB to 1GB", defaults::withSegmentBytes);
        options = checkedSize("max-key-size", maxKeySize, "1B to 65535B", options::withKeyBytesMax);
        options = checkedSize("max-value-size", maxValueSize, "1B to 512MB", options::withValueBytesMax);
        options = checkedSize(
                "max-transaction-size",
                maxTransactionSize,
                "at least 'max-value-size', which is " + maxValueSize.toBytes() + "B, and at most 1GB",
                options::withTransactionBytesMax);
        if (maxEntries != null) {
            options = checked("max-entries", maxEntries, "at least 1", options::withEntriesMax);
        }
        if (maxSizeOnDisk != null) {
            options = checkedBytes("max-size-on-disk", maxSizeOnDisk, "at least 1MB", options::withBytesOnDiskMax);
        }
        return scanCacheSize == null
                ? options
                : checkedBytes("scan-cache-size", scanCacheSize, "0 or more", options::withScanCacheBytesMax);
    }

    private static StoreOptions checkedSize(
            String name, DataSize value, String allowed, Function<Integer, StoreOptions> setting) {
        return checkedBytes(name, value, allowed, bytes -> setting.apply(Math.toIntExact(bytes)));
    }

    private static StoreOptions checkedBytes(
            String name, DataSize value, String allowed, LongFunction<StoreOptions> setting) {
        return checked(name, value, allowed, size -> setting.apply(size.toBytes()));
    }

    /** Returns the name of a constant as it is written in a configuration. */
    static String inKebabCase(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
