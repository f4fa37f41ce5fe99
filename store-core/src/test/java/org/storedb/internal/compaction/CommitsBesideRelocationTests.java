package org.storedb.internal.compaction;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.storedb.CompactionPolicy;
import org.storedb.Durability;
import org.storedb.Keyspace;
import org.storedb.Store;
import org.storedb.StoreOptions;
import org.storedb.WriteBatch;
import org.storedb.crash.CampaignSize;
import org.storedb.maintenance.CompactionResult;

/** A compaction that moves very many small records lets commits through all the time. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CommitsBesideRelocationTests {

    private static final int KEYS = 200_000;
    private static final int BATCH_KEYS = 5_000;

    @Test
    void commitsGetInWhileKeysArePointedToTheirCopies() throws Exception {
        try (Store store = Store.openInMemory(
                StoreOptions.defaults().withDurability(Durability.OS).withCompaction(CompactionPolicy.manual()))) {
            Keyspace entries = store.keyspace("entries");
            fill(entries);
            CompletableFuture<CompactionResult> compaction = store.compact();
            long longestNanos = 0;
            long allNanos = 0;
            int commits = 0;
            while (!compaction.isDone()) {
                long start = System.nanoTime();
                entries.put(key(commits++ % 10), new byte[8]);
                long nanos = System.nanoTime() - start;
                longestNanos = Math.max(longestNanos, nanos);
                allNanos += nanos;
            }
            CompactionResult result = compaction.get();
            CampaignSize.report(
                    "Compaction of %,d small records in %d ms: %,d commits beside it, mean %.3f ms, longest %.1f ms",
                    result.recordsCopied(),
                    result.duration().toMillis(),
                    commits,
                    allNanos / 1e6 / commits,
                    longestNanos / 1e6);
            assertThat(result.recordsCopied()).isGreaterThan(KEYS / 3);
            assertThat(commits).as("commits beside it").isGreaterThan(1_000);
        }
    }

    private static void fill(Keyspace entries) {
        for (int round = 0; round < 2; round++) {
            for (int first = 0; first < KEYS; first += BATCH_KEYS) {
                WriteBatch batch = new WriteBatch();
                for (int i = first; i < first + BATCH_KEYS; i++) {
                    if (round == 0 || i % 2 == 0) {
                        batch.put(key(i), new byte[8]);
                    }
                }
                entries.write(batch);
            }
        }
    }

    private static byte[] key(int number) {
        return ("key" + number).getBytes(UTF_8);
    }
}
