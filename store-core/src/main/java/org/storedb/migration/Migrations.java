package org.storedb.migration;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.storedb.Store;
import org.storedb.StoreInitializer;
import org.storedb.Transaction;
import org.storedb.error.MigrationException;
import org.storedb.error.ReadOnlyException;
import org.storedb.internal.io.Environment;

/**
 * The migrations of an application, in the order of their versions. Each is run once per store, in a transaction that
 * also records in the collection {@value #COLLECTION} that it ran: after a crash either both are there or neither is.
 *
 * <pre>{@code
 * Migrations migrations = Migrations.none()
 *         .add("1", "country codes", transaction -> transaction.collection("places") …)
 *         .add("2", "no drafts", transaction ->
 *                 transaction.collection("posts").delete(Query.where(eq("draft", true))));
 *
 * Store store = Store.open(directory, StoreOptions.defaults().withInitializer(migrations));
 * }</pre>
 *
 * <p>As an initializer they run before anyone else can use the store. A second process cannot open it meanwhile, see
 * {@link org.storedb.StoreOptions#withOpenTimeout}; once it can, it finds nothing left to run. Threads of one process
 * that run them concurrently also run each migration once.
 *
 * <p>Immutable; each method that adds or changes something returns a copy.
 */
public final class Migrations implements StoreInitializer {

    /** The collection that records which migrations ran; the versions are the ids of its documents. */
    public static final String COLLECTION = "storedb.migrations";

    private static final Migrations NONE = new Migrations(Collections.emptySortedMap(), false, false);

    private final SortedMap<Version, Migration> migrations;
    private final boolean outOfOrder;
    private final boolean unknown;

    private Migrations(SortedMap<Version, Migration> migrations, boolean outOfOrder, boolean unknown) {
        this.migrations = migrations;
        this.outOfOrder = outOfOrder;
        this.unknown = unknown;
    }

    /** Returns an empty list of migrations. */
    public static Migrations none() {
        return NONE;
    }

    /** Returns these migrations, which may be given in any order. */
    public static Migrations of(Iterable<Migration> migrations) {
        Migrations all = NONE;
        for (Migration migration : migrations) {
            all = all.add(migration);
        }
        return all;
    }

    /**
     * Adds a migration.
     *
     * @throws IllegalArgumentException if there is already one of this version
     */
    public Migrations add(Migration migration) {
        SortedMap<Version, Migration> more = new TreeMap<>(migrations);
        Migration other = more.put(migration.parsedVersion(), migration);
        if (other != null) {
            throw new IllegalArgumentException("Two migrations have the version " + migration.version() + ": "
                    + other.name() + ", and " + migration.name());
        }
        return new Migrations(Collections.unmodifiableSortedMap(more), outOfOrder, unknown);
    }

    /** Adds a migration created by {@link Migration#of}. */
    public Migrations add(String version, String name, Consumer<? super Transaction> work) {
        return add(Migration.of(version, name, work));
    }

    /**
     * Sets whether a migration may run although one of a later version has. By default this is refused: on other
     * stores, they ran in the other order.
     */
    public Migrations withOutOfOrder(boolean allowed) {
        return new Migrations(migrations, allowed, unknown);
    }

    /**
     * Sets whether a store may have had migrations that are not listed here. By default this is refused: a newer
     * version of the application has changed its documents.
     */
    public Migrations withUnknown(boolean allowed) {
        return new Migrations(migrations, outOfOrder, allowed);
    }

    /** Returns all migrations, in order. */
    public List<Migration> all() {
        return List.copyOf(migrations.values());
    }

    /**
     * Returns the migrations that {@link #run} would run, in order. Nothing is changed.
     *
     * @throws MigrationException if they do not fit the store
     */
    public List<Migration> pending(Store store) {
        return pending(history(store));
    }

    /** Returns the migrations that a store has had, in the order of their versions. */
    public static List<AppliedMigration> history(Store store) {
        return new History(store.snapshot()).all();
    }

    /**
     * Runs the migrations that the store has not had, in order, each in its own durable transaction.
     *
     * @throws MigrationException if one of them fails, was changed after it ran, comes too late, or is unknown; those
     *     before it are committed, those after it are not run
     * @throws ReadOnlyException if there are any to run and the store was opened for reading only
     * @throws org.storedb.error.CommitOutcomeUnknownException if the file system failed while one was committed: the
     *     next open shows whether it was
     */
    public MigrationReport run(Store store) {
        Environment environment = Environment.withoutTasks();
        long startNanos = environment.nanoTicker().getAsLong();
        List<Migration> pending = pending(store);
        if (!pending.isEmpty() && store.isReadOnly()) {
            throw new ReadOnlyException(
                    pending.get(0).shown() + " has not been applied to the store, which was opened for reading only;"
                            + " let the process that writes to it run the migrations");
        }
        List<AppliedMigration> applied = new ArrayList<>();
        for (Migration migration : pending) {
            AppliedMigration note = new MigrationRun(store, migration, environment).run();
            if (note != null) {
                applied.add(note);
            }
        }
        Duration duration = Duration.ofNanos(environment.nanoTicker().getAsLong() - startNanos);
        return new MigrationReport(applied, migrations.size() - applied.size(), duration);
    }

    @Override
    public void initialize(Store store) {
        run(store);
    }

    private List<Migration> pending(List<AppliedMigration> history) {
        Set<String> versions = new HashSet<>();
        for (AppliedMigration applied : history) {
            versions.add(applied.version());
            Migration migration = migrations.get(Version.parse(applied.version()));
            if (migration != null) {
                requireUnchanged(migration, applied);
            } else if (!unknown) {
                throw new MigrationException(
                        "The store has " + applied.shown()
                                + ", which this application does not know: a newer version of the application has"
                                + " changed the documents. Use that version, or allow it with"
                                + " withUnknown(true)",
                        applied.version(),
                        null);
            }
        }
        List<Migration> pending = migrations.values().stream()
                .filter(migration -> !versions.contains(migration.version()))
                .toList();
        if (!outOfOrder && !pending.isEmpty()) {
            requireInOrder(pending.get(0), history);
        }
        return pending;
    }

    static void requireUnchanged(Migration migration, AppliedMigration applied) {
        if (!migration.checksum().equals(applied.checksum())) {
            throw new MigrationException(
                    migration.shown() + " differs from the applied " + applied.shown() + ": checksum "
                            + migration.checksum() + ", not " + applied.checksum()
                            + ". Restore it, and put the change into a new migration",
                    migration.version(),
                    null);
        }
    }

    private static void requireInOrder(Migration first, List<AppliedMigration> history) {
        for (AppliedMigration applied : history) {
            if (Version.parse(applied.version()).compareTo(first.parsedVersion()) > 0) {
                throw new MigrationException(
                        first.shown() + " is out of order: " + applied.shown()
                                + " has already been applied. Give it a later version, or allow it with withOutOfOrder(true)",
                        first.version(),
                        null);
            }
        }
    }
}
