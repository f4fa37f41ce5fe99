package org.storedb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.storedb.error.IndexConflictException;
import org.storedb.error.InvalidQueryException;
import org.storedb.error.UniqueIndexViolationException;
import org.storedb.index.IndexDefinition;
import org.storedb.internal.index.TreeRange;
import org.storedb.internal.transaction.StoreState;
import org.storedb.query.Filter;
import org.storedb.query.Query;
import org.storedb.testing.SimulatedDirectory;
import org.storedb.testing.SteppedTasks;
import org.storedb.testing.TestEnvironments;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Indexes of every kind through the public doors. */
class IndexKindsTests {

    private static final List<IndexDefinition> KINDS = List.of(
            IndexDefinition.on("city"),
            IndexDefinition.on("city").descending("age"),
            IndexDefinition.on("city", "name").caseInsensitive("name"),
            IndexDefinition.onWordsOf("tags"),
            IndexDefinition.onEachElementOf("tags"),
            IndexDefinition.onPlace("home"),
            IndexDefinition.on("city").wordsOf("name").where(Filter.exists("age")),
            IndexDefinition.on("city").eachElementOf("tags").caseInsensitive(),
            IndexDefinition.on("name").where(Filter.gte("age", 50).and(Filter.not(Filter.eq("city", "A")))),
            IndexDefinition.uniqueOn("number").where(Filter.exists("number")).named("numbers"));

    private SimulatedDirectory directory = new SimulatedDirectory();
    private Store store = open(StoreOptions.defaults());
    private DocumentCollection<Map<String, @Nullable Object>> people = store.collection("people");

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void aValueIsUniqueAmongTheDocumentsOfAPartialIndex() {
        people.createIndex(IndexDefinition.uniqueOn("email").where(Filter.eq("active", true)));
        people.insert(Map.of("id", "1", "email", "a@x", "active", true));
        people.insert(Map.of("id", "2", "email", "a@x", "active", false));

        assertThatExceptionOfType(UniqueIndexViolationException.class)
                .isThrownBy(() -> people.insert(Map.of("id", "3", "email", "a@x", "active", true)))
                .withMessageContaining("email = 'a@x'")
                .withMessageContaining("'1'");
        assertThatThrownBy(() -> people.save(Map.of("id", "2", "email", "a@x", "active", true)))
                .isInstanceOf(UniqueIndexViolationException.class);
        people.save(Map.of("id", "1", "email", "a@x", "active", false));
        people.save(Map.of("id", "2", "email", "a@x", "active", true));
        assertThat(store.verify().problems()).isEmpty();
    }

    @Test
    void aValueIsUniqueWhateverItsCase() {
        people.createIndex(IndexDefinition.uniqueOn("email").caseInsensitive());
        people.insert(Map.of("id", "1", "email", "Ada@X.org"));
        people.save(Map.of("id", "1", "email", "ada@x.ORG"));

        assertThatExceptionOfType(UniqueIndexViolationException.class)
                .isThrownBy(() -> people.insert(Map.of("id", "2", "email", "ADA@x.org")))
                .withMessageContaining("'1'");
    }

    @Test
    void ignoringCaseAPartOfATextIsFoundWhateverFollowsIt() {
        people.insertAll(List.of(
                Map.of("id", "1", "name", "ΠΡΟΣΩΠΟ"),
                Map.of("id", "2", "name", "Οδός"),
                Map.of("id", "3", "name", "ΟΔΟΣ")));
        for (int run = 0; run < 2; run++) {
            assertThat(idsIgnoringCase(Filter.startsWith("name", "ΠΡΟΣ"))).containsExactly("1");
            assertThat(idsIgnoringCase(Filter.contains("name", "ΡΟΣ"))).containsExactly("1");
            assertThat(idsIgnoringCase(Filter.like("name", "ΠΡΟΣ%"))).containsExactly("1");
            assertThat(idsIgnoringCase(Filter.endsWith("name", "Σ"))).containsExactly("2", "3");
            assertThat(idsIgnoringCase(Filter.eq("name", "οδοσ"))).containsExactly("3");
            people.createIndex(IndexDefinition.on("name").caseInsensitive());
        }
    }

