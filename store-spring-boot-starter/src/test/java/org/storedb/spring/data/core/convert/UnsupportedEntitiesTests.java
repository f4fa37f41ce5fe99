package org.storedb.spring.data.core.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.convert.converter.Converter;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.Reference;
import org.springframework.data.annotation.Version;
import org.springframework.data.convert.ReadingConverter;
import org.springframework.data.convert.WritingConverter;
import org.springframework.data.domain.ManagedTypes;
import org.springframework.data.mapping.MappingException;
import org.storedb.spring.autoconfigure.StoreAutoConfiguration;
import org.storedb.spring.autoconfigure.StoreDataAutoConfiguration;
import org.storedb.spring.data.core.StoreFixture;
import org.storedb.spring.data.core.mapping.Document;
import org.storedb.spring.data.core.mapping.FieldName;
import org.storedb.spring.data.core.mapping.StoreManagedTypes;

/**
 * What cannot be stored is rejected with the names of the entity and the property; the application's converters help.
 */
class UnsupportedEntitiesTests {

    private final StoreFixture fixture = new StoreFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void typeOfTheJdkThatIsNoValue() {
        record Counter(String id, AtomicInteger count) {}
        assertRefused(new Counter("1", new AtomicInteger()), "count", "Counter", "AtomicInteger");
    }

