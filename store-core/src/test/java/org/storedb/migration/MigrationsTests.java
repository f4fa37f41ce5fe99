package org.storedb.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.storedb.Access;
import org.storedb.Store;
import org.storedb.StoreOptions;
import org.storedb.TestStores;
import org.storedb.Transaction;
import org.storedb.document.DocumentPatch;
import org.storedb.error.CommitOutcomeUnknownException;
import org.storedb.error.MigrationException;
import org.storedb.error.ReadOnlyException;
import org.storedb.error.StoreLockedException;
import org.storedb.error.UniqueIndexViolationException;
import org.storedb.index.IndexDefinition;
import org.storedb.query.Filter;
import org.storedb.query.Query;
import org.storedb.testing.CheckedExceptions;
import org.storedb.testing.InterceptedDirectory;
import org.storedb.testing.IoInterceptor;
import org.storedb.testing.IoOperation;
import org.storedb.testing.SimulatedDirectory;
import org.storedb.testing.SteppedTasks;
import org.storedb.testing.TestEnvironments;

class MigrationsTests {

    private final Store store = Store.openInMemory();

    @AfterEach
    void closeStore() {
        store.close();
    }

    @Test
    void migrationsRunOnceInTheOrderOfTheirVersions() {
        Migrations migrations = Migrations.of(List.of(
                Migration.of("10", "third", appending("third")),
                Migration.of("2", "first", appending("first")),
                Migration.of("2.1", "second", appending("second"))));
        assertThat(migrations.pending(store)).extracting(Migration::version).containsExactly("2", "2.1", "10");
        MigrationReport report = migrations.run(store);
        assertThat(report.applied()).extracting(AppliedMigration::name).containsExactly("first", "second", "third");
        assertThat(report.before()).isZero();
        assertThat(text()).isEqualTo("first second third ");

        MigrationReport again =
                migrations.add("11", "fourth", appending("fourth")).run(store);
        assertThat(again.applied()).extracting(AppliedMigration::version).containsExactly("11");
        assertThat(again.before()).isEqualTo(3);
        assertThat(text()).isEqualTo("first second third fourth ");
        assertThat(Migrations.history(store))
                .extracting(AppliedMigration::version)
                .containsExactly("2", "2.1", "10", "11");
        assertThat(migrations.add("11", "fourth", appending("x")).pending(store))
                .isEmpty();
    }

    @Test
    void aFailedMigrationIsNamedAndTheOnesBeforeItStay() {
        Migrations migrations = Migrations.none()
                .add("1", "fine", appending("one"))
                .add("2", "divide", transaction -> {
                    appending("two").accept(transaction);
                    throw new ArithmeticException("by zero");
                })
                .add("3", "later", appending("three"));
        MigrationException failure = failure(migrations);
        assertThat(failure)
                .hasMessage("Migration 2 (divide) failed and was not committed: by zero")
                .hasCauseInstanceOf(ArithmeticException.class);
        assertThat(failure.version()).isEqualTo("2");
        assertThat(text()).isEqualTo("one ");
        assertThat(migrations.pending(store)).extracting(Migration::version).containsExactly("2", "3");

        Migrations corrected = Migrations.none()
                .add("1", "fine", appending("one"))
                .add("2", "divide", appending("two"))
                .add("3", "later", appending("three"));
        assertThat(corrected.run(store).applied()).hasSize(2);
        assertThat(text()).isEqualTo("one two three ");
    }

    @Test
    void aMigrationThatCommitsByItselfFails() {
        Migrations migrations = Migrations.none().add("1", "commit", transaction -> {
            appending("one").accept(transaction);
            transaction.commit();
        });
        assertThat(failure(migrations)).hasMessageContaining("leave out the commit");
        assertThat(store.collection("log").count()).isZero();
    }

    @Test
    void aMigrationWhoseCommitFailedMayHaveRun() {
        AtomicBoolean broken = new AtomicBoolean();
        IoInterceptor disk = new IoInterceptor() {
            @Override
            public void before(IoOperation operation) throws IOException {
                if (broken.get() && operation.kind() == IoOperation.Kind.SYNC) {
                    throw new IOException("planned");
                }
            }
        };
        Migrations migrations = Migrations.none()
                .add("1", "fine", appending("one"))
                .add("2", "fails", transaction -> {
                    appending("two").accept(transaction);
                    broken.set(true);
                });
        try (Store failing = TestStores.open(
                new InterceptedDirectory(new SimulatedDirectory(), disk),
                StoreOptions.defaults(),
                TestEnvironments.stepped(1, new SteppedTasks()))) {
            assertThatThrownBy(() -> migrations.run(failing)).isInstanceOf(CommitOutcomeUnknownException.class);
        }
    }

