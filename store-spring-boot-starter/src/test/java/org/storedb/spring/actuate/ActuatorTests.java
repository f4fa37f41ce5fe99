package org.storedb.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.storedb.Access;
import org.storedb.Expiry;
import org.storedb.Store;
import org.storedb.StoreBackup;
import org.storedb.StoreOptions;
import org.storedb.error.StoreClosedException;
import org.storedb.error.StoreFullException;
import org.storedb.maintenance.BackupMode;
import org.storedb.maintenance.ScrubPolicy;

/** Endpoints, health and meters over a real store. */
@ExtendWith(OutputCaptureExtension.class)
class ActuatorTests {

    private final Store store = Store.openInMemory();

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void endpointShowsTheStoreAndOneCollection() {
        store.collection("people").insert(Map.of("id", "1", "name", "Ada"));
        StoreEndpoint endpoint = new StoreEndpoint(store);
        assertThat(endpoint.stats(null).collections()).hasSize(1);
        assertThat(Objects.requireNonNull(endpoint.collection("people", null)).documents())
                .isEqualTo(1);
        assertThat(endpoint.collection("nobody", null)).isNull();
    }

    @Test
    void compactionEndpointStartsOneAndAnswersAtOnce() {
        StoreCompactionEndpoint endpoint = new StoreCompactionEndpoint(store);
        assertThat(endpoint.status(null).running()).isFalse();
        assertThat(endpoint.status(null).lastResults()).isEmpty();
        StoreCompactionEndpoint.StartedCompaction started = endpoint.start(null);
        assertThat(started.started()).isTrue();
        Awaitility.await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            assertThat(endpoint.status(null).running()).isFalse();
            assertThat(endpoint.status(null).lastResults()).hasSize(1);
        });
    }

    @Test
    void compactionOfAClosedStoreIsRefused() {
        store.close();
        assertThatThrownBy(() -> new StoreCompactionEndpoint(store).start(null))
                .isInstanceOf(StoreClosedException.class);
    }

    @Test
    void maintenanceOfAStoreThatIsOpenForReadingOnlyIsABadRequest(@TempDir Path directory) {
        Path files = directory.resolve("store");
        Store.open(files).close();
        try (Store reader = Store.open(files, StoreOptions.defaults().withAccess(Access.READ_ONLY))) {
            StoreCompactionEndpoint compaction = new StoreCompactionEndpoint(reader);
            assertReadOnlyIsRefused(() -> compaction.start(null), "compacted");
            assertThat(compaction.status(null).running()).isFalse();

            StoreBackupEndpoint backup = new StoreBackupEndpoint(reader, directory.resolve("backups"));
            assertReadOnlyIsRefused(() -> backup.start(null, null), "backed up");
            assertThat(backup.status(null).operation().startedAt()).isNull();
            backup.destroy();

            StoreVerificationEndpoint verification = new StoreVerificationEndpoint(reader);
            assertReadOnlyIsRefused(() -> verification.start(null), "verified");
            assertThat(verification.status(null).startedAt()).isNull();
            verification.destroy();
        }
    }

    private static void assertReadOnlyIsRefused(ThrowingCallable call, String operation) {
        assertThatThrownBy(call)
                .isInstanceOf(InvalidEndpointRequestException.class)
                .hasMessageContainingAll("open for reading only", operation);
    }

    @Test
    void verificationEndpointStartsOneAndAnswersAtOnce() {
        store.collection("people").insert(Map.of("id", "1"));
        StoreVerificationEndpoint endpoint = new StoreVerificationEndpoint(store);
        assertThat(endpoint.status(null).lastReport()).isNull();
        assertThat(endpoint.start(null).started()).isTrue();
        Awaitility.await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            assertThat(endpoint.status(null).running()).isFalse();
            assertThat(Objects.requireNonNull(endpoint.status(null).lastReport())
                            .isSound())
                    .isTrue();
        });
        endpoint.destroy();
        assertThat(endpoint.start(null).started()).as("after the end").isFalse();
        store.close();
        assertThatThrownBy(() -> endpoint.start(null)).isInstanceOf(StoreClosedException.class);
    }

    @Test
    @Timeout(10)
    void operationThatGetsNoThreadIsNotRunning() {
        AtomicBoolean threads = new AtomicBoolean();
        BackgroundOperation<String> operation = new BackgroundOperation<>((Executor) task -> {
            if (!threads.get()) {
                throw new OutOfMemoryError("unable to create native thread");
            }
            new Thread(task).start();
        });
        assertThatThrownBy(() -> operation.start(monitor -> "done")).isInstanceOf(OutOfMemoryError.class);
        assertThat(operation.status().running()).isFalse();
        assertThat(operation.status().startedAt()).isNull();
        threads.set(true);
        assertThat(operation.start(monitor -> "done")).isTrue();
        operation.close();
        assertThat(operation.status().lastReport()).isEqualTo("done");
    }

    @Test
    void backupEndpointTakesOneIntoTheConfiguredDirectory(@TempDir Path directory) {
        StoreBackupEndpoint endpoint = new StoreBackupEndpoint(store, directory.resolve("backups"));
        assertThat(endpoint.start(BackupMode.FULL, null).started()).isTrue();
        Awaitility.await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            assertThat(endpoint.status(null).operation().lastFailure()).isNull();
            assertThat(endpoint.status(null).operation().lastReport()).isNotNull();
        });
        endpoint.destroy();
        assertThat(StoreBackup.in(directory.resolve("backups")).list()).hasSize(1);
    }

    @Test
    void backupEndpointFindsTheLatestOneAfterARestart(@TempDir Path directory, CapturedOutput output) {
        Path backups = directory.resolve("backups");
        StoreBackupEndpoint before = new StoreBackupEndpoint(store, backups);
        assertThat(before.status(null).latest()).isNull();
        before.start(null, null);
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(before.status(null).latest()).isNotNull());
        before.destroy();
        assertThat(output).contains("Backup 1 of 'store' is complete in " + backups);

        StoreBackupEndpoint.BackupStatus after = new StoreBackupEndpoint(store, backups).status(null);
        assertThat(after.operation().lastReport()).isNull();
        assertThat(Objects.requireNonNull(after.latest()).number()).isEqualTo(1);
    }

    @Test
    void ageOfTheLatestBackupIsAMeter(@TempDir Path directory) {
        SimpleMeterRegistry before = new SimpleMeterRegistry();
        new StoreMetrics(store).bindTo(before);
        assertThat(before.get("store.backup.age").timeGauge().value(TimeUnit.SECONDS))
                .isNaN();

        store.backup(directory.resolve("backups"));
        SimpleMeterRegistry after = new SimpleMeterRegistry();
        new StoreMetrics(store).bindTo(after);
        assertThat(after.get("store.backup.age").timeGauge().value(TimeUnit.SECONDS))
                .isBetween(0.0, 60.0);
    }

    @Test
    void ageOfABackupThatAnEarlierProcessTookIsFound(@TempDir Path directory) throws IOException {
        Path backups = directory.resolve("backups");
        Path files = directory.resolve("store");
        try (Store before = Store.open(files)) {
            before.backup(backups);
            before.backup(backups);
        }
        Files.write(backups.resolve("backup-0000000001.manifest"), new byte[] {1});
        try (Store after = Store.open(files)) {
            StoreBackupEndpoint endpoint = new StoreBackupEndpoint(after, backups);
            assertThat(endpoint.status(null).problem()).isNull();
            assertThat(endpoint.status(null).latest()).isNotNull();
            assertThat(backupAgeSeconds(after, endpoint)).isBetween(0.0, 60.0);
            assertThat(backupAgeSeconds(store, endpoint)).as("of another store").isNaN();
            Files.write(backups.resolve("backup-0000000002.manifest"), new byte[] {1});
            assertThat(endpoint.status(null).problem()).contains("backup-0000000002.manifest is damaged");
            assertThat(backupAgeSeconds(after, endpoint)).isNaN();
        }
    }

    @Test
    void directoryOfBackupsIsReadAtMostOnceAMinute(@TempDir Path directory) {
        Path backups = directory.resolve("backups");
        StoreBackupEndpoint endpoint = new StoreBackupEndpoint(store, backups);
        AtomicInteger reads = new AtomicInteger();
        Supplier<@Nullable StoreBackupEndpoint> counted = () -> {
            reads.incrementAndGet();
            return endpoint;
        };
        AtomicLong nanos = new AtomicLong();
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        new StoreMetrics(Map.of("store", store), counted, nanos::get).bindTo(registry);
        for (int i = 0; i < 3; i++) {
            nanos.addAndGet(Duration.ofSeconds(20).toNanos());
            assertThat(backupAgeSeconds(registry)).isNaN();
        }
        assertThat(reads).hasValue(1);
        nanos.addAndGet(Duration.ofSeconds(20).toNanos());
        assertThat(backupAgeSeconds(registry)).isNaN();
        assertThat(reads).hasValue(2);
        store.backup(backups);
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(backupAgeSeconds(registry)).isBetween(0.0, 60.0));
        assertThat(reads).as("not needed any more").hasValue(2);
    }

    @Test
    @Timeout(60)
    void directoryOfBackupsThatHangsHoldsUpOneSampleOnly() throws InterruptedException {
        CountDownLatch hanging = new CountDownLatch(1);
        CompletableFuture<Void> released = new CompletableFuture<>();
        Supplier<@Nullable StoreBackupEndpoint> endpoints = () -> {
            hanging.countDown();
            released.join();
            return null;
        };
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        new StoreMetrics(Map.of("store", store), endpoints).bindTo(registry);
        CompletableFuture<Double> heldUp = CompletableFuture.supplyAsync(() -> backupAgeSeconds(registry));
        hanging.await();
        assertThat(backupAgeSeconds(registry)).isNaN();
        assertThat(heldUp).isNotDone();
        released.complete(null);
        assertThat(heldUp.join()).isNaN();
    }

    private static double backupAgeSeconds(Store store, StoreBackupEndpoint endpoint) {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        new StoreMetrics(Map.of("store", store), () -> endpoint).bindTo(registry);
        return backupAgeSeconds(registry);
    }

    private static double backupAgeSeconds(MeterRegistry registry) {
        return registry.get("store.backup.age").timeGauge().value(TimeUnit.SECONDS);
    }

    @Test
    void directoryOfBackupsIsShownAsAnAbsolutePath() {
        assertThat(new StoreBackupEndpoint(store, Path.of("backups"))
                        .status(null)
                        .directory())
                .isEqualTo(Path.of("backups").toAbsolutePath().toString());
    }

    @Test
    void backupEndpointWithoutDirectorySaysSo() {
        StoreBackupEndpoint endpoint = new StoreBackupEndpoint(store, null);
        assertThat(endpoint.status(null).problem()).contains("store.backup.directory");
        assertThat(endpoint.start(null, null).started()).isFalse();
    }

    @Test
    void eachStoreIsAskedForByItsName(@TempDir Path directory) {
        try (Store archive = Store.openInMemory()) {
            archive.collection("old").insert(Map.of("id", "1"));
            Map<String, Store> both = Map.of("store", store, "archiveStore", archive);
            NamedStores stores = new NamedStores("store", both);
            StoreEndpoint endpoint = new StoreEndpoint(stores);
            assertThat(endpoint.stats(null).collections()).isEmpty();
            assertThat(endpoint.stats("store").collections()).isEmpty();
            assertThat(endpoint.stats("archiveStore").collections()).hasSize(1);
            assertThat(endpoint.collection("old", null)).isNull();
            assertThat(endpoint.collection("old", "archiveStore")).isNotNull();
            assertThatThrownBy(() -> endpoint.stats("elsewhere"))
                    .isInstanceOf(InvalidEndpointRequestException.class)
                    .hasMessageContainingAll("'elsewhere'", "archiveStore");

            StoreVerificationEndpoint verification = new StoreVerificationEndpoint(stores);
            assertThat(verification.start("archiveStore").started()).isTrue();
            Awaitility.await()
                    .atMost(Duration.ofSeconds(10))
                    .untilAsserted(
                            () -> assertThat(verification.status("archiveStore").lastReport())
                                    .isNotNull());
            verification.destroy();
            assertThat(verification.status(null).lastReport()).isNull();

            StoreBackupEndpoint backup = new StoreBackupEndpoint(stores, Map.of("archiveStore", directory));
            assertThat(backup.start(null, null).started()).as("no directory").isFalse();
            assertThat(backup.status(null).problem()).contains("store.additional");
            assertThat(backup.start(null, "archiveStore").started()).isTrue();
            Awaitility.await()
                    .atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> assertThat(
                                    backup.status("archiveStore").operation().lastReport())
                            .isNotNull());
            backup.destroy();
            assertThat(StoreBackup.in(directory).list()).hasSize(1);
        }
    }

    @Test
    void theDefaultOfSeveralStoresIsOneOfThem() {
        assertThatThrownBy(() -> new NamedStores("main", Map.of("store", store)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("'main'", "store");
    }

    @Test
    void aBackupThatFailsIsTold(@TempDir Path directory, CapturedOutput output) throws IOException {
        Files.writeString(directory.resolve("letter.txt"), "text");
        StoreBackupEndpoint endpoint = new StoreBackupEndpoint(store, directory);
        endpoint.start(null, null);
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .untilAsserted(
                        () -> assertThat(endpoint.status(null).operation().lastFailure())
                                .contains("letter.txt"));
        endpoint.destroy();
        assertThat(endpoint.status(null).problem()).contains("letter.txt");
        assertThat(output).contains("ERROR", "letter.txt");
    }

    @Test
    void damageIsInHealthMetersAndLog(@TempDir Path directory, CapturedOutput output) throws IOException {
        ScrubPolicy scrub = new ScrubPolicy(true, 1 << 20, Duration.ZERO, Duration.ZERO);
        try (Store damaged = Store.open(directory, StoreOptions.defaults().withScrub(scrub))) {
            damaged.keyspace("entries").put(new byte[] {1}, new byte[1000]);
            damaged.keyspace("entries").put(new byte[] {2}, new byte[1000]);
            overwrite(directory.resolve("segment-0000000001.log"), 700);
            Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
                Health health = new StoreHealthIndicator(damaged).health();
                assertThat(health.getStatus()).isEqualTo(Status.DOWN);
                assertThat(String.valueOf(health.getDetails().get("damage")))
                        .contains("segment-0000000001.log", "keyspace 'entries'");
            });
            SimpleMeterRegistry registry = new SimpleMeterRegistry();
            new StoreMetrics(damaged).bindTo(registry);
            assertThat(gauge(registry, "store.damages")).isPositive();
            StoreVerificationEndpoint verification = new StoreVerificationEndpoint(damaged);
            verification.start(null);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> assertThat(output)
                            .containsPattern("The verification of 'store' has found [1-9][0-9]* problems")
                            .containsPattern("ERROR.*segment-0000000001.log"));
            verification.destroy();
        }
    }

    /** Damage that a verification has found counts like that of the background reading. */
    @Test
    void damageThatAVerificationFindsIsInHealthAndMeters(@TempDir Path directory) throws IOException {
        try (Store damaged = Store.open(directory)) {
            damaged.keyspace("entries").put(new byte[] {1}, new byte[1000]);
            damaged.keyspace("entries").put(new byte[] {2}, new byte[1000]);
            StoreHealthIndicator indicator = new StoreHealthIndicator(damaged);
            SimpleMeterRegistry registry = new SimpleMeterRegistry();
            new StoreMetrics(damaged).bindTo(registry);
            assertThat(indicator.health().getStatus()).isEqualTo(Status.UP);
            overwrite(directory.resolve("segment-0000000001.log"), 700);

            StoreVerificationEndpoint verification = new StoreVerificationEndpoint(damaged);
            verification.start(null);
            Awaitility.await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
                assertThat(indicator.health().getStatus()).isEqualTo(Status.DOWN);
                assertThat(gauge(registry, "store.damages")).isPositive();
            });
            assertThat(String.valueOf(indicator.health().getDetails().get("damage")))
                    .contains("segment-0000000001.log");
            verification.destroy();
        }
    }

    private static void overwrite(Path file, long position) throws IOException {
        try (RandomAccessFile opened = new RandomAccessFile(file.toFile(), "rw")) {
            opened.seek(position);
            opened.write(1);
        }
    }

    @Test
    void healthIsUpWithFigures() {
        store.collection("people").insert(Map.of("id", "1"));
        Health health = new StoreHealthIndicator(store).health();
        assertThat(health.getStatus()).isEqualTo(Status.UP);
        assertThat(health.getDetails())
                .containsEntry("documents", 1L)
                .containsEntry("directory", "in memory")
                .containsKeys("sequence", "bytesOnDisk", "liveBytes", "durability");
    }

    @Test
    void healthIsDownWhenTheStoreIsClosed() {
        store.close();
        Health health = new StoreHealthIndicator(store).health();
        assertThat(health.getStatus()).isEqualTo(Status.DOWN);
        assertThat(health.getDetails()).containsEntry("failure", "The store is closed");
    }

    @Test
    void healthIsOutOfServiceWhileThereIsNoSpace() {
        MemoryStorage disk = new MemoryStorage();
        try (Store small = Store.open(disk, StoreOptions.defaults())) {
            small.collection("people").insert(Map.of("id", "1"));
            disk.setFull(true);
            assertThatThrownBy(() -> small.collection("people").insert(Map.of("id", "2")))
                    .isInstanceOf(StoreFullException.class);
            SimpleMeterRegistry registry = new SimpleMeterRegistry();
            new StoreMetrics(small).bindTo(registry);
            Health health = new StoreHealthIndicator(small).health();
            assertThat(health.getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
            assertThat(health.getDetails().get("full")).asString().contains("The disk is full");
            assertThat(gauge(registry, "store.full")).isEqualTo(1);
            assertThat(gauge(registry, "store.healthy")).isEqualTo(1);
            disk.setFull(false);
            small.collection("people").insert(Map.of("id", "2"));
            assertThat(new StoreHealthIndicator(small).health().getStatus()).isEqualTo(Status.UP);
        }
    }

    @Test
    void compactionCanBeCancelled() {
        StoreCompactionEndpoint endpoint = new StoreCompactionEndpoint(store);
        StoreCompactionEndpoint.CancelledCompaction cancelled = endpoint.cancel(null);
        assertThat(cancelled.cancelled()).isFalse();
        assertThat(cancelled.status().running()).isFalse();
    }

    @Test
    void metersFollowTheStore() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        store.collection("people").insert(Map.of("id", "1"));
        store.keyspace("cache").put(new byte[] {1}, new byte[0], Expiry.after(Duration.ofDays(1)));
        store.keyspace("cache").put(new byte[] {2}, new byte[0], Expiry.at(Instant.EPOCH));
        new StoreMetrics(store).bindTo(registry);
        assertThat(gauge(registry, "store.expiring")).isEqualTo(1);
        assertThat(gauge(registry, "store.expired")).isEqualTo(1);
        assertThat(gauge(registry, "store.documents")).isEqualTo(1);
        assertThat(registry.get("store.documents")
                        .tag("collection", "people")
                        .gauge()
                        .value())
                .isEqualTo(1);
        assertThat(gauge(registry, "store.sequence")).isPositive();
        assertThat(gauge(registry, "store.bytes.disk")).isPositive();
        assertThat(gauge(registry, "store.bytes.live")).isPositive();
        assertThat(gauge(registry, "store.segments")).isPositive();
        assertThat(gauge(registry, "store.healthy")).isEqualTo(1);
        assertThat(gauge(registry, "store.compaction.running")).isZero();
        assertThat(gauge(registry, "store.compaction.failing")).isZero();
        assertThat(gauge(registry, "store.full")).isZero();
        assertThat(gauge(registry, "store.damages")).isZero();
        assertThat(registry.get("store.collection.bytes.live").gauge().getId().getBaseUnit())
                .isEqualTo("bytes");
        assertThat(registry.get("store.compaction.reclaimed").functionCounter().count())
                .isZero();
        assertThat(registry.get("store.compaction.last.duration").timeGauge().value(TimeUnit.SECONDS))
                .isNotNegative();
        assertThat(registry.get("store.transactions")
                        .tag("outcome", "committed")
                        .functionCounter()
                        .count())
                .isPositive();
        assertThat(registry.get("store.transactions")
                        .tag("outcome", "conflicted")
                        .functionCounter()
                        .count())
                .isZero();
    }

    @Test
    void collectionsThatAppearLaterGetTheirMeters() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        new StoreMetrics(store).bindTo(registry);
        assertThat(registry.find("store.documents").gauges()).isEmpty();
        store.collection("trips").insert(Map.of("id", "1"));
        Awaitility.await().atMost(Duration.ofSeconds(5)).untilAsserted(() -> {
            gauge(registry, "store.sequence");
            assertThat(registry.find("store.documents")
                            .tag("collection", "trips")
                            .gauges())
                    .extracting(Gauge::value)
                    .containsExactly(1.0);
        });
    }

    @Test
    void metersAreNotGarbage() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        new StoreMetrics(store).bindTo(registry);
        double before = committed(registry);
        WeakReference<Object> garbage = new WeakReference<>(new Object());
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> {
            System.gc();
            return garbage.get() == null;
        });
        store.collection("trips").insert(Map.of("id", "1"));
        assertThat(gauge(registry, "store.sequence")).isNotNaN();
        assertThat(registry.get("store.compaction.last.duration").timeGauge().value(TimeUnit.SECONDS))
                .isNotNaN();
        Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            assertThat(committed(registry)).isGreaterThan(before);
            assertThat(gauge(registry, "store.documents")).isEqualTo(1);
        });
    }

    private static double committed(SimpleMeterRegistry registry) {
        return registry.get("store.transactions")
                .tag("outcome", "committed")
                .functionCounter()
                .count();
    }

    @Test
    void metersKeepTheirLastValueWhenTheStoreIsClosed() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        store.collection("people").insert(Map.of("id", "1"));
        new StoreMetrics(store).bindTo(registry);
        store.close();
        assertThat(gauge(registry, "store.documents")).isEqualTo(1);
    }

    private static double gauge(SimpleMeterRegistry registry, String name) {
        return registry.get(name).gauge().value();
    }
}
