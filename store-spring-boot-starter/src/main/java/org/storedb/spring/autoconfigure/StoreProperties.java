package org.storedb.spring.autoconfigure;

import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.convert.DurationStyle;
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
 * Configuration of the store.
 *
 * @param path Directory that the store lives in. It is created if it does not exist, and written by one process at a time.
 * @param inMemory Whether the store lives in memory only and is lost with the application, for tests.
 * @param access What the store is opened for: to read and write, to read it as it is (read-only), or to read it and follow
 *     the process that writes (follow).
 * @param followInterval Time between two looks for new commits with the access "follow".
 * @param durability When a commit counts as done: on the medium (always), or handed to the operating system, which is
 *     synced in intervals (interval) or when it pleases (os).
 * @param syncInterval Time between two background syncs with the durability "interval".
 * @param segmentSize Size at which the log begins a new file.
 * @param maxKeySize Size of the longest key, index keys included.
 * @param maxValueSize Size of the largest stored document.
 * @param maxTransactionSize Most that one transaction may write.
 * @param maxEntries Most documents and entries that the store may have; unlimited if not set.
 * @param maxSizeOnDisk Most that the store may take up on disk, at least 1MB; unlimited if not set.
 * @param compression How new values are compressed: none, lz4 (needs at.yawk.lz4:lz4-java) or zstd (needs
 *     com.github.luben:zstd-jni).
 * @param encryption Keys of an encrypted store.
 * @param checkpoints When checkpoints are written, from which the store opens faster.
 * @param compaction When the space of replaced and deleted documents is taken back.
 * @param scrub When the log is read in the background to find what has rotted on the medium.
 * @param slowQueries Which queries are logged with their plans.
 * @param backup Backups that are taken through the actuator.
 * @param repositories Repositories of the store.
 */
