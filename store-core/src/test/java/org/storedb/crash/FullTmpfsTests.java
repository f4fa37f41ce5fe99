package org.storedb.crash;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
            assertThat(store.stats().fullReason()).contains("No space left on device");
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
        assertThat(written).isGreaterThan(300);
    }

    private void put(Store store) {
        store.keyspace("entries").put(key(written), new byte[5000]);
        written++;
    }

    private void assertContents(Store store, int first) {
        for (int i = first; i < written; i++) {
            assertThat(store.keyspace("entries").get(key(i))).hasSize(5000);
        }
        assertThat(store.keyspace("entries").count()).isEqualTo(written - first);
    }

    private static byte[] key(int number) {
        return ("key" + number).getBytes(UTF_8);
    }
}