    private List<Object> idsIgnoringCase(Filter filter) {
        return people.findVersioned(Query.where(filter.ignoringCase()))
                .map(Versioned::id)
                .toList();
    }

    @Test
    void anElementIsUniqueAmongAllDocuments() {
        people.createIndex(IndexDefinition.onEachElementOf("phones").asUnique());
        people.insert(Map.of("id", "1", "phones", List.of("11", "12", "11")));
        people.insert(Map.of("id", "2", "phones", List.of()));
        people.insert(Map.of("id", "3"));
        people.insert(Map.of("id", "4", "phones", "12"));

        assertThatExceptionOfType(UniqueIndexViolationException.class)
                .isThrownBy(() -> people.insert(Map.of("id", "5", "phones", List.of("13", "12"))))
                .withMessageContaining("phones = '12'")
                .withMessageContaining("'1'");
        people.save(Map.of("id", "1", "phones", List.of("11", "14")));
        people.insert(Map.of("id", "5", "phones", List.of("13", "12")));
        assertThat(ids(Filter.hasElement("phones", "12"))).containsExactly("5");
        assertThat(store.verify().problems()).isEmpty();
    }

    @Test
    void ownWritesOfATransactionAreInEveryKindOfIndex() {
        KINDS.forEach(people::createIndex);
        people.insert(person("1", "Ada", 60, List.of("x", "y")));
        store.runInTransaction(transaction -> {
            DocumentCollection<Map<String, @Nullable Object>> inside = transaction.collection("people");
            Savepoint savepoint = transaction.savepoint();
            inside.save(person("1", "Ada", 20, List.of("z")));
            assertThat(inside.count(Query.where(Filter.hasElement("tags", "x"))))
                    .isZero();
            assertThat(inside.count(Query.where(Filter.hasElement("tags", "z"))))
                    .isOne();
            transaction.rollbackTo(savepoint);
            assertThat(inside.count(Query.where(Filter.hasElement("tags", "x"))))
                    .isOne();
            inside.insert(person("2", "ADA", 72, List.of("x")));
            assertThat(inside.count(Query.where(Filter.hasElement("tags", "x"))))
                    .isEqualTo(2);
        });
        assertThat(ids(Filter.eq("city", "B").and(Filter.eq("name", "ada").ignoringCase())))
                .containsExactly("1", "2");
        assertThat(store.verify().problems()).isEmpty();
    }

    @Test
    void keysAreTheSameBytesAfterBuildingReplayAndCheckpoint() {
        StoreOptions options = StoreOptions.defaults().withCheckpoints(new CheckpointPolicy(true, 1, 0.0, 1));
        store.close();
        directory = new SimulatedDirectory();
        reopen(options);
        Random random = new Random(5);
        KINDS.subList(0, 4).forEach(people::createIndex); // Kept by the writes that follow.
        for (int number = 0; number < 400; number++) {
            List<Object> tags = List.of("T" + random.nextInt(5), random.nextInt(3), "t1");
            people.save(person(
                    "p" + random.nextInt(150),
                    (random.nextBoolean() ? "n" : "N") + random.nextInt(9),
                    random.nextInt(100),
                    tags.subList(0, random.nextInt(4))));
            if (number % 50 == 0) {
                people.delete("p" + random.nextInt(150));
            }
        }
        KINDS.forEach(people::createIndex); // Those that are not there yet are built.
        people.save(person("last", "Last", 99, List.of("end")));
        Map<String, List<String>> expected = indexKeys();
        assertThat(expected).hasSize(KINDS.size());
        assertThat(expected.values()).allSatisfy(keys -> assertThat(keys).isNotEmpty());

        Map<String, byte[]> killed = new TreeMap<>(directory.visibleFiles());
        killed.remove("checkpoint");
        store.close();
        reopen(options);
        assertThat(store.stats().open().checkpointUsed()).isTrue();
        assertThat(indexKeys()).isEqualTo(expected);
        assertThat(people.indexes()).containsExactlyElementsOf(KINDS);
        store.close();
        directory = new SimulatedDirectory(killed);
        reopen(options);
        assertThat(store.stats().open().checkpointUsed()).isFalse();
        assertThat(indexKeys()).isEqualTo(expected);
        for (IndexDefinition kind : KINDS) {
            people.dropIndex(kind.name());
            people.createIndex(kind);
        }
        assertThat(List.copyOf(indexKeys().values())).isEqualTo(List.copyOf(expected.values()));
        assertThat(store.verify().problems()).isEmpty();
    }

