package org.storedb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.storedb.internal.io.BackgroundTasks;
import org.storedb.internal.io.Environment;
import org.storedb.internal.io.FileSystemDirectory;
import org.storedb.testing.InterceptedDirectory;
import org.storedb.testing.IoInterceptor;
import org.storedb.testing.IoOperation;
import org.storedb.testing.SteppedTasks;

/** Stores in which something fails while they are closed. */
class StoreClosingTests {

    private static final byte[] KEY = {1};
    private static final byte[] VALUE = {2};

    @TempDir
    Path folder;

    private boolean closingTasksFails;
    private boolean repeatingFails;
    private boolean repeatingHasFailed;

    @Test
    void whatFailsKeepsNothingElseFromBeingClosed() throws IOException {
        Store store = TestStores.open(FileSystemDirectory.open(folder), StoreOptions.defaults(), environment());
        store.keyspace("entries").put(KEY, VALUE);
        closingTasksFails = true;
        assertThatThrownBy(store::close)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("closing");
        assertThat(store.isOpen()).isFalse();
        store.close();

        try (Store again = Store.open(folder)) {
            assertThat(again.keyspace("entries").get(KEY)).isEqualTo(VALUE);
        }
    }

    @Test
    void whatFailsInAReaderKeepsNothingElseFromBeingClosed() throws IOException {
        Store.open(folder).close();
        StoreOptions read = StoreOptions.defaults().withAccess(Access.READ_ONLY);
        Store reader = TestStores.open(FileSystemDirectory.open(folder), read, environment());
        closingTasksFails = true;
        assertThatThrownBy(reader::close).hasMessage("closing");

        Store.open(folder).close();
    }

    @Test
    void whatFailsAfterAStoreCouldNotBeOpenedDoesNotHideWhy() throws IOException {
        Store.open(folder).close();
        IoInterceptor disk = new IoInterceptor() {
            @Override
            public void before(IoOperation operation) throws IOException {
                if (repeatingHasFailed && operation.kind() == IoOperation.Kind.CLOSE) {
                    throw new IOException("closing");
                }
            }
        };
        InterceptedDirectory files = new InterceptedDirectory(FileSystemDirectory.open(folder), disk);
        Environment environment = environment();
        repeatingFails = true;
        assertThatThrownBy(() -> TestStores.open(files, StoreOptions.defaults(), environment))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("repeating")
                .satisfies(e -> assertThat(e.getSuppressed()).isNotEmpty());

        Store.open(folder).close();
    }

    private Environment environment() {
        SteppedTasks stepped = new SteppedTasks();
        BackgroundTasks tasks = new BackgroundTasks() {
            @Override
            public void execute(Runnable task) {
                stepped.execute(task);
            }

            @Override
            public void deliver(Runnable task) {
                stepped.deliver(task);
            }

            @Override
            public void repeat(Duration pause, Runnable task) {
                if (repeatingFails) {
                    repeatingHasFailed = true;
                    throw new IllegalStateException("repeating");
                }
                stepped.repeat(pause, task);
            }

            @Override
            public void close() {
                stepped.close();
                if (closingTasksFails) {
                    throw new IllegalStateException("closing");
                }
            }
        };
        return new Environment(InstantSource.system(), System::nanoTime, new Random(1), tasks);
    }
}
