package org.storedb.spring.data.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.Version;
import org.springframework.data.repository.CrudRepository;
import org.springframework.data.repository.ListCrudRepository;
import org.springframework.data.repository.NoRepositoryBean;
import org.springframework.data.repository.PagingAndSortingRepository;
import org.springframework.data.repository.Repository;
import org.springframework.data.repository.RepositoryDefinition;
import org.springframework.data.repository.core.EntityInformation;
import org.springframework.data.repository.query.QueryCreationException;
import org.storedb.spring.data.core.StoreFixture;
import org.storedb.spring.data.core.StoreOperations;
import org.storedb.spring.data.core.mapping.Document;
import org.storedb.spring.data.repository.support.SimpleStoreRepository;
import org.storedb.spring.data.repository.support.StoreRepositoryFactory;

/** Repository interfaces, as in the chapters about defining and extending them. */
class RepositoryDefinitionTests {

    private final StoreFixture fixture = new StoreFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void selectedMethodsOnly() {
        Selected selected = fixture.repository(Selected.class);
        selected.save(new Item("1", null, "a", new Part("x", new Part("y", null))));
        assertThat(selected.findById("1")).map(Item::name).contains("a");
        assertThat(selected.findByName("a")).hasSize(1);
    }

    @Test
    void definitionByAnnotation() {
        Annotated annotated = fixture.repository(Annotated.class);
        annotated.save(new Item("1", null, "a", null));
        assertThat(annotated.existsByName("a")).isTrue();
    }

    @Test
    void baseInterfacesOfSpringData() {
        fixture.repository(Crud.class).save(new Item("1", null, "a", null));
        assertThat(fixture.repository(ListCrud.class).findAll()).hasSize(1);
        assertThat(fixture.repository(Paging.class).findAll(org.springframework.data.domain.Sort.by("name")))
                .hasSize(1);
    }

    @Test
    void sharedGenericInterface() {
        Concrete concrete = fixture.repository(Concrete.class);
        concrete.insert(new Item("1", null, "a", null));
        assertThat(concrete.byName("a")).extracting(Item::id).containsExactly("1");
        assertThat(concrete.renameAll("b")).isEqualTo(1);
        assertThat(concrete.findByName("b")).hasSize(1);
    }

    @Test
    void ownBaseClass() {
        StoreRepositoryFactory factory = new StoreRepositoryFactory(fixture.template());
        factory.setRepositoryBaseClass(TouchingRepository.class);
        Touching touching = factory.getRepository(Touching.class);
        touching.insert(new Item("1", null, "a", null));
        assertThat(touching.rename("1", "z")).map(Item::name).contains("z");
        assertThat(touching.findByName("z")).hasSize(1);
    }

    @Test
    void deepAndAmbiguousPropertyPaths() {
        Concrete concrete = fixture.repository(Concrete.class);
        concrete.insert(new Item("1", null, "a", new Part("x", new Part("y", null))));
        assertThat(concrete.findByPartPartLabel("y")).hasSize(1);
        assertThat(concrete.findByPart_Part_Label("y")).hasSize(1);
        assertThat(concrete.findByPartLabel("y")).isEmpty();
    }

    @Test
    void idThatIsNotCalledId() {
        Codes codes = fixture.repository(Codes.class);
        codes.insert(new Code("c1", 5));
        assertThat(codes.findById("c1")).map(Code::number).contains(5);
        assertThat(codes.findByCode("c1")).map(Code::number).contains(5);
        assertThat(codes.findByCodeStartingWith("c")).hasSize(1);
    }

    @Test
    void entityStateDecidesAboutSave() {
        Concrete concrete = fixture.repository(Concrete.class);
        Item saved = concrete.save(new Item("1", null, "a", null));
        assertThat(saved.version()).isZero();
        assertThat(concrete.save(new Item("1", saved.version(), "b", null)).version())
                .isEqualTo(1);
        assertThatThrownBy(() -> concrete.save(new Item("1", null, "c", null)))
                .isInstanceOf(org.springframework.dao.DuplicateKeyException.class);
    }

    @Test
    void methodThatIsNeitherQueryNorImplementedIsRefused() {
        assertThatThrownBy(() -> fixture.repository(Meaningless.class))
                .isInstanceOf(QueryCreationException.class)
                .hasMessageContaining("doSomething");
    }

