package org.storedb.spring.data.core.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.TypeAlias;
import org.springframework.data.annotation.Version;
import org.springframework.data.domain.ScrollPosition;
import org.springframework.data.domain.Sort;
import org.springframework.data.domain.Window;
import org.springframework.data.mapping.MappingException;
import org.storedb.document.DocumentPatch;
import org.storedb.query.Filter;
import org.storedb.query.Query;
import org.storedb.spring.data.core.EntityQuery;
import org.storedb.spring.data.core.StoreFixture;
import org.storedb.spring.data.core.mapping.Document;
import org.storedb.spring.data.core.mapping.DocumentReference;
import org.storedb.spring.data.core.mapping.FieldName;

class InheritanceTests {

    private final StoreFixture fixture = new StoreFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void eachObjectIsReadBackAsWhatItWas() {
        fixture.template().getConverter().getMappingContext().getPersistentEntity(Dog.class);
        fixture.template().insert(new Animal("1", "some"));
        fixture.template().insert(new Dog("2", "Rex", 3));

        assertThat(fixture.template().findAll(Animal.class))
                .usingRecursiveFieldByFieldElementComparator()
                .containsExactly(new Animal("1", "some"), new Dog("2", "Rex", 3));
    }

    @Test
    void classesOfASealedTypeAreKnownWithoutAScan() {
        fixture.template().insert(new Card("1", null, "4711"));
        fixture.template().insert(new Cash("2", null, 12.5));

        List<Payment> payments = fixture.template().findAll(Payment.class);

        assertThat(payments).containsExactly(new Card("1", 0L, "4711"), new Cash("2", 0L, 12.5));
        assertThat(fixture.template().save(payments.get(1))).isEqualTo(new Cash("2", 1L, 12.5));
    }

    @Test
    void aliasesAndNoClassNamesAreStored() {
        fixture.template().insert(new Card("1", null, "4711"));

        Map<String, Object> stored =
                fixture.store().collection("payments").get("1").orElseThrow();

        assertThat(stored).containsEntry("_type", "card").containsEntry("number", "4711");
        assertThat(stored.toString()).doesNotContain("Card");
    }

    @Test
    void propertiesOfSubclassesCanBeAskedFor() {
        fixture.template().insert(new Card("1", null, "4711"));
        fixture.template().insert(new Cash("2", null, 12.5));

        assertThat(fixture.template().find(Query.where(Filter.gt("amount", 10)), Payment.class))
                .containsExactly(new Cash("2", 0L, 12.5));
    }

    @Test
    void propertyThatClassesStoreDifferentlyCannotBeAskedForInAllOfThem() {
        fixture.template().insert(new Letter("1", "Ada", 20));
        fixture.template().insert(new Parcel("2", "Ada", "20 kg"));

        for (String property : List.of("receiver", "weight")) {
            assertThatExceptionOfType(InvalidDataAccessApiUsageException.class)
                    .isThrownBy(() -> fixture.template().query(Sending.class).matching(Filter.eq(property, "Ada")))
                    .withMessageContaining("Letter")
                    .withMessageContaining("Parcel")
                    .withMessageContaining(property);
        }
        assertThat(fixture.template()
                        .query(Parcel.class)
                        .matching(Filter.eq("receiver", "Ada"))
                        .all())
                .containsExactly(new Parcel("2", "Ada", "20 kg"));
    }

    @Test
    void windowsScrollOverASealedType() {
        fixture.template().insert(new Card("1", null, "4711"));
        fixture.template().insert(new Cash("2", null, 12.5));
        fixture.template().insert(new Card("3", null, "4712"));

        for (Sort sort : List.of(Sort.unsorted(), Sort.by("id"))) {
            EntityQuery<Payment> query =
                    fixture.template().query(Payment.class).sort(sort).limit(2);
            Window<Payment> first = query.scroll(ScrollPosition.keyset());
            assertThat(first).containsExactly(new Card("1", 0L, "4711"), new Cash("2", 0L, 12.5));
            assertThat(query.scroll(first.positionAt(1))).containsExactly(new Card("3", 0L, "4712"));
        }
    }

    @Test
    void referenceToASealedTypeIsAskedForByTheIdOfItsClasses() {
        Card card = fixture.template().insert(new Card("1", null, "4711"));
        fixture.template().insert(new Receipt("r", card));

        assertThat(fixture.template()
                        .query(Receipt.class)
                        .matching(Filter.eq("payment.id", "1"))
                        .all())
                .containsExactly(new Receipt("r", card));
    }

