package org.storedb.spring.data.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.data.annotation.TypeAlias;
import org.springframework.data.annotation.Version;
import org.springframework.data.domain.Example;
import org.springframework.data.domain.Limit;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.domain.ScrollPosition;
import org.springframework.data.domain.Sort;
import org.springframework.data.domain.Window;
import org.springframework.data.support.WindowIterator;
import org.storedb.document.DocumentPatch;
import org.storedb.index.IndexDefinition;
import org.storedb.query.Aggregation;
import org.storedb.query.Filter;
import org.storedb.query.Measure;
import org.storedb.query.PlanStep;
import org.storedb.query.Query;
import org.storedb.query.QueryExplanation;
import org.storedb.query.Row;
import org.storedb.spring.data.core.StoreFixture;
import org.storedb.spring.data.core.mapping.Document;

/** A repository of a class that shares its collection with others sees only its own entities. */
@ExtendWith(OutputCaptureExtension.class)
class SubtypeRepositoryTests {

    private final StoreFixture fixture = new StoreFixture(context ->
            List.of(Card.class, Cash.class, Cheque.class, Coupon.class).forEach(context::getPersistentEntity));
    private final Payments payments = fixture.repository(Payments.class);
    private final Cards cards = fixture.repository(Cards.class);
    private final Papers papers = fixture.repository(Papers.class);