    @Test
    void theSameIndexIsCreatedOnceAndAnotherOfItsNameRefused() {
        IndexDefinition partial = IndexDefinition.on("name")
                .where(Filter.in("age", List.of(1, 2L, 3.5)))
                .named("n");
        people.createIndex(partial);
        people.createIndex(partial);
        people.createIndex(IndexDefinition.on("name")
                .where(Filter.in("age", List.of(1.0, 2, 3.5)))
                .named("n")); // The same values.
        assertThat(people.indexes()).hasSize(1);
        assertThatExceptionOfType(IndexConflictException.class)
                .isThrownBy(() -> people.createIndex(IndexDefinition.on("name").named("n")))
                .withMessageContaining("where")
                .withMessageContaining("call replaceIndex");
        assertThatExceptionOfType(IndexConflictException.class)
                .isThrownBy(() -> people.createIndex(
                        IndexDefinition.on("name").caseInsensitive().named("n")))
                .withMessageContaining("lower(name)");
    }

    @Test
    void theFilterOfAPartialIndexCanHaveTheLargestNumbers() {
        IndexDefinition index = IndexDefinition.on("n").where(Filter.lt("n", new BigDecimal("1E+9900")));
        people.createIndex(index);
        people.insert(Map.of("id", "1", "n", 5));
        store.close();
        reopen(StoreOptions.defaults());
        people.insert(Map.of("id", "2", "n", new BigDecimal("1E+9901")));

        assertThat(people.indexes()).containsExactly(index);
        assertThat(ids(Filter.lt("n", new BigDecimal("1E+9900")))).containsExactly("1");
    }

    @Test
    void theFilterOfAPartialIndexMustFitTheDocuments() {
        DocumentCollection<Person> typed = store.collection("typed", Person.class);
        assertThatExceptionOfType(InvalidQueryException.class)
                .isThrownBy(() -> typed.createIndex(IndexDefinition.on("name").where(Filter.eq("nmae", "x"))))
                .withMessageContaining("did you mean \"name\"?");
        assertThatExceptionOfType(InvalidQueryException.class)
                .isThrownBy(() -> typed.createIndex(IndexDefinition.on("name").where(Filter.eq("age", "x"))));
        assertThat(typed.indexes()).isEmpty();
    }

    @Test
    void theFieldsOfAnIndexMustFitTheDocuments() {
        DocumentCollection<Person> typed = store.collection("typed", Person.class);
        assertThatExceptionOfType(InvalidQueryException.class)
                .isThrownBy(() -> typed.createIndex(IndexDefinition.on("age").ascending("nmae")))
                .withMessage("Documents of collection typed have no field \"nmae\"; did you mean \"name\"?");
        assertThatExceptionOfType(InvalidQueryException.class)
                .isThrownBy(() -> typed.replaceIndex(IndexDefinition.on("name.first")));
        assertThatExceptionOfType(InvalidQueryException.class)
                .isThrownBy(() -> typed.createIndex(IndexDefinition.onEachElementOf("name")))
                .withMessageContaining("\"name\" of collection typed is a string; it has no elements");
        assertThatExceptionOfType(InvalidQueryException.class)
                .isThrownBy(() -> typed.createIndex(IndexDefinition.onPlace("name")))
                .withMessageContaining("a point is an object with lat and lon");
        assertThatExceptionOfType(InvalidQueryException.class)
                .isThrownBy(() -> typed.createIndex(IndexDefinition.onWordsOf("age")))
                .withMessageContaining("only strings and arrays of strings have words");
        assertThat(typed.indexes()).isEmpty();
    }

