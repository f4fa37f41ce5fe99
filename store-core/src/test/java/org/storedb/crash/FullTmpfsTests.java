package org.storedb.crash;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.storedb.CompactionPolicy;
import org.storedb.Store;
import org.storedb.StoreOptions;
import org.storedb.error.StoreException;
import org.storedb.error.StoreFullException;

/** A real file system that is really full: a tmpfs of a few megabytes, which takes root to mount. */
@Tag("system")
class FullTmpfsTests {

    private static final StoreOptions OPTIONS =
            StoreOptions.defaults().withSegmentBytes(256 << 10).withCompaction(CompactionPolicy.manual());

    @TempDir
    Path folder;

    private Path mount = Path.of("");
    private int valueBytes = 5000;
    private int written;

    @BeforeEach
    void mount() throws IOException, InterruptedException {
        mount = Files.createDirectory(folder.resolve("tmpfs"));
        SystemRun.require(
                "a full tmpfs needs root and the right to mount",
                "mount",
                "-t",
                "tmpfs",
                "-o",
                "size=3m,mode=700",
                "tmpfs",
                mount.toString());
    }

    @AfterEach
    void unmount() throws InterruptedException {
        SystemRun.succeeds("umount", "-l", mount.toString());
    }

    @Test
    void storeGoesOnWhenThereIsSpaceAgain() throws IOException {
        Path other = Files.write(mount.resolve("other"), new byte[1 << 20]);
        try (Store store = Store.open(mount.resolve("store"), OPTIONS)) {
            fill(store);
            assertThat(store.stats().fullReason()).contains("kept for deletes and compaction");
            assertThat(store.stats().failure()).isNull();
            assertContents(store, 0);

            Files.delete(other);
            put(store);
            assertThat(store.stats().fullReason()).isNull();
            assertThat(mount.resolve("store").resolve("ballast")).exists();
        }
        try (Store store = Store.open(mount.resolve("store"), OPTIONS)) {
            assertContents(store, 0);
        }
    }

    @Test
    void deletesAndCompactionMakeSpace() {
        int deleted;
        try (Store store = Store.open(mount.resolve("store"), OPTIONS)) {
            fill(store);
            deleted = 3 * written / 4;
            for (int i = 0; i < deleted; i++) {
                store.keyspace("entries").delete(key(i));
            }
            store.compact().join();
            for (int i = 0; i < deleted / 2; i++) {
                put(store);
            }
            assertContents(store, deleted);
        }
        try (Store store = Store.open(mount.resolve("store"), OPTIONS)) {
            assertContents(store, deleted);
        }
    }

    @Test
    void spreadDeletesThatAreRefusedLeaveRoomForCompaction() {
        valueBytes = 200;
        try (Store store = Store.open(mount.resolve("store"), OPTIONS)) {
            fill(store);
            List<Integer> numbers =
                    new ArrayList<>(IntStream.range(0, written).boxed().toList());
            Collections.shuffle(numbers, new Random(1));
            int wanted = written * 2 / 3;
            int deleted = 0;
            int rounds = 0;
            while (deleted < wanted) {
                int before = deleted;
                try {
                    while (deleted < wanted) {
                        store.keyspace("entries").delete(key(numbers.get(deleted)));
                        deleted++;
                    }
                } catch (StoreFullException e) {
                    assertThat(e).hasMessageContaining("Compact the store");
                }
                assertThat(deleted).isGreaterThan(before);
                assertThat(store.compact().join().bytesReclaimed()).isPositive();
                rounds++;
            }
            assertThat(rounds).isBetween(2, 20);
            int left = written - deleted;
            put(store);
            assertThat(store.keyspace("entries").count()).isEqualTo(left + 1);
            assertThat(store.verify().problems()).isEmpty();
        }
    }

    /** Where there is no space to open the store, the error says so, and the store is as it was. */
    @Test
    void fullDiskCanBeOpenedOrSaysWhyNot() throws IOException {
        try (Store store = Store.open(mount.resolve("store"), OPTIONS)) {
            fill(store);
        }
        for (int spare = 0; spare < 40; spare += 4) {
            Path filler = mount.resolve("filler");
            fillUp(filler, spare << 10);
            try (Store store = Store.open(mount.resolve("store"), OPTIONS)) {
                assertContents(store, 0);
            } catch (StoreException e) {
                assertThat(e).hasMessageContaining("space");
            }
            Files.delete(filler);
            try (Store store = Store.open(mount.resolve("store"), OPTIONS)) {
                assertContents(store, 0);
            }
        }
    }

    private void fillUp(Path filler, int spareBytes) throws IOException {
        long free = Files.getFileStore(mount).getUsableSpace();
        try (var output = Files.newOutputStream(filler)) {
            for (long left = free - spareBytes; left >= 4096; left -= 4096) {
                output.write(new byte[4096]);
            }
        }
    }

    private void fill(Store store) {
        assertThatExceptionOfType(StoreFullException.class)
                .isThrownBy(() -> {
                    while (true) {
                        put(store);
                    }
                })
                .withMessageContaining("nothing was written");
        assertThat(written).isGreaterThan(200);
    }

    private void put(Store store) {
        store.keyspace("entries").put(key(written), new byte[valueBytes]);
        written++;
    }

    private void assertContents(Store store, int first) {
        for (int i = first; i < written; i++) {
            assertThat(store.keyspace("entries").get(key(i))).hasSize(valueBytes);
        }
        assertThat(store.keyspace("entries").count()).isEqualTo(written - first);
    }

    private static byte[] key(int number) {
        return ("key" + number).getBytes(UTF_8);
    }
}
