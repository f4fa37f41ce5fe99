package org.storedb.spring.data.core.convert;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.data.convert.PropertyValueConverter;
import org.springframework.data.convert.ValueConversionContext;
import org.springframework.data.convert.ValueConverter;
import org.storedb.query.Filter;
import org.storedb.query.Query;
import org.storedb.spring.data.core.StoreFixture;
import org.storedb.spring.data.core.mapping.StorePersistentProperty;

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
