package org.storedb.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.storedb.Store;
import org.storedb.error.StoreLockedException;

/** One directory, one owner. */
class StoreLockTests {

    @TempDir
    Path folder;

    @Test
    void secondOpenInTheSameProcessIsRefused() {
        Path directory = folder.resolve("store");
        try (Store store = Store.open(directory)) {
            assertRefusedTo(directory, ProcessHandle.current().pid(), "already open in this process");
            assertThat(store.isOpen()).isTrue();
        }
        Store.open(directory).close();
    }

    @Test
    void secondOpenThroughASymbolicLinkIsRefused() throws IOException {
        Path directory = Files.createDirectory(folder.resolve("parent")).resolve("store");
        Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("parent"))
                .resolve("store");
        try (Store store = Store.open(directory)) {
            assertRefusedTo(link, ProcessHandle.current().pid(), "already open in this process");
            assertThat(store.isOpen()).isTrue();
        }
        Store.open(link).close();
    }

    @Test
    void refusedOpenDoesNotTakeTheLockFromItsOwner() throws Exception {
        Path directory = folder.resolve("store");
        try (Store store = Store.open(directory)) {
            assertRefusedTo(directory, ProcessHandle.current().pid(), "already open");
            Process other = ChildJvm.start(
                    LockHolder.class,
                    folder.resolve("output"),
                    directory.toString(),
                    folder.resolve("opened").toString());
            assertThat(other.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(Files.readString(folder.resolve("output")))
                    .contains(
                            "StoreLockedException",
                            "pid " + ProcessHandle.current().pid());
            assertThat(store.isOpen()).isTrue();
        }
    }

    @Test
    void storeOfAnotherProcessIsRefusedUntilThatIsKilled() throws Exception {
        Path directory = folder.resolve("store");
        Path opened = folder.resolve("opened");
        Process owner =
                ChildJvm.start(LockHolder.class, folder.resolve("output"), directory.toString(), opened.toString());
        try {
            while (!Files.exists(opened)) {
                assertThat(owner.isAlive()).isTrue();
                Thread.sleep(10);
            }
            assertRefusedTo(directory, owner.pid(), "another process (pid " + owner.pid() + ")");
            assertRefusedTo(directory, owner.pid(), "another process");
            long own = ProcessHandle.current().pid();
            Files.writeString(directory.resolve("store.lock"), Long.toString(own));
            assertRefusedTo(directory, null, "another process (pid " + own + " in another container)");
        } finally {
            owner.toHandle().destroyForcibly();
            owner.waitFor();
        }
        try (Store store = Store.open(directory)) {
            assertThat(store.keyspace("entries").get(new byte[] {1})).containsExactly(2);
        }
    }

    private static void assertRefusedTo(Path directory, @Nullable Long ownerPid, String message) {
        assertThatExceptionOfType(StoreLockedException.class)
                .isThrownBy(() -> Store.open(directory).close())
                .withMessageContaining(message)
                .satisfies(e -> assertThat(e.ownerPid()).isEqualTo(ownerPid));
    }
}
