package org.storedb.internal.query;

import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.storedb.internal.transaction.KeptRecord;
import org.storedb.internal.transaction.RecordPointer;

/** Measurements of the steps of one plan while it ran. Exists only on request. For one thread. */
final class PlanMeters {

    private final @Nullable LongSupplier nanoTicker;
    private final IdentityHashMap<QueryPlan, Meter> meters = new IdentityHashMap<>();
    private long documentsRead;

    /**
     * Creates meters of a plan that has not run yet.
     *
     * @param nanoTicker {@code null} to count rows only, which costs next to nothing
     */
    PlanMeters(@Nullable LongSupplier nanoTicker) {
        this.nanoTicker = nanoTicker;
    }

    /** Returns the meter of a step; all 0 if the step did not run. */
    Meter of(QueryPlan step) {
        return meters.computeIfAbsent(step, unused -> new Meter());
    }

    /** Returns how often a document was read. */
    long documentsRead() {
        return documentsRead;
    }

    boolean areTimed() {
        return nanoTicker != null;
    }

    /** Runs the initial work of {@code step}, measuring its time. */
    <T> T time(QueryPlan step, Supplier<T> work) {
        if (nanoTicker == null) {
            return work.get();
        }
        Meter meter = timed(step);
        long start = nanoTicker.getAsLong();
        try {
            return work.get();
        } finally {
            meter.nanos += nanoTicker.getAsLong() - start;
        }
    }

    KeySource metered(QueryPlan step, KeySource source) {
        Meter meter = timed(step);
        return new KeySource() {
            @Override
            public boolean next() {
                long start = now();
                boolean found = source.next();
                meter.nanos += now() - start;
                meter.rows += found ? 1 : 0;
                return found;
            }

            @Override
            public byte[] recordKey() {
                return source.recordKey();
            }

            @Override
            public @Nullable RecordPointer pointer() {
                return source.pointer();
            }

            @Override
            public @Nullable KeptRecord kept() {
                return source.kept();
            }
        };
    }

    DocumentSource metered(QueryPlan step, DocumentSource source) {
        Meter meter = timed(step);
        return () -> {
            long start = now();
            FoundDocument next = source.next();
            meter.nanos += now() - start;
            meter.rows += next == null ? 0 : 1;
            return next;
        };
    }

    /** Counts the rows of {@code step} where its further time cannot be told from that of the step above it. */
    DocumentSource counted(QueryPlan step, DocumentSource source) {
        Meter meter = of(step);
        return () -> {
            FoundDocument next = source.next();
            meter.rows += next == null ? 0 : 1;
            return next;
        };
    }

    /** Counts the documents that {@code source} reads. */
    DocumentSource countedReads(DocumentSource source) {
        return () -> {
            FoundDocument next = source.next();
            documentsRead += next == null ? 0 : 1;
            return next;
        };
    }

    private Meter timed(QueryPlan step) {
        Meter meter = of(step);
        meter.timed = nanoTicker != null;
        return meter;
    }

    private long now() {
        return nanoTicker == null ? 0 : nanoTicker.getAsLong();
    }

    /** Measurements of one step; its time includes the steps below it. */
    static final class Meter {

        private long rows;
        private long nanos;
        private boolean timed;

        long rows() {
            return rows;
        }

        /** Returns its time, or {@code null} if it was not measured. */
        @Nullable
        Duration time() {
            return timed ? Duration.ofNanos(nanos) : null;
        }

        void setRows(long newRows) {
            rows = newRows;
        }
    }
}