    @BeforeEach
    void store() {
        payments.insertAll(List.of(
                new Card("1", null, 10, "4711"),
                new Card("2", null, 20, "0815"),
                new Cash("3", null, 30),
                new Cheque("4", null, 40)));
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void rootSeesAll() {
        assertThat(payments.findAll()).hasSize(4);
        assertThat(payments.findByAmountGreaterThan(15)).hasSize(3);
    }

    @Test
    void findAllAndCount() {
        assertThat(cards.findAll()).extracting(Card::number).containsExactly("4711", "0815");
        assertThat(cards.findAll(Sort.by("amount").descending()))
                .extracting(Card::amount)
                .containsExactly(20, 10);
        assertThat(cards.findAll(PageRequest.of(0, 1)).getTotalElements()).isEqualTo(2);
        assertThat(cards.count()).isEqualTo(2);
    }

    @Test
    void documentsWithoutAliasAreLogged(CapturedOutput output) {
        fixture.repository(Cards.class);
        assertThat(output).doesNotContain("without _type");

        fixture.store().collection("payments").patch("1", DocumentPatch.empty().unset("_type"));
        assertThat(fixture.repository(Cards.class).findAll())
                .extracting(Card::number)
                .containsExactly("0815");
        fixture.repository(Papers.class);
        assertThat(output).containsOnlyOnce("'payments' has documents without _type (1)");
    }

    @Test
    void fewAmongManyAreFoundByTheirType() {
        payments.insertAll(IntStream.range(100, 2_100)
                .mapToObj(number -> new Cash(String.valueOf(number), null, number))
                .toList());

        QueryExplanation explanation =
                fixture.template().execute(Card.class, collection -> collection.profile(Query.all()));

        assertThat(explanation.plan().flattened()).extracting(PlanStep::index).contains("type-alias");
        assertThat(Objects.requireNonNull(explanation.execution()).documentsRead())
                .isLessThanOrEqualTo(2);
        assertThat(cards.count()).isEqualTo(2);
    }

    @Test
    void collectionWithoutSuchARepositoryHasNoIndexOfTypes() {
        try (StoreFixture other =
                new StoreFixture(context -> List.of(Card.class, Cash.class).forEach(context::getPersistentEntity))) {
            other.repository(Payments.class).insert(new Card("1", null, 10, "4711"));
            assertThat(other.store().collection("payments").indexes()).isEmpty();
            other.repository(Cards.class);
            assertThat(other.store().collection("payments").indexes())
                    .extracting(IndexDefinition::name)
                    .containsExactly("type-alias");
        }
    }

    @Test
    void idsOfOthersAreNotThere() {
        assertThat(cards.findById("1")).isPresent();
        assertThat(cards.findById("3")).isEmpty();
        assertThat(cards.existsById("3")).isFalse();
        assertThat(cards.findAllById(List.of("1", "3"))).extracting(Card::id).containsExactly("1");
    }

    @Test
    void derivedAndDeclaredQueries() {
        assertThat(cards.findByAmountGreaterThan(15)).extracting(Card::id).containsExactly("2");
        assertThat(cards.expensive(15)).extracting(Card::id).containsExactly("2");
        assertThat(cards.sum()).isEqualTo(30);
        assertThat(cards.countByAmountGreaterThan(0)).isEqualTo(2);
        assertThat(cards.existsByAmount(30)).isFalse();
    }

    @Test
    void classBetweenSeesItsOwnSubclasses() {
        assertThat(papers.findAll()).extracting(Paper::id).containsExactly("3", "4");
        assertThat(papers.findById("1")).isEmpty();
    }

    @Test
    void deletesItsOwnOnly() {
        cards.deleteById("3");
        assertThat(payments.existsById("3")).isTrue();
        cards.deleteAll();
        assertThat(payments.findAll()).extracting(Payment::id).containsExactly("3", "4");
    }

    @Test
    void derivedDeleteLeavesOthersAlone() {
        assertThat(cards.deleteByAmountGreaterThan(0)).isEqualTo(2);
        assertThat(payments.count()).isEqualTo(2);
    }

    @Test
    void classThatNamesTheSharedCollectionAgainSeesItsOwnOnly() {
        payments.insert(new Coupon("5", null, 50));
        Coupons coupons = fixture.repository(Coupons.class);

        assertThat(coupons.findAll()).extracting(Payment::id).containsExactly("5");
        assertThat(coupons.findById("1")).isEmpty();
        coupons.deleteAll();
        assertThat(payments.findAll()).extracting(Payment::id).containsExactly("1", "2", "3", "4");
    }

    @Test
    void classesWithNothingElseInCommonSeeTheirOwnOnly() {
        try (StoreFixture other = new StoreFixture(
                context -> List.of(Arrival.class, Departure.class).forEach(context::getPersistentEntity))) {
            Arrivals arrivals = other.repository(Arrivals.class);
            Departures departures = other.repository(Departures.class);
            arrivals.insert(new Arrival("1", "Nara"));
            departures.insert(new Departure("2", "Nara"));

            assertThat(arrivals.findAll()).extracting(Arrival::id).containsExactly("1");
            assertThat(departures.findById("1")).isEmpty();
            departures.deleteAll();
            assertThat(arrivals.count()).isEqualTo(1);
        }
    }

    @Test
    void updatesItsOwnOnly() {
        assertThat(cards.raise(1)).isEqualTo(2);
        assertThat(payments.findById("3").orElseThrow().amount()).isEqualTo(30);
        assertThat(fixture.template()
                        .update(Card.class)
                        .apply(DocumentPatch.empty().increment("amount", 1)))
                .isEqualTo(2);
    }

    @Test
    void saveAndVersionsWork() {
        Card saved = cards.save(new Card("1", 0L, 11, "4711"));
        assertThat(saved.version).isEqualTo(1);
        assertThatThrownBy(() -> cards.save(new Card("1", 0L, 12, "4711")))
                .isInstanceOf(OptimisticLockingFailureException.class);
        cards.delete(saved);
        assertThat(payments.existsById("1")).isFalse();
    }

    @Test
    void examplesAskForTheClassOfTheProbe() {
        assertThat(payments.findAll(Example.of(
                        new Card("1", null, 10, "4711"),
                        org.springframework.data.domain.ExampleMatcher.matching()
                                .withIgnorePaths("id"))))
                .extracting(Payment::id)
                .containsExactly("1");
    }

    @Test
    void fluentQueries() {
        assertThat(fixture.template().query(Card.class).count()).isEqualTo(2);
        assertThat(fixture.template()
                        .query(Card.class)
                        .matching(Filter.lt("amount", 100))
                        .all())
                .hasSize(2);
        assertThat(fixture.template().query(Card.class).distinct("amount")).containsExactly(10, 20);
        assertThat(fixture.template()
                        .query(Card.class)
                        .aggregate(Aggregation.of(Measure.count().as("n")), Row.class)
                        .get(0)
                        .value("n"))
                .isEqualTo(2L);
        assertThat(fixture.template().<Card, Long>execute(Card.class, collection -> collection.count(Query.all())))
                .isEqualTo(2);
    }

    @Test
    void methodThatReturnsASubclassAsksForIt() {
        assertThat(payments.findCardsByAmountGreaterThan(5))
                .extracting(Card::id)
                .containsExactly("1", "2");
    }

    @Test
    void propertiesOfRecordsAreThoseOfTheirSealedInterface() {
        Sendings sendings = fixture.repository(Sendings.class);
        sendings.insertAll(
                List.of(new Letter("a", "Ada", 20), new Parcel("b", "Ada", List.of("hat")), new Letter("c", "Bob", 5)));
        assertThat(sendings.findByReceiverOrderByIdDesc("Ada"))
                .extracting(Sending::id)
                .containsExactly("b", "a");
        assertThat(sendings.countByGramsLessThan(10)).isEqualTo(1);
        assertThat(sendings.findByContentsContaining("hat"))
                .extracting(Sending::id)
                .containsExactly("b");
        assertThat(sendings.findAll(Sort.by("receiver").descending()).get(0).id())
                .isEqualTo("c");
        assertThatThrownBy(() -> fixture.repository(SendersOfSendings.class)).hasMessageContaining("'sender'");
    }

    @Test
    void windowsContinueAfterPropertiesOfRecords() {
        Sendings sendings = fixture.repository(Sendings.class);
        sendings.insertAll(List.of(
                new Letter("a", "Ada", 20),
                new Parcel("b", "Ada", List.of("hat")),
                new Letter("c", "Bob", 5),
                new Letter("d", "Ada", 7)));
        assertThat(walked(sendings, Sort.by("receiver"))).containsExactly("a", "b", "d", "c");
        assertThat(walked(sendings, Sort.by("grams"))).containsExactly("b", "c", "d", "a");
        assertThat(walked(sendings, Sort.by("grams").descending())).containsExactly("a", "d", "c", "b");

        Window<Sending> first = sendings.findBy(ScrollPosition.keyset(), Sort.by("grams"), Limit.of(1));
        sendings.deleteById("b");
        assertThat(sendings.findBy(first.positionAt(0), Sort.by("grams"), Limit.of(1)))
                .extracting(Sending::id)
                .containsExactly("c");
    }

    private static List<String> walked(Sendings sendings, Sort sort) {
        List<String> ids = new ArrayList<>();
        WindowIterator.of(position -> sendings.findBy(position, sort, Limit.of(1)))
                .startingAt(ScrollPosition.keyset())
                .forEachRemaining(sending -> ids.add(sending.id()));
        return ids;
    }

    @Test
    void repositoryThatWouldNotFindWhatItStoresIsRefused() {
        assertThatThrownBy(() -> fixture.repository(Vehicles.class))
                .hasMessageContaining("queries 'vehicle', but a")
                .hasMessageContaining("is stored in 'car'; annotate")
                .hasMessageContaining("Vehicle with @Document");
    }

    sealed interface Vehicle permits Car {}

    @TypeAlias("car")
    record Car(String id) implements Vehicle {}

    interface Vehicles extends StoreRepository<Vehicle, String> {}

    @Document("sendings")
    sealed interface Sending permits Letter, Parcel {
        String id();

        String receiver();
    }

    @TypeAlias("letter")
    record Letter(String id, String receiver, int grams) implements Sending {}

    @TypeAlias("parcel")
    record Parcel(String id, String receiver, List<String> contents) implements Sending {}

    interface Sendings extends StoreRepository<Sending, String> {
        List<Sending> findByReceiverOrderByIdDesc(String receiver);

        long countByGramsLessThan(int grams);

        List<Sending> findByContentsContaining(String content);

        Window<Sending> findBy(ScrollPosition position, Sort sort, Limit limit);
    }

    interface SendersOfSendings extends StoreRepository<Sending, String> {
        List<Sending> findBySender(String sender);
    }

    @Document("movements")
    @TypeAlias("arrival")
    record Arrival(String id, String place) {}

    @Document("movements")
    @TypeAlias("departure")
    record Departure(String id, String place) {}

    interface Arrivals extends StoreRepository<Arrival, String> {}

    interface Departures extends StoreRepository<Departure, String> {}

    @Document("payments")
    abstract static class Payment {
        final String id;

        @Version
        @Nullable
        Long version;

        final int amount;

        Payment(String id, @Nullable Long version, int amount) {
            this.id = id;
            this.version = version;
            this.amount = amount;
        }

        String id() {
            return id;
        }

        int amount() {
            return amount;
        }
    }

    @TypeAlias("card")
    static final class Card extends Payment {
        final String number;

        Card(String id, @Nullable Long version, int amount, String number) {
            super(id, version, amount);
            this.number = number;
        }

        String number() {
            return number;
        }
    }

    abstract static class Paper extends Payment {
        Paper(String id, @Nullable Long version, int amount) {
            super(id, version, amount);
        }
    }

    @TypeAlias("cash")
    static final class Cash extends Paper {
        Cash(String id, @Nullable Long version, int amount) {
            super(id, version, amount);
        }
    }

    @TypeAlias("cheque")
    static final class Cheque extends Paper {
        Cheque(String id, @Nullable Long version, int amount) {
            super(id, version, amount);
        }
    }

    @Document("payments")
    @TypeAlias("coupon")
    static final class Coupon extends Payment {
        Coupon(String id, @Nullable Long version, int amount) {
            super(id, version, amount);
        }
    }

    interface Payments extends StoreRepository<Payment, String> {
        List<Payment> findByAmountGreaterThan(int amount);

        List<Card> findCardsByAmountGreaterThan(int amount);
    }

    interface Papers extends StoreRepository<Paper, String> {}

    interface Coupons extends StoreRepository<Coupon, String> {}

    interface Cards extends StoreRepository<Card, String> {
        List<Card> findByAmountGreaterThan(int amount);

        long countByAmountGreaterThan(int amount);

        boolean existsByAmount(int amount);

        long deleteByAmountGreaterThan(int amount);

        @org.storedb.spring.data.repository.Query("find payments where amount > :amount")
        List<Card> expensive(int amount);

        @org.storedb.spring.data.repository.Query("select sum(amount) from payments")
        int sum();

        @org.storedb.spring.data.repository.Query("update payments set amount = amount + :more where true")
        int raise(int more);
    }
}
