package org.storedb.spring.data.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.data.domain.ExampleMatcher.GenericPropertyMatchers.contains;
import static org.springframework.data.domain.ExampleMatcher.GenericPropertyMatchers.endsWith;
import static org.springframework.data.domain.ExampleMatcher.GenericPropertyMatchers.regex;
import static org.springframework.data.domain.ExampleMatcher.GenericPropertyMatchers.startsWith;
import static org.springframework.data.domain.ExampleMatcher.matching;
import static org.springframework.data.domain.ExampleMatcher.matchingAny;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.dao.IncorrectResultSizeDataAccessException;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.data.annotation.TypeAlias;
import org.springframework.data.core.PropertyReferenceException;
import org.springframework.data.domain.Example;
import org.springframework.data.domain.ExampleMatcher;
import org.springframework.data.domain.ExampleMatcher.StringMatcher;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.domain.ScrollPosition;
import org.springframework.data.domain.Slice;
import org.springframework.data.domain.Sort;
import org.springframework.data.domain.Window;
import org.storedb.spring.data.core.StoreFixture;
import org.storedb.spring.data.repository.Person.Address;
import org.storedb.spring.data.repository.Person.Level;

/** Entities that match a probe, as determined by a matcher. */
class QueryByExampleTests {

    private static final Sort BY_ID = Sort.by("id");

    private final StoreFixture fixture = new StoreFixture();
    private final People people = fixture.repository(People.class);

