package org.storedb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.nio.file.Path;
import java.time.Month;
import java.time.Year;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.storedb.document.DocumentPatch;
import org.storedb.error.DocumentNotFoundException;
import org.storedb.error.DuplicateIdException;
import org.storedb.error.IndexConflictException;
import org.storedb.error.InvalidDocumentException;
import org.storedb.error.InvalidNameException;
import org.storedb.error.InvalidQueryException;
import org.storedb.error.LimitExceededException;
import org.storedb.error.ReadOnlyException;
import org.storedb.error.RevisionConflictException;
import org.storedb.error.TransactionConflictException;
import org.storedb.error.UniqueIndexViolationException;
import org.storedb.index.IndexDefinition;
import org.storedb.query.Filter;
import org.storedb.query.Query;
import org.storedb.query.Sort;
import org.storedb.view.View;
import org.storedb.view.ViewQuery;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class DocumentCollectionTests {

    record Person(
            @Nullable String id, String name, @Nullable String city, int age) {

        String requiredId() {
            return Objects.requireNonNull(id);
        }

        Person aged(int newAge) {
            return new Person(id, name, city, newAge);
        }
    }

    @TempDir
    Path directory;

    private Store store = Store.openInMemory();
    private DocumentCollection<Person> people = store.collection("people", Person.class);

    @BeforeEach
    void openOnDisk() {
        reopen();
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void aCollectionExistsFromItsFirstWrite() {
        Snapshot before = store.snapshot();
        store.keyspace("people").put(new byte[] {1}, new byte[0]);
        assertThat(people.exists("ada")).isFalse();
        assertThat(store.collectionExists("people")).isFalse();

        people.insert(new Person("ada", "Ada", "London", 36));
        people.delete("ada");
        assertThat(store.collectionExists("people")).isTrue();
        assertThat(before.collectionExists("people")).isFalse();
        try (Transaction transaction = store.begin()) {
            assertThat(transaction.collectionExists("people")).isTrue();
            assertThat(transaction.collectionExists("places")).isFalse();
            transaction.collection("places").exists("berlin");
            assertThat(transaction.collectionExists("places")).isTrue();
        }
        assertThatThrownBy(() -> store.collectionExists("-")).isInstanceOf(InvalidNameException.class);
    }

    @Test
    void insertGivesATimeOrderedId() {
        Person ada = people.insert(new Person(null, "Ada", "London", 36));
        Person grace = people.insert(new Person(null, "Grace", "New York", 85));

        assertThat(UUID.fromString(ada.requiredId()).version()).isEqualTo(7);
        assertThat(ada.requiredId()).isLessThan(grace.requiredId());
        assertThat(people.get(ada.requiredId())).contains(ada);
    }

    @Test
    void insertKeepsAGivenId() {
        people.insert(new Person("ada", "Ada", "London", 36));

        assertThat(people.get("ada")).map(Person::name).contains("Ada");
        assertThat(people.exists("ada")).isTrue();
        assertThat(people.exists("grace")).isFalse();
        assertThat(people.get("grace")).isEmpty();
    }

    enum Level {
        LOW
    }

    record Levelled(String id, Level city) {}

    @Test
    void aDocumentThatItsClassNoLongerFitsIsNamed() {
        people.insert(new Person("ada", "Ada", "LOW", 36));
        people.insert(new Person("grace", "Grace", "GONE", 85));
        DocumentCollection<Levelled> levelled = store.collection("people", Levelled.class);
        View<Levelled> view = levelled.view("all", 1, (document, emitter) -> emitter.emit(document.id(), null));
        String named = "Document 'grace' of collection 'people': A stored document cannot be read";

        assertThat(levelled.get("ada")).contains(new Levelled("ada", Level.LOW));
        assertUnreadable(() -> levelled.get("grace"), named);
        assertUnreadable(() -> levelled.find(Query.all()).toList(), named);
        assertUnreadable(() -> levelled.findVersioned(Query.all()).toList(), named);
        assertUnreadable(() -> levelled.findPage(Query.all()), named);
        assertUnreadable(() -> levelled.update("grace", document -> document), named);
        assertThat(view.status().failed()).isEqualTo(1);
    }

    private static void assertUnreadable(ThrowingCallable reading, String named) {
        assertThatThrownBy(reading)
                .isInstanceOf(InvalidDocumentException.class)
                .hasMessageContaining(named)
                .hasMessageContaining("GONE");
    }

    @Test
    void insertOfAnExistingIdIsRefused() {
        people.insert(new Person("ada", "Ada", "London", 36));

        assertThatThrownBy(() -> people.insert(new Person("ada", "Other", null, 1)))
                .isInstanceOf(DuplicateIdException.class)
                .hasMessageContaining("ada")
                .hasMessageContaining("people");
        assertThat(people.get("ada")).map(Person::name).contains("Ada");
    }

    @Test
    void insertAllIsAllOrNothing() {
        people.insert(new Person("b", "B", null, 1));

        assertThatThrownBy(
                        () -> people.insertAll(List.of(new Person("a", "A", null, 1), new Person("b", "B2", null, 1))))
                .isInstanceOf(DuplicateIdException.class);
        assertThat(people.count()).isEqualTo(1);

        store.runInTransaction(transaction -> {
            DocumentCollection<Person> inside = transaction.collection("people", Person.class);
            assertThatThrownBy(() ->
                            inside.insertAll(List.of(new Person("a", "A", null, 1), new Person("b", "B2", null, 1))))
                    .isInstanceOf(DuplicateIdException.class);
            inside.insert(new Person("c", "C", null, 1));
        });
        assertThat(people.exists("a")).isFalse();
        assertThat(people.exists("c")).isTrue();
    }

    record Price(@Nullable String id, double amount) {}

    @Test
    void aDocumentThatIsRejectedAmongSeveralIsNamed() {
        DocumentCollection<Price> prices = store.collection("prices", Price.class);
        prices.createIndex(IndexDefinition.uniqueOn("amount"));
        prices.insert(new Price("a", 1));

        assertThatThrownBy(() -> prices.insertAll(List.of(new Price("b", 2), new Price("c", Double.NaN))))
                .isInstanceOf(InvalidDocumentException.class)
                .hasMessageStartingWith("documents[1] with id 'c': Field \"amount\"");
        assertThatThrownBy(() -> prices.insertAll(List.of(new Price(null, 2), new Price(null, Double.NaN))))
                .isInstanceOf(InvalidDocumentException.class)
                .hasMessageStartingWith("documents[1]: Field \"amount\"");
        assertThatThrownBy(() -> prices.saveAll(List.of(new Price("a", 2), new Price("b", 3), new Price("c", 3))))
                .isInstanceOf(UniqueIndexViolationException.class)
                .hasMessageStartingWith("documents[2] with id 'c': Unique index 'amount'")
                .hasMessageEndingWith("in document 'b'");
        assertThatThrownBy(() -> prices.insertAll(List.of(new Price("b", 2), new Price("a", 3))))
                .isInstanceOf(DuplicateIdException.class)
                .hasMessageStartingWith("documents[1] with id 'a': ");
        assertThatThrownBy(() -> prices.insertAll(List.of(new Price("b", 2), new Price("x".repeat(5_000), 3))))
                .isInstanceOf(LimitExceededException.class)
                .hasMessageStartingWith("documents[1] with id 'xxx");
        assertThatThrownBy(() -> store.collection("prices").insertAll(List.of(Map.of("id", 1.5))))
                .isInstanceOf(InvalidDocumentException.class)
                .hasMessageStartingWith("documents[0]: ");
        assertThat(prices.find(Query.all())).containsExactly(new Price("a", 1));
    }

    record Order(@Nullable Long id, String item) {}

    @Test
    void aWriteThatFailsLeavesNothingInItsTransaction() {
        people.createIndex(IndexDefinition.on("city"));
        people.insert(new Person("ada", "Ada", "London", 36));

        try (Transaction transaction = store.begin()) {
            DocumentCollection<Person> inside = transaction.collection("people", Person.class);
            DocumentCollection<Order> orders = transaction.collection("orders", Order.class);
            inside.insert(new Person("grace", "Grace", "New York", 85));
            Savepoint savepoint = transaction.savepoint();
            inside.insert(new Person("alan", "Alan", "London", 41));
            transaction.rollbackTo(savepoint);
            DocumentPatch unreadable =
                    DocumentPatch.empty().set("city", "Paris").set("age", "x");
            assertThatThrownBy(() -> inside.patch("ada", unreadable)).isInstanceOf(InvalidDocumentException.class);
            assertThatThrownBy(() -> orders.insert(new Order(null, "tea")))
                    .isInstanceOf(InvalidDocumentException.class);

            assertThat(orders.count()).isZero();
            assertThat(inside.find(Query.where(Filter.in("city", List.of("London", "New York", "Paris")))))
                    .extracting(Person::city)
                    .containsExactly("London", "New York");
            transaction.commit();
        }
        assertThat(store.collection("orders").count()).isZero();
        assertThat(people.get("ada")).contains(new Person("ada", "Ada", "London", 36));
        assertThat(people.exists("grace")).isTrue();
        assertThat(people.count(Query.where(Filter.eq("city", "Paris")))).isZero();
    }

    @Test
    void revisionGrowsWithEachChange() {
        people.insert(new Person("ada", "Ada", "London", 36));
        assertThat(revision("ada")).isZero();

        assertThat(people.replace(new Person("ada", "Ada", "Paris", 37)).revision())
                .isEqualTo(1);
        people.save(new Person("ada", "Ada", "Paris", 38));
        people.update("ada", person -> person.aged(39));
        people.patch("ada", DocumentPatch.empty().increment("age", 1));
        assertThat(revision("ada")).isEqualTo(4);

        reopen();
        assertThat(revision("ada")).isEqualTo(4);
        assertThat(people.get("ada")).map(Person::age).contains(40);
    }

    @Test
    void staleRevisionIsRefused() {
        people.insert(new Person("ada", "Ada", "London", 36));
        people.replace(new Person("ada", "Ada", "Paris", 36), 0);

        assertThatThrownBy(() -> people.replace(new Person("ada", "Ada", "Rome", 36), 0))
                .isInstanceOfSatisfying(RevisionConflictException.class, e -> {
                    assertThat(e.expected()).isZero();
                    assertThat(e.actual()).isEqualTo(1);
                });
        assertThatThrownBy(() -> people.delete("ada", 0)).isInstanceOf(RevisionConflictException.class);
        assertThat(people.get("ada")).map(Person::city).contains("Paris");

        people.delete("ada", 1);
        assertThat(people.exists("ada")).isFalse();
    }

    @Test
    void replaceOfAMissingDocumentIsRefused() {
        assertThatThrownBy(() -> people.replace(new Person("ada", "Ada", null, 1)))
                .isInstanceOf(DocumentNotFoundException.class)
                .hasMessageContaining("ada");
        assertThatThrownBy(() -> people.delete("ada", 0)).isInstanceOf(DocumentNotFoundException.class);
        assertThat(people.delete("ada")).isFalse();
        assertThat(people.update("ada", person -> person)).isEmpty();
        assertThat(people.patch("ada", DocumentPatch.empty().set("age", 1))).isEmpty();
    }

    @Test
    void updateMustKeepTheId() {
        people.insert(new Person("ada", "Ada", null, 1));

        assertThatThrownBy(() -> people.update("ada", person -> new Person("eve", "Eve", null, 1)))
                .isInstanceOf(InvalidDocumentException.class)
                .hasMessageContaining("eve");
    }

    @Test
    void updateMustNotWriteTheDocumentByAnotherCall() {
        people.insert(new Person("ada", "Ada", null, 1));

        assertThatThrownBy(() -> store.runInTransaction(transaction -> {
                    DocumentCollection<Person> inside = transaction.collection("people", Person.class);
                    inside.update("ada", person -> {
                        inside.save(person.aged(2));
                        return person.aged(3);
                    });
                }))
                .isInstanceOf(RevisionConflictException.class);
        assertThat(people.get("ada")).map(Person::age).contains(1);
    }

    @Test
    @SuppressWarnings("NullAway") // what users do
    void updateMustReturnADocument() {
        people.insert(new Person("ada", "Ada", null, 1));

        assertThatThrownBy(() -> people.update("ada", person -> null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("A change must return a document");
    }

    @Test
    void patchChangesSomeFieldsOnly() {
        people.insert(new Person("ada", "Ada", "London", 36));

        people.patch("ada", DocumentPatch.empty().set("city", "Paris").increment("age", -6));

        assertThat(people.get("ada")).contains(new Person("ada", "Ada", "Paris", 30));
    }

    @Test
    void mapsAndNumbersAndUuidsCanBeUsed() {
        DocumentCollection<Map<String, @Nullable Object>> things = store.collection("things");
        things.insert(Map.of("id", 7, "tags", List.of("x", "y"), "nested", Map.of("deep", true)));
        UUID uuid = UUID.randomUUID();
        things.insert(Map.of("id", uuid));

        assertThat(things.get(7L).orElseThrow())
                .containsEntry("tags", List.of("x", "y"))
                .containsEntry("nested", Map.of("deep", true));
        assertThat(things.get(uuid.toString())).isPresent();
        assertThatThrownBy(() -> things.get(1.5)).isInstanceOf(InvalidDocumentException.class);
        assertThatThrownBy(() -> things.insert(Map.of("id", "x", "bad", new Object())))
                .isInstanceOf(InvalidDocumentException.class)
                .hasMessageContaining("bad");
        assertThat(things.count()).isEqualTo(2);
    }

    @Test
    void nodesOfJsonCanBeStoredAndLookedFor() {
        DocumentCollection<Map<String, @Nullable Object>> things = store.collection("things");
        things.createIndex(IndexDefinition.on("name"));
        ObjectNode node = JsonNodeFactory.instance.objectNode().put("name", "Ada");
        node.putObject("address").put("city", "Paris");
        things.insert(Map.of("id", 1, "name", node.get("name")));
        things.patch(1, DocumentPatch.empty().set("address", node.get("address")));

        assertThat(things.get(1)).contains(Map.of("id", 1, "name", "Ada", "address", Map.of("city", "Paris")));
        assertThat(things.count(Query.where(Filter.eq("name", node.get("name")))))
                .isEqualTo(1);
        assertThat(things.count(Query.where(Filter.eq("address", node.get("address")))))
                .isEqualTo(1);
        View<Map<String, @Nullable Object>> names =
                things.view("names", 1, (thing, emitter) -> emitter.emit(node.get("name"), node.get("address")));
        assertThat(names.count(ViewQuery.key("Ada"))).isEqualTo(1);
    }

    enum State {
        @JsonProperty("open")
        OPEN,
        CLOSED
    }

    record Ticket(String id, State state) {}

    @Test
    void constantsOfEnumsAreFoundByTheTextThatIsStored() {
        DocumentCollection<Ticket> tickets = store.collection("tickets", Ticket.class);
        tickets.insertAll(List.of(new Ticket("1", State.OPEN), new Ticket("2", State.CLOSED)));
        assertThat(tickets.get("1")).contains(new Ticket("1", State.OPEN));
        assertThat(tickets.count(Query.where(Filter.eq("state", "open")))).isOne();
        assertThat(tickets.count(Query.where(Filter.eq("state", State.OPEN)))).isZero();
        assertThat(tickets.count(Query.where(Filter.eq("state", State.CLOSED)))).isOne();

        tickets.patch("2", DocumentPatch.empty().set("state", "open"));
        assertThat(tickets.get("2")).contains(new Ticket("2", State.OPEN));
    }

    record Edition(
            int id,
            Year year,
            Month month,
            @JsonFormat(shape = JsonFormat.Shape.STRING) Month sold,
            @JsonFormat(pattern = "MM") Month printed) {}

    @Test
    void yearsAndMonthsAreStoredTheSameWayInObjectsAndMapsAndPatches() {
        DocumentCollection<Edition> editions = store.collection("editions", Edition.class);
        DocumentCollection<Map<String, @Nullable Object>> maps = store.collection("editions");
        editions.insert(new Edition(1, Year.of(2020), Month.MAY, Month.JULY, Month.JUNE));
        maps.insert(Map.of("id", 2, "year", Year.of(999), "month", Month.MAY, "sold", Month.JULY, "printed", "06"));
        editions.insert(new Edition(3, Year.of(1999), Month.MARCH, Month.JULY, Month.JUNE));
        editions.patch(3, DocumentPatch.empty().set("year", Year.of(-44)).set("month", Month.MAY));

        assertThat(maps.get(1).orElseThrow())
                .isEqualTo(Map.of("id", 1, "year", 2020, "month", "MAY", "sold", "JULY", "printed", "06"));
        assertThat(editions.get(2)).contains(new Edition(2, Year.of(999), Month.MAY, Month.JULY, Month.JUNE));
        assertThat(editions.count(Query.where(Filter.eq("month", Month.MAY)))).isEqualTo(3);
        assertThat(editions.count(Query.where(Filter.lt("year", Year.of(1000)))))
                .isEqualTo(2);
        assertThat(editions.find(Query.all().sort(Sort.by("year"))))
                .extracting(Edition::id)
                .containsExactly(3, 2, 1);
    }

    @Test
    void uniqueIndexRefusesASecondDocument() {
        people.createIndex(IndexDefinition.uniqueOn("name"));
        people.insert(new Person("1", "Ada", null, 1));

        assertThatThrownBy(() -> people.insert(new Person("2", "Ada", null, 1)))
                .isInstanceOf(UniqueIndexViolationException.class)
                .hasMessageContaining("name = 'Ada'")
                .hasMessageContaining("document '1'");
        people.insert(new Person("2", "Bob", null, 1));
        assertThatThrownBy(() -> people.update("2", person -> new Person("2", "Ada", null, 2)))
                .isInstanceOf(UniqueIndexViolationException.class);
        people.replace(new Person("1", "Ada", "changed", 2));
        people.delete("1");
        people.replace(new Person("2", "Ada", null, 2));

        assertThat(people.count()).isEqualTo(1);
    }

    @Test
    void uniqueIndexAllowsManyWithoutAValue() {
        people.createIndex(IndexDefinition.uniqueOn("city"));
        people.insert(new Person("1", "A", null, 1));
        people.insert(new Person("2", "B", null, 1));

        assertThat(people.find(Query.where(Filter.isNull("city")))).hasSize(2);
    }

    @Test
    void concurrentTransactionsCannotBothTakeAUniqueValue() {
        people.createIndex(IndexDefinition.uniqueOn("name"));
        try (Transaction one = store.begin(TransactionOptions.defaults().withIsolation(Isolation.SNAPSHOT));
                Transaction other = store.begin(TransactionOptions.defaults().withIsolation(Isolation.SNAPSHOT))) {
            one.collection("people", Person.class).insert(new Person("1", "Ada", null, 1));
            other.collection("people", Person.class).insert(new Person("2", "Ada", null, 1));
            one.commit();
            assertThatThrownBy(other::commit)
                    .isInstanceOf(UniqueIndexViolationException.class)
                    .hasMessageContaining("name = 'Ada'");
        }
        assertThat(people.count()).isEqualTo(1);
        assertThat(people.count(Query.where(Filter.eq("name", "Ada")))).isEqualTo(1);
    }

    @Test
    void uniqueValuesCanBeSwappedOverAThirdWithinATransaction() {
        people.createIndex(IndexDefinition.uniqueOn("name"));
        people.insert(new Person("1", "Ada", null, 1));
        people.insert(new Person("2", "Bob", null, 1));

        store.runInTransaction(transaction -> {
            DocumentCollection<Person> inside = transaction.collection("people", Person.class);
            inside.replace(new Person("1", "tmp", null, 1));
            inside.replace(new Person("2", "Ada", null, 1));
            inside.replace(new Person("1", "Bob", null, 1));
        });

        assertThat(people.findOne(Query.where(Filter.eq("name", "Ada"))))
                .map(Person::id)
                .contains("2");
        assertThat(people.findOne(Query.where(Filter.eq("name", "Bob"))))
                .map(Person::id)
                .contains("1");
        assertThat(people.count(Query.where(Filter.eq("name", "tmp")))).isZero();
    }

    @Test
    void uniqueIndexOverDuplicatesIsNotCreated() {
        people.insert(new Person("1", "Ada", null, 1));
        people.insert(new Person("2", "Ada", null, 1));

        assertThatThrownBy(() -> people.createIndex(IndexDefinition.uniqueOn("name")))
                .isInstanceOf(UniqueIndexViolationException.class);
        assertThat(people.indexes()).isEmpty();
        people.insert(new Person("3", "Ada", null, 1));
    }

    @Test
    void indexesAreCreatedFromTheDocumentsAndSurviveReopening() {
        for (int i = 0; i < 100; i++) {
            people.insert(new Person("p" + i, "N" + i, i % 2 == 0 ? "even" : "odd", i));
        }
        people.createIndex(IndexDefinition.on("city", "age"));
        people.createIndex(IndexDefinition.on("city", "age"));
        assertThatThrownBy(() -> people.createIndex(IndexDefinition.uniqueOn("city", "age")))
                .isInstanceOf(IndexConflictException.class);

        reopen();

        assertThat(people.indexes()).containsExactly(IndexDefinition.on("city", "age"));
        assertThat(people.find(Query.where(Filter.eq("city", "odd").and(Filter.lt("age", 6)))))
                .extracting(Person::age)
                .containsExactlyInAnyOrder(1, 3, 5);
        assertThat(people.dropIndex("city_age")).isTrue();
        assertThat(people.dropIndex("city_age")).isFalse();
        reopen();
        assertThat(people.indexes()).isEmpty();
        assertThat(people.count(Query.where(Filter.eq("city", "odd")))).isEqualTo(50);
    }

    @Test
    void transactionThatBeganBeforeAnIndexWasCreatedConflicts() {
        people.insert(new Person("1", "Ada", null, 1));
        try (Transaction transaction = store.begin()) {
            transaction.collection("people", Person.class).insert(new Person("2", "Bob", null, 1));
            people.createIndex(IndexDefinition.on("name"));
            assertThatThrownBy(transaction::commit).isInstanceOf(TransactionConflictException.class);
        }
        assertThat(people.count(Query.where(Filter.eq("name", "Bob")))).isZero();
    }

    @Test
    void queriesFilterSortAndPage() {
        IntStream.range(0, 50).forEach(i -> people.insert(new Person("p" + i, "N" + i % 7, i % 3 == 0 ? "A" : "B", i)));
        Query query = Query.where(Filter.eq("city", "A"))
                .sort(Sort.by(Sort.Order.descending("age")))
                .offset(2)
                .limit(3);

        assertThat(people.find(query)).extracting(Person::age).containsExactly(42, 39, 36);
        assertThat(people.count(query)).isEqualTo(3);
        assertThat(people.count(Query.where(Filter.eq("city", "A")))).isEqualTo(17);
        assertThat(people.findOne(query)).map(Person::age).contains(42);
        assertThat(people.exists(Query.where(Filter.gt("age", 49)))).isFalse();
        assertThat(people.countBy("city")).containsExactly(Map.entry("A", 17L), Map.entry("B", 33L));
        assertThat(people.delete(Query.where(Filter.eq("city", "A")))).isEqualTo(17);
        assertThat(people.count()).isEqualTo(33);
    }

    @Test
    void ownWritesAreInOwnQueries() {
        people.createIndex(IndexDefinition.on("city"));
        people.insert(new Person("1", "Ada", "London", 1));
        try (Transaction transaction = store.begin()) {
            DocumentCollection<Person> inside = transaction.collection("people", Person.class);
            inside.insert(new Person("2", "Bob", "London", 1));
            inside.update("1", person -> new Person("1", "Ada", "Paris", 1));

            assertThat(inside.find(Query.where(Filter.eq("city", "London"))))
                    .extracting(Person::id)
                    .containsExactly("2");
            assertThat(inside.count(Query.where(Filter.eq("city", "Paris")))).isEqualTo(1);
            assertThat(people.count(Query.where(Filter.eq("city", "London")))).isEqualTo(1);
        }
    }

    @Test
    void serializableTransactionNoticesWhatItsQueriesWouldNowFind() {
        people.createIndex(IndexDefinition.on("city"));
        for (int i = 0; i < 300; i++) {
            people.insert(new Person("p" + i, "N" + i, "City" + i % 30, i));
        }
        List<Query> queries = List.of(
                Query.where(Filter.eq("city", "City7")),
                Query.where(Filter.eq("age", 7)),
                Query.where(Filter.eq("city", "City7")).sort(Sort.by("age")).limit(1),
                Query.where(Filter.eq("id", "p7")));
        Query indexed = queries.get(0);
        for (Query query : queries) {
            // Counting entries of the index depends on none of the documents behind them.
            boolean indexOnly = query.filter().equals(indexed.filter());
            for (boolean counted : List.of(true, false)) {
                assertThat(commitsAfter(query, counted, () -> people.update("p7", person -> person.aged(-1))))
                        .as("%s, a document in it changed", query)
                        .isEqualTo(counted && indexOnly);
                assertThat(commitsAfter(query, counted, () -> people.delete("p7")))
                        .as("%s, a document in it deleted", query)
                        .isFalse();
                people.insert(new Person("p7", "N7", "City7", 7));
            }
        }
        assertThat(commitsAfter(indexed, false, () -> people.update("p8", person -> person.aged(-1))))
                .isTrue();
        assertThat(commitsAfter(indexed, false, () -> people.insert(new Person(null, "New", "City8", 1))))
                .isTrue();
        assertThat(commitsAfter(indexed, false, () -> people.insert(new Person(null, "New", "City7", 1))))
                .isFalse();
    }

    private boolean commitsAfter(Query query, boolean counted, Runnable change) {
        try (Transaction transaction = store.begin()) {
            DocumentCollection<Person> inside = transaction.collection("people", Person.class);
            long found = counted ? inside.count(query) : inside.find(query).count();
            transaction.keyspace("results").put(new byte[] {1}, new byte[] {(byte) found});
            change.run();
            transaction.commit();
            return true;
        } catch (TransactionConflictException e) {
            return false;
        }
    }

    @Test
    void queryThatCannotBeMeantIsRefused() {
        people.insert(new Person("1", "Ada", null, 1));

        assertThatThrownBy(() -> Query.all().limit(-1))
                .isInstanceOf(InvalidQueryException.class)
                .hasMessageContaining("-1");
        assertThatThrownBy(() -> people.find(Query.where(Filter.eq("nmae", "Ada"))))
                .isInstanceOf(InvalidQueryException.class)
                .hasMessageContaining("nmae");
        assertThatThrownBy(() -> people.count(Query.where(Filter.gt("age", "x"))))
                .isInstanceOf(InvalidQueryException.class)
                .hasMessageContaining("age");
        assertThatThrownBy(() -> people.find(Query.all().sort(Sort.by("nope"))))
                .isInstanceOf(InvalidQueryException.class);
    }

    @Test
    void documentThatIsTooLargeIsRefused() {
        assertThatThrownBy(() -> people.insert(new Person("1", "x".repeat(17 << 20), null, 1)))
                .isInstanceOf(LimitExceededException.class);
        people.createIndex(IndexDefinition.on("name"));
        assertThatThrownBy(() -> people.insert(new Person("1", "x".repeat(5000), null, 1)))
                .isInstanceOf(LimitExceededException.class)
                .hasMessageContaining("name");
        assertThat(people.count()).isZero();
    }

    @Test
    void snapshotServesCollectionsToo() {
        people.createIndex(IndexDefinition.on("city"));
        people.insert(new Person("1", "Ada", "London", 1));
        Snapshot snapshot = store.snapshot();
        people.delete("1");

        DocumentCollection<Person> then = snapshot.collection("people", Person.class);
        assertThat(then.get("1")).isPresent();
        assertThat(then.count(Query.where(Filter.eq("city", "London")))).isEqualTo(1);
        assertThatThrownBy(() -> then.delete("1")).isInstanceOf(ReadOnlyException.class);
        assertThatThrownBy(() -> then.createIndex(IndexDefinition.on("name"))).isInstanceOf(ReadOnlyException.class);
    }

    @Test
    void statsTellOfDocumentsAndIndexes() {
        people.createIndex(IndexDefinition.on("city"));
        people.insertAll(Arrays.asList(
                new Person("1", "Ada", "London", 1),
                new Person("2", "Bob", "Paris", 1),
                new Person("3", "C", null, 1)));
        people.delete("3");

        StoreStats stats = store.stats();
        StoreStats.CollectionStats collection = stats.collections().get(0);
        assertThat(collection.name()).isEqualTo("people");
        assertThat(collection.documents()).isEqualTo(2);
        assertThat(collection.liveBytes()).isPositive().isLessThan(collection.totalBytes());
        assertThat(collection.indexes()).hasSize(1);
        assertThat(collection.indexes().get(0).entries()).isEqualTo(2);
        assertThat(stats.sequence()).isPositive();
        assertThat(stats.log().lastSync()).isNotNull();
        assertThat(stats.failure()).isNull();
        assertThat(stats.log().bytesOnDisk()).isGreaterThan(stats.log().liveBytes());

        reopen();
        StoreStats.CollectionStats again = store.stats().collections().get(0);
        assertThat(again).isEqualTo(collection);
    }

    private long revision(String id) {
        return people.getVersioned(id).orElseThrow().revision();
    }

    private void reopen() {
        store.close();
        store = Store.open(directory);
        people = store.collection("people", Person.class);
    }
}
