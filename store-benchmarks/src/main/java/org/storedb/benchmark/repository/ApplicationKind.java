package org.storedb.benchmark.repository;

import java.nio.file.Path;
import java.util.function.BiFunction;
import org.storedb.benchmark.report.Contender;
import org.storedb.benchmark.report.Named;
import org.storedb.benchmark.repository.jdbc.H2Application;
import org.storedb.benchmark.repository.jdbc.SqliteApplication;
import org.storedb.benchmark.repository.jpa.JpaApplication;
import org.storedb.benchmark.repository.keyvalue.KeyValueApplication;
import org.storedb.benchmark.repository.nitrite.NitriteApplication;
import org.storedb.benchmark.repository.storedb.StoreDbApplication;

/** The applications that can be compared, with their settings. */
@SuppressWarnings("ImmutableEnumChecker") // Its starters are stateless.
public enum ApplicationKind implements Contender {
    STOREDB(
            "storedb",
            "StoreDB",
            Keeping.SYNCED,
            "store.durability=os, synced rows always; otherwise defaults",
            StoreDbApplication::start),
    JPA_H2(
            "jpa-h2",
            "JPA on H2",
            Keeping.SYNCED,
            "Hibernate, jdbc.batch_size 100 with ordered inserts and updates; H2 in a file, WRITE_DELAY=0, cache 512"
                    + " MB, synced rows CHECKPOINT SYNC after each commit; tags in an array; Hikari with its defaults",
            JpaApplication::start),
    JDBC_H2(
            "jdbc-h2",
            "JDBC on H2",
            Keeping.SYNCED,
            "Spring Data JDBC, H2 as for JPA; tags in an array",
            H2Application::start),
    JDBC_SQLITE(
            "jdbc-sqlite",
            "JDBC on SQLite",
            Keeping.SYNCED,
            "Spring Data JDBC with a custom dialect, WAL, synchronous off, synced rows full, cache 256 MB, mmap_size 4"
                    + " GiB, table without rowid, transactions immediate; tags in one text",
            SqliteApplication::start),
    NITRITE(
            "nitrite",
            "Nitrite",
            Keeping.FILES,
            "no repositories and no transactions: a handwritten class over a collection; MVStore module, cache 512 MB,"
                    + " commit after each write",
            (directory, synced) -> new NitriteApplication(directory)),
    KEY_VALUE(
            "key-value",
            "KeyValue in memory, not durable",
            Keeping.NOTHING,
            "Spring Data KeyValue over a ConcurrentHashMap: no files, no transactions, no indexes, and what is read is"
                    + " the stored object itself",
            (directory, synced) -> KeyValueApplication.start());

    private final String id;
    private final String title;
    private final Keeping keeping;
    private final String settings;
    private final BiFunction<Path, Boolean, CustomerApplication> starter;

    ApplicationKind(
            String id,
            String title,
            Keeping keeping,
            String settings,
            BiFunction<Path, Boolean, CustomerApplication> starter) {
        this.id = id;
        this.title = title;
        this.keeping = keeping;
        this.settings = settings;
        this.starter = starter;
    }

    /** Returns the application with this id. */
    public static ApplicationKind of(String id) {
        return Named.find(values(), id, "application");
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
    public String settings() {
        return settings;
    }

    /** Returns whether customers survive a restart of the application. */
    public boolean isDurable() {
        return keeping != Keeping.NOTHING;
    }

    /** Returns whether commits can wait for the medium. */
    public boolean canSync() {
        return keeping == Keeping.SYNCED;
    }

    /**
     * Starts the application, with the customers that an earlier process has left in its directory.
     *
     * @param synced whether commits wait for the medium, by themselves or else by {@link CustomerApplication#sync()}
     */
    public CustomerApplication start(Path directory, boolean synced) {
        return starter.apply(directory, synced);
    }

    /** The durability that a commit can have. */
    private enum Keeping {
        NOTHING,
        FILES,
        SYNCED
    }
}
