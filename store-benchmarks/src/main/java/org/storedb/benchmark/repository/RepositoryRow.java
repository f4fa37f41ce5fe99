package org.storedb.benchmark.repository;

import static org.storedb.benchmark.repository.RepositoryPhase.READ;
import static org.storedb.benchmark.repository.RepositoryPhase.SYNC;
import static org.storedb.benchmark.repository.RepositoryPhase.WRITE;

import org.storedb.benchmark.report.MeasuredRow;
import org.storedb.benchmark.report.Named;
import org.storedb.benchmark.report.Unit;
import org.storedb.benchmark.workload.Clock;

/** The measurements of repositories: the rows of the table. */
public enum RepositoryRow implements MeasuredRow {
    FIND_BY_ID("find-by-id", "findById", READ, 1),
    FIND_BY_ID_2("find-by-id-2", "findById, 2 threads", READ, 2),
    FIND_BY_EMAIL("find-by-email", "findByEmail (unique)", READ, 1),
    FIND_BY_EMAIL_2("find-by-email-2", "findByEmail, 2 threads", READ, 2),
    EXISTS_BY_EMAIL("exists-by-email", "existsByEmail", READ, 1),
    EXISTS_BY_EMAIL_2("exists-by-email-2", "existsByEmail, 2 threads", READ, 2),
    FIND_BY_CITY("find-by-city", "findByCity, all 100", READ, 1),
    FIND_BY_CITY_2("find-by-city-2", "findByCity, 2 threads", READ, 2),
    PAGE_BY_CITY("page-by-city", "findByCity, page of 20 sorted by last name", READ, 1),
    PAGE_BY_CITY_2("page-by-city-2", "findByCity, sorted page, 2 threads", READ, 2),
    PAGE_BY_AGE("page-by-age", "findByAgeBetween, page of 20 (with the total)", READ, 1),
    PAGE_BY_AGE_2("page-by-age-2", "findByAgeBetween, page, 2 threads", READ, 2),
    SLICE_BY_AGE("slice-by-age", "findByAgeBetween, slice of 20 (no total)", READ, 1),
    SLICE_BY_AGE_2("slice-by-age-2", "findByAgeBetween, slice, 2 threads", READ, 2),
    COUNT_BY_CITY("count-by-city", "countByCity", READ, 1),
    COUNT_BY_CITY_2("count-by-city-2", "countByCity, 2 threads", READ, 2),
    FIND_ALL("find-all", "findAll, customers", READ, 1),
    INSERT("insert", "save of a new one", WRITE, 1),
    UPDATE("update", "save of a changed one", WRITE, 1),
    CHANGE("change", "read, change, save in @Transactional", WRITE, 1),
    SAVE_ALL("save-all", "saveAll of 1,000 new ones, customers", WRITE, 1),
    DELETE("delete", "deleteById", WRITE, 1),
    INSERT_SYNCED("insert-synced", "save of a new one, synced", SYNC, 1),
    UPDATE_SYNCED("update-synced", "save of a changed one, synced", SYNC, 1),
    CHANGE_SYNCED("change-synced", "read, change, save in @Transactional, synced", SYNC, 1),
    SAVE_ALL_SYNCED("save-all-synced", "saveAll of 1,000 new ones, synced, customers", SYNC, 1),
    DELETE_SYNCED("delete-synced", "deleteById, synced", SYNC, 1);

    private final String id;
    private final String title;
    private final RepositoryPhase phase;
    private final int threads;

    RepositoryRow(String id, String title, RepositoryPhase phase, int threads) {
        this.id = id;
        this.title = title;
        this.phase = phase;
        this.threads = threads;
    }

    /** Returns the row with this id. */
    public static RepositoryRow of(String id) {
        return Named.find(values(), id, "row");
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String title() {
        return title;
    }

    @Override
    public Unit unit() {
        return Unit.PER_SECOND;
    }

    public RepositoryPhase phase() {
        return phase;
    }

    int threads() {
        return threads;
    }

    /**
     * Returns whether the row can be measured: the processor clock does not include waiting for the medium or for other
     * threads.
     */
    public boolean fits(ApplicationKind application, Clock clock) {
        boolean waits = phase == SYNC || threads > 1;
        return (phase != SYNC || application.canSync()) && (!waits || clock == Clock.WALL);
    }
}
