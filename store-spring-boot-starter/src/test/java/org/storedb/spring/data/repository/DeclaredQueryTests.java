package org.storedb.spring.data.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.IncorrectResultSizeDataAccessException;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.data.domain.Limit;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.ScrollPosition;
import org.springframework.data.domain.Sort;
import org.springframework.data.domain.Window;
import org.springframework.data.repository.core.support.PropertiesBasedNamedQueries;
import org.springframework.data.repository.query.Param;
import org.springframework.data.repository.query.QueryCreationException;
import org.springframework.data.repository.query.QueryLookupStrategy;
import org.storedb.spring.data.core.StoreFixture;
import org.storedb.spring.data.repository.Person.Level;
import org.storedb.spring.data.repository.support.StoreRepositoryFactory;

/** Queries given as text: what they find, and what is rejected when the repository is created. */
class DeclaredQueryTests {

    private final StoreFixture fixture = new StoreFixture();

    @BeforeEach
    void store() {
        fixture.template().insertAll(Person.all());
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void namedAndPositionalParametersTakeValuesAsTheEntityHasThem() {
        assertThat(ids(people().ofLevel(Level.GOLD, 30))).containsExactly("ada", "grace");
        assertThat(ids(people().inCities(List.of("London", "New York")))).containsExactlyInAnyOrder("ada", "grace");
        assertThat(ids(people().youngerThan(50, "Ada"))).containsExactly("ada");
        assertThat(ids(people().tagged("math"))).containsExactlyInAnyOrder("ada", "alan");
    }

    @Test
    void wordsAreFoundInTextsAndInCollections() {
        assertThat(ids(people().withWords("LOVELACE a*", "math"))).containsExactly("ada");
        assertThatThrownBy(() -> people().withWords("*", "math"))
                .isInstanceOf(InvalidDataAccessApiUsageException.class)
                .hasMessageContaining("needs at least one");
    }

    @Test
    void nullMayBeAskedForWithEquals() {
        assertThat(people().byName(null)).map(Person::id).contains("nobody");
        assertThat(people().byName("nobody has it")).isEmpty();
    }

    @Test
    void pagesSlicesAndLimitsComeOnTop() {
        Page<Person> page = people().active(true, PageRequest.of(1, 1, Sort.by("id")));
        assertThat(page).extracting(Person::id).containsExactly("alan");
        assertThat(page.getTotalElements()).isEqualTo(2);
        assertThat(ids(people().oldestFirst(Limit.of(1)))).containsExactly("grace");
        assertThat(ids(people().oldestFirst(Limit.of(9)))).containsExactly("grace", "alan");
        assertThat(ids(people().sorted(Sort.by("age").descending()))).containsExactly("grace", "ada", "alan");
        Window<Person> window = people().scrolled(ScrollPosition.keyset());
        assertThat(window).extracting(Person::id).containsExactly("grace", "alan");
        assertThat(people().scrolled(window.positionAt(1)))
                .extracting(Person::id)
                .containsExactly("ada", "nobody");
    }

    @Test
    void countExistsAndDelete() {
        assertThat(people().countOf(Level.GOLD)).isEqualTo(2);
        assertThat(people().isAnybodyOlderThan(80)).isTrue();
        assertThat(people().isAnybodyOlderThan(90)).isFalse();
        assertThat(people().remove(Level.SILVER)).isEqualTo(1);
        assertThat(people().removeAndReturn("ada")).extracting(Person::id).containsExactly("ada");
        assertThat(people().count()).isEqualTo(2);
    }

    @Test
    void projectionsAndStreams() {
        assertThat(people().names("London")).containsExactly(new NameOnly("Ada Lovelace"));
        try (Stream<Person> stream = people().everybody()) {
            assertThat(stream).hasSize(4);
        }
    }

    @Test
    void singleResultIsOne() {
        assertThatThrownBy(() -> people().anybodyOf(Level.GOLD))
                .isInstanceOf(IncorrectResultSizeDataAccessException.class);
    }

    @Test
    void argumentsThatDoNotFitAreRefused() {
        assertThatThrownBy(() -> people().youngerThan(null, "A"))
                .isInstanceOf(InvalidDataAccessApiUsageException.class)
                .hasMessageContaining("youngerThan");
        assertThatThrownBy(() -> people().ofLevel("BRONZE", 1))
                .isInstanceOf(InvalidDataAccessApiUsageException.class)
                .hasMessageContaining("BRONZE");
    }

    @Test
    void whatCannotBeMeantFailsAtStartUp() {
        assertRefused(Misspelled.class, "fnd");
        assertRefused(OtherCollection.class, "persons", "people");
        assertRefused(UnknownProperty.class, "naem");
        assertRefused(VersionProperty.class, "version");
        assertRefused(MissingParameter.class, "[name, age]", "[name]");
        assertRefused(UnusedParameter.class, "1 parameters", "2");
        assertRefused(CountAsList.class, "number");
        assertRefused(ExistsAsNumber.class, "boolean");
        assertRefused(WrongLiteral.class, "BRONZE");
        assertRefused(SortedByTags.class, "sorted");
    }

    @Test
    void namedQueriesAreTextToo() {
        Properties texts = new Properties();
        texts.setProperty("Person.findTheWise", "find people where age >= :age");
        StoreRepositoryFactory factory = new StoreRepositoryFactory(fixture.template());
        factory.setNamedQueries(new PropertiesBasedNamedQueries(texts));
        assertThat(ids(factory.getRepository(Named.class).findTheWise(80))).containsExactly("grace");
    }

    @Test
    void strategyMayDemandADeclaredQuery() {
        StoreRepositoryFactory factory = new StoreRepositoryFactory(fixture.template());
        factory.setQueryLookupStrategyKey(QueryLookupStrategy.Key.USE_DECLARED_QUERY);
        assertThatThrownBy(() -> factory.getRepository(Derived.class))
                .isInstanceOf(QueryCreationException.class)
                .hasMessageContaining("Person.findByAge");
    }

    private People people() {
        return fixture.repository(People.class);
    }

    private static List<@Nullable String> ids(List<Person> people) {
        return people.stream().<@Nullable String>map(Person::id).toList();
    }

    private void assertRefused(Class<?> repository, String... mentioned) {
        assertThatThrownBy(() -> fixture.repository(repository))
                .isInstanceOf(QueryCreationException.class)
                .message()
                .contains(mentioned);
    }

    record NameOnly(String name) {}

    interface People extends StoreRepository<Person, String> {

        @Query("find people where level = :level and age > :age order by age")
        List<Person> ofLevel(Object level, @Param("age") int years);

        @Query("find people where address.city in :cities")
        List<Person> inCities(Collection<String> cities);

        @Query("find people where age < ?1 and name starts with ?2")
        List<Person> youngerThan(@Nullable Integer age, String prefix);

        @Query("find people where text(name, :words) and text(tags, :tag)")
        List<Person> withWords(String words, String tag);

        @Query("find people where tags has ?")
        List<Person> tagged(String tag);

        @Query("find people where name = :name")
        Optional<Person> byName(@Nullable String name);

        @Query("find people where active = :active")
        Page<Person> active(boolean active, Pageable pageable);

        @Query("find people where age is not null order by age desc limit 2")
        List<Person> oldestFirst(Limit limit);

        @Query("find people where level is not null order by level")
        List<Person> sorted(Sort sort);

        @Query("find people order by age desc limit 2")
        Window<Person> scrolled(ScrollPosition position);

        @Query("count people where level = :level")
        int countOf(Level level);

        @Query("exists people where age > :age")
        boolean isAnybodyOlderThan(int age);

        @Query("delete people where level = :level")
        long remove(Level level);

        @Query("delete people where id = :id")
        List<Person> removeAndReturn(String id);

        @Query("find people where address.city = :city")
        List<NameOnly> names(String city);

        @Query("find people")
        Stream<Person> everybody();

        @Query("find people where level = :level")
        @Nullable
        Person anybodyOf(Level level);
    }

    interface Named extends StoreRepository<Person, String> {
        List<Person> findTheWise(int age);
    }

    interface Derived extends StoreRepository<Person, String> {
        List<Person> findByAge(int age);
    }

    interface Misspelled extends StoreRepository<Person, String> {
        @Query("fnd people")
        List<Person> all();
    }

    interface OtherCollection extends StoreRepository<Person, String> {
        @Query("find persons")
        List<Person> all();
    }

    interface UnknownProperty extends StoreRepository<Person, String> {
        @Query("find people where naem = ?")
        List<Person> byName(String name);
    }

    interface VersionProperty extends StoreRepository<Person, String> {
        @Query("find people where version = ?")
        List<Person> byVersion(long version);
    }

    interface MissingParameter extends StoreRepository<Person, String> {
        @Query("find people where name = :name and age = :age")
        List<Person> byName(String name);
    }

    interface UnusedParameter extends StoreRepository<Person, String> {
        @Query("find people where name = ?1")
        List<Person> byName(String name, int age);
    }

    interface CountAsList extends StoreRepository<Person, String> {
        @Query("count people")
        List<Person> all();
    }

    interface ExistsAsNumber extends StoreRepository<Person, String> {
        @Query("exists people")
        long any();
    }

    interface WrongLiteral extends StoreRepository<Person, String> {
        @Query("find people where level = 'BRONZE'")
        List<Person> bronze();
    }

    interface SortedByTags extends StoreRepository<Person, String> {
        @Query("find people order by tags")
        List<Person> all();
    }
}
