package org.storedb.internal.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.storedb.document.ValueType;
import org.storedb.error.InvalidQueryException;
import org.storedb.internal.document.JacksonDocumentCodec;
import org.storedb.internal.document.MapDocumentCodec;
import org.storedb.query.Filter;
import org.storedb.query.GeoPoint;
import org.storedb.query.Query;
import org.storedb.query.Sort;

class QueryValidatorTests {

    record Address(String city) {}

    record Person(
            String id, String name, int age, boolean active, Address address, List<String> tags, LocalDate born) {}

    private final QueryValidator validator = new QueryValidator("people", new JacksonDocumentCodec<>(Person.class));

    @Test
    void queriesThatFitAreAccepted() {
        validator.validate(Query.where(Filter.eq("name", "Ada")
                        .and(Filter.gt("age", 3.5))
                        .and(Filter.eq("address.city", "Kyoto"))
                        .and(Filter.hasElement("tags", "x"))
                        .and(Filter.lt("born", LocalDate.EPOCH))
                        .and(Filter.in("id", List.of(new UUID(1, 2), "x")))
                        .and(Filter.not(Filter.isNull("active"))))
                .sort(Sort.by("address.city")));
        new QueryValidator("things", new MapDocumentCodec()).validate(Query.where(Filter.eq("anything", 1)));
    }

    @Test
    void unknownFieldsAreNamedWithWhatWasMeant() {
        assertInvalid(Filter.eq("nmae", "x"), "no field \"nmae\"; did you mean \"name\"?");
        assertInvalid(Filter.eq("address.town", "x"), "no field \"address.town\"");
        assertInvalid(Filter.isNull("somethingElse"), "it has id, name, age, active, address, address.city");
        assertThatExceptionOfType(InvalidQueryException.class)
                .isThrownBy(() -> validator.validate(Query.all().sort(Sort.by("heigth"))))
                .withMessageContaining("heigth");
        assertThatExceptionOfType(InvalidQueryException.class).isThrownBy(() -> validator.validateField("nope"));
    }

    @Test
    void valuesOfAnotherKindAreNamed() {
        assertInvalid(
                Filter.gt("age", "x"),
                "Field \"age\" of collection people is a number; it cannot be compared with " + "a string, \"x\"");
        assertInvalid(Filter.eq("name", 5), "is a string; it cannot be compared with a number, 5");
        assertInvalid(Filter.in("active", List.of(true, "yes")), "\"yes\"");
        assertInvalid(Filter.startsWith("age", "1"), "\"age\" of collection people is a number");
        assertInvalid(Filter.hasElement("name", "x"), "has no elements");
        assertInvalid(Filter.eq("name", new Object()), "java.lang.Object");
        assertInvalid(Filter.not(Filter.eq("age", Double.NaN)), "NaN");
        assertInvalid(Filter.anyOf(Filter.eq("age", 1), Filter.lt("age", false)), "boolean");
    }

    @Test
    void conditionsOnTypesArraysAndPlacesAreChecked() {
        validator.validate(Query.where(Filter.hasType("name", ValueType.NULL)
                .and(Filter.elementMatches(
                        "tags", Filter.startsWith(Filter.ELEMENT, "x").and(Filter.eq("any", 5))))
                .and(Filter.hasSize("tags", 2))
                .and(Filter.near("address", GeoPoint.of(1, 2), 5))));
        assertInvalid(Filter.hasType("age", ValueType.STRING), "\"age\" of collection people is a number; it is never");
        assertInvalid(Filter.matches("age", "1"), "it cannot be compared with the text");
        assertInvalid(Filter.matches("name", "("), "this group has no closing parenthesis");
        assertInvalid(Filter.hasSize("name", 2), "it has no elements");
        assertInvalid(Filter.hasAllElements("name", List.of(2)), "it has no elements");
        assertInvalid(Filter.elementMatches("name", Filter.all()), "it has no elements");
        assertInvalid(Filter.elementMatches("tags", Filter.eq("x", Double.NaN)), "NaN");
        assertInvalid(Filter.eq(Filter.ELEMENT, 1), "names no field");
        assertInvalid(Filter.near("name", GeoPoint.of(1, 2), 5), "a point is an object");
    }

    @Test
    void distancesAreThoseOfPlaces() {
        GeoPoint origin = GeoPoint.of(1, 2);
        validator.validate(Query.all().sort(Sort.byDistance("address", origin).then(Sort.byDistance("tags", origin))));
        assertThatThrownBy(() -> validator.validate(Query.all().sort(Sort.byDistance("name", origin))))
                .isInstanceOf(InvalidQueryException.class)
                .hasMessageContaining("\"name\" of collection people is a string; a point is an object");
        assertThatThrownBy(() -> validator.validate(Query.all().sort(Sort.byDistance("adress", origin))))
                .isInstanceOf(InvalidQueryException.class)
                .hasMessageContaining("did you mean \"address\"?");
        assertThatThrownBy(() -> Sort.Order.distance("address", origin).ignoringCase())
                .isInstanceOf(InvalidQueryException.class)
                .hasMessageContaining("\"address\" cannot ignore case");
    }

    @Test
    void wordsAreInStringsAndArrays() {
        validator.validate(Query.where(Filter.text("name", "ada").and(Filter.text("tags", "x*"))));
        assertInvalid(
                Filter.text("age", "1"),
                "\"age\" of collection people is a number; only strings and arrays of strings have words");
        assertInvalid(Filter.not(Filter.text("nmae", "x")), "did you mean \"name\"?");
    }

    @Test
    void likePatternsAreChecked() {
        validator.validate(Query.where(Filter.like("name", "100\\% \\_ \\\\")));
        assertInvalid(Filter.like("name", "a\\"), "backslash");
        assertInvalid(Filter.like("name", "a\\b"), "backslash");
    }

    @Test
    void filtersAreNotNestedWithoutEnd() {
        Filter filter = Filter.eq("age", 1);
        for (int depth = 0; depth < 10_000; depth++) {
            filter = Filter.not(filter);
        }
        assertInvalid(filter, "nested deeper");
    }

    @Test
    void likeMatchesLikeInSql() {
        assertThat(LikePattern.compile("%a_c%").matches("xxabcabd")).isTrue();
        assertThat(LikePattern.compile("a%b%c").matches("abbbc")).isTrue();
        assertThat(LikePattern.compile("a%b%c").matches("abbbcd")).isFalse();
        assertThat(LikePattern.compile("_").matches("🌍")).isTrue();
        assertThat(LikePattern.compile("\\%\\_").matches("%_")).isTrue();
        assertThat(LikePattern.compile("").matches("")).isTrue();
        assertThat(LikePattern.compile("%").matches("")).isTrue();
        assertThat(LikePattern.compile("_%").matches("")).isFalse();
        assertThat(LikePattern.compile("%a".repeat(50) + "b").matches("a".repeat(20_000)))
                .isFalse();
    }

    private void assertInvalid(Filter filter, String message) {
        assertThatExceptionOfType(InvalidQueryException.class)
                .isThrownBy(() -> validator.validate(Query.where(filter)))
                .withMessageContaining(message);
    }
}
