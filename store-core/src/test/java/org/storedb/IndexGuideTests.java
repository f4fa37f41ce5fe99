package org.storedb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.storedb.document.IndexDefinition;
import org.storedb.error.IndexConflictException;
import org.storedb.error.UniqueIndexViolationException;
import org.storedb.maintenance.OperationMonitor;
import org.storedb.query.Filter;
import org.storedb.query.GeoPoint;
import org.storedb.query.Query;
import org.storedb.query.Sort;

/** The examples of docs/INDEXES.md. */
class IndexGuideTests {

    private final Store store = Store.openInMemory();
    private final DocumentCollection<Map<String, @Nullable Object>> places = store.collection("places");
    private final DocumentCollection<Map<String, @Nullable Object>> people = store.collection("people");

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void creatingAndDropping() {
        places.createIndex(IndexDefinition.on("country"));
        places.createIndex(IndexDefinition.on("country").descending("population"));
        places.createIndex(IndexDefinition.on("country"));
        assertThatExceptionOfType(IndexConflictException.class)
                .isThrownBy(() -> places.createIndex(IndexDefinition.uniqueOn("country")));
        assertThat(places.dropIndex("country")).isTrue();
        assertThat(places.indexes()).extracting(IndexDefinition::name).containsExactly("country_population-desc");
        places.insert(Map.of("id", "kyoto", "country", "JP", "population", 1_460_000));
        places.insert(Map.of("id", "tokyo", "country", "JP", "population", 14_180_000));
        assertThat(places.find(Query.all()
                        .sort(Sort.by("country").then(Sort.by("population").descending()))))
                .extracting(place -> place.get("id"))
                .containsExactly("tokyo", "kyoto");
    }

    @Test
    void watchingTheBuild() {
        List<Long> shown = new ArrayList<>();
        AtomicBoolean cancelled = new AtomicBoolean();
        places.insert(Map.of("id", "kyoto", "name", "Kyoto"));
        places.createIndex(
                IndexDefinition.on("name"),
                OperationMonitor.of(progress -> shown.add(progress.done()), () -> cancelled.get()));
        assertThat(shown).isNotEmpty();
    }

    @Test
    void uniqueWhateverTheCase() {
        people.createIndex(IndexDefinition.uniqueOn("email").caseInsensitive());
        people.insert(Map.of("id", "ada", "email", "Ada@example.org"));
        assertThatExceptionOfType(UniqueIndexViolationException.class)
                .isThrownBy(() -> people.insert(Map.of("id", "eve", "email", "ada@EXAMPLE.org")))
                .withMessageContaining("'ada'");
    }

    @Test
    void eachElementOfAnArray() {
        places.createIndex(IndexDefinition.onEachElementOf("tags"));
        places.insert(Map.of("id", "kiel", "tags", List.of("harbour", "university")));
        assertThat(places.find(Query.where(Filter.hasElement("tags", "harbour"))))
                .hasSize(1);
    }

    @Test
    void placesOnTheEarth() {
        places.createIndex(IndexDefinition.onPlace("at"));
        places.insert(Map.of("id", "louvre", "at", Map.of("lat", 48.861, "lon", 2.336)));
        places.insert(Map.of("id", "kyoto", "at", List.of(135.768, 35.012)));
        assertThat(places.find(Query.where(Filter.near("at", GeoPoint.of(48.85, 2.35), 10_000))))
                .extracting(place -> place.get("id"))
                .containsExactly("louvre");
    }

    @Test
    void partial() {
        people.createIndex(IndexDefinition.uniqueOn("email").where(Filter.eq("active", true)));
        people.insert(Map.of("id", "ada", "email", "ada@example.org", "active", true));
        people.insert(Map.of("id", "old", "email", "ada@example.org", "active", false));
        Filter active = Filter.eq("active", true);
        assertThat(people.find(Query.where(active.and(Filter.eq("email", "ada@example.org")))))
                .extracting(person -> person.get("id"))
                .containsExactly("ada");
    }

    @Test
    void kindsCanBeCombined() {
        IndexDefinition definition = IndexDefinition.on("country")
                .eachElementOf("tags")
                .caseInsensitive("tags")
                .asUnique()
                .where(Filter.exists("country"));
        places.createIndex(definition);
        assertThat(places.indexes()).containsExactly(definition);
    }
}
