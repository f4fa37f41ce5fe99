package org.storedb.spring.data.core.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.Transient;
import org.springframework.data.annotation.Version;
import org.springframework.data.mapping.MappingException;
import org.storedb.index.IndexDefinition;

class StoreMappingContextTests {

    private final StoreMappingContext context = new StoreMappingContext();
    private final StoreIndexResolver indexes = new StoreIndexResolver(context);

    @Test
    void collectionIsNamedByAnnotationOrClass() {
        assertThat(entity(Town.class).getCollectionName()).isEqualTo("towns");
        assertThat(entity(Unnamed.class).getCollectionName()).isEqualTo("unnamed");
    }

    @Test
    void annotatedIdWinsOverNamedId() {
        record Both(@Id String code, String id) {}
        assertThatThrownBy(() -> entity(Both.class))
                .rootCause()
                .isInstanceOf(MappingException.class)
                .hasMessageContaining("both stored in the field 'id'; name one with @FieldName");
        record Named(@Id String code, @FieldName("number") String id) {}
        assertThat(entity(Named.class).getRequiredIdProperty().getName()).isEqualTo("code");
        assertThat(entity(Town.class).getRequiredIdProperty().getName()).isEqualTo("code");
        assertThat(entity(Town.class).getRequiredIdProperty().getFieldName()).isEqualTo("id");
        assertThat(entity(Unnamed.class).getRequiredIdProperty().getName()).isEqualTo("id");
    }

    @Test
    void twoAnnotatedIdsAreRefused() {
        record Two(@Id String one, @Id String two) {}
        assertThatThrownBy(() -> entity(Two.class)).rootCause().hasMessageContaining("two id properties");
    }

    @Test
    void fieldsCanBeRenamedButNotToTheSameName() {
        record Renamed(String id, @FieldName("n") String name) {}
        assertThat(entity(Renamed.class).getRequiredPersistentProperty("name").getFieldName())
                .isEqualTo("n");
        record Clash(String id, String a, @FieldName("a") String b) {}
        assertThatThrownBy(() -> entity(Clash.class))
                .rootCause()
                .hasMessageContaining("'a'")
                .hasMessageContaining("@FieldName");
        record Dotted(String id, @FieldName("a.b") String a) {}
        assertThatThrownBy(() -> entity(Dotted.class)).rootCause().hasMessageContaining("a.b");
    }

    @Test
    void transientPropertiesAreNotPersistent() {
        assertThat(entity(Unnamed.class).getPersistentProperty("scratch")).isNull();
    }

    @Test
    void indexesComeFromPropertiesNestedObjectsAndTheType() {
        assertThat(indexes.indexesOf(entity(Town.class)))
                .extracting(DeclaredIndex::definition)
                .containsExactlyInAnyOrder(
                        new IndexDefinition("label", List.of("label"), true),
                        new IndexDefinition("byPostcode", List.of("area.post"), false),
                        new IndexDefinition("label_area.post", List.of("label", "area.post"), false),
                        new IndexDefinition("unique-pair", List.of("id", "label"), true));
    }

    @Test
    void typesThatContainThemselvesEnd() {
        assertThat(indexes.indexesOf(entity(Node.class)))
                .extracting(DeclaredIndex::definition)
                .containsExactly(IndexDefinition.on("label"));
    }

    @Test
    void whatCannotBeIndexedIsRefused() {
        record Placed(String id, @PlaceIndexed String name) {}
        assertThatThrownBy(() -> indexes.indexesOf(entity(Placed.class)))
                .isInstanceOf(MappingException.class)
                .hasMessageContaining("name")
                .hasMessageContaining("not a place");
        record Versioned(String id, @Version @Indexed long version) {}
        assertThatThrownBy(() -> indexes.indexesOf(entity(Versioned.class))).hasMessageContaining("version");
        @CompoundIndex(fields = {"id", "nmae"})
        record Misspelt(String id, String name) {}
        assertThatThrownBy(() -> indexes.indexesOf(entity(Misspelt.class)))
                .hasMessageContaining("nmae")
                .hasMessageContaining("Misspelt");
    }

    private StorePersistentEntity<?> entity(Class<?> type) {
        return context.getRequiredPersistentEntity(type);
    }

    @Document("towns")
    @CompoundIndex(fields = {"name", "area.postcode"})
    @CompoundIndex(
            name = "unique-pair",
            fields = {"code", "name"},
            unique = true)
    record Town(
            @Id String code,
            @Indexed(unique = true) @FieldName("label") String name,
            Area area) {}

    record Area(
            @Indexed(name = "byPostcode") @FieldName("post") String postcode) {}

    static class Unnamed {
        @Nullable
        String id;

        @Transient
        @Nullable
        String scratch;
    }

    static class Node {
        @Nullable
        String id;

        @Indexed
        @Nullable
        String label;

        @Nullable
        Node parent;
    }
}
