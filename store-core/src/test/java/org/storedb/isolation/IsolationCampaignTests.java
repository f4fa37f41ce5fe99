package org.storedb.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.storedb.Durability;
import org.storedb.Isolation;
import org.storedb.Store;
import org.storedb.StoreOptions;
import org.storedb.TransactionOptions;
import org.storedb.crash.CampaignSize;
import org.storedb.index.IndexDefinition;
import org.storedb.isolation.ListAppend.Anomaly;
import org.storedb.isolation.ListAppend.Execution;

/**
 * Histories of random transactions, judged by {@link HistoryChecker}. {@code -Dstoredb.campaign} makes it longer,
 * {@code -Dstoredb.seed} begins elsewhere.
 */
class IsolationCampaignTests {

    private static final int HISTORIES = 100; // For each of the two levels.
    private static final int TRANSACTIONS = 2_000;

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource
    void historiesShowNoAnomalyThatTheLevelForbids(Isolation isolation) throws Exception {
        int histories = CampaignSize.of(HISTORIES);
        long transactions = 0;
        long committed = 0;
        int withWriteSkew = 0;
        for (long seed = CampaignSize.firstSeed(); seed < CampaignSize.firstSeed() + histories; seed++) {
            List<Execution> history = record(isolation, seed);
            Anomaly anomaly = HistoryChecker.check(history, isolation);
            assertThat(anomaly).as("seed %s", seed).isNull();
            if (isolation == Isolation.SNAPSHOT && HistoryChecker.check(history, Isolation.SERIALIZABLE) != null) {
                withWriteSkew++;
            }
            transactions += history.size();
            committed += history.stream().filter(Execution::isCommitted).count();
        }
        CampaignSize.report(
                "%s: %,d histories, %,d transactions, %,d committed, write skew in %d of them, first seed %d",
                isolation, histories, transactions, committed, withWriteSkew, CampaignSize.firstSeed());
        if (isolation == Isolation.SNAPSHOT) { // The checker sees what is there to be seen.
            assertThat(withWriteSkew).isGreaterThan(histories / 2);
        }
    }

    /** Who reads and writes without a transaction has no isolation, and the checker must see that. */
    @ParameterizedTest
    @EnumSource
    void checkerSeesThatSingleOperationsAreNotIsolated(Lists lists) {
        for (int seed = 1; seed <= 20; seed++) {
            try (Store store = Store.openInMemory()) {
                HistoryRecorder recorder = new HistoryRecorder(store, () -> Unisolated.begin(store), lists, 5);
                recorder.interleave(200, 4, new Random(seed));
                assertThat(HistoryChecker.check(recorder.history(), Isolation.SNAPSHOT))
                        .as("seed %s", seed)
                        .isNotNull();
            }
        }
    }

    /** Every fourth history comes from threads, the others from transactions interleaved as the seed says. */
    private List<Execution> record(Isolation isolation, long seed) throws Exception {
        Random random = new Random(seed);
        Lists lists = random.nextBoolean() ? Lists.ENTRIES : Lists.DOCUMENTS;
        int keys = 2 + random.nextInt(30);
        int parallel = 2 + random.nextInt(8);
        TransactionOptions options = TransactionOptions.defaults().withIsolation(isolation);
        try (Store store = seed % 8 == 0 ? openOnDisk(seed) : Store.openInMemory()) {
            store.collection("lists").createIndex(IndexDefinition.on("length"));
            HistoryRecorder recorder = new HistoryRecorder(store, () -> store.begin(options), lists, keys);
            if (seed % 4 == 0) {
                recorder.race(TRANSACTIONS, parallel, random);
            } else {
                recorder.interleave(TRANSACTIONS, parallel, random);
            }
            return recorder.history();
        }
    }

    /** A log that is rolled over and compacted while transactions run. */
    private Store openOnDisk(long seed) {
        return Store.open(
                directory.resolve("store-" + seed),
                StoreOptions.defaults().withDurability(Durability.OS).withSegmentBytes(256 << 10));
    }
}
