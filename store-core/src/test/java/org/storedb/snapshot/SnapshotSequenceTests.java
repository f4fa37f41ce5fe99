package org.storedb.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.storedb.Sequence;
import org.storedb.SnapshotFile;
import org.storedb.SnapshotFileFormat;
import org.storedb.Store;
import org.storedb.StoreOptions;
import org.storedb.error.LimitExceededException;
import org.storedb.error.SnapshotFileException;

/** A number that was given out before a snapshot file was written is not given out again where the file is loaded. */
class SnapshotSequenceTests {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(SnapshotFileFormat.class)
    void numbersDoNotComeAgainInARestoredStore(SnapshotFileFormat format) {
        SnapshotFile file = SnapshotFile.at(folder.resolve("file")).withFormat(format);
        try (Store store = storeWithSequences()) {
            file.write(store);
        }
        file.restore(folder.resolve("store"), StoreOptions.defaults());
        try (Store restored = Store.open(folder.resolve("store"))) {
            assertThat(restored.sequence("orders").next()).isGreaterThan(300);
            assertThat(restored.sequence("customers").next()).isGreaterThan(1);
            assertThat(restored.sequence("others").next()).isEqualTo(1);
            assertThat(restored.verify().problems()).isEmpty();
        }
        try (Store restored = Store.open(folder.resolve("store"))) {
            assertThat(restored.sequence("orders").next()).isGreaterThan(301);
        }
    }

    @Test
    void chosenCollectionsBringTheSequencesAlong() {
        SnapshotFile file = SnapshotFile.at(folder.resolve("file")).withCollections("orders");
        try (Store store = storeWithSequences();
                Store loaded = Store.openInMemory()) {
            file.write(store);
            file.load(loaded);
            assertThat(loaded.sequence("orders").next()).isGreaterThan(300);
        }
    }

    @Test
    void aSequenceThatIsInUseGoesOnFromTheLaterNumber() {
        SnapshotFile file = SnapshotFile.at(folder.resolve("file"));
        try (Store store = storeWithSequences();
                Store loaded = Store.openInMemory()) {
            file.write(store);
            Sequence behind = loaded.sequence("orders");
            for (int i = 0; i < 4; i++) {
                behind.next(); // There are numbers left in the block that was taken.
            }
            Sequence ahead = loaded.sequence("customers");
            long last = 0;
            for (int i = 0; i < 1_000; i++) {
                last = ahead.next();
            }
            file.load(loaded);
            assertThat(behind.next()).isGreaterThan(300);
            assertThat(ahead.next()).isGreaterThan(last);
        }
    }

    @Test
    void aSequenceThatIsMissingInTheFileIsNoticed() throws IOException {
        Path path = folder.resolve("file.jsonl");
        try (Store store = storeWithSequences()) {
            SnapshotFile.at(path).write(store);
        }
        String text = Files.readString(path).replaceAll(",\"checksum\":\"[0-9a-f]+\"", "");
        assertThat(text).contains("{\"sequence\":{\"name\":\"customers\",\"last\":1}}\n");
        Files.writeString(path, text.replace("{\"sequence\":{\"name\":\"customers\",\"last\":1}}\n", ""));
        assertThatThrownBy(() -> SnapshotFile.at(path).verify())
                .isInstanceOf(SnapshotFileException.class)
                .hasMessageContaining("sequences=2")
                .hasMessageContaining("sequences=1");
        Files.writeString(path, text.replace("\"last\":1}", "\"last\":-1}"));
        assertThatThrownBy(() -> SnapshotFile.at(path).verify())
                .isInstanceOf(SnapshotFileException.class)
                .hasMessageContaining("the sequence 'customers' is at -1");
        Files.writeString(path, text.replace("\"last\":1}", "\"last\":5000}"));
        try (Store loaded = Store.openInMemory()) {
            SnapshotFile.at(path).load(loaded);
            assertThat(loaded.sequence("customers").next()).isEqualTo(5_001);
        }
        Files.writeString(path, text.replace("\"last\":1}", "\"last\":" + (Long.MAX_VALUE - 1) + "}"));
        try (Store loaded = Store.openInMemory()) {
            SnapshotFile.at(path).load(loaded);
            Sequence customers = loaded.sequence("customers");
            assertThat(customers.next()).isEqualTo(Long.MAX_VALUE);
            assertThatThrownBy(customers::next)
                    .isInstanceOf(LimitExceededException.class)
                    .hasMessageContaining("'customers'");
        }
    }

    private static Store storeWithSequences() {
        Store store = Store.openInMemory();
        for (int i = 0; i < 300; i++) {
            store.collection("orders")
                    .insert(Map.of("id", store.sequence("orders").next()));
        }
        store.sequence("customers").next();
        return store;
    }
}
