package org.storedb.migration;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.storedb.Durability;
import org.storedb.Store;
import org.storedb.Transaction;
import org.storedb.TransactionOptions;
import org.storedb.error.CommitOutcomeUnknownException;
import org.storedb.error.MigrationException;
import org.storedb.internal.io.Environment;

/** Runs one migration, unless someone else does. */
final class MigrationRun {

    private static final TransactionOptions OPTIONS =
            TransactionOptions.defaults().withDurability(Durability.ALWAYS);

    private final Store store;
    private final Migration migration;
    private final Environment environment;

    MigrationRun(Store store, Migration migration, Environment environment) {
        this.store = store;
        this.migration = migration;
        this.environment = environment;
    }

    /** Runs the migration; returns the record of it, or {@code null} if someone else has run it meanwhile. */
    @Nullable
    AppliedMigration run() {
        try {
            return store.<@Nullable AppliedMigration>inTransaction(OPTIONS, this::runIn);
        } catch (MigrationException | CommitOutcomeUnknownException e) {
            throw e;
        } catch (Exception e) { // A migration in Kotlin can throw checked ones.
            throw new MigrationException(
                    migration.shown() + " failed and was not committed: " + e.getMessage(), migration.version(), e);
        }
    }

    private @Nullable AppliedMigration runIn(Transaction transaction) {
        History history = new History(transaction);
        AppliedMigration standing = history.find(migration.version());
        if (standing != null) {
            Migrations.requireUnchanged(migration, standing);
            return null;
        }
        long startNanos = environment.nanoTicker().getAsLong();
        migration.work().accept(transaction);
        Duration duration = Duration.ofNanos(environment.nanoTicker().getAsLong() - startNanos);
        AppliedMigration note = new AppliedMigration(
                migration.version(),
                migration.name(),
                migration.checksum(),
                environment.clock().instant(),
                duration);
        history.add(note);
        return note;
    }
}
