package org.storedb.spring.autoconfigure;

import java.time.Duration;
import java.util.Base64;
import java.util.Map;
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
     * @param key The current key, which encrypts what is written. Without it the store is not encrypted.
     * @param formerKeys Keys that the store may have been written with, by their ids.
     * @param encryptExisting Whether a store may be opened that is not encrypted, to be encrypted by compactions.
     */
    public record Encryption(
            @DefaultValue("default") String keyId,
            @Nullable String key,
            @DefaultValue Map<String, String> formerKeys,
            @DefaultValue("false") boolean encryptExisting) {

        private @Nullable EncryptionKeys toKeys() {
            if (key == null || key.isEmpty()) {
                return null;
            }
            EncryptionKeys keys = EncryptionKeys.of(keyId, decoded("store.encryption.key", key));
            for (Map.Entry<String, String> former : formerKeys.entrySet()) {
                String property = "store.encryption.former-keys." + former.getKey();
                keys = keys.withFormer(former.getKey(), decoded(property, former.getValue()));
            }
            return encryptExisting ? keys.encryptingExisting() : keys;
        }

        private static byte[] decoded(String property, String key) {
            try {
                return Base64.getDecoder().decode(key);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(property + " is not Base64"); // Without the key in a cause.
            }
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
            @Nullable DataSize maxSizePerSecond) {}

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
            @DefaultValue("7d") Duration pause) {}

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
            @DefaultValue("100") int kept) {}

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

    private static long bytes(@Nullable DataSize limit) {
        return limit == null ? Long.MAX_VALUE : limit.toBytes();
    }

    /** The options to open the store with. */
    public StoreOptions toOptions() {
        try {
            StoreOptions options = StoreOptions.defaults()
                    .withAccess(access)
                    .withFollowInterval(followInterval)
                    .withDurability(durability)
                    .withSyncInterval(syncInterval)
                    .withSegmentBytes(Math.toIntExact(segmentSize.toBytes()))
                    .withKeyBytesMax(Math.toIntExact(maxKeySize.toBytes()))
                    .withValueBytesMax(Math.toIntExact(maxValueSize.toBytes()))
                    .withTransactionBytesMax(Math.toIntExact(maxTransactionSize.toBytes()))
                    .withEntriesMax(maxEntries == null ? Long.MAX_VALUE : maxEntries)
                    .withBytesOnDiskMax(bytes(maxSizeOnDisk))
                    .withCompaction(new CompactionPolicy(
                            compaction.automatic(), compaction.deadRatio(), bytes(compaction.maxSizePerSecond())))
                    .withScrub(new ScrubPolicy(
                            scrub.automatic(), scrub.rate().toBytes(), scrub.firstAfter(), scrub.pause()))
                    .withSlowQueries(
                            new SlowQueryPolicy(slowQueries.threshold(), slowQueries.showValues(), slowQueries.kept()))
                    .withCompression(compression.toCompression());
            if (!checkpoints.automatic()) {
                options = options.withCheckpoints(CheckpointPolicy.none());
            }
            EncryptionKeys keys = encryption.toKeys();
            return keys == null ? options : options.withEncryption(keys);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new IllegalArgumentException("The properties 'store.*' are not valid: " + e.getMessage(), e);
        }
    }
}
