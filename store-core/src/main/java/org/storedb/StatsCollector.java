package org.storedb;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.storedb.internal.document.Catalog;
import org.storedb.internal.document.CatalogEntry;
import org.storedb.internal.document.CatalogEntry.Kind;
import org.storedb.internal.document.CatalogService;
import org.storedb.internal.log.FollowedLog;
import org.storedb.internal.log.Segment;
import org.storedb.internal.log.SegmentTable;
import org.storedb.internal.log.SegmentedLog;
import org.storedb.internal.transaction.Expiries;
import org.storedb.internal.transaction.SpaceAccounting;
import org.storedb.internal.transaction.StoreState;
import org.storedb.maintenance.BackupReport;
import org.storedb.maintenance.CompactionStatus;
import org.storedb.maintenance.ScrubStatus;

/** Collects the statistics of one state. */
final class StatsCollector {

    private final StoreState state;
    private final Catalog catalog;
    private final SpaceAccounting accounting;

    StatsCollector(StoreState state, CatalogService catalog, SpaceAccounting accounting) {
        this.state = state;
        this.catalog = catalog.catalogOf(state);
        this.accounting = accounting;
    }

    StoreStats collect(
            SegmentedLog log,
            @Nullable String path,
            Durability durability,
            StoreStats.TransactionStats transactions,
            CompactionStatus compaction,
            StoreStats.OpenStats open,
            StoreStats.CheckpointStats checkpoint,
            ScrubStatus scrub,
            long scanCacheBytes,
            @Nullable BackupReport lastBackup,
            long purged) {
        Throwable failure = log.failure();
        Throwable full = log.space().full();
        return new StoreStats(
                log.storeId(),
                path,
                durability,
                state.sequence(),
                failure == null ? null : failure.toString(),
                full == null ? null : full.getMessage(),
                log(log.segments(), log.bytesOnDisk(), log.lastSync()),
                collections(),
                keyspaces(),
                transactions,
                compaction,
                open,
                checkpoint,
                scrub,
                scanCacheBytes,
                lastBackup,
                expiry(purged),
                null);
    }

    /** Returns the statistics of a store that is open for reading only. */
    StoreStats collectFollowed(
            FollowedLog log,
            String path,
            Durability durability,
            StoreStats.TransactionStats transactions,
            StoreStats.OpenStats open,
            long scanCacheBytes,
            StoreStats.FollowStats follow) {
        return new StoreStats(
                log.storeId(),
                path,
                durability,
                state.sequence(),
                follow.failure(),
                null,
                log(log.segments(), log.segments().bytes(), null),
                collections(),
                keyspaces(),
                transactions,
                CompactionStatus.idle(0, List.of()),
                open,
                new StoreStats.CheckpointStats(0, null, Duration.ZERO, 0, 0, null),
                new ScrubStatus(false, 0, 0, 0, null, 0, List.of()),
                scanCacheBytes,
                null,
                expiry(0),
                follow);
    }

    private StoreStats.ExpiryStats expiry(long purged) {
        Expiries expiries = state.expiries();
        long next = expiries.nextMillis();
        return new StoreStats.ExpiryStats(
                expiries.upcomingCount(),
                next == Long.MAX_VALUE ? null : Instant.ofEpochMilli(next),
                expiries.expiredCount(),
                purged);
    }

    private StoreStats.LogStats log(SegmentTable segments, long bytesOnDisk, @Nullable Instant lastSync) {
        List<StoreStats.SegmentStats> each =
                segments.all().stream().map(this::segment).toList();
        long liveBytes =
                each.stream().mapToLong(StoreStats.SegmentStats::liveBytes).sum();
        return new StoreStats.LogStats(bytesOnDisk, liveBytes, lastSync, each);
    }

    private StoreStats.SegmentStats segment(Segment segment) {
        return new StoreStats.SegmentStats(
                segment.id(),
                segment.isSealed(),
                segment.bytes(),
                liveBytes(segment),
                segment.cipher().masterKeyId());
    }

    private List<StoreStats.CollectionStats> collections() {
        return catalog.all(Kind.COLLECTION).stream().map(this::collection).toList();
    }

    private List<StoreStats.KeyspaceStats> keyspaces() {
        return catalog.all(Kind.KEYSPACE).stream()
                .filter(entry -> !entry.isInternal())
                .map(this::keyspace)
                .toList();
    }

    private StoreStats.CollectionStats collection(CatalogEntry entry) {
        return new StoreStats.CollectionStats(
                entry.name(),
                state.records().get(entry.treeId()).size(),
                accounting.liveBytesOfTree(entry.treeId()),
                accounting.totalBytesOfTree(entry.treeId()),
                entry.indexes().stream().map(this::index).toList());
    }

    private StoreStats.IndexStats index(CatalogEntry.IndexEntry index) {
        return new StoreStats.IndexStats(
                index.definition().name(),
                index.definition().fields(),
                index.definition().unique(),
                state.indexes().get(index.treeId()).size());
    }

    private StoreStats.KeyspaceStats keyspace(CatalogEntry entry) {
        return new StoreStats.KeyspaceStats(
                entry.name(),
                state.records().get(entry.treeId()).size(),
                accounting.liveBytesOfTree(entry.treeId()),
                accounting.totalBytesOfTree(entry.treeId()));
    }

    /**
     * Counts the overhead of each record as a copy of it would have; in a batch it is smaller, so the sum is capped at
     * the size of the segment.
     */
    private long liveBytes(Segment segment) {
        return Math.min(segment.bytes(), accounting.liveBytesOfSegment(segment.id()));
    }
}
