package org.storedb.spring.data.core.convert;

import static org.assertj.core.api.Assertions.assertThat;

import com.querydsl.core.types.dsl.PathBuilder;
import com.querydsl.core.types.dsl.StringPath;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.data.convert.PropertyValueConverter;
import org.springframework.data.convert.ValueConversionContext;
import org.springframework.data.convert.ValueConverter;
import org.springframework.data.domain.Example;
import org.springframework.data.domain.ExampleMatcher;
import org.springframework.data.domain.ExampleMatcher.GenericPropertyMatchers;
import org.springframework.data.querydsl.QuerydslPredicateExecutor;
import org.storedb.query.Filter;
import org.storedb.query.Query;
import org.storedb.spring.data.core.StoreFixture;
import org.storedb.spring.data.core.mapping.StorePersistentProperty;
import org.storedb.spring.data.repository.StoreRepository;

class ValueConverterTests {

    private final StoreFixture fixture = new StoreFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void propertyIsStoredAsItsConverterMakesIt() {
        fixture.template().insert(new Account("1", "secret", new Money(12, "EUR")));

        assertThat(fixture.store().collection("account").get("1").orElseThrow())
                .containsEntry("pin", "terces")
                .containsEntry("balance", Map.of("amount", 12, "currency", "EUR"));
        assertThat(fixture.template().findById("1", Account.class))
                .contains(new Account("1", "secret", new Money(12, "EUR")));
    }

    @Test
    void queriesCompareWhatTheConverterMakes() {
        fixture.template().insert(new Account("1", "abc", new Money(1, "EUR")));
        fixture.template().insert(new Account("2", "cba", new Money(2, "EUR")));

        assertThat(fixture.template().find(Query.where(Filter.eq("pin", "abc")), Account.class))
                .extracting(Account::id)
                .containsExactly("1");
    }

    @Test
    void textConditionsCompareWhatTheConverterMakes() {
        fixture.template().insert(new Label("1", "abc", null));
        fixture.template().insert(new Label("2", "cab", null));
        Labels labels = fixture.repository(Labels.class);
        StringPath text = new PathBuilder<>(Label.class, "label").getString("text");
        ExampleMatcher starting = ExampleMatcher.matching()
                .withIgnorePaths("id")
                .withMatcher("text", GenericPropertyMatchers.startsWith());

        assertFirst(labels.findByTextStartingWith("ab"));
        assertFirst(labels.findAll(Example.of(new Label("?", "ab", null), starting)));
        assertFirst(labels.findAll(Example.of(
                new Label("?", "abc", null), ExampleMatcher.matching().withIgnorePaths("id"))));
        assertFirst(labels.findAll(text.startsWith("ab")));
        assertFirst(labels.findAll(text.like("ab%")));
        assertFirst(fixture.template()
                .query(Label.class)
                .matching(Filter.startsWith("text", "ab"))
                .all());
    }

    @Test
    void truthAndEmptinessAreWhatTheConverterMakes() {
        fixture.template().insert(new Member("1", true, ""));
        fixture.template().insert(new Member("2", false, "Ada"));
        Members members = fixture.repository(Members.class);

        assertThat(members.findByActiveTrue()).extracting(Member::id).containsExactly("1");
        assertThat(members.findByActiveFalse()).extracting(Member::id).containsExactly("2");
        assertThat(members.findByActive(true)).extracting(Member::id).containsExactly("1");
        assertThat(members.findByNameIsEmpty()).extracting(Member::id).containsExactly("1");
        assertThat(members.findByNameIsNotEmpty()).extracting(Member::id).containsExactly("2");
    }

    @Test
    void regularExpressionsAreFoundInTheStoredText() {
        fixture.template().insert(new Label("1", "abc", null));
        Labels labels = fixture.repository(Labels.class);

        assertFirst(labels.findByTextMatches("^X:a"));
        assertFirst(fixture.template()
                .query(Label.class)
                .matching(Filter.matches("text", "^X:a"))
                .all());
    }

    @Test
    void examplesCompareObjectsThatHaveAConverterAsAWhole() {
        fixture.template().insert(new Label("1", "abc", new Money(1, "EUR")));
        fixture.template().insert(new Label("2", "abc", new Money(2, "EUR")));

        assertFirst(fixture.repository(Labels.class)
                .findAll(Example.of(
                        new Label("?", "abc", new Money(1, "EUR")),
                        ExampleMatcher.matching().withIgnorePaths("id"))));
    }

    private static void assertFirst(Iterable<Label> found) {
        assertThat(found).extracting(Label::id).containsExactly("1");
    }

