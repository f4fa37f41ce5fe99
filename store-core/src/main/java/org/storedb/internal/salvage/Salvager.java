package org.storedb.internal.salvage;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.storedb.error.CorruptStoreException;
import org.storedb.error.InvalidBackupException;
import org.storedb.error.MissingLibraryException;
import org.storedb.error.StoreIoException;
import org.storedb.internal.bytes.ByteKey;
import org.storedb.internal.codec.ValueCompression;
import org.storedb.internal.crypto.KeyRing;
import org.storedb.internal.document.CatalogRepair;
import org.storedb.internal.document.CatalogService;
import org.storedb.internal.document.KeyNames;
import org.storedb.internal.io.Environment;
import org.storedb.internal.io.FileSystemDirectory;
import org.storedb.internal.io.ProgressMeter;
import org.storedb.internal.log.DamagedLog;
import org.storedb.internal.log.LogEncryption;
import org.storedb.internal.log.SegmentTable;
import org.storedb.internal.log.UnfinishedStore;
import org.storedb.internal.recovery.Recovery;
import org.storedb.internal.transaction.CommitLimits;
import org.storedb.internal.transaction.CommitRequest;
import org.storedb.internal.transaction.LocalCommitPipeline;
import org.storedb.internal.transaction.RecordPointer;
import org.storedb.internal.transaction.RecordReader;
import org.storedb.internal.transaction.RecordWrite;
import org.storedb.internal.transaction.StoredRecord;
import org.storedb.maintenance.SalvageReport;
import org.storedb.maintenance.SalvageReport.Damage;
import org.storedb.maintenance.SalvageReport.Fate;
import org.storedb.maintenance.SalvageReport.HitKey;
import org.storedb.storage.StorageDirectory;

/** Makes a sound store from the readable parts of a damaged one. For one thread, for one store. */
public final class Salvager {

    private static final int BATCH_BYTES = 1 << 20;

    private final StorageDirectory source;
    private final StorageDirectory target;
    private final Environment environment;
    private final @Nullable KeyRing keys;
    private final int segmentBytes;
    private final ProgressMeter meter;
    private final List<Damage> unreadable = new ArrayList<>();
    private long records;
    private long doubtful;

    /**
     * Creates a salvager.
     *
     * @param source is only read
     * @param target empty
     * @param keys the keys of the source, which become those of the target; {@code null} if it is not encrypted
     */
    public Salvager(
            StorageDirectory source,
            StorageDirectory target,
            Environment environment,
            @Nullable KeyRing keys,
            int segmentBytes,
            ProgressMeter meter) {
        this.source = source;
        this.target = target;
        this.environment = environment;
        this.keys = keys;
        this.segmentBytes = segmentBytes;
        this.meter = meter;
    }

    /**
     * Reads the source and writes the target.
     *
     * @throws CorruptStoreException if there is nothing to salvage
     * @throws MissingLibraryException if a value is compressed by a library that is not there
     */
    public SalvageReport run() throws IOException {
        for (String name : target.list()) {
            if (!name.equals(FileSystemDirectory.LOCK_FILE_NAME)) {
                throw new InvalidBackupException(
                        target.description() + " is not empty, it has '" + name + "'; salvage into an empty directory");
            }
        }
        try (DamagedLog log = DamagedLog.open(source, LogEncryption.with(keys))) {
            LogHarvest harvest = new LogHarvest(log, meter);
            harvest.run();
            UnfinishedStore.begin(target);
            try {
                SalvageReport report = write(log, harvest);
                UnfinishedStore.end(target);
                return report;
            } catch (IOException | RuntimeException | Error e) {
                discard();
                throw e;
            }
        }
    }

    private SalvageReport write(DamagedLog log, LogHarvest harvest) throws IOException {
        Recovery recovery =
                Recovery.run(target, environment, keys, segmentBytes, state -> {}, (phase, done, total) -> {});
        LocalCommitPipeline pipeline = new LocalCommitPipeline(
                recovery.log(), recovery.state(), recovery.accounting(), CommitLimits.NONE, ValueCompression.NONE);
        try {
            long doubtfulBelow = harvest.lost().doubtfulBelow();
            copy(log.segments(), harvest.newest(), pipeline, doubtfulBelow);
            List<String> repairs = new ArrayList<>(log.notes());
            repairs.addAll(CatalogRepair.run(pipeline, environment.clock().millis()));
            List<Damage> damages = new ArrayList<>(harvest.damages());
            damages.addAll(unreadable);
            List<HitKey> keys = keys(harvest, new CatalogService(pipeline), pipeline);
            return new SalvageReport(
                    log.storeId(),
                    recovery.log().storeId(),
                    log.segments().all().size(),
                    records,
                    damages,
                    harvest.lost().ranges(),
                    doubtfulBelow,
                    doubtful,
                    keys.size(),
                    keys.subList(0, Math.min(keys.size(), SalvageReport.KEYS_MAX)),
                    repairs);
        } finally {
            pipeline.close();
        }
    }

