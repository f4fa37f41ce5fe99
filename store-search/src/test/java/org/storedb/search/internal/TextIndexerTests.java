package org.storedb.search.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.FilterDirectory;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexOutput;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.storedb.ChangeFeed;
import org.storedb.Snapshot;
import org.storedb.Store;
import org.storedb.StoreOptions;
import org.storedb.error.ChangesLostException;
import org.storedb.error.StoreIoException;
import org.storedb.feed.Change;
import org.storedb.feed.ChangeReader;
import org.storedb.feed.ChangeTransaction;
import org.storedb.feed.DocumentChange;
import org.storedb.feed.DocumentImage;
import org.storedb.maintenance.OperationMonitor;
import org.storedb.search.HookedAnalyzer;
import org.storedb.search.TextIndex;
import org.storedb.search.TextIndexOptions;
import org.storedb.search.TextSearch;
import org.storedb.search.definition.TextAnalyzer;
import org.storedb.search.definition.TextIndexDefinition;

/** What becomes of an index when something fails that it is made of. */
class TextIndexerTests {

    private static final TextIndexDefinition NOTES =
            TextIndexDefinition.of("notes").field("text", TextAnalyzer.words());

    private static final Duration LONG = Duration.ofHours(1);

    private final Store store = Store.openInMemory(StoreOptions.defaults().withSegmentBytes(64 << 10));
    private final FailingFiles files = new FailingFiles();
    private final AtomicInteger unreadable = new AtomicInteger();
    private final AtomicInteger lost = new AtomicInteger();

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void aChangeThatCouldNotBeBroughtInIsBroughtInAgain() throws IOException {
        try (TextIndexer indexer = open(LONG)) {
            save(1);
            indexer.commit();
            unreadable.set(1);
            save(2);
            assertThatExceptionOfType(OutOfMemoryError.class).isThrownBy(() -> found(indexer));
            assertThat(indexer.failure()).isInstanceOf(OutOfMemoryError.class);
            save(3);
            assertThat(found(indexer)).isEqualTo(3);
            assertThat(indexer.failure()).isNull();
            unreadable.set(1);
            save(4);
            assertThatExceptionOfType(OutOfMemoryError.class).isThrownBy(indexer::commit);
            indexer.commit();
        }
        try (TextIndexer indexer = open(LONG)) {
            assertThat(found(indexer)).isEqualTo(4);
            assertThat(indexer.rebuildReason()).isNull();
        }
    }

    @Test
    void aCommitThatFailedIsToldOfUntilOneSucceeds() throws IOException {
        try (TextIndexer indexer = open(Duration.ZERO)) {
            files.failing = true;
            save(1);
            assertThat(found(indexer)).isEqualTo(1);
            assertThat(indexer.failure()).hasMessageContaining("planned");
            files.failing = false;
            save(2);
            assertThat(found(indexer)).isEqualTo(2);
            indexer.commitIfDue();
            assertThat(indexer.failure()).isNull();
        }
    }

    @Test
    void commitsThatFailPauseAndKeepTheMarkOfTheLastGoodOne() throws IOException {
        try (TextIndexer indexer = open(LONG)) {
            save(1);
            indexer.commit();
            files.failing = true;
            for (int i = 0; i < 5_100; i++) {
                store.keyspace("others").put(new byte[] {1}, new byte[] {2});
            }
            files.syncs.set(0);
            for (int i = 0; i < 20; i++) {
                save(2);
                assertThat(found(indexer)).isEqualTo(2);
            }
            assertThat(files.syncs).hasValue(1);
            for (int i = 0; i < 20; i++) {
                assertThatExceptionOfType(StoreIoException.class).isThrownBy(indexer::commit);
            }
        }
        files.failing = false;
        try (TextIndexer indexer = open(LONG)) {
            assertThat(indexer.rebuildReason()).isNull();
            assertThat(found(indexer)).isEqualTo(2);
        }
    }

