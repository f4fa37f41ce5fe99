package org.storedb.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.storedb.Access;
import org.storedb.CheckpointPolicy;
import org.storedb.CompactionPolicy;
import org.storedb.DocumentCollection;
import org.storedb.KeyRange;
import org.storedb.Keyspace;
import org.storedb.Store;
import org.storedb.StoreOptions;
import org.storedb.TestStores;
import org.storedb.error.CorruptStoreException;
import org.storedb.error.StoreException;
import org.storedb.query.Query;
import org.storedb.testing.SimulatedDirectory;
import org.storedb.testing.SteppedTasks;
import org.storedb.testing.TestEnvironments;

/** Opens stores of any files, and judges what comes out. */
final class FuzzedStore {

    private static final Path GOLDEN = Path.of("src", "test", "resources", "golden");
    private static final StoreOptions OPTIONS = StoreOptions.defaults()
            .withSegmentBytes(64 << 10)
            .withCompaction(new CompactionPolicy(true, 0.25))
            .withCheckpoints(new CheckpointPolicy(true, 4 << 10, 0.25, 1));

    private FuzzedStore() {}

    /** The files of a golden store. */
    static Map<String, byte[]> golden(String variant) {
        Map<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> paths = Files.list(GOLDEN.resolve(variant))) {
            for (Path path : paths.toList()) {
                files.put(String.valueOf(path.getFileName()), Files.readAllBytes(path));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        files.remove("contents.txt");
        return files;
    }

    /** What becomes of the files of a store when it is opened, written to and closed. */
    static Map<String, byte[]> withNewCheckpoint(Map<String, byte[]> files) {
        SimulatedDirectory directory = new SimulatedDirectory(files);
        try (Store store = open(directory)) {
            Keyspace entries = store.keyspace("entries");
            for (int i = 0; i < 200; i++) {
                entries.put(("more " + i).getBytes(UTF_8), new byte[] {(byte) i});
            }
        }
        return directory.visibleFiles();
    }

    /**
     * Opens, reads and verifies. A refusal has to be the store's own, name what is wrong, leave no file open and, if it says
     * so, change nothing; what was read without one has to be there after the next open, too, and for a reader that does not
     * change anything.
     *
     * @return whether everything could be read
     */
    static boolean judge(Map<String, byte[]> files) {
        SortedMap<String, String> seen = contentsForReader(files);
        SimulatedDirectory directory = new SimulatedDirectory(files);
        SortedMap<String, String> found;
        boolean opened = false;
        boolean sound;
        try (Store store = open(directory)) {
            opened = true;
            sound = store.verify().isSound();
            found = contents(store);
        } catch (StoreException e) {
            assertThat(e).hasMessageMatching("(?s).{20,}");
            assertThat(directory.openFiles()).as("files left open").isEmpty();
            if (!opened && e instanceof CorruptStoreException) {
                assertThat(directory.visibleFiles()).as("files after a refusal").containsExactlyEntriesOf(files);
            }
            return false;
        }
        if (sound) {
            if (files.containsKey("manifest")) { // Without one there is no store for a reader.
                assertThat(seen).as("contents for a reader").isEqualTo(found);
            }
            try (Store store = open(directory)) {
                assertThat(contents(store)).as("contents after a reopening").isEqualTo(found);
            }
        }
        return true;
    }

    /** What a store that is opened for reading only shows, or {@code null} if it is refused. */
    private static @Nullable SortedMap<String, String> contentsForReader(Map<String, byte[]> files) {
        SimulatedDirectory directory = new SimulatedDirectory(files);
        SortedMap<String, String> contents = null;
        try (Store store = open(directory, OPTIONS.withAccess(Access.READ_ONLY))) {
            contents = contents(store);
        } catch (StoreException e) {
            assertThat(e).hasMessageMatching("(?s).{20,}");
        }
        assertThat(directory.openFiles()).as("files left open by a reader").isEmpty();
        assertThat(directory.visibleFiles()).as("files after a reader").containsExactlyEntriesOf(files);
        return contents;
    }

    static Store open(SimulatedDirectory directory) {
        return open(directory, OPTIONS);
    }

    private static Store open(SimulatedDirectory directory, StoreOptions options) {
        return TestStores.open(directory, options, TestEnvironments.stepped(7, new SteppedTasks()));
    }

    private static SortedMap<String, String> contents(Store store) {
        SortedMap<String, String> contents = new TreeMap<>();
        store.keyspace("entries").scan(KeyRange.all()).forEach(entry -> {
            int checksum = Checksums.checksum(entry.value(), 0, entry.value().length);
            contents.put("entry " + new String(entry.key(), UTF_8), entry.value().length + " bytes, " + checksum);
        });
        DocumentCollection<Map<String, @Nullable Object>> people = store.collection("people");
        people.findVersioned(Query.all())
                .forEach(found -> contents.put(
                        "document " + found.id(), found.revision() + " " + new TreeMap<>(found.document())));
        return contents;
    }
}