    @Test
    void idsOfAnotherKindAreRefused() {
        assertRefused(TextForNumber.class, "TextForNumber", "java.lang.String", "'id'", "Counted", "java.lang.Long");
        assertRefused(NumberForText.class, "NumberForText", "java.lang.Long", "'id'", "Item", "java.lang.String");
        assertRefused(PartForText.class, "PartForText", "Part", "java.lang.String");
    }

    private void assertRefused(Class<?> repository, String... mentioned) {
        assertThatThrownBy(() -> fixture.repository(repository))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .contains(mentioned);
    }

    @Test
    void idsOfARelatedTypeAreTaken() {
        fixture.template().insert(new Counted(1L));
        fixture.template().insert(new Item("1", null, "a", null));
        assertThat(fixture.repository(SmallerNumber.class).findById(1)).isPresent();
        assertThat(fixture.repository(AnyNumber.class).findById(1L)).isPresent();
        assertThat(fixture.repository(AnyId.class).findById("1")).isPresent();
        assertThat(fixture.repository(SerializableId.class).findById(1L)).isPresent();
        assertThat(fixture.repository(UuidForText.class).findById(new UUID(0, 1)))
                .isEmpty();
    }

    @Test
    void subjectsOfAnyWords() {
        Concrete concrete = fixture.repository(Concrete.class);
        concrete.insert(new Item("1", null, "a", null));
        assertThat(concrete.searchItemsByName("a")).hasSize(1);
        assertThat(concrete.readDistinctItemsByName("a")).hasSize(1);
        assertThat(concrete.countDistinctByName("a")).isEqualTo(1);
    }

    @Document("items")
    record Item(
            String id,
            @Version @Nullable Long version,
            String name,
            @Nullable Part part) {}

    record Counted(Long id) {}

    interface TextForNumber extends StoreRepository<Counted, String> {}

    interface NumberForText extends StoreRepository<Item, Long> {}

    interface PartForText extends StoreRepository<Item, Part> {}

    interface SmallerNumber extends StoreRepository<Counted, Integer> {}

    interface AnyNumber extends StoreRepository<Counted, Number> {}

    interface AnyId extends StoreRepository<Item, Object> {}

    interface SerializableId extends StoreRepository<Counted, Serializable> {}

    interface UuidForText extends StoreRepository<Item, UUID> {}

    record Part(String label, @Nullable Part part) {}

    record Code(@Id String code, int number) {}

    interface Selected extends Repository<Item, String> {
        Item save(Item item);

        Optional<Item> findById(String id);

        List<Item> findByName(String name);
    }

    @RepositoryDefinition(domainClass = Item.class, idClass = String.class)
    interface Annotated {
        Item save(Item item);

        boolean existsByName(String name);
    }

    interface Crud extends CrudRepository<Item, String> {}

    interface ListCrud extends ListCrudRepository<Item, String> {}

    interface Paging extends PagingAndSortingRepository<Item, String> {}

    @NoRepositoryBean
    interface Named<T, ID> extends StoreRepository<T, ID> {
        @Query("find #{#entityName} where name = :name")
        List<T> byName(String name);

        @Query("update #{#entityName} set name = :name where true")
        long renameAll(String name);

        List<T> findByName(String name);
    }

    interface Concrete extends Named<Item, String> {
        List<Item> findByPartPartLabel(String label);

        List<Item> findByPart_Part_Label(String label);

        List<Item> findByPartLabel(String label);

        List<Item> searchItemsByName(String name);

        List<Item> readDistinctItemsByName(String name);

        long countDistinctByName(String name);
    }

    interface Codes extends StoreRepository<Code, String> {
        Optional<Code> findByCode(String code);

        List<Code> findByCodeStartingWith(String prefix);
    }

    interface Meaningless extends StoreRepository<Item, String> {
        void doSomething();
    }

    @NoRepositoryBean
    interface Renaming<T, ID> extends StoreRepository<T, ID> {
        Optional<T> rename(ID id, String name);
    }

    interface Touching extends Renaming<Item, String> {
        List<Item> findByName(String name);
    }

    static class TouchingRepository<T, ID> extends SimpleStoreRepository<T, ID> implements Renaming<T, ID> {

        private final StoreOperations operations;
        private final Class<T> type;

        public TouchingRepository(EntityInformation<T, ID> information, StoreOperations operations) {
            super(information, operations);
            this.operations = operations;
            this.type = information.getJavaType();
        }

        @Override
        public Optional<T> rename(ID id, String name) {
            operations
                    .update(type)
                    .matching(org.storedb.query.Filter.eq("id", id))
                    .apply(org.storedb.document.DocumentPatch.empty().set("name", name));
            return findById(id);
        }
    }
}
