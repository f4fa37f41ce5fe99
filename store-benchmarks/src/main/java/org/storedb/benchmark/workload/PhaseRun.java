package org.storedb.benchmark.workload;

import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.storedb.benchmark.document.Customer;
import org.storedb.benchmark.document.DocumentEngine;
import org.storedb.benchmark.engine.Capability;
import org.storedb.benchmark.engine.Engine;

/** Measurement of the rows of one phase in this process. */
public final class PhaseRun {

    private static final Row[] YCSB = {Row.YCSB_A, Row.YCSB_B, Row.YCSB_C, Row.YCSB_D, Row.YCSB_E, Row.YCSB_F};
    private static final int DURABLE_THREADS = 16;

    private final WorkloadSettings settings;
    private final ResultConsumer results;
    private final Filling filling;
    private final Rates rates;

    public PhaseRun(WorkloadSettings settings, ResultConsumer results) {
        this.settings = settings;
        this.results = results;
        this.filling = new Filling(settings);
        this.rates = new Rates(settings::warmUp, settings.time());
    }

    /**
     * Measures the rows. {@link Phase#FILL} leaves the engine open: the caller must end the process without closing it.
     */
    public void run(Phase phase) {
        switch (phase) {
            case FILL -> fill();
            case REOPEN -> reopen();
            case READ -> read();
            case WRITE -> write();
            case BATCH -> batch();
            case DURABLE -> durable();
            case DOCUMENTS -> documents();
        }
    }

    private void fill() {
        filling.warmUp(false);
        @SuppressWarnings("MustBeClosedChecker")
        Engine engine = open(false);
        results.accept(Row.PUT, filling.fill(engine));
        engine.flush();
    }

    private void reopen() {
        double millis;
        long start = System.nanoTime();
        try (Engine engine = open(false)) {
            new Reads(engine, settings.entries()).getExisting(0);
            millis = (System.nanoTime() - start) / 1e6;
        }
        report(Row.OPEN_KILLED, millis);
    }

    private void read() {
        long heapBefore = HeapUse.bytes();
        long start = System.nanoTime();
        try (Engine engine = open(false)) {
            Reads reads = new Reads(engine, settings.entries());
            if (settings.engine().can(Capability.FILES)) {
                reads.getExisting(0);
                report(Row.OPEN_CLEAN, (System.nanoTime() - start) / 1e6);
            } else {
                filling.fillUnmeasured(engine);
            }
            measure(Row.GET, 1, reads::getExisting);
            measure(Row.GET_2, 2, reads::getExisting);
            measure(Row.GET_ABSENT, 1, reads::getAbsent);
            reportHeap(Row.HEAP, heapBefore);
            measure(Row.SEEK, 1, reads::seek);
            if (settings.wants(Row.COUNT)) {
                report(Row.COUNT, 1e6 / rates.perSecond(reads::countTenth));
            }
            reportHeap(Row.HEAP_SCANNED, heapBefore);
            if (settings.wants(Row.SCAN) || settings.wants(Row.SEEK_SETTLED)) {
                engine.compact();
                measure(Row.SEEK_SETTLED, 1, reads::seek);
                report(Row.SCAN, scanRate(reads));
            }
        }
    }

    private void reportHeap(Row row, long before) {
        if (settings.wants(row)) {
            report(row, (double) (HeapUse.bytes() - before) / settings.entries());
        }
    }

    private double scanRate(Reads reads) {
        reads.scanAll();
        long start = System.nanoTime();
        long end = start + settings.time().toNanos();
        long scans = 0;
        do {
            reads.scanAll();
            scans++;
        } while (System.nanoTime() < end);
        return scans * settings.entries() * 1e9 / (System.nanoTime() - start);
    }

    private void write() {
        try (Engine engine = open(false)) {
            if (!settings.engine().can(Capability.FILES)) {
                filling.fillUnmeasured(engine);
            }
            if (settings.wants(Row.OVERWRITE)) {
                Rates afterLongWarmUp = new Rates(settings::warmUpOfWrites, settings.time());
                report(Row.OVERWRITE, afterLongWarmUp.perSecond(random -> overwrite(engine, random)));
            }
            Ycsb ycsb = new Ycsb(engine, settings.entries());
            for (Row row : YCSB) {
                measure(row, row == Row.YCSB_A ? 2 : 1, ycsb.operation(row));
            }
            if (settings.wants(Row.WORST_GET)) {
                report(Row.WORST_GET, new WorstGet(engine, settings).quantileMicros(0.999));
            }
        }
    }

    private long overwrite(Engine engine, SplittableRandom random) {
        long number = random.nextLong(settings.entries());
        engine.put(KeySet.key(number), Values.next(random));
        return number;
    }

    private void batch() {
        filling.warmUp(true);
        try (Engine engine = open(false)) {
            report(Row.BATCH, filling.batches(engine));
        }
    }

    private void durable() {
        AtomicLong next = new AtomicLong();
        try (Engine engine = open(true)) {
            Operation put = random -> {
                long number = next.getAndIncrement();
                engine.put(KeySet.key(number), Values.next(random));
                return number;
            };
            measure(Row.DURABLE_1, 1, put);
            measure(Row.DURABLE_16, DURABLE_THREADS, put);
        }
    }

    private void documents() {
        AtomicLong next = new AtomicLong();
        try (DocumentEngine engine = settings.engine().openDocuments(settings.directory())) {
            double inserts = rates.perSecond(random -> {
                engine.insert(Customer.ofNumber(next.get()));
                return next.incrementAndGet();
            });
            report(Row.DOCUMENT_INSERT, inserts);
            measure(Row.DOCUMENT_GET, 1, random -> {
                Customer found = engine.get(Customer.idOf(random.nextLong(next.get())));
                if (found == null) {
                    throw new IllegalStateException("A customer is missing");
                }
                return found.age();
            });
        }
    }

    private Engine open(boolean durable) {
        return settings.engine().open(settings.engineSettings(settings.directory(), durable));
    }

    private void measure(Row row, int threads, Operation operation) {
        if (settings.wants(row)) {
            report(row, rates.perSecond(threads, operation));
        }
    }

    private void report(Row row, double figure) {
        if (settings.wants(row)) {
            results.accept(row, figure);
        }
    }
}
