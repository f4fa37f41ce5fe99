package org.storedb.spring.actuate;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.BaseUnits;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.storedb.Store;
import org.storedb.StoreStats;
import org.storedb.StoreStats.CollectionStats;
import org.storedb.StoreStats.TransactionStats;
import org.storedb.error.StoreException;
import org.storedb.maintenance.BackupReport;
import org.storedb.maintenance.CompactionResult;

/**
 * Metrics of stores: their statistics as meters named {@code store.*}, with the name of the store as the tag
 * {@code store}; a collection gets its own meters when it is first seen.
 */
public class StoreMetrics implements MeterBinder {

    private static final Log LOGGER = LogFactory.getLog(StoreMetrics.class);

    private final Map<String, Store> stores;
    private final Supplier<@Nullable StoreBackupEndpoint> backups;
    private final LongSupplier nanoTicker;

    /** Creates meters for an application's only store, named {@code store}. */
    public StoreMetrics(Store store) {
        this(Map.of("store", store));
    }

    /** Creates meters for stores by their names. */
    public StoreMetrics(Map<String, Store> stores) {
        this(stores, () -> null);
    }

    /**
     * Creates meters for stores by their names.
     *
     * @param backups supplies the endpoint whose directories have the backups of earlier processes, or {@code null}
     */
    public StoreMetrics(Map<String, Store> stores, Supplier<@Nullable StoreBackupEndpoint> backups) {
        this(stores, backups, System::nanoTime);
    }

    /** Creates meters that look for the backups of earlier processes again when they are old by {@code nanoTicker}. */
    StoreMetrics(Map<String, Store> stores, Supplier<@Nullable StoreBackupEndpoint> backups, LongSupplier nanoTicker) {
        this.stores = new LinkedHashMap<>(stores);
        this.backups = backups;
        this.nanoTicker = nanoTicker;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        stores.forEach((name, store) -> {
            EarlierBackup earlierBackup = new EarlierBackup(() -> latestInDirectory(name), nanoTicker);
            new Binding(Tags.of("store", name), store, registry, earlierBackup).bind();
        });
    }

    private @Nullable BackupReport latestInDirectory(String store) {
        StoreBackupEndpoint endpoint = backups.get();
        try {
            return endpoint == null ? null : endpoint.latest(store);
        } catch (StoreException e) { // The endpoint shows it, too.
            LOGGER.debug("The latest backup of '%s' cannot be read".formatted(store), e);
            return null;
        }
    }

    /** Returns why the latest compaction stopped early, or {@code null} if it did not. */
    static @Nullable String compactionFailure(StoreStats stats) {
        return stats.compaction().lastResults().stream()
                .findFirst()
                .map(CompactionResult::failure)
                .orElse(null);
    }

    /** The meters of one store in one registry. */
    private static final class Binding {

        private final Tags own;
        private final MeterRegistry registry;
        private final StatsSampler sampler;
        private final EarlierBackup earlierBackup;
        private final Set<String> knownCollections = ConcurrentHashMap.newKeySet();

        Binding(Tags own, Store store, MeterRegistry registry, EarlierBackup earlierBackup) {
            this.own = own;
            this.registry = registry;
            this.earlierBackup = earlierBackup;
            this.sampler = new StatsSampler(store);
        }