    @Test
    void changesThatAreLostWhenItIsOpenedLeadToANewIndex() throws IOException {
        open(LONG).close();
        save(1);
        lost.set(1);
        try (TextIndexer indexer = open(LONG)) {
            assertThat(indexer.rebuildReason()).contains("planned");
            assertThat(found(indexer)).isEqualTo(1);
        }
    }

    @Test
    void aMergeThatFailsHarmsNoSearch() throws IOException {
        try (TextIndexer indexer = open(LONG)) {
            files.failingMerges = true;
            for (int id = 1; id <= 40; id++) {
                save(id);
                assertThat(found(indexer)).isEqualTo(id);
            }
            assertThat(files.failedMerges).hasPositiveValue();
            assertThat(indexer.rebuilds()).isZero();
        }
    }

    @Test
    void theBackgroundSurvivesErrors() throws Exception {
        try (TextIndexer indexer = open(LONG);
                BackgroundUpdates updates = new BackgroundUpdates(failing(), indexer, "notes", Duration.ofMillis(2))) {
            assertThat(updates).isNotNull();
            unreadable.set(1);
            save(1);
            for (int i = 0; i < 500 && documents(indexer) < 1; i++) {
                Thread.sleep(20);
            }
            assertThat(documents(indexer)).isEqualTo(1);
            assertThat(unreadable).hasValue(0);
        }
    }

    @Test
    void searchesThatFindTheSameDamageRebuildTheIndexOnce() throws IOException {
        try (TextIndexer indexer = open(LONG)) {
            save(1);
            int before = indexer.rebuilds();
            indexer.repair("planned", before);
            indexer.repair("planned as well", before);
            assertThat(indexer.rebuilds()).isEqualTo(before + 1);
            assertThat(indexer.rebuildReason()).isEqualTo("planned");
            assertThat(found(indexer)).isEqualTo(1);
        }
    }

    @Test
    void closingEndsABuildInTheBackground() throws Exception {
        int documents = 3_000;
        for (long id = 0; id < documents; id++) {
            save(id);
        }
        CountDownLatch building = new CountDownLatch(1);
        AtomicInteger texts = new AtomicInteger();
        TextAnalyzer watched = TextAnalyzer.custom(
                "watched-1",
                () -> new HookedAnalyzer(() -> {
                    if (texts.incrementAndGet() == documents + 10) {
                        building.countDown();
                        LockSupport.parkNanos(300_000_000);
                    }
                }));
        TextIndex index = TextIndex.inMemory(
                failing(),
                TextIndexDefinition.of("notes").field("text", watched),
                TextIndexOptions.defaults().withDelay(Duration.ofMillis(5)));
        lost.set(1);
        save(documents);
        assertThat(building.await(1, TimeUnit.MINUTES)).isTrue();
        index.close();
        assertThat(texts.get()).isBetween(documents + 10, 2 * documents - 1);
    }

    @Test
    void aSnapshotFromBeforeACompactionIsLetGo() throws IOException {
        try (TextIndexer indexer = open(LONG)) {
            save(1);
            assertThat(found(indexer)).isEqualTo(1);
            Snapshot before = snapshot(indexer);
            store.compact().join();
            indexer.renewSnapshot();
            assertThat(snapshot(indexer)).isNotSameAs(before);
            assertThat(snapshot(indexer).sequence()).isEqualTo(before.sequence());
            assertThat(found(indexer)).isEqualTo(1);

            Snapshot current = snapshot(indexer);
            save(2);
            indexer.renewSnapshot();
            assertThat(snapshot(indexer)).as("the index has not come so far").isSameAs(current);
        }
    }