    @Test
    void checkedExceptionsFailTheMigrationAndCloseTheStore(@TempDir Path directory) {
        Migrations migrations = Migrations.none().add("1", "file", transaction -> {
            appending("one").accept(transaction);
            CheckedExceptions.throwAnyway(new IOException("no file"));
        });
        assertThat(failure(migrations))
                .hasMessage("Migration 1 (file) failed and was not committed: no file")
                .hasCauseInstanceOf(IOException.class);
        assertThat(store.collection("log").count()).isZero();

        StoreOptions failing = StoreOptions.defaults()
                .withInitializer(opened -> CheckedExceptions.throwAnyway(new IOException("no file")));
        assertThatThrownBy(() -> Store.open(directory, failing)).isInstanceOf(IOException.class);
        Store.open(directory).close();
    }

    @Test
    void whatTheStoreRefusesFailsTheMigration() {
        store.collection("people").createIndex(IndexDefinition.uniqueOn("name"));
        Migrations migrations = Migrations.none().add("1", "twins", transaction -> {
            transaction.collection("people").insert(Map.of("name", "Ada"));
            transaction.collection("people").insert(Map.of("name", "Ada"));
        });
        assertThat(failure(migrations)).hasCauseInstanceOf(UniqueIndexViolationException.class);
        assertThat(store.collection("people").count()).isZero();
    }

    @Test
    void aMigrationCanReplaceAnIndexOfTheDocumentsThatItChanges() {
        store.collection("people").createIndex(IndexDefinition.on("name").named("n"));
        IndexDefinition wanted = IndexDefinition.uniqueOn("email").named("n");
        Migrations migrations = Migrations.none().add("1", "by email", transaction -> {
            transaction.collection("people").replaceIndex(wanted);
            transaction.collection("people").insert(Map.of("id", "ada", "email", "ada@example.org"));
        });
        assertThat(migrations.run(store).applied()).hasSize(1);
        assertThat(store.collection("people").indexes()).containsExactly(wanted);
        assertThat(store.collection("people").find(Query.where(Filter.eq("email", "ada@example.org"))))
                .hasSize(1);
    }

    @Test
    void aMigrationThatWasChangedAfterItRanIsRefused() {
        Migration migration = Migration.of("1", "codes", appending("x")).withContent("update 1");
        Migrations.of(List.of(migration)).run(store);
        Migrations changed = Migrations.of(List.of(migration.withContent("update 2")));
        assertThat(failure(changed))
                .hasMessageContaining("Migration 1 (codes) differs from the applied migration")
                .hasMessageContaining(migration.checksum());
        assertThatThrownBy(() -> changed.pending(store)).isInstanceOf(MigrationException.class);
        Migrations renamed = Migrations.none().add("1", "other", appending("x"));
        assertThat(failure(renamed)).hasMessageContaining("migration 1 (codes)");
        assertThat(text()).isEqualTo("x ");
    }

    @Test
    void aMigrationThatComesTooLateIsRefusedUnlessAllowed() {
        Migrations.none().add("2", "second", appending("2")).run(store);
        Migrations late = Migrations.none().add("1", "first", appending("1")).add("2", "second", appending("2"));
        assertThat(failure(late))
                .hasMessageContaining("Migration 1 (first) is out of order")
                .hasMessageContaining("migration 2 (second)");
        assertThat(late.withOutOfOrder(true).run(store).applied()).hasSize(1);
        assertThat(text()).isEqualTo("2 1 ");
    }

    @Test
    void aStoreOfANewerApplicationIsRefusedUnlessAllowed() {
        Migrations older = Migrations.none().add("1", "first", appending("1"));
        older.add("2", "second", appending("2")).run(store);
        assertThat(failure(older)).hasMessageContaining("migration 2 (second), which this application does not know");
        assertThat(older.withUnknown(true).run(store).applied()).isEmpty();
    }