    private void copy(
            SegmentTable segments, NewestOperations newest, LocalCommitPipeline pipeline, long doubtfulBelow) {
        meter.begin("writing the new store", newest.size());
        Batch batch = new Batch(pipeline);
        for (int treeId : newest.trees()) {
            newest.forEachRecord(treeId, (key, pointer) -> {
                StoredRecord record = read(segments, key, pointer);
                if (record != null) {
                    batch.add(new RecordWrite(
                            treeId, key, record.value(), record.revision(), true, record.expiry(), false, 0));
                    records++;
                    doubtful += pointer.sequence() < doubtfulBelow ? 1 : 0;
                }
                meter.advance(1);
            });
        }
        batch.commit();
    }

    /**
     * Reads a record that was readable a moment ago; returns {@code null} if it no longer is.
     *
     * @throws MissingLibraryException if the library that it is compressed with is missing
     */
    private @Nullable StoredRecord read(SegmentTable segments, byte[] key, RecordPointer pointer) {
        try {
            return RecordReader.read(segments, key, pointer);
        } catch (CorruptStoreException | StoreIoException e) {
            String file = segments.get(pointer.segment()).fileName();
            unreadable.add(new Damage(
                    file, pointer.offset(), pointer.offset() + pointer.length(), String.valueOf(e.getMessage())));
            return null;
        }
    }

    private List<HitKey> keys(LogHarvest harvest, CatalogService catalogs, LocalCommitPipeline pipeline) {
        KeyNames names = new KeyNames(catalogs.catalogOf(pipeline.state()));
        List<HitKey> keys = new ArrayList<>();
        Set<Map.Entry<Integer, ByteKey>> seen = new HashSet<>();
        List<LogHarvest.KeyHit> hits = harvest.hits();
        for (int i = hits.size() - 1; i >= 0; i--) {
            LogHarvest.KeyHit hit = hits.get(i);
            boolean first = seen.add(Map.entry(hit.treeId(), new ByteKey(hit.key())));
            if (first && !harvest.newest().hasNewer(hit.treeId(), hit.key(), hit.sequence())) {
                KeyNames.Name name = names.of(hit.treeId(), hit.key());
                keys.add(new HitKey(name.tree(), name.key(), fate(harvest, hit)));
            }
        }
        return keys;
    }

    private static Fate fate(LogHarvest harvest, LogHarvest.KeyHit hit) {
        if (hit.taken()) {
            return Fate.FROM_DAMAGED_PART;
        }
        return harvest.newest().hasRecord(hit.treeId(), hit.key()) ? Fate.OLDER_VERSION : Fate.LOST;
    }

    private void discard() {
        try {
            UnfinishedStore.discard(target);
        } catch (IOException e) {
            System.getLogger(Salvager.class.getName())
                    .log(System.Logger.Level.WARNING, "Cannot clear " + target.description(), e);
        }
    }

    /** Writes that are committed together. */
    private static final class Batch {

        private final LocalCommitPipeline pipeline;
        private final List<RecordWrite> writes = new ArrayList<>();
        private long bytes;

        Batch(LocalCommitPipeline pipeline) {
            this.pipeline = pipeline;
        }

        void add(RecordWrite write) {
            writes.add(write);
            byte[] value = write.value();
            bytes += write.key().length + (value == null ? 0 : value.length);
            if (bytes >= BATCH_BYTES) {
                commit();
            }
        }

        void commit() {
            if (writes.isEmpty()) {
                return;
            }
            pipeline.commit(CommitRequest.ofWrites(pipeline.state(), List.copyOf(writes), false))
                    .requireCommitted("A salvaged record");
            writes.clear();
            bytes = 0;
        }
    }
}