    @Test
    void typeThatCannotBeStoredStopsTheStart() {
        @Document("counters")
        record Counter(String id, AtomicInteger count) {}
        new ApplicationContextRunner()
                .withConfiguration(
                        AutoConfigurations.of(StoreAutoConfiguration.class, StoreDataAutoConfiguration.class))
                .withBean(StoreManagedTypes.class, () -> StoreManagedTypes.of(ManagedTypes.from(Counter.class)))
                .withPropertyValues("store.in-memory=true")
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .isInstanceOf(MappingException.class)
                        .hasMessageContainingAll("count", "Counter", "AtomicInteger"));
    }

    @Test
    void abstractType() {
        record Zoo(String id, List<Animal> animals) {}
        assertRefused(new Zoo("1", List.of()), "animals", "Zoo", "abstract");
    }

    @Test
    void subclassThatWouldLoseProperties() {
        record Garage(String id, Car car) {}
        assertRefused(new Garage("1", new Truck()), "Truck", "Car");
    }

    @Test
    void entityWithoutAnId() {
        record Nameless(String name) {}
        assertRefused(new Nameless("a"), "Nameless", "@Id");
    }

    @Test
    void renamedId() {
        record Keyed(@FieldName("key") String id) {}
        assertRefused(new Keyed("a"), "id", "Keyed", "@FieldName");
    }

    @Test
    void idOfAnUnsupportedType() {
        record Dated(LocalDate id) {}
        assertRefused(new Dated(LocalDate.EPOCH), "id", "LocalDate");
    }

    @Test
    void idWithAPartOfBytes() {
        @SuppressWarnings("ArrayRecordComponent") // as users may declare it
        record BlockId(byte[] hash, int number) {}
        record Block(@Id BlockId id) {}
        assertRefused(new Block(new BlockId(new byte[] {1}, 2)), "id", "Block", "such parts");
    }

    @Test
    void constructorParameterWithAnExpression() {
        record Aged(String id, @Value("#root.age ?: 18") int age) {}
        assertRefused(new Aged("1", 20), "age", "Aged", "@Value");
    }

    @Test
    void versionThatIsNoNumber() {
        record Versioned(String id, @Version String version) {}
        assertRefused(new Versioned("1", "a"), "version", "long");
    }

    @Test
    void lazyReferenceToAFinalClass() {
        record Referring(String id, @Reference Engine engine) {}
        assertRefused(new Referring("1", new Engine("2")), "engine", "lazy = false");
    }

    @Test
    void finalFieldThatCannotBeSet() {
        assertRefused(new FinalField(), "late", "final");
    }

    @Test
    void mapWithKeysThatAreObjects() {
        record Mapped(String id, Map<Car, String> owners) {}
        assertRefused(new Mapped("1", Map.of()), "owners", "keys");
    }

    @Test
    void constructorParameterThatIsNoProperty() {
        assertRefused(new OddConstructor("1"), "OddConstructor", "PersistenceCreator");
    }

    @Test
    void severalConstructorsOfWhichNoneIsChosen() {
        assertRefused(new TwoConstructors("1", 2), "TwoConstructors", "@PersistenceCreator");
        record Holder(String id, TwoConstructors held) {}
        assertRefused(new Holder("1", new TwoConstructors("1", 2)), "TwoConstructors", "@PersistenceCreator");
    }

    @Test
    void yearThatWouldSortWrongly() {
        record Dated(String id, LocalDate date) {}
        assertRefused(new Dated("1", LocalDate.MAX), "date", "Dated", "9999");
        assertThat(fixture.template().count(Dated.class)).isZero();
    }

    @Test
    void storedValueOfAnotherKind() {
        record Aged(String id, int age) {}
        fixture.store().collection("aged").insert(Map.of("id", "1", "age", "old"));
        assertThatThrownBy(() -> fixture.template().findById("1", Aged.class))
                .isInstanceOf(MappingException.class)
                .hasMessageContaining("'age'")
                .hasMessageContaining("Aged");
    }

    @Test
    void numberThatDoesNotFit() {
        record Aged(String id, int age) {}
        fixture.store().collection("aged").insert(Map.of("id", "1", "age", Long.MAX_VALUE));
        assertThatThrownBy(() -> fixture.template().findById("1", Aged.class)).hasMessageContaining("'age'");
    }

    @Test
    void convertersOfTheApplicationAreUsedForValuesIdsAndQueries() {
        try (StoreFixture converting =
                new StoreFixture(new MoneyToText(), new TextToMoney(), new KeyToText(), new TextToKey())) {
            Price price = new Price(new Key("a"), new Money(5, "EUR"));
            converting.template().insert(price);
            assertThat(converting.store().collection("price").get("a").orElseThrow())
                    .containsEntry("amount", "5 EUR");
            assertThat(converting.template().findById(new Key("a"), Price.class))
                    .contains(price);
            assertThat(converting
                            .template()
                            .find(
                                    org.storedb.query.Query.where(
                                            org.storedb.query.Filter.eq("amount", new Money(5, "EUR"))),
                                    Price.class))
                    .containsExactly(price);
        }
    }

    @Test
    void converterWithoutTheWayBackIsRefused() {
        try (StoreFixture converting = new StoreFixture(new MoneyToText())) {
            record Cost(String id, Money money) {}
            assertThatThrownBy(() -> converting.template().insert(new Cost("1", new Money(1, "EUR"))))
                    .isInstanceOf(MappingException.class)
                    .hasMessageContaining("@ReadingConverter");
        }
    }

    record Engine(String id) {}

    private void assertRefused(Object entity, String... mentioned) {
        assertThatThrownBy(() -> fixture.template().insert(entity))
                .isInstanceOf(MappingException.class)
                .message()
                .contains(mentioned);
    }

    interface Animal {}

    static class Car {
        int wheels = 4;
    }

    static class Truck extends Car {
        int tons = 7;
    }

    static class FinalField {
        @Nullable
        String id;

        final List<String> late = List.of("a");
    }

    static class OddConstructor {
        final String id;

        OddConstructor(String code) {
            this.id = code;
        }
    }

    static class TwoConstructors {
        final String id;
        final int count;

        TwoConstructors(String id) {
            this(id, 0);
        }

        TwoConstructors(String id, int count) {
            this.id = id;
            this.count = count;
        }
    }

    record Money(int amount, String currency) {}

    record Key(String text) {}

    record Price(Key id, Money amount) {}

    @WritingConverter
    static class MoneyToText implements Converter<Money, String> {
        @Override
        public String convert(Money money) {
            return money.amount() + " " + money.currency();
        }
    }

    @ReadingConverter
    static class TextToMoney implements Converter<String, Money> {
        @Override
        public Money convert(String text) {
            String[] parts = text.split(" ", -1);
            return new Money(Integer.parseInt(parts[0]), parts[1]);
        }
    }

    @WritingConverter
    static class KeyToText implements Converter<Key, String> {
        @Override
        public String convert(Key key) {
            return key.text();
        }
    }

    @ReadingConverter
    static class TextToKey implements Converter<String, Key> {
        @Override
        public Key convert(String text) {
            return new Key(text);
        }
    }
}
