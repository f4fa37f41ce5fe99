package org.storedb.internal.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.storedb.internal.io.MemoryDirectory;
import org.storedb.storage.StorageDirectory;
import org.storedb.testing.InterceptedDirectory;
import org.storedb.testing.IoInterceptor;
import org.storedb.testing.IoOperation;

class FileRemovalTests {

    /** Files that are mapped, as Windows sees it. */
    private final Set<String> mapped = new HashSet<>();

    private final StorageDirectory directory = new InterceptedDirectory(new MemoryDirectory(), new IoInterceptor() {
        @Override
        public void before(IoOperation operation) throws IOException {
            if (operation.kind() == IoOperation.Kind.DELETE && mapped.contains(operation.file())) {
                throw new AccessDeniedException(operation.file());
            }
        }
    });

    private final FileRemoval removal = new FileRemoval(directory);

    @Test
    void refusedFileIsDeletedWithALaterOne() throws IOException {
        create("one", "two", "three");
        mapped.addAll(Set.of("one", "two"));
        removal.remove("one");
        removal.remove("two");
        assertThat(directory.list()).contains("one", "two");
        assertThat(removal.refused()).containsExactlyInAnyOrder("one", "two");

        mapped.remove("one");
        removal.remove("three");

        assertThat(directory.list()).containsExactly("two");
        assertThat(removal.refused()).containsExactly("two");
    }

    @Test
    void refusedFileThatIsGoneIsForgotten() throws IOException {
        create("one");
        mapped.add("one");
        removal.remove("one");
        mapped.clear();
        directory.delete("one");

        removal.retry();

        assertThat(removal.refused()).isEmpty();
    }

    private void create(String... names) throws IOException {
        for (String name : names) {
            directory.create(name, 10).close();
        }
    }
}
