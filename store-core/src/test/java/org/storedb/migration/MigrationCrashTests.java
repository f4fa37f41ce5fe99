package org.storedb.migration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.storedb.DocumentCollection;
import org.storedb.Durability;
import org.storedb.Store;
import org.storedb.StoreOptions;
import org.storedb.TestStores;
import org.storedb.Transaction;
import org.storedb.document.DocumentPatch;
import org.storedb.index.IndexDefinition;
import org.storedb.storage.StorageDirectory;
import org.storedb.testing.CrashImages;
import org.storedb.testing.InterceptedDirectory;
import org.storedb.testing.IoInterceptor;
import org.storedb.testing.IoOperation;
import org.storedb.testing.SimulatedDirectory;
import org.storedb.testing.SteppedTasks;
import org.storedb.testing.TestEnvironments;

/** Migrations on a simulated disk, cut short after each operation: each has its effect exactly once. */
class MigrationCrashTests {

    private static final int MIGRATIONS = 4;
    private static final int DOCUMENTS = 30;
    private static final Migrations VIEWING = Migrations.none().withUnknown(true);

    @ParameterizedTest
    @EnumSource(Durability.class)
    void migrationsThatAreCutShortAnywhereHaveTheirEffectOnce(Durability durability) {
        SimulatedDirectory disk = new SimulatedDirectory();
        try (Store store = open(disk, VIEWING, Durability.ALWAYS)) {
            for (int i = 0; i < DOCUMENTS; i++) {
                store.collection("accounts").insert(Map.of("id", i, "n", 0));
            }
        }
        AtomicInteger images = new AtomicInteger();
        AtomicInteger unfinished = new AtomicInteger();
        IoInterceptor crashes = new IoInterceptor() {
            @Override
            public void after(IoOperation operation) {
                if (operation.kind().isChange()) {
                    new CrashImages(disk, new Random(images.get())).forEach(12, image -> {
                        images.incrementAndGet();
                        unfinished.addAndGet(finishedFrom(new SimulatedDirectory(image), durability));
                    });
                }
            }
        };
        open(new InterceptedDirectory(disk, crashes), migrations(), durability).close();
        requireMigratedOnce(disk, durability);
        assertThat(images.get()).isGreaterThan(100);
        assertThat(unfinished.get()).as("migrations that were run again").isBetween(images.get() / 4, images.get() * 4);
    }

    /** Opens what a crash has left; returns how many migrations had to be run. */
    private static int finishedFrom(SimulatedDirectory crashed, Durability durability) {
        int before;
        try (Store store = open(crashed, VIEWING, durability)) {
            before = Migrations.history(store).size();
            for (int i = 0; i < DOCUMENTS; i++) {
                assertThat(store.collection("accounts").get(i).orElseThrow()).containsEntry("n", before);
            }
        }
        open(crashed, migrations(), durability).close();
        requireMigratedOnce(crashed, durability);
        return MIGRATIONS - before;
    }

    private static void requireMigratedOnce(SimulatedDirectory disk, Durability durability) {
        try (Store store = open(disk, VIEWING, durability)) {
            assertThat(Migrations.history(store)).hasSize(MIGRATIONS);
            DocumentCollection<Map<String, @Nullable Object>> accounts = store.collection("accounts");
            assertThat(accounts.countBy("n")).isEqualTo(Map.of(MIGRATIONS, (long) DOCUMENTS));
            assertThat(accounts.indexes()).hasSize(1);
            assertThat(store.verify().problems()).isEmpty();
        }
    }

    private static Migrations migrations() {
        Consumer<Transaction> increment = transaction -> {
            DocumentCollection<Map<String, @Nullable Object>> accounts = transaction.collection("accounts");
            for (int i = 0; i < DOCUMENTS; i++) {
                accounts.patch(i, DocumentPatch.empty().increment("n", 1));
            }
        };
        Migrations migrations = Migrations.none().add("1", "index", transaction -> {
            transaction.collection("accounts").createIndex(IndexDefinition.on("n"));
            increment.accept(transaction);
        });
        for (int version = 2; version <= MIGRATIONS; version++) {
            migrations = migrations.add(Integer.toString(version), "increment", increment);
        }
        return migrations;
    }

    private static Store open(StorageDirectory disk, Migrations migrations, Durability durability) {
        StoreOptions options = StoreOptions.defaults()
                .withDurability(durability)
                .withInitializer(migrations)
                .withSegmentBytes(1 << 16);
        return TestStores.open(disk, options, TestEnvironments.stepped(1, new SteppedTasks()));
    }
}