    @Test
    void anIndexCanBeOnAnyFieldThatDocumentsMayHave() {
        DocumentCollection<Cat> cats = store.collection("cats", Cat.class);
        List<IndexDefinition> indexes = List.of(
                IndexDefinition.on("called"),
                IndexDefinition.on("owner.name"),
                IndexDefinition.on("marks.anything"),
                IndexDefinition.on("more.than.known"),
                IndexDefinition.onEachElementOf("toys"),
                IndexDefinition.onWordsOf("toys"),
                IndexDefinition.onPlace("home"));
        indexes.forEach(cats::createIndex);
        assertThat(cats.indexes()).containsExactlyInAnyOrderElementsOf(indexes);

        store.collection("pets", Pet.class).createIndex(IndexDefinition.on("lives"));
        store.collection("nodes", ObjectNode.class).createIndex(IndexDefinition.on("whatever"));
        DocumentCollection<Loose> loose = store.collection("loose", Loose.class);
        loose.createIndex(IndexDefinition.on("whatever"));
        loose.insert(new Loose("1", Map.of("whatever", 5)));
        assertThat(loose.count(Query.where(Filter.eq("whatever", 5)))).isEqualTo(1);
    }

    record Person(String id, String name, int age) {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
    @JsonSubTypes(@JsonSubTypes.Type(Cat.class))
    interface Pet {
        @JsonProperty
        String id();
    }

    record Cat(
            String id,
            @JsonProperty("called") String name,
            int lives,
            Person owner,
            Map<String, Integer> marks,
            JsonNode more,
            List<String> toys,
            Map<String, Double> home)
            implements Pet {}

    record Loose(String id, @JsonAnySetter @JsonAnyGetter Map<String, @Nullable Object> rest) {}

    private static Map<String, @Nullable Object> person(String id, String name, int age, List<?> tags) {
        Map<String, @Nullable Object> person = new TreeMap<>();
        person.put("id", id);
        person.put("name", name);
        person.put("age", age);
        person.put("city", age % 3 == 0 ? "B" : "A");
        person.put("tags", tags);
        if (age % 4 > 0) {
            person.put("home", List.of(age * 1.5, age - 50));
        }
        if (age % 2 == 0) {
            person.put("number", id);
        }
        return person;
    }

    private List<Object> ids(Filter filter) {
        return people.find(Query.where(filter))
                .<Object>map(person -> String.valueOf(person.get("id")))
                .toList();
    }

    /** The keys of each index, by the name of the index. */
    private Map<String, List<String>> indexKeys() {
        StoreState state = TestStores.state(store);
        Map<String, List<String>> keys = new TreeMap<>();
        int[] treeIds = state.indexes().ids();
        for (int at = 0; at < treeIds.length; at++) {
            List<String> hex = new ArrayList<>();
            var cursor = state.indexes().get(treeIds[at]).cursor(TreeRange.all());
            while (cursor.next()) {
                hex.add(HexFormat.of().formatHex(cursor.key()));
            }
            keys.put("tree " + at, hex);
        }
        return keys;
    }

    private void reopen(StoreOptions options) {
        store = open(options);
        people = store.collection("people");
    }

    private Store open(StoreOptions options) {
        return TestStores.open(directory, options, TestEnvironments.stepped(1, new SteppedTasks()));
    }
}