    @Test
    void versionsAreComparedByTheirNumbers() {
        assertThat(Migration.of("007.0", "x", appending("")).version()).isEqualTo("7");
        assertThatThrownBy(() -> Migrations.none().add("1", "a", appending("")).add("01.0", "b", appending("")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("version 1: a, and b");
        for (String version : List.of("", "a", "1.", ".1", "1..2", "-1", "1234567890123456789012")) {
            assertThatThrownBy(() -> Migration.of(version, "x", appending("")))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("'" + version + "'");
        }
        assertThatThrownBy(() -> Migration.of("1", " ", appending(""))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void threadsThatStartTogetherRunEachMigrationOnce() throws Exception {
        Migrations migrations = Migrations.none();
        for (int i = 1; i <= 20; i++) {
            migrations = migrations.add(Integer.toString(i), "step " + i, appending(Integer.toString(i)));
        }
        Migrations all = migrations;
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            CyclicBarrier start = new CyclicBarrier(4);
            Callable<Integer> run = () -> {
                start.await();
                return all.run(store).applied().size();
            };
            int applied = 0;
            for (Future<Integer> each : threads.invokeAll(List.of(run, run, run, run))) {
                applied += each.get();
            }
            assertThat(applied).isEqualTo(20);
        } finally {
            threads.shutdownNow();
        }
        assertThat(text().split(" ")).hasSize(20).doesNotHaveDuplicates();
    }

    @Test
    void anInitializerRunsBeforeTheStoreIsThere(@TempDir Path directory) {
        Migrations migrations = Migrations.none().add("1", "one", appending("1"));
        for (int i = 0; i < 2; i++) {
            try (Store opened = Store.open(directory, StoreOptions.defaults().withInitializer(migrations))) {
                assertThat(opened.collection("log").get("log").orElseThrow()).containsEntry("text", "1 ");
            }
        }
        Migrations failing = migrations.add("2", "two", transaction -> {
            throw new IllegalStateException("not today");
        });
        assertThatThrownBy(() -> Store.open(directory, StoreOptions.defaults().withInitializer(failing)))
                .isInstanceOf(MigrationException.class)
                .hasMessageContaining("Migration 2 (two)");
        try (Store free = Store.open(directory)) {
            assertThat(free.collection("log").count()).isEqualTo(1);
            StoreOptions reading = StoreOptions.defaults().withAccess(Access.READ_ONLY);
            try (Store reader = Store.open(directory, reading.withInitializer(failing))) {
                assertThat(migrations.run(reader).applied()).isEmpty();
                assertThatThrownBy(() -> failing.run(reader))
                        .isInstanceOf(ReadOnlyException.class)
                        .hasMessageContaining("Migration 2 (two)");
            }
        }
    }

    @Test
    void aSecondOpenWaitsForTheFirstIfItIsToldTo(@TempDir Path directory) throws Exception {
        StoreOptions options =
                StoreOptions.defaults().withInitializer(Migrations.none().add("1", "one", appending("1")));
        Store first = Store.open(directory, options);
        assertThatThrownBy(() -> Store.open(directory, options)).isInstanceOf(StoreLockedException.class);
        assertThatThrownBy(() -> Store.open(directory, options.withOpenTimeout(Duration.ofMillis(30))))
                .isInstanceOf(StoreLockedException.class);
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            Future<Store> second =
                    thread.submit(() -> Store.open(directory, options.withOpenTimeout(Duration.ofMinutes(2))));
            Thread.sleep(50);
            assertThat(second.isDone()).isFalse();
            first.close();
            try (Store opened = second.get()) {
                assertThat(opened.collection("log").get("log").orElseThrow()).containsEntry("text", "1 ");
            }
        } finally {
            thread.shutdownNow();
        }
        assertThatThrownBy(() -> options.withOpenTimeout(Duration.ofSeconds(-1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** Does harm when it is run twice. */
    private static Consumer<Transaction> appending(String word) {
        return transaction -> {
            var log = transaction.collection("log");
            String before =
                    log.get("log").map(each -> String.valueOf(each.get("text"))).orElse("");
            if (before.isEmpty()) {
                log.insert(Map.of("id", "log", "text", word + " "));
            } else {
                log.patch("log", DocumentPatch.empty().set("text", before + word + " "));
            }
        };
    }

    private String text() {
        return String.valueOf(store.collection("log").get("log").orElseThrow().get("text"));
    }

    private MigrationException failure(Migrations migrations) {
        return catchThrowableOfType(MigrationException.class, () -> migrations.run(store));
    }
}
