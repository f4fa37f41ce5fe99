package org.storedb.spring.data.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.querydsl.core.BooleanBuilder;
import com.querydsl.core.types.Predicate;
import com.querydsl.core.types.dsl.PathBuilder;
import com.querydsl.core.types.dsl.StringPath;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.IncorrectResultSizeDataAccessException;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.domain.Sort;
import org.springframework.data.querydsl.ListQuerydslPredicateExecutor;
import org.springframework.data.querydsl.QuerydslPredicateExecutor;
import org.springframework.data.repository.core.support.DefaultRepositoryMetadata;
import org.storedb.spring.data.core.StoreFixture;
import org.storedb.spring.data.repository.Person.Address;
import org.storedb.spring.data.repository.Person.Level;
import org.storedb.spring.data.repository.support.StoreRepositoryFactoryBean;

/** Predicates of Querydsl. */
class QuerydslTests {

    private final StoreFixture fixture = new StoreFixture();
    private final People people = fixture.repository(People.class);
    private final PathBuilder<Person> person = new PathBuilder<>(Person.class, "person");
    private final StringPath name = person.getString("name");

    @BeforeEach
    void store() {
        people.insertAll(Person.all());
        Person kurt = new Person(
                "kurt",
                null,
                "Kurt",
                71,
                true,
                null,
                Set.of(),
                null,
                Level.SILVER,
                List.of(new Address("Brno", null), new Address("Vienna", null)),
                Map.of("field", "logic"));
        people.insert(kurt);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void comparisons() {
        assertFound(name.eq("Ada Lovelace"), "ada");
        assertFound(name.ne("Ada Lovelace"), "alan", "grace", "kurt", "nobody");
        assertFound(age().gt(41), "grace", "kurt");
        assertFound(age().goe(41), "alan", "grace", "kurt");
        assertFound(age().lt(41), "ada");
        assertFound(age().loe(41), "ada", "alan");
        assertFound(age().between(41, 71), "alan", "kurt");
        assertFound(age().in(36, 85), "ada", "grace");
        assertFound(age().notIn(36, 85), "alan", "kurt", "nobody");
    }

    @Test
    void nulls() {
        assertFound(name.isNull(), "nobody");
        assertFound(name.isNotNull(), "ada", "alan", "grace", "kurt");
    }

    @Test
    void strings() {
        assertFound(name.startsWith("A"), "ada", "alan");
        assertFound(name.startsWithIgnoreCase("G"), "grace");
        assertFound(name.endsWith("hopper"), "grace");
        assertFound(name.endsWithIgnoreCase("HOPPER"), "grace");
        assertFound(name.contains("Love"), "ada");
        assertFound(name.containsIgnoreCase("LOVE"), "ada");
        assertFound(name.equalsIgnoreCase("ada LOVELACE"), "ada");
        assertFound(name.like("A%g"), "alan");
        assertFound(name.likeIgnoreCase("a%G"), "alan");
        assertFound(name.isEmpty());
    }

    @Test
    void regularExpressionsMatchTheWholeString() {
        assertFound(name.matches("A.*|Kurt"), "ada", "alan", "kurt");
        assertFound(name.matches("Kur"));
    }

    @Test
    void booleansAndEnums() {
        assertFound(person.getBoolean("active"), "ada", "alan", "kurt");
        assertFound(person.getBoolean("active").isTrue(), "ada", "alan", "kurt");
        assertFound(person.getBoolean("active").not(), "grace", "nobody");
        assertFound(person.getEnum("level", Level.class).eq(Level.GOLD), "ada", "grace");
    }

    @Test
    void datesAndNestedProperties() {
        assertFound(person.getDateTime("joined", Instant.class).after(Instant.parse("2026-02-01T00:00:00Z")), "grace");
        assertFound(person.get("address", Address.class).getString("city").eq("London"), "ada");
    }

    @Test
    void andOrNot() {
        assertFound(name.startsWith("A").and(age().gt(40)), "alan");
        assertFound(name.startsWith("A").and(age().gt(40)).or(name.eq("Kurt")), "alan", "kurt");
        assertFound(name.startsWith("A").or(name.isNull()).not(), "grace", "kurt");
        assertFound(new BooleanBuilder(), "ada", "alan", "grace", "kurt", "nobody");
        assertFound(new BooleanBuilder(name.eq("Kurt")).and(age().eq(71)), "kurt");
    }

    @Test
    void collections() {
        var tags = person.getSet("tags", String.class, StringPath.class);
        assertFound(tags.contains("math"), "ada", "alan");
        assertFound(tags.any().startsWith("na"), "grace");
        assertFound(tags.isEmpty(), "kurt", "nobody");
        assertFound(tags.isNotEmpty(), "ada", "alan", "grace");
        assertFound(tags.size().goe(2), "ada", "grace");
    }

    @Test
    void propertiesOfElements() {
        PathBuilder<Address> any =
                person.getList("formerAddresses", Address.class).any();
        assertFound(any.getString("city").eq("Vienna"), "kurt");
        assertFound(any.getString("city").ne("Vienna"), "ada", "alan", "grace", "nobody");
    }

    @Test
    void entriesOfMaps() {
        var attributes = person.getMap("attributes", String.class, String.class, StringPath.class);
        assertFound(attributes.get("field").eq("logic"), "kurt");
        assertFound(attributes.containsKey("field"), "kurt");
    }

    @Test
    void keysOfMapsAreThoseThatAreStored() {
        Plans plans = fixture.repository(Plans.class);
        plans.insert(new Plan("1", Map.of(Part.FIRST, "a", Part.SECOND, "b"), Map.of(Locale.GERMANY, "c")));
        PathBuilder<Plan> plan = new PathBuilder<>(Plan.class, "plan");
        var byPart = plan.getMap("byPart", Part.class, String.class, StringPath.class);
        var byLocale = plan.getMap("byLocale", Locale.class, String.class, StringPath.class);

        assertThat(plans.findAll(byPart.get(Part.FIRST).eq("a"))).hasSize(1);
        assertThat(plans.findAll(byPart.containsKey(Part.SECOND))).hasSize(1);
        assertThat(plans.findAll(byLocale.get(Locale.GERMANY).eq("c"))).hasSize(1);
        assertThat(plans.findAll(byLocale.containsKey(Locale.GERMANY))).hasSize(1);
    }

    @Test
    void ordersPagesAndCounts() {
        assertThat(people.findAll(age().isNotNull(), age().desc()))
                .extracting(Person::id)
                .containsExactly("grace", "kurt", "alan", "ada");
        assertThat(people.findAll(name.asc().nullsLast()))
                .extracting(Person::id)
                .containsExactly("ada", "alan", "kurt", "grace", "nobody");
        assertThat(people.findAll(age().gt(40), Sort.by("age")))
                .extracting(Person::id)
                .containsExactly("alan", "kurt", "grace");
        Page<Person> page = people.findAll(age().gt(0), PageRequest.of(1, 3, Sort.by("age")));
        assertThat(page).extracting(Person::id).containsExactly("grace");
        assertThat(page.getTotalElements()).isEqualTo(4);
        assertThat(people.count(age().gt(40))).isEqualTo(3);
        assertThat(people.exists(age().gt(100))).isFalse();
    }

    @Test
    void oneOrNone() {
        assertThat(people.findOne(name.eq("Kurt"))).map(Person::id).contains("kurt");
        assertThat(people.findOne(name.eq("x"))).isEmpty();
        assertThatThrownBy(() -> people.findOne(age().gt(0)))
                .isInstanceOf(IncorrectResultSizeDataAccessException.class);
    }

    @Test
    void fluentQueries() {
        List<NameOnly> names = people.<Person, List<NameOnly>>findBy(
                age().gt(40),
                query ->
                        query.as(NameOnly.class).sortBy(Sort.by("age")).limit(2).all());
        assertThat(names).containsExactly(new NameOnly("Alan Turing"), new NameOnly("Kurt"));
        assertThat(people.<Person, Long>findBy(age().gt(40), query -> query.count()))
                .isEqualTo(3);
    }

    @Test
    void whatTheStoreCannotAnswerIsRefused() {
        assertThatThrownBy(() -> people.findAll(name.lower().eq("ada")))
                .isInstanceOf(InvalidDataAccessApiUsageException.class)
                .hasMessageContaining("lower");
        assertThatThrownBy(() -> people.findAll(name.length().asc()))
                .isInstanceOf(InvalidDataAccessApiUsageException.class)
                .hasMessageContaining("length");
        assertThatThrownBy(() -> people.findAll(name.eq(person.getString("id"))))
                .isInstanceOf(InvalidDataAccessApiUsageException.class);
        assertThatThrownBy(() -> people.findAll(person.getString("nmae").eq("x")))
                .isInstanceOf(InvalidDataAccessApiUsageException.class)
                .hasMessageContaining("nmae");
    }

    @Test
    void bothExecutorsWork() {
        assertThat(fixture.repository(Others.class).findAll(name.eq("Kurt"))).hasSize(1);
    }

    @Test
    void repositoriesTellWhatIsAddedToThem() {
        var factory = new StoreRepositoryFactoryBean<People, Person, String>(People.class);
        assertThat(
                        factory
                                .getRepositoryFragmentsContributor()
                                .describe(new DefaultRepositoryMetadata(People.class))
                                .stream())
                .hasSize(1);
        assertThat(
                        factory
                                .getRepositoryFragmentsContributor()
                                .describe(new DefaultRepositoryMetadata(Plain.class))
                                .stream())
                .isEmpty();
    }

    private com.querydsl.core.types.dsl.NumberPath<Integer> age() {
        return person.getNumber("age", Integer.class);
    }

    private void assertFound(Predicate predicate, String... ids) {
        assertThat(people.findAll(predicate)).extracting(Person::id).containsExactlyInAnyOrder(ids);
    }

    enum Part {
        FIRST,
        SECOND {
            @Override
            public String toString() {
                return "the second";
            }
        };

        @Override
        public String toString() {
            return "the first";
        }
    }

    record Plan(String id, Map<Part, String> byPart, Map<Locale, String> byLocale) {}

    interface Plans extends StoreRepository<Plan, String>, ListQuerydslPredicateExecutor<Plan> {}

    record NameOnly(String name) {}

    interface People extends StoreRepository<Person, String>, ListQuerydslPredicateExecutor<Person> {}

    interface Plain extends StoreRepository<Person, String> {}

    interface Others extends StoreRepository<Person, String>, QuerydslPredicateExecutor<Person> {}
}