        void bind() {
            sampler.onSample(this::bindCollections);
            gauge("store.sequence", "Number of the last commit", StoreStats::sequence);
            bytes(
                    "store.bytes.disk",
                    "Bytes of the log in all segments",
                    stats -> stats.log().bytesOnDisk());
            bytes(
                    "store.bytes.live",
                    "Bytes of the log that hold current records",
                    stats -> stats.log().liveBytes());
            bytes(
                    "store.scan.cache",
                    "Bytes of memory that keep documents which are scanned repeatedly",
                    StoreStats::scanCacheBytes);
            gauge(
                    "store.segments",
                    "Segments of the log",
                    stats -> stats.log().segments().size());
            gauge(
                    "store.healthy",
                    "1 while the store accepts writes, 0 after a failure",
                    stats -> stats.failure() == null ? 1 : 0);
            gauge(
                    "store.full",
                    "1 while the store has no space and accepts only deletes, else 0",
                    stats -> stats.fullReason() == null ? 0 : 1);
            gauge(
                    "store.damages",
                    "Damages that the background reading of the log or a verification has found",
                    stats -> stats.scrub().problemCount());
            TimeGauge.builder("store.backup.age", sampler, TimeUnit.SECONDS, held(this::backupAgeSeconds))
                    .description("Age of the latest backup that is known; NaN if there is none")
                    .tags(own)
                    .register(registry);
            gauge(
                    "store.compaction.failing",
                    "1 if the latest compaction stopped before its end, else 0",
                    stats -> compactionFailure(stats) == null ? 0 : 1);
            FunctionCounter.builder(
                            "store.compaction.reclaimed",
                            sampler,
                            held(stats -> stats.compaction().bytesReclaimed()))
                    .description("Bytes reclaimed by compactions")
                    .baseUnit(BaseUnits.BYTES)
                    .tags(own)
                    .register(registry);
            gauge(
                    "store.expiring",
                    "Documents and values that will expire",
                    stats -> stats.expiry().expiring());
            gauge(
                    "store.expired",
                    "Documents and values that have expired and are still in the log",
                    stats -> stats.expiry().expired());
            transactions("committed", TransactionStats::committed);
            transactions("rolled-back", stats -> stats.rolledBack() - stats.conflicted());
            transactions("conflicted", TransactionStats::conflicted);
            gauge(
                    "store.compaction.running",
                    "1 while a compaction is running, else 0",
                    stats -> stats.compaction().running() ? 1 : 0);
            TimeGauge.builder(
                            "store.compaction.last.duration",
                            sampler,
                            TimeUnit.MILLISECONDS,
                            held(Binding::lastCompactionMillis))
                    .description("Duration of the latest compaction")
                    .tags(own)
                    .register(registry);
        }

        private void bindCollections(StoreStats stats) {
            for (CollectionStats collection : stats.collections()) {
                String name = collection.name();
                if (knownCollections.add(name)) {
                    collection(name, "store.documents", "Documents of a collection", null, CollectionStats::documents);
                    collection(
                            name,
                            "store.collection.bytes.live",
                            "Bytes of current documents of a collection",
                            BaseUnits.BYTES,
                            CollectionStats::liveBytes);
                }
            }
        }

        private void collection(
                String collection,
                String meter,
                String description,
                @Nullable String unit,
                ToDoubleFunction<CollectionStats> figure) {
            Gauge.builder(
                            meter,
                            sampler,
                            held(all -> all.collections().stream()
                                    .filter(stats -> stats.name().equals(collection))
                                    .mapToDouble(figure)
                                    .sum()))
                    .description(description)
                    .baseUnit(unit)
                    .tag("collection", collection)
                    .tags(own)
                    .register(registry);
        }

        private void gauge(String meter, String description, ToDoubleFunction<StoreStats> figure) {
            Gauge.builder(meter, sampler, held(figure))
                    .description(description)
                    .tags(own)
                    .register(registry);
        }

        private void bytes(String meter, String description, ToDoubleFunction<StoreStats> figure) {
            Gauge.builder(meter, sampler, held(figure))
                    .description(description)
                    .baseUnit(BaseUnits.BYTES)
                    .tags(own)
                    .register(registry);
        }

        private void transactions(String outcome, ToDoubleFunction<TransactionStats> figure) {
            FunctionCounter.builder(
                            "store.transactions", sampler, held(stats -> figure.applyAsDouble(stats.transactions())))
                    .description("Finished transactions, including single calls")
                    .tag("outcome", outcome)
                    .tags(own)
                    .register(registry);
        }

        /**
         * Returns a function that references the sampler: registries hold a meter's object weakly, but its function as
         * long as the meter exists.
         */
        private ToDoubleFunction<StatsSampler> held(ToDoubleFunction<StoreStats> figure) {
            return heldWeakly -> figure.applyAsDouble(sampler.get());
        }

        private double backupAgeSeconds(StoreStats stats) {
            BackupReport own = stats.lastBackup();
            BackupReport latest = own == null ? earlierBackup.get() : own;
            return latest == null || !latest.storeId().equals(stats.id())
                    ? Double.NaN
                    : Duration.between(latest.takenAt(), Instant.now()).toSeconds();
        }

        private static double lastCompactionMillis(StoreStats stats) {
            return stats.compaction().lastResults().stream()
                    .findFirst()
                    .map(result -> (double) result.duration().toMillis())
                    .orElse(0.0);
        }
    }
}