    @Test
    void aSearchDoesNotWaitForWhatTheStoreItselfCommittedAndACompactionRemoved() {
        for (int i = 0; i < 200; i++) {
            save(1);
        }
        try (TextIndex index =
                TextIndex.inMemory(store, NOTES, TextIndexOptions.defaults().withDelay(LONG))) {
            store.sequence("numbers").next();
            assertThat(store.compact().join().segmentsCompacted()).isPositive();
            long startNanos = System.nanoTime();
            assertThat(index.count(TextSearch.of("note"))).isEqualTo(1);
            assertThat(System.nanoTime() - startNanos).isLessThan(TimeUnit.SECONDS.toNanos(20));
        }
    }

    private TextIndexer open(Duration commitInterval) {
        return new TextIndexer(failing(), NOTES, files, "files in memory", commitInterval, OperationMonitor.none());
    }

    private void save(long id) {
        store.collection("notes").save(Map.of("id", id, "text", "note"));
    }

    private int found(TextIndexer indexer) throws IOException {
        try (Generation generation = indexer.atLeast(store.snapshot().sequence())) {
            return generation.documents();
        }
    }

    private static int documents(TextIndexer indexer) throws IOException {
        try (Generation generation = indexer.now()) {
            return generation.documents();
        }
    }

    private static Snapshot snapshot(TextIndexer indexer) throws IOException {
        try (Generation generation = indexer.now()) {
            return generation.snapshot();
        }
    }

    /** The store, whose readers of changes lose them, or whose changes cannot be looked at, so many times. */
    private Store failing() {
        return wrapped(Store.class, store, this::failingFeed);
    }

    private @Nullable Object failingFeed(@Nullable Object returned) {
        return returned instanceof ChangeFeed feed ? wrapped(ChangeFeed.class, feed, this::failingReader) : returned;
    }

    private @Nullable Object failingReader(@Nullable Object returned) {
        return returned instanceof ChangeReader reader
                ? wrapped(ChangeReader.class, reader, this::failingTransaction)
                : returned;
    }

    private @Nullable Object failingTransaction(@Nullable Object returned) {
        if (!(returned instanceof ChangeTransaction transaction)) {
            return returned;
        }
        if (lost.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw new ChangesLostException(0, 0, 0, "planned");
        }
        List<Change> changes = transaction.changes().stream()
                .map(change -> change instanceof DocumentChange document
                        ? wrapped(DocumentChange.class, document, this::failingImage)
                        : change)
                .toList();
        return new ChangeTransaction(transaction.sequence(), transaction.committedAt(), changes);
    }

    private @Nullable Object failingImage(@Nullable Object returned) {
        if (returned instanceof DocumentImage && unreadable.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw new OutOfMemoryError("planned");
        }
        return returned;
    }

    private static <T> T wrapped(Class<T> type, T inner, Result result) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    try {
                        return result.of(method.invoke(inner, arguments));
                    } catch (InvocationTargetException e) {
                        throw e.getCause() == null ? e : e.getCause();
                    }
                }));
    }

    /** What becomes of what a method returns. */
    private interface Result {
        @Nullable
        Object of(@Nullable Object returned);
    }

    /** Files that stay when they are closed, and that at times cannot be synced, or merged. */
    private static final class FailingFiles extends FilterDirectory {

        private final AtomicInteger syncs = new AtomicInteger();
        private final AtomicInteger failedMerges = new AtomicInteger();
        private boolean failing;
        private volatile boolean failingMerges;

        FailingFiles() {
            super(new ByteBuffersDirectory());
        }

        @Override
        public void sync(Collection<String> names) throws IOException {
            syncs.incrementAndGet();
            if (failing) {
                throw new IOException("planned");
            }
            super.sync(names);
        }

        @Override
        public IndexOutput createOutput(String name, IOContext context) throws IOException {
            if (failingMerges && context.context == IOContext.Context.MERGE) {
                failedMerges.incrementAndGet();
                throw new IOException("planned");
            }
            return super.createOutput(name, context);
        }

        @Override
        public void close() {
            // It is opened again.
        }
    }
}