    @Test
    void nestedObjectsKeepTheirClass() {
        Order order =
                new Order("1", new Card("c", null, "1"), List.of(new Cash("d", null, 2), new Card("e", null, "3")));
        fixture.template().insert(order);

        assertThat(fixture.template().findById("1", Order.class)).contains(order);
    }

    @Test
    void lazyReferenceIsEmbeddedAsTheClassItLeadsTo() {
        fixture.template().getConverter().getMappingContext().getPersistentEntity(Dog.class);
        fixture.template().insert(new Owner("1", fixture.template().insert(new Dog("2", "Rex", 3))));
        Animal read =
                fixture.template().findById("1", Owner.class).orElseThrow().pet();

        fixture.template().insert(new Zoo("1", read));

        assertThat(fixture.store().collection("zoo").get("1").orElseThrow())
                .containsEntry("first", Map.of("_type", "dog", "id", "2", "name", "Rex", "age", 3));
    }

    @Test
    void subclassWithoutAnAliasIsRefused() {
        assertThatExceptionOfType(MappingException.class)
                .isThrownBy(() -> fixture.template().findAll(Vehicle.class))
                .withMessageContaining("Bike")
                .withMessageContaining("@TypeAlias");
    }

    @Test
    void sameAliasTwiceIsRefused() {
        assertThatExceptionOfType(MappingException.class)
                .isThrownBy(() -> fixture.template().findAll(Fruit.class))
                .withMessageContaining("Apple")
                .withMessageContaining("Pear")
                .withMessageContaining("\"fruit\"");
    }

    @Test
    void unknownAliasIsNamed() {
        fixture.template().insert(new Card("1", null, "4711"));
        fixture.store().collection("payments").patch("1", DocumentPatch.empty().set("_type", "cheque"));

        assertThatExceptionOfType(MappingException.class)
                .isThrownBy(() -> fixture.template().findAll(Payment.class))
                .withMessageContaining("\"cheque\"")
                .withMessageContaining("card");
    }

    @Test
    void documentWithoutAliasIsRefused() {
        fixture.template().insert(new Card("1", null, "4711"));
        fixture.store().collection("payments").patch("1", DocumentPatch.empty().unset("_type"));

        assertThatExceptionOfType(MappingException.class)
                .isThrownBy(() -> fixture.template().findAll(Payment.class))
                .withMessageContaining("Document '1'")
                .withMessageContaining("without _type")
                .withMessageContaining("in a migration, to one of [")
                .withMessageContaining("card");
    }

    @Test
    void classThatIsNotKnownIsRefusedBeforeItIsStored() {
        fixture.template().findAll(Animal.class);

        assertThatExceptionOfType(MappingException.class)
                .isThrownBy(() -> fixture.template().insert(new Zoo("1", new Cat("2", "Tom"))))
                .withMessageContaining("Cat")
                .withMessageContaining("@TypeAlias");
        assertThat(fixture.template().findAll(Zoo.class)).isEmpty();
    }

    @Document("animals")
    static class Animal {
        @Id
        String id;

        String name;

        Animal(String id, String name) {
            this.id = id;
            this.name = name;
        }
    }

    @TypeAlias("dog")
    static class Dog extends Animal {
        int age;

        Dog(String id, String name, int age) {
            super(id, name);
            this.age = age;
        }
    }

    static class Cat extends Animal {
        Cat(String id, String name) {
            super(id, name);
        }
    }

    record Zoo(String id, Animal first) {}

    record Owner(String id, @DocumentReference Animal pet) {}

    @Document("payments")
    sealed interface Payment permits Card, Cash {}

    @TypeAlias("card")
    record Card(@Id String id, @Version @Nullable Long version, String number) implements Payment {}

    @TypeAlias("cash")
    record Cash(@Id String id, @Version @Nullable Long version, double amount) implements Payment {}

    @Document("sendings")
    sealed interface Sending permits Letter, Parcel {}

    @TypeAlias("letter")
    record Letter(String id, String receiver, int weight) implements Sending {}

    @TypeAlias("parcel")
    record Parcel(String id, @FieldName("to") String receiver, String weight) implements Sending {}

    record Receipt(
            String id, @DocumentReference(lazy = false) Payment payment) {}

    record Order(String id, Payment first, List<Payment> others) {}

    sealed interface Vehicle permits Bike {}

    record Bike(String id) implements Vehicle {}

    sealed interface Fruit permits Apple, Pear {}

    @TypeAlias("fruit")
    record Apple(String id) implements Fruit {}

    @TypeAlias("fruit")
    record Pear(String id) implements Fruit {}
}