@ConfigurationProperties("store")
public record StoreProperties(
        // not a Path: it would be looked for on the class path first
        @DefaultValue("data") String path,
        @DefaultValue("false") boolean inMemory,
        @DefaultValue("read-write") Access access,
        @DefaultValue("100ms") Duration followInterval,
        @DefaultValue("always") Durability durability,
        @DefaultValue("1s") Duration syncInterval,
        @DefaultValue("64MB") DataSize segmentSize,
        @DefaultValue("4KB") DataSize maxKeySize,
        @DefaultValue("16MB") DataSize maxValueSize,
        @DefaultValue("256MB") DataSize maxTransactionSize,
        @Nullable Long maxEntries,
        @Nullable DataSize maxSizeOnDisk,
        @DefaultValue("none") CompressionMethod compression,
        @DefaultValue Encryption encryption,
        @DefaultValue Checkpoints checkpoints,
        @DefaultValue Compaction compaction,
        @DefaultValue Scrub scrub,
        @DefaultValue SlowQueries slowQueries,
        @DefaultValue Backup backup,
        @DefaultValue Repositories repositories) {

    /** How values are compressed. */
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
     * @param keyId What the current key is called: 1 to 31 letters, digits, '.', '_' or '-'.
     * @param key The current key, which encrypts what is written. Without it the store is not encrypted; it cannot be empty.
     * @param formerKeys Keys that the store may have been written with, by their ids.
     * @param encryptExisting Whether a store may be opened that is not encrypted, to be encrypted by compactions.
     */
    public record Encryption(
            @DefaultValue("default") String keyId,
            @Nullable String key,
            @DefaultValue Map<String, String> formerKeys,
            @DefaultValue("false") boolean encryptExisting) {

        private static final int KEY_BYTES = 32;
        private static final String KEY = "32 bytes in Base64, as 'openssl rand -base64 32' makes them";
        private static final String KEY_ID = "1 to 31 letters, digits, '.', '_' or '-' of ASCII";

        private @Nullable EncryptionKeys toKeys() {
            if (key == null) {
                requireNothingElse();
                return null;
            }
            if (key.isBlank()) {
                throw new InvalidStorePropertyException("encryption.key", "is empty", KEY);
            }
            byte[] current = decoded("encryption.key", key);
            EncryptionKeys keys = checked("encryption.key-id", keyId, KEY_ID, id -> EncryptionKeys.of(id, current));
            for (Map.Entry<String, String> former : formerKeys.entrySet()) {
                keys = withFormer(keys, former.getKey(), former.getValue());
            }
            return encryptExisting ? keys.encryptingExisting() : keys;
        }

        private void requireNothingElse() {
            if (!formerKeys.isEmpty()) {
                throw withoutKey("encryption.former-keys");
            }
            if (encryptExisting) {
                throw withoutKey("encryption.encrypt-existing");
            }
        }

        private static InvalidStorePropertyException withoutKey(String property) {
            return new InvalidStorePropertyException(
                    property, "is set without 'encryption.key'", "left away, or come with that key, " + KEY);
        }

        private static EncryptionKeys withFormer(EncryptionKeys keys, String id, String key) {
            String property = "encryption.former-keys." + id;
            byte[] decoded = decoded(property, key);
            try {
                return keys.withFormer(id, decoded);
            } catch (IllegalArgumentException e) {
                throw new InvalidStorePropertyException(
                        property, "has the id '%s'".formatted(id), "a key with an id of its own, of " + KEY_ID);
            }
        }

        /** The key itself is in no message and no cause. */
        private static byte[] decoded(String property, String key) {
            byte[] decoded;
            try {
                decoded = Base64.getDecoder().decode(key);
            } catch (IllegalArgumentException e) {
                throw new InvalidStorePropertyException(property, "is not Base64", KEY);
            }
            if (decoded.length != KEY_BYTES) {
                throw new InvalidStorePropertyException(property, "has %d bytes".formatted(decoded.length), KEY);
            }
            return decoded;
        }

        /** Without the keys. */
        @Override
        public String toString() {
            return "Encryption[keyId=" + keyId + ", formerKeys=" + formerKeys.keySet() + "]";
        }
    }

    /**
     * Checkpoints.
     *
     * @param automatic Whether they are written in the background and when the store is closed.
     */
    public record Checkpoints(@DefaultValue("true") boolean automatic) {}

    /**
     * Compaction of the log.
     *
     * @param automatic Whether the store compacts its log by itself.
     * @param deadRatio Share of the log that may be dead bytes before files of it are compacted, above 0 and at most 1.
     * @param maxSizePerSecond How much a compaction reads in a second; unlimited if not set.
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
     * @param automatic Whether it is done.
     * @param rate How much is read each second.
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
     * @param threshold Time from which on a query is slow; if not set, none is.
     * @param showValues Whether the values that are asked for are shown, which may be confidential.
     * @param kept How many of the latest the actuator shows.
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
     * @param directory Directory that backups go to. Without it the actuator takes none.
     */
    public record Backup(@Nullable String directory) {}

    /**
     * Repositories.
     *
     * @param enabled Whether to find and set up the store's repositories in the application's packages.
     */
    public record Repositories(@DefaultValue("true") boolean enabled) {}

    /** The options to open the store with. */
    public StoreOptions toOptions() {
        StoreOptions options = withLimits(StoreOptions.defaults())
                .withAccess(access)
                .withDurability(durability)
                .withCompaction(compaction.toPolicy())
                .withScrub(scrub.toPolicy())
                .withSlowQueries(slowQueries.toPolicy())
                .withCompression(compression.toCompression());
        options = checked("follow-interval", followInterval, "at least 1ms", options::withFollowInterval);
        options = checked("sync-interval", syncInterval, "at least 1ms", options::withSyncInterval);
        if (!checkpoints.automatic()) {
            options = options.withCheckpoints(CheckpointPolicy.none());
        }
        EncryptionKeys keys = encryption.toKeys();
        return keys == null ? options : options.withEncryption(keys);
    }

    private StoreOptions withLimits(StoreOptions defaults) {
        StoreOptions options = checkedSize("segment-size", segmentSize, "64KB to 1GB", defaults::withSegmentBytes);
        options = checkedSize("max-key-size", maxKeySize, "1B to 65535B", options::withKeyBytesMax);
        options = checkedSize("max-value-size", maxValueSize, "1B to 512MB", options::withValueBytesMax);
        options = checkedSize(
                "max-transaction-size",
                maxTransactionSize,
                "at least 'max-value-size', which is %s, and at most 1GB".formatted(maxValueSize),
                options::withTransactionBytesMax);
        if (maxEntries != null) {
            options = checked("max-entries", maxEntries, "at least 1", options::withEntriesMax);
        }
        StoreOptions limited = options;
        return maxSizeOnDisk == null
                ? limited
                : checked(
                        "max-size-on-disk",
                        maxSizeOnDisk,
                        "at least 1MB",
                        size -> limited.withBytesOnDiskMax(size.toBytes()));
    }

    private static StoreOptions checkedSize(
            String name, DataSize value, String allowed, Function<Integer, StoreOptions> setting) {
        return checked(name, value, allowed, size -> setting.apply(Math.toIntExact(size.toBytes())));
    }

    /** What becomes of a value, or a refusal that names the property, if that is not possible. */
    private static <V, R> R checked(String name, V value, String allowed, Function<V, R> setting) {
        try {
            return setting.apply(value);
        } catch (IllegalArgumentException | ArithmeticException e) {
            InvalidStorePropertyException refusal =
                    new InvalidStorePropertyException(name, "is '%s'".formatted(shown(value)), allowed);
            refusal.initCause(e);
            throw refusal;
        }
    }

    private static Object shown(Object value) {
        return value instanceof Duration duration ? DurationStyle.SIMPLE.print(duration) : value;
    }

    /** A constant as it is written in a configuration. */
    static String inKebabCase(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
