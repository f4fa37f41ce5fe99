package org.storedb.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.storedb.error.InvalidQueryException;

class FilterTests {

    private final Filter adult = Filter.gte("age", 18);
    private final Filter local = Filter.eq("country", "NL");

    @Test
    void everythingAddsNothingToConjunctions() {
        assertThat(Filter.all().and(adult)).isEqualTo(adult);
        assertThat(adult.and(Filter.all())).isEqualTo(adult);
        assertThat(Filter.all().and(Filter.all())).isEqualTo(Filter.all());
    }

    @Test
    void nothingAddsNothingToDisjunctions() {
        assertThat(Filter.anyOf().or(adult)).isEqualTo(adult);
        assertThat(adult.or(Filter.anyOf())).isEqualTo(adult);
        assertThat(Filter.anyOf().or(Filter.anyOf())).isEqualTo(Filter.anyOf());
    }

    @Test
    void otherFiltersAreCombined() {
        assertThat(adult.and(local)).isEqualTo(new Filter.And(List.of(adult, local)));
        assertThat(adult.or(local)).isEqualTo(new Filter.Or(List.of(adult, local)));
        assertThat(adult.or(Filter.all())).isEqualTo(new Filter.Or(List.of(adult, Filter.all())));
        assertThat(adult.and(Filter.anyOf())).isEqualTo(new Filter.And(List.of(adult, Filter.anyOf())));
    }

    @Test
    void elementsAreComparedIgnoringCase() {
        Filter a = Filter.elementMatches("tags", Filter.eq(Filter.ELEMENT, "a").ignoringCase());
        Filter b = Filter.elementMatches("tags", Filter.eq(Filter.ELEMENT, "b").ignoringCase());
        assertThat(Filter.hasElement("tags", "a").ignoringCase()).isEqualTo(a);
        assertThat(Filter.hasAllElements("tags", List.of("a", "b")).ignoringCase())
                .isEqualTo(Filter.allOf(a, b));
        Filter isArray = Filter.hasAllElements("tags", List.of());
        assertThat(isArray.ignoringCase()).isEqualTo(isArray);
    }

    @Test
    void elementsWithoutCaseStayAsTheyAre() {
        Filter one = Filter.hasElement("sizes", 1);
        assertThat(one.ignoringCase()).isEqualTo(one);
        Filter both = Filter.hasAllElements("sizes", List.of(1, 2));
        assertThat(both.ignoringCase()).isEqualTo(both);
    }

    @Test
    void nullIsNoElementToCompareWith() {
        assertThatThrownBy(() -> Filter.hasElement("tags", nothing()))
                .isInstanceOf(InvalidQueryException.class)
                .hasMessage(
                        "The elements of field \"tags\" are compared with null; use elementMatches and isNull(ELEMENT)");
        assertThatThrownBy(() -> Filter.hasAllElements("tags", Arrays.asList("a", null)))
                .isInstanceOf(InvalidQueryException.class)
                .hasMessageContaining("\"tags\"");
        assertThatThrownBy(() -> new Filter.HasAllElements("tags", Arrays.asList("a", null)))
                .isInstanceOf(InvalidQueryException.class);
    }

    @SuppressWarnings("NullAway") // What a caller without such checks passes.
    private static Object nothing() {
        return null;
    }
}
