package org.storedb.search.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.Directory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.storedb.DocumentCollection;
import org.storedb.Store;
import org.storedb.error.StoreIoException;
import org.storedb.maintenance.OperationMonitor;
import org.storedb.search.definition.TextAnalyzer;
import org.storedb.search.definition.TextIndexDefinition;

/** The power goes off at any operation on the files of an index: it goes on from its last commit, and is right. */
class IndexCrashTests {

    private static final TextIndexDefinition NOTES =
            TextIndexDefinition.of("notes").field("text", TextAnalyzer.words());

    @Test
    void anIndexSurvivesAPowerCutAtAnyOperation() throws IOException {
        SplittableRandom random = new SplittableRandom(11);
        int resumed = 0;
        int crashed = 0;
        for (int operations = 0;
                operations < 400;
                operations += 1 + random.nextInt(6 / Math.min(6, Campaign.factor()))) {
            try (Store store = Store.openInMemory()) {
                CrashingDirectory directory = new CrashingDirectory(operations);
                write(store, random);
                long committed = useUntilCrash(store, directory, random);
                crashed += directory.isCrashed() ? 1 : 0;
                try (TextIndexer indexer = open(store, directory.afterPowerCut(random), OperationMonitor.none())) {
                    assertThat(indexer.rebuildReason())
                            .as("at operation %s", operations)
                            .isNull();
                    assertSound(store, indexer, operations);
                    resumed += indexer.committed() >= committed && committed > 0 ? 1 : 0;
                    write(store, random);
                    assertSound(store, indexer, operations);
                }
            }
        }
        assertThat(crashed).isGreaterThan(30);
        assertThat(resumed).as("went on from a commit").isGreaterThan(20);
    }

    @Test
    void anIndexIsCommittedOnlyBehindASyncOfTheStore() throws IOException {
        AtomicLong onMedium = new AtomicLong();
        try (Store store = Store.openInMemory();
                ByteBuffersDirectory directory = new ByteBuffersDirectory();
                TextIndexer indexer = open(watched(store, onMedium), directory, OperationMonitor.none())) {
            for (int i = 0; i < 5; i++) {
                store.collection("notes").save(Map.of("id", 1L, "text", "text" + i));
                indexer.commit();
                String position =
                        SegmentInfos.readLatestCommit(directory).getUserData().get(IndexConnection.POSITION);
                assertThat(Long.parseLong(String.valueOf(position)))
                        .as("a power loss takes nothing of it back")
                        .isEqualTo(indexer.committed())
                        .isLessThanOrEqualTo(onMedium.get());
            }
        }
    }

    /** The store; notes the last commit before each sync. */
    private static Store watched(Store store, AtomicLong onMedium) {
        return (Store) Proxy.newProxyInstance(
                Store.class.getClassLoader(), new Class<?>[] {Store.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("sync")) {
                        onMedium.set(store.snapshot().sequence());
                    }
                    try {
                        return method.invoke(store, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause() == null ? e : e.getCause();
                    }
                });
    }

    /** Writes, searches and commits until the power is off; returns the last commit that was told of. */
    private static long useUntilCrash(Store store, CrashingDirectory directory, SplittableRandom random) {
        long committed = -1;
        try (TextIndexer indexer = open(store, directory, OperationMonitor.none())) {
            committed = indexer.committed();
            for (int i = 0; i < 12 && !directory.isCrashed(); i++) {
                write(store, random);
                indexer.atLeast(store.snapshot().sequence()).close();
                if (random.nextInt(3) == 0) {
                    indexer.commit();
                }
                committed = indexer.committed();
            }
            directory.crash();
        } catch (StoreIoException | IOException e) {
            assertThat(directory.isCrashed()).as("%s", e).isTrue();
        }
        return committed;
    }

    private static TextIndexer open(Store store, Directory directory, OperationMonitor monitor) {
        return new TextIndexer(store, NOTES, directory, "files in memory", Duration.ofHours(1), monitor);
    }

    private static void write(Store store, SplittableRandom random) {
        DocumentCollection<Map<String, @Nullable Object>> notes = store.collection("notes");
        for (int i = random.nextInt(5); i >= 0; i--) {
            long id = random.nextInt(30);
            if (random.nextInt(4) == 0) {
                notes.delete(id);
            } else {
                notes.save(Map.of("id", id, "text", "word" + random.nextInt(10) + " text"));
            }
        }
    }

    private static void assertSound(Store store, TextIndexer indexer, int operations) throws IOException {
        IndexCheck check = new IndexCheck(NOTES, indexer.analyzer(), OperationMonitor.none());
        try (Generation generation = indexer.atLeast(store.snapshot().sequence())) {
            check.run(generation);
        }
        assertThat(check.problems()).as("after operation %s", operations).isEmpty();
        assertThat(check.entriesWithoutDocument()).isZero();
        assertThat(check.documents()).isEqualTo(store.collection("notes").count());
    }
}
