package org.storedb;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.storedb.index.IndexDefinition;
import org.storedb.query.Filter;
import org.storedb.query.Query;
import org.storedb.query.Sort;
import org.storedb.testing.SimulatedDirectory;
import org.storedb.testing.SteppedTasks;
import org.storedb.testing.TestEnvironments;

/** Queries of one shape, asked again after something has changed that their plan was made for. */
class KeptPlansTests {

    private static final int DOCUMENTS = 400;
    private static final IndexDefinition BY_EMAIL = IndexDefinition.uniqueOn("email");
    private static final IndexDefinition BY_CITY = IndexDefinition.on("city");

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Store store = TestStores.open(
            new SimulatedDirectory(),
            StoreOptions.defaults().withDurability(Durability.OS),
            TestEnvironments.stepped(1, new SteppedTasks()));
    private final DocumentCollection<Map<String, @Nullable Object>> people = store.collection("people");

    @BeforeEach
    void fill() {
        List<Map<String, @Nullable Object>> documents = new ArrayList<>();
        for (int number = 0; number < DOCUMENTS; number++) {
            documents.add(person(number));
        }
        people.insertAll(documents);
    }

    @AfterEach
    void close() {
        threads.shutdownNow();
        store.close();
    }

    @Test
    void anIndexThatIsCreatedIsUsedAndOneThatIsDroppedIsNot() {
        for (int round = 0; round < 3; round++) {
            assertEverythingIsFound();
            assertThat(wayTo(7)).contains("full scan");

            people.createIndex(BY_EMAIL);
            people.createIndex(BY_CITY);
            assertEverythingIsFound();
            assertThat(wayTo(7)).contains("index email");

            assertThat(people.dropIndex(BY_EMAIL.name())).isTrue();
            assertThat(people.dropIndex(BY_CITY.name())).isTrue();
            people.save(person(DOCUMENTS + round)); // No index knows it.
            assertThat(emailOf(people.findOne(byEmail(DOCUMENTS + round)).orElseThrow()))
                    .isEqualTo("p" + (DOCUMENTS + round) + "@x");
            people.delete("p" + (DOCUMENTS + round));
        }
    }

    @Test
    void whoSeesTheCollectionAsItWasUsesItsIndexes() {
        people.createIndex(BY_EMAIL);
        assertEverythingIsFound();
        DocumentCollection<Map<String, @Nullable Object>> old = store.snapshot().collection("people");
        people.dropIndex(BY_EMAIL.name());
        people.delete("p7");
        for (int turn = 0; turn < 3; turn++) {
            assertThat(people.exists(byEmail(7))).isFalse();
            assertThat(old.exists(byEmail(7))).isTrue();
            assertThat(old.find(byEmail(7))).hasSize(1);
            assertThat(people.find(byEmail(8))).hasSize(1);
        }
    }

    @Test
    void aTransactionFindsWhatItHasWritten() {
        people.createIndex(BY_EMAIL);
        assertEverythingIsFound();
        store.inTransaction(transaction -> {
            DocumentCollection<Map<String, @Nullable Object>> own = transaction.collection("people");
            assertThat(own.exists(byEmail(DOCUMENTS))).isFalse();
            own.insert(person(DOCUMENTS));
            own.delete("p3");
            assertThat(own.find(byEmail(DOCUMENTS))).hasSize(1);
            assertThat(own.count(byEmail(3))).isZero();
            return null;
        });
        assertThat(people.find(byEmail(DOCUMENTS))).hasSize(1);
        assertThat(people.find(byEmail(3))).isEmpty();
    }

    @Test
    void valuesOfOtherTypesAndNullAreAskedForInTheSameWay() {
        people.createIndex(BY_EMAIL);
        people.save(of("number", 5));
        people.save(of("text", "5"));
        people.save(of("list", List.of(5)));
        people.save(of("truth", true));
        people.save(of("nothing", null));
        people.save(new HashMap<>(Map.of("id", "missing")));
        for (int turn = 0; turn < 3; turn++) {
            assertThat(idsOf(5)).containsExactly("number");
            assertThat(idsOf(5.0)).containsExactly("number");
            assertThat(idsOf("5")).containsExactly("text");
            assertThat(idsOf(List.of(5))).containsExactly("list");
            assertThat(idsOf(true)).containsExactly("truth");
            assertThat(idsOf(false)).isEmpty();
            assertThat(idsOf(null)).containsExactly("missing", "nothing");
        }
    }

    @Test
    void readersGoOnWhileIndexesComeAndGo() {
        AtomicBoolean stopped = new AtomicBoolean();
        List<CompletableFuture<Integer>> readers = new ArrayList<>();
        for (int reader = 0; reader < 3; reader++) {
            int first = reader;
            readers.add(CompletableFuture.supplyAsync(
                    () -> {
                        int rounds = 0;
                        for (int number = first; !stopped.get() || rounds < 50; number = (number + 7) % DOCUMENTS) {
                            assertIsFound(number);
                            rounds++;
                        }
                        return rounds;
                    },
                    threads));
        }
        for (int round = 0; round < 15; round++) {
            people.createIndex(BY_EMAIL);
            people.createIndex(BY_CITY);
            people.save(person(DOCUMENTS + round));
            assertThat(people.dropIndex(BY_EMAIL.name())).isTrue();
            people.save(person(DOCUMENTS + round));
            assertThat(people.dropIndex(BY_CITY.name())).isTrue();
        }
        stopped.set(true);
        readers.forEach(reader -> assertThat(reader.join()).isGreaterThanOrEqualTo(50));
    }

    private void assertEverythingIsFound() {
        for (int number = 0; number < DOCUMENTS; number += 13) {
            assertIsFound(number);
        }
    }

    private void assertIsFound(int number) {
        assertThat(people.find(byEmail(number)).map(KeptPlansTests::emailOf)).containsExactly("p" + number + "@x");
        assertThat(people.exists(byEmail(number))).isTrue();
        assertThat(people.exists(byEmail(-1))).isFalse();
        assertThat(people.count(Query.where(Filter.eq("city", "C" + number % 10))))
                .isGreaterThanOrEqualTo(DOCUMENTS / 10);
        assertThat(people.find(Query.where(Filter.eq("city", "C" + number % 10))
                        .sort(Sort.by("number"))
                        .limit(3)))
                .hasSize(3);
    }

    private List<Object> idsOf(@Nullable Object email) {
        return people.find(Query.where(Filter.eq("email", email)))
                .<Object>map(found -> String.valueOf(found.get("id")))
                .toList();
    }

    private String wayTo(int number) {
        return people.explain(byEmail(number)).toString();
    }

    private static Query byEmail(int number) {
        return Query.where(Filter.eq("email", "p" + number + "@x"));
    }

    private static @Nullable Object emailOf(Map<String, @Nullable Object> person) {
        return person.get("email");
    }

    private static Map<String, @Nullable Object> of(String id, @Nullable Object email) {
        Map<String, @Nullable Object> person = new HashMap<>();
        person.put("id", id);
        person.put("email", email);
        return person;
    }

    private static Map<String, @Nullable Object> person(int number) {
        Map<String, @Nullable Object> person = of("p" + number, "p" + number + "@x");
        person.put("city", "C" + number % 10);
        person.put("number", number);
        return person;
    }
}
