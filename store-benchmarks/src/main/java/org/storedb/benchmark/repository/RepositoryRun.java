package org.storedb.benchmark.repository;

import java.util.function.ObjDoubleConsumer;
import org.storedb.benchmark.workload.Rates;

/** Measurement of the rows of one phase in this process. */
public final class RepositoryRun {

    private final RepositorySettings settings;
    private final ObjDoubleConsumer<RepositoryRow> results;
    private final Rates rates;

    public RepositoryRun(RepositorySettings settings, ObjDoubleConsumer<RepositoryRow> results) {
        this.settings = settings;
        this.results = results;
        this.rates = new Rates(settings::warmUp, settings.time(), settings.clock());
    }

    /** Measures the rows, and closes the application. */
    public void run(RepositoryPhase phase) {
        boolean synced = phase == RepositoryPhase.SYNC;
        try (CustomerApplication application = settings.application().start(settings.directory(), synced)) {
            if (application.customers().count() == 0) {
                new CustomerWrites(application, 0, synced).fill(settings.customers());
            }
            CustomerReads reads = new CustomerReads(application.customers(), settings.customers());
            CustomerWrites writes = new CustomerWrites(application, phase.firstNew(), synced);
            for (RepositoryRow row : RepositoryRow.values()) {
                if (row.phase() == phase && settings.wants(row)) {
                    results.accept(row, phase == RepositoryPhase.READ ? reads(row, reads) : writes(row, writes));
                }
            }
        }
    }

    private double reads(RepositoryRow row, CustomerReads reads) {
        double perSecond = rates.perSecond(row.threads(), reads.operation(row));
        return row == RepositoryRow.FIND_ALL ? perSecond * settings.customers() : perSecond;
    }

    private double writes(RepositoryRow row, CustomerWrites writes) {
        return switch (row) {
            case INSERT, INSERT_SYNCED -> rates.perSecond(random -> writes.insert());
            case UPDATE, UPDATE_SYNCED -> rates.perSecond(writes.updates());
            case CHANGE, CHANGE_SYNCED -> rates.perSecond(writes::change);
            case SAVE_ALL, SAVE_ALL_SYNCED -> rates.perSecond(random -> writes.insertBatch()) * CustomerWrites.BATCH;
            case DELETE, DELETE_SYNCED -> writes.deletesPerSecond(settings.warmUp(), settings.time(), settings.clock());
            default -> throw new IllegalArgumentException("Row '" + row.id() + "' writes nothing");
        };
    }
}