    @BeforeEach
    void store() {
        people.insertAll(Person.all());
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void everyValueOfTheProbeMustMatch() {
        assertThat(found(probe().level(Level.GOLD).active(true), matching())).containsExactly("ada");
        assertThat(found(probe().name("Alan Turing").active(true), matching())).containsExactly("alan");
        assertThat(found(probe().name("Alan Turing"), matching())).isEmpty(); // active is primitive, so it is compared
    }

    @Test
    void ignoredPathsAreNotCompared() {
        assertThat(found(probe().level(Level.GOLD), matching().withIgnorePaths("active")))
                .containsExactly("ada", "grace");
        assertThat(found(probe(), matching().withIgnorePaths("active")))
                .containsExactly("ada", "alan", "grace", "nobody");
    }

    @Test
    void anyValueOfTheProbeMayMatch() {
        assertThat(found(probe().name("Alan Turing").level(Level.GOLD).active(true), matchingAny()))
                .containsExactly("ada", "alan", "grace");
    }

    @Test
    void stringsMatchAsTheyAreToldTo() {
        ExampleMatcher matcher = matching().withIgnorePaths("active");
        assertThat(found(probe().name("A"), matcher.withStringMatcher(StringMatcher.STARTING)))
                .containsExactly("ada", "alan");
        assertThat(found(probe().name("ing"), matcher.withStringMatcher(StringMatcher.ENDING)))
                .containsExactly("alan");
        assertThat(found(probe().name("e h"), matcher.withStringMatcher(StringMatcher.CONTAINING)))
                .containsExactly("grace");
        assertThat(found(
                        probe().name("Grace"),
                        matcher.withMatcher("name", startsWith().ignoreCase())))
                .containsExactly("grace");
        assertThat(found(probe().name("TURING"), matcher.withIgnoreCase().withMatcher("name", endsWith())))
                .containsExactly("alan");
        assertThat(found(probe().name("ADA LOVELACE"), matcher.withIgnoreCase("name")))
                .containsExactly("ada");
    }

    @Test
    void nestedObjectsAreComparedByTheirProperties() {
        Probe probe = probe().address(new Address("man", null)).active(true);
        assertThat(found(
                        probe, matching().withMatcher("address.city", contains().ignoreCase())))
                .containsExactly("alan");
    }

    @Test
    void nestedObjectsAreComparedByTheirOwnClass() {
        Purchases purchases = fixture.repository(Purchases.class);
        purchases.insertAll(List.of(
                new Purchase("1", "sea", new Card("4711")),
                new Purchase("2", "sand", new Card("0815")),
                new Purchase("3", "sea", new Cash(null)),
                new Purchase("4", "sand", new Cash(5))));

        assertIds(purchases.findAll(Example.of(new Purchase(null, null, new Card("4711")))), "1");
        assertIds(purchases.findAll(Example.of(new Purchase(null, "sand", new Cash(null)))), "4");
        assertIds(purchases.findAll(Example.of(new Purchase(null, null, new Card(null)))), "1", "2");
        assertIds(
                purchases.findAll(Example.of(new Purchase(null, "sea", new Card("0815")), matchingAny())),
                "1",
                "2",
                "3");
        assertIds(purchases.findAll(Example.of(new Purchase("1", null, new Cash(null)), matchingAny())), "1", "3", "4");
    }

    private static void assertIds(List<Purchase> found, String... ids) {
        assertThat(found).extracting(Purchase::id).containsExactlyInAnyOrder(ids);
    }

    @Test
    void nullCanBeAskedFor() {
        ExampleMatcher matcher =
                matching().withIncludeNullValues().withIgnorePaths("id", "age", "joined", "tags", "address", "level");
        assertThat(found(probe(), matcher)).containsExactly("nobody");
        ExampleMatcher withId =
                matching().withIncludeNullValues().withIgnorePaths("age", "joined", "tags", "address", "level");
        assertThat(found(probe(), withId)).as("a probe without an id").containsExactly("nobody");
    }

    @Test
    void valuesCanBeTransformed() {
        ExampleMatcher matcher = matching()
                .withIgnorePaths("active")
                .withTransformer("age", age -> age.map(years -> (Integer) years + 1))
                .withTransformer("name", name -> Optional.empty());
        assertThat(found(probe().name("nobody's").age(35), matcher)).containsExactly("ada");
    }

    @Test
    void collectionAsksForItsElements() {
        ExampleMatcher matcher = matching().withIgnorePaths("active");
        assertThat(found(probe().tags(Set.of("math")), matcher)).containsExactly("ada", "alan");
        assertThat(found(probe().tags(Set.of("math", "code")), matcher)).containsExactly("ada");
        assertThat(found(probe().tags(Set.of()), matcher)).hasSize(4);
    }

    @Test
    void nullCannotBeLookedForInACollection() {
        Set<String> tags = new HashSet<>(Arrays.asList("math", null));
        assertThatThrownBy(() -> found(probe().tags(tags), matching()))
                .isInstanceOf(InvalidDataAccessApiUsageException.class)
                .hasMessageContaining("'tags' of the probe has a null element");
    }

    @Test
    void probeMustNotContainItself() {
        Link link = new Link();
        link.next = new Link();
        link.next.next = link;
        Links links = fixture.repository(Links.class);
        assertThatThrownBy(() -> links.findAll(Example.of(link)))
                .isInstanceOf(InvalidDataAccessApiUsageException.class)
                .hasMessageContaining("contains itself in 'next.next'");
        assertThat(links.findAll(Example.of(link, matching().withIgnorePaths("next.next"))))
                .isEmpty();
    }

    @Test
    void regularExpressionsAreFoundInTheString() {
        ExampleMatcher matcher = matching().withIgnorePaths("active").withMatcher("name", regex());
        assertThat(found(probe().name("^A.*g$"), matcher)).containsExactly("alan");
        assertThat(found(probe().name("^a.*g$"), matcher)).isEmpty();
        assertThat(found(
                        probe().name("^a.*g$"),
                        matching().withIgnorePaths("active").withMatcher("name", regex().ignoreCase())))
                .containsExactly("alan");
    }

    @Test
    void countExistsAndOne() {
        Example<Person> gold = gold();
        assertThat(people.count(gold)).isEqualTo(2);
        assertThat(people.exists(gold)).isTrue();
        assertThat(people.findOne(Example.of(Person.ada()))).map(Person::id).contains("ada");
        assertThatThrownBy(() -> people.findOne(gold)).isInstanceOf(IncorrectResultSizeDataAccessException.class);
        assertThat(people.findOne(Example.of(probe().name("nobody there").build())))
                .isEmpty();
    }

    @Test
    void sortsAndPages() {
        assertThat(people.findAll(gold(), Sort.by("age").descending()))
                .extracting(Person::id)
                .containsExactly("grace", "ada");
        Page<Person> page = people.findAll(gold(), PageRequest.of(1, 1, BY_ID));
        assertThat(page).extracting(Person::id).containsExactly("grace");
        assertThat(page.getTotalElements()).isEqualTo(2);
    }

    @Test
    void fluentQueryHasEveryResult() {
        List<Person> all = people.findBy(gold(), query -> query.sortBy(BY_ID).all());
        assertThat(all).extracting(Person::id).containsExactly("ada", "grace");
        assertThat(people.<Person, List<Person>>findBy(
                        gold(), query -> query.sortBy(BY_ID).limit(1).all()))
                .extracting(Person::id)
                .containsExactly("ada");
        Person first = people.findBy(
                gold(), query -> query.sortBy(Sort.by("age").descending()).firstValue());
        assertThat(first).isNotNull().extracting(Person::id).isEqualTo("grace");
        assertThatThrownBy(() -> people.<Person, @Nullable Person>findBy(gold(), query -> query.oneValue()))
                .isInstanceOf(IncorrectResultSizeDataAccessException.class);
        assertThat(people.<Person, Long>findBy(gold(), query -> query.count())).isEqualTo(2);
        assertThat(people.<Person, Boolean>findBy(gold(), query -> query.exists()))
                .isTrue();
        try (Stream<Person> stream = people.findBy(gold(), query -> query.stream())) {
            assertThat(stream).hasSize(2);
        }
    }

    @Test
    void fluentQueryPagesSlicesAndScrolls() {
        Page<Person> page = people.findBy(gold(), query -> query.sortBy(BY_ID).page(PageRequest.of(0, 1)));
        assertThat(page.getTotalElements()).isEqualTo(2);
        Slice<Person> slice = people.findBy(gold(), query -> query.slice(PageRequest.of(0, 1, BY_ID)));
        assertThat(slice).extracting(Person::id).containsExactly("ada");
        assertThat(slice.hasNext()).isTrue();
        Window<Person> window =
                people.findBy(gold(), query -> query.sortBy(BY_ID).limit(1).scroll(ScrollPosition.keyset()));
        assertThat(window).extracting(Person::id).containsExactly("ada");
        Window<Person> next =
                people.findBy(gold(), query -> query.sortBy(BY_ID).limit(1).scroll(window.positionAt(0)));
        assertThat(next).extracting(Person::id).containsExactly("grace");
        assertThat(next.hasNext()).isFalse();
    }

    @Test
    void sortOfAPageTakesThePlaceOfTheFluentQuerys() {
        Sort oldestFirst = Sort.by("age").descending();
        Page<Person> page =
                people.findBy(gold(), query -> query.sortBy(oldestFirst).page(PageRequest.of(0, 9, BY_ID)));
        assertThat(page).extracting(Person::id).containsExactly("ada", "grace");
        Slice<Person> slice =
                people.findBy(gold(), query -> query.sortBy(oldestFirst).slice(PageRequest.of(0, 9, BY_ID)));
        assertThat(slice).extracting(Person::id).containsExactly("ada", "grace");
        Page<Person> unsorted =
                people.findBy(gold(), query -> query.sortBy(oldestFirst).page(PageRequest.of(0, 9)));
        assertThat(unsorted).extracting(Person::id).containsExactly("grace", "ada");
    }

    @Test
    void fluentQueryProjects() {
        List<NameAndAge> records = people.findBy(
                gold(), query -> query.sortBy(BY_ID).as(NameAndAge.class).all());
        assertThat(records).containsExactly(new NameAndAge("Ada Lovelace", 36), new NameAndAge("grace hopper", 85));
        Page<Labelled> page = people.findBy(
                gold(),
                query ->
                        query.as(Labelled.class).project("name", "address.city").page(PageRequest.of(0, 1, BY_ID)));
        assertThat(page.getContent().get(0).getName()).isEqualTo("Ada Lovelace");
        assertThat(page.getContent().get(0).getLabel()).isEqualTo("ada: Ada Lovelace");
        assertThatThrownBy(() -> people.<Person, List<Person>>findBy(
                        gold(), query -> query.project("naem").all()))
                .isInstanceOf(PropertyReferenceException.class);
    }

    private List<String> found(Probe probe, ExampleMatcher matcher) {
        return people.findAll(Example.of(probe.build(), matcher), BY_ID).stream()
                .map(person -> String.valueOf(person.id()))
                .toList();
    }

    private static Example<Person> gold() {
        return Example.of(probe().level(Level.GOLD).build(), matching().withIgnorePaths("active"));
    }

    private static Probe probe() {
        return new Probe(null, null, false, null, null, null);
    }

    /** Values of a person, the others missing. */
    private record Probe(
            @Nullable String nameValue,
            @Nullable Integer ageValue,
            boolean activeValue,
            @Nullable Set<String> tagsValue,
            @Nullable Address addressValue,
            @Nullable Level levelValue) {

        Probe name(String name) {
            return new Probe(name, ageValue, activeValue, tagsValue, addressValue, levelValue);
        }

        Probe age(int age) {
            return new Probe(nameValue, age, activeValue, tagsValue, addressValue, levelValue);
        }

        Probe active(boolean active) {
            return new Probe(nameValue, ageValue, active, tagsValue, addressValue, levelValue);
        }

        Probe tags(Set<String> tags) {
            return new Probe(nameValue, ageValue, activeValue, tags, addressValue, levelValue);
        }

        Probe address(Address address) {
            return new Probe(nameValue, ageValue, activeValue, tagsValue, address, levelValue);
        }

        Probe level(Level level) {
            return new Probe(nameValue, ageValue, activeValue, tagsValue, addressValue, level);
        }

        Person build() {
            return new Person(
                    null,
                    null,
                    nameValue,
                    ageValue,
                    activeValue,
                    null,
                    tagsValue,
                    addressValue,
                    levelValue,
                    List.of(),
                    Map.of());
        }
    }

    record NameAndAge(String name, int age) {}

    interface Labelled {
        String getName();

        @Value("#{target.id() + ': ' + target.name()}")
        String getLabel();
    }

    record Purchase(
            @Nullable String id,
            @Nullable String shop,
            @Nullable Payment payment) {}

    sealed interface Payment permits Card, Cash {}

    @TypeAlias("card")
    record Card(@Nullable String number) implements Payment {}

    @TypeAlias("cash")
    record Cash(@Nullable Integer change) implements Payment {}

    interface Purchases extends StoreRepository<Purchase, String> {}

    static class Link {
        @Nullable
        String id;

        @Nullable
        String label;

        @Nullable
        Link next;
    }

    interface Links extends StoreRepository<Link, String> {}

    interface People extends StoreRepository<Person, String> {}
}