    @Test
    void propertyWithoutAValueIsLeftOut() {
        fixture.template().insert(new Account("1", "abc", null));

        assertThat(fixture.store().collection("account").get("1").orElseThrow()).doesNotContainKey("balance");
        assertThat(fixture.template().findById("1", Account.class)).contains(new Account("1", "abc", null));
    }

    @Test
    void numbersComeAsTheTypeThatTheConverterTakes() {
        fixture.template().insert(new Reading("1", Duration.ofMillis(5), new BigDecimal("2")));

        assertThat(fixture.template().findById("1", Reading.class))
                .contains(new Reading("1", Duration.ofMillis(5), new BigDecimal("2")));
    }

    record Label(
            String id,
            @ValueConverter(Marking.class) String text,
            @ValueConverter(AsObject.class) @Nullable Money price) {}

    interface Labels extends StoreRepository<Label, String>, QuerydslPredicateExecutor<Label> {
        List<Label> findByTextStartingWith(String text);

        List<Label> findByTextMatches(String expression);
    }

    record Member(
            String id,
            @ValueConverter(YesOrNo.class) boolean active,
            @ValueConverter(Marking.class) String name) {}

    interface Members extends StoreRepository<Member, String> {
        List<Member> findByActiveTrue();

        List<Member> findByActiveFalse();

        List<Member> findByActive(boolean active);

        List<Member> findByNameIsEmpty();

        List<Member> findByNameIsNotEmpty();
    }

    static class YesOrNo
            implements PropertyValueConverter<Boolean, String, ValueConversionContext<StorePersistentProperty>> {
        @Override
        public Boolean read(String value, ValueConversionContext<StorePersistentProperty> context) {
            return value.equals("Y");
        }

        @Override
        public String write(Boolean value, ValueConversionContext<StorePersistentProperty> context) {
            return value ? "Y" : "N";
        }
    }

    static class Marking
            implements PropertyValueConverter<String, String, ValueConversionContext<StorePersistentProperty>> {
        @Override
        public String read(String value, ValueConversionContext<StorePersistentProperty> context) {
            return value.substring(2);
        }

        @Override
        public String write(String value, ValueConversionContext<StorePersistentProperty> context) {
            return "X:" + value;
        }
    }

    record Reading(
            String id,
            @ValueConverter(Millis.class) Duration taken,
            @ValueConverter(AsDouble.class) BigDecimal degrees) {}

    static class Millis
            implements PropertyValueConverter<Duration, Long, ValueConversionContext<StorePersistentProperty>> {
        @Override
        public Duration read(Long value, ValueConversionContext<StorePersistentProperty> context) {
            return Duration.ofMillis(value);
        }

        @Override
        public Long write(Duration value, ValueConversionContext<StorePersistentProperty> context) {
            return value.toMillis();
        }
    }

    static class AsDouble
            implements PropertyValueConverter<BigDecimal, Double, ValueConversionContext<StorePersistentProperty>> {
        @Override
        public BigDecimal read(Double value, ValueConversionContext<StorePersistentProperty> context) {
            return new BigDecimal(value);
        }

        @Override
        public Double write(BigDecimal value, ValueConversionContext<StorePersistentProperty> context) {
            return value.doubleValue();
        }
    }

    record Account(
            String id,
            @ValueConverter(Reversing.class) String pin,
            @ValueConverter(AsObject.class) @Nullable Money balance) {}

    record Money(long amount, String currency) {}

    static class Reversing
            implements PropertyValueConverter<String, String, ValueConversionContext<StorePersistentProperty>> {
        @Override
        public String read(String value, ValueConversionContext<StorePersistentProperty> context) {
            return new StringBuilder(value).reverse().toString();
        }

        @Override
        public String write(String value, ValueConversionContext<StorePersistentProperty> context) {
            return new StringBuilder(value).reverse().toString();
        }
    }

    static class AsObject
            implements PropertyValueConverter<
                    Money, Map<String, Object>, ValueConversionContext<StorePersistentProperty>> {
        @Override
        public Money read(Map<String, Object> value, ValueConversionContext<StorePersistentProperty> context) {
            Number amount = (Number) Objects.requireNonNull(value.get("amount"));
            String currency = (String) Objects.requireNonNull(value.get("currency"));
            return new Money(amount.longValue(), currency);
        }

        @Override
        public Map<String, Object> write(Money value, ValueConversionContext<StorePersistentProperty> context) {
            return Map.of("amount", value.amount(), "currency", value.currency());
        }
    }
}
