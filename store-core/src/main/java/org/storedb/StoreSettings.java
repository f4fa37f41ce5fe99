package org.storedb;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.storedb.document.DocumentValidator;
import org.storedb.internal.document.DocumentBounds;
import org.storedb.maintenance.ScrubPolicy;

/** The values of {@link StoreOptions}, which explains them. They change only while a copy is being made. */
final class StoreSettings {

    Access access = Access.READ_WRITE;
    Duration followInterval = Duration.ofMillis(100);
    Duration openTimeout = Duration.ZERO;

    @Nullable
    StoreInitializer initializer;

    @Nullable
    SnapshotFilePolicy snapshotFiles;

    Durability durability = Durability.ALWAYS;
    Duration syncInterval = Duration.ofSeconds(1);
    int segmentBytes = 64 * StoreOptions.MIB;
    int keyBytesMax = 4 * StoreOptions.KIB;
    int valueBytesMax = 16 * StoreOptions.MIB;
    int documentNestingMax = DocumentBounds.NESTING_MOST;
    int documentFieldsMax = Integer.MAX_VALUE;
    Map<String, DocumentValidator> validators = Map.of();
    int transactionBytesMax = 256 * StoreOptions.MIB;
    long entriesMax = Long.MAX_VALUE;
    long bytesOnDiskMax = Long.MAX_VALUE;
    CompactionPolicy compaction = CompactionPolicy.defaults();
    ChangeRetention changeRetention = ChangeRetention.defaults();
    CheckpointPolicy checkpoints = CheckpointPolicy.defaults();

    @Nullable
    OpenListener openListener;

    ScrubPolicy scrub = ScrubPolicy.defaults();
    SlowQueryPolicy slowQueries = SlowQueryPolicy.off();
    ResultCachePolicy resultCache = ResultCachePolicy.off();
    long scanCacheBytesMax = Runtime.getRuntime().maxMemory() / 16;
    Compression compression = Compression.NONE;

    @Nullable
    EncryptionKeys encryption;

    Duration expiryGrace = Duration.ofMinutes(10);

    StoreSettings() {}

    StoreSettings(StoreSettings other) {
        access = other.access;
        followInterval = other.followInterval;
        openTimeout = other.openTimeout;
        initializer = other.initializer;
        snapshotFiles = other.snapshotFiles;
        durability = other.durability;
        syncInterval = other.syncInterval;
        segmentBytes = other.segmentBytes;
        keyBytesMax = other.keyBytesMax;
        valueBytesMax = other.valueBytesMax;
        documentNestingMax = other.documentNestingMax;
        documentFieldsMax = other.documentFieldsMax;
        validators = other.validators;
        transactionBytesMax = other.transactionBytesMax;
        entriesMax = other.entriesMax;
        bytesOnDiskMax = other.bytesOnDiskMax;
        compaction = other.compaction;
        changeRetention = other.changeRetention;
        checkpoints = other.checkpoints;
        openListener = other.openListener;
        scrub = other.scrub;
        slowQueries = other.slowQueries;
        resultCache = other.resultCache;
        scanCacheBytesMax = other.scanCacheBytesMax;
        compression = other.compression;
        encryption = other.encryption;
        expiryGrace = other.expiryGrace;
    }
}
