package org.storedb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.storedb.error.IndexConflictException;
import org.storedb.index.IndexDefinition;
import org.storedb.query.Filter;
import org.storedb.testing.JavaGuide;

class IndexGuideTests {

    @Test
    void examplesDoWhatTheGuideSays(@TempDir Path folder) throws IOException {
        assertThat(new JavaGuide("INDEXES.md").run(folder)).isEqualTo(7);
    }

    @Test
    void anIndexThatIsThereIsLeftAsItIs() {
        try (Store store = Store.openInMemory()) {
            DocumentCollection<Map<String, @Nullable Object>> places = store.collection("places");
            places.createIndex(IndexDefinition.on("country"));
            places.createIndex(IndexDefinition.on("country"));
            assertThatExceptionOfType(IndexConflictException.class)
                    .isThrownBy(() -> places.createIndex(IndexDefinition.uniqueOn("country")));
            assertThat(places.indexes()).hasSize(1);
            places.replaceIndex(IndexDefinition.uniqueOn("country"));
            assertThat(places.indexes()).containsExactly(IndexDefinition.uniqueOn("country"));
        }
    }

    @Test
    void kindsCanBeCombined() {
        try (Store store = Store.openInMemory()) {
            IndexDefinition definition = IndexDefinition.on("country")
                    .eachElementOf("tags")
                    .caseInsensitive("tags")
                    .asUnique()
                    .where(Filter.exists("country"));
            store.collection("places").createIndex(definition);
            assertThat(store.collection("places").indexes()).containsExactly(definition);
        }
    }
}
