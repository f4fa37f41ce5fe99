package org.storedb.crash;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.storedb.Access;
import org.storedb.KeyRange;
import org.storedb.Keyspace;
import org.storedb.Snapshot;
import org.storedb.Store;
import org.storedb.StoreOptions;

/**
 * Follows a process that writes with four threads while it rolls its log over and compacts without pause, and that is killed
 * and started again. What is seen of each writer must be what it had written after some batch, and never go back.
 */
class FollowerKillTests {

    private static final int COMMITS_LEAST = 10_000;
    private static final long PATIENCE_SECONDS = 300;

    @TempDir
    Path folder;

    private final long[] lastBatches = new long[KillTarget.WRITERS];
    private long sequence;
    private int looks;

    @Test
    void followerSeesPrefixesWhileTheWriterIsKilledAgainAndAgain() throws Exception {
        Process writer = start();
        int kills = 0;
        try (Store follower = openWhenThereIsOne()) {
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
            int commits = CampaignSize.of(COMMITS_LEAST);
            while (sequence < commits || kills < 4) {
                assertThat(System.nanoTime()).as("%d commits seen", sequence).isLessThan(deadline);
                follower.refresh();
                judge(follower.snapshot());
                if (sequence > (kills + 1L) * commits / 5) {
                    writer.toHandle().destroyForcibly();
                    writer.waitFor();
                    kills++;
                    follower.refresh();
                    judge(follower.snapshot());
                    writer = start();
                }
                assertThat(writer.isAlive())
                        .as(() -> "writer: " + folder.resolve("output"))
                        .isTrue();
            }
            writer.toHandle().destroyForcibly();
            writer.waitFor();
            follower.refresh();
            judge(follower.snapshot());
            assertThat(follower.stats().follow())
                    .isNotNull()
                    .satisfies(follow -> assertThat(follow.rebuilds()).isZero());
            try (Store store = Store.open(folder.resolve("store"), KillTarget.options())) {
                assertThat(follower.refresh()).isEqualTo(store.snapshot().sequence());
                judge(follower.snapshot());
                assertThat(lastBatches[0]).isEqualTo(KillTarget.lastBatch(KillTarget.keyspace(store, 0)));
            }
        } finally {
            writer.toHandle().destroyForcibly();
            writer.waitFor();
        }
        CampaignSize.report("Follower: %,d commits, %d kills, %,d looks", sequence, kills, looks);
    }

    private void judge(Snapshot snapshot) {
        assertThat(snapshot.sequence()).isGreaterThanOrEqualTo(sequence);
        sequence = snapshot.sequence();
        looks++;
        for (int i = 0; i < KillTarget.WRITERS; i++) {
            Keyspace keyspace = snapshot.keyspace("writer" + i);
            long last = KillTarget.lastBatch(keyspace);
            assertThat(last).isGreaterThanOrEqualTo(lastBatches[i]);
            lastBatches[i] = last;
            Map<String, String> contents = new TreeMap<>();
            keyspace.scan(KeyRange.all())
                    .forEach(entry -> contents.put(new String(entry.key(), UTF_8), new String(entry.value(), UTF_8)));
            assertThat(contents).isEqualTo(KillTarget.contents(last));
        }
    }

    private Store openWhenThereIsOne() throws Exception {
        Path manifest = folder.resolve("store").resolve("manifest");
        for (int i = 0; !Files.exists(manifest) && i < 6000; i++) {
            Thread.sleep(10);
        }
        return Store.open(folder.resolve("store"), StoreOptions.defaults().withAccess(Access.FOLLOW));
    }

    private Process start() throws Exception {
        return ChildJvm.start(
                KillTarget.class,
                folder.resolve("output"),
                folder.resolve("store").toString(),
                folder.resolve("acknowledged").toString());
    }
}
