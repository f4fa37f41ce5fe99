package org.storedb.internal.expiry;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.storedb.error.StoreException;
import org.storedb.internal.bytes.ByteKey;
import org.storedb.internal.io.StoreClock;
import org.storedb.internal.log.RecordExpiry;
import org.storedb.internal.transaction.CommitOutcome;
import org.storedb.internal.transaction.CommitPipeline;
import org.storedb.internal.transaction.CommitRequest;
import org.storedb.internal.transaction.RecordPointer;
import org.storedb.internal.transaction.RecordReader;
import org.storedb.internal.transaction.RecordWrite;
import org.storedb.internal.transaction.StoreState;
import org.storedb.internal.transaction.StoredRecord;

/**
 * Postpones the expiry of records that expire when unused, because they were read. A read only notes that, and only
 * when a ninth of the record's time has passed since the last time; many notes are written in one commit. Safe for use
 * by many threads; {@code this} is held while they are written.
 */
public final class ExpiryRenewal {

    private static final int BATCH_RECORDS = 256;
    private static final int NOTED_MAX = 100_000;

    /** Fraction of the time that is added to it, so that not every read has to be written. */
    private static final int EXTRA_PART = 8;

    private final CommitPipeline pipeline;
    private final StoreClock clock;
    private final Map<Use, Long> noted = new ConcurrentHashMap<>();

    public ExpiryRenewal(CommitPipeline pipeline, StoreClock clock) {
        this.pipeline = pipeline;
        this.clock = clock;
    }

    /**
     * Returns the expiry of a record that is used at {@code nowMillis}: if it slides, at least its sliding time from
     * then.
     */
    public static RecordExpiry renewed(RecordExpiry expiry, long nowMillis) {
        long sliding = expiry.slidingMillis();
        return expiry.isSliding() && expiry.millis() - nowMillis < sliding ? sliding(sliding, nowMillis) : expiry;
    }

    /** Returns the expiry of a new record at {@code nowMillis} that slides. */
    public static RecordExpiry sliding(long slidingMillis, long nowMillis) {
        return new RecordExpiry(nowMillis + slidingMillis + slidingMillis / EXTRA_PART, slidingMillis);
    }

    /** Notes that a record was read. */
    public void used(int treeId, byte[] key, RecordExpiry expiry) {
        if (!expiry.isSliding()) {
            return;
        }
        long nowMillis = clock.millis();
        if (expiry.millis() - nowMillis < expiry.slidingMillis()) {
            noted.merge(new Use(treeId, new ByteKey(key.clone())), nowMillis, Math::max);
            if (noted.size() >= NOTED_MAX) {
                write();
            }
        }
    }

    /** Writes what was noted, without waiting for the medium. What cannot be written stays noted. */
    public synchronized void write() {
        Iterator<Map.Entry<Use, Long>> iterator = noted.entrySet().iterator();
        while (iterator.hasNext()) {
            List<Map.Entry<Use, Long>> batch = new ArrayList<>();
            while (batch.size() < BATCH_RECORDS && iterator.hasNext()) {
                Map.Entry<Use, Long> entry = iterator.next();
                batch.add(Map.entry(entry.getKey(), entry.getValue()));
                iterator.remove();
            }
            try {
                write(batch);
            } catch (StoreException e) {
                System.getLogger(ExpiryRenewal.class.getName())
                        .log(System.Logger.Level.DEBUG, "The use of records cannot be written at the moment", e);
                noteAgain(batch);
                return;
            }
        }
    }

    /**
     * Writes a batch. If a record in it has just been changed, writes its halves one by one, so that the others
     * succeed.
     */
    private void write(List<Map.Entry<Use, Long>> batch) {
        StoreState state = pipeline.state();
        List<RecordWrite> writes = new ArrayList<>();
        for (Map.Entry<Use, Long> entry : batch) {
            RecordWrite write = renewal(state, entry.getKey(), entry.getValue());
            if (write != null) {
                writes.add(write);
            }
        }
        if (writes.isEmpty()
                || pipeline.commit(CommitRequest.ofWrites(state, writes, false)) instanceof CommitOutcome.Committed) {
            return;
        }
        int half = batch.size() / 2;
        if (half == 0) {
            noteAgain(batch);
        } else {
            write(batch.subList(0, half));
            write(batch.subList(half, batch.size()));
        }
    }

    /** Notes uses again, as long as there is room: a store that cannot be written must not fill the memory. */
    private void noteAgain(List<Map.Entry<Use, Long>> batch) {
        if (noted.size() + batch.size() < NOTED_MAX) {
            batch.forEach(entry -> noted.merge(entry.getKey(), entry.getValue(), Math::max));
        }
    }

    private static @Nullable RecordWrite renewal(StoreState state, Use use, long usedMillis) {
        byte[] key = use.key.bytes();
        RecordPointer pointer = state.records().get(use.treeId).get(key);
        if (pointer == null) {
            return null;
        }
        StoredRecord record;
        try {
            record = RecordReader.read(state.segments(), key, pointer);
        } catch (StoreException e) { // A later read reports it.
            return null;
        }
        RecordExpiry renewed = renewed(record.expiry(), usedMillis);
        return renewed.equals(record.expiry()) ? null : RecordWrite.renewal(use.treeId, key, record, renewed);
    }

    private record Use(int treeId, ByteKey key) {}
}
