package org.storedb.spring.data.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DataRetrievalFailureException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.data.annotation.Version;
import org.springframework.data.core.PropertyReferenceException;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.Persistable;
import org.springframework.data.domain.Sort;
import org.springframework.data.mapping.MappingException;
import org.storedb.index.IndexDefinition;
import org.storedb.query.Continuation;
import org.storedb.query.Filter;
import org.storedb.query.Query;
import org.storedb.spring.data.core.mapping.Document;
import org.storedb.spring.data.core.mapping.FieldName;
import org.storedb.spring.data.core.mapping.Indexed;
import org.storedb.spring.data.repository.StoreRepository;

class StoreTemplateTests {

    private final StoreFixture fixture = new StoreFixture();
    private final StoreTemplate template = fixture.template();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void insertRefusesAnIdThatIsTaken() {
        template.insert(new City("1", "Kyoto", 1_400_000));
        assertThatThrownBy(() -> template.insert(new City("1", "Nara", 0)))
                .isInstanceOf(DuplicateKeyException.class)
                .hasMessageContaining("cities")
                .hasMessageContaining("'1'");
        assertThat(template.findById("1", City.class).orElseThrow().name()).isEqualTo("Kyoto");
    }

    @Test
    void updateRefusesAnIdThatIsNotThere() {
        assertThatThrownBy(() -> template.update(new City("1", "Kyoto", 1)))
                .isInstanceOf(DataRetrievalFailureException.class);
        template.insert(new City("1", "Kyoto", 1));
        assertThat(template.update(new City("1", "Kyoto", 2)).population()).isEqualTo(2);
        assertThat(template.findAll(City.class)).containsExactly(new City("1", "Kyoto", 2));
    }

    @Test
    void saveWithGivenIdInsertsAndReplaces() {
        template.save(new City("1", "Kyoto", 1));
        template.save(new City("1", "Kyoto", 2));
        assertThat(template.findAll(City.class)).containsExactly(new City("1", "Kyoto", 2));
    }

    @Test
    void batchesAreStoredAsAWholeOrNotAtAll() {
        List<City> cities = List.of(new City("1", "a", 1), new City("2", "b", 2), new City("1", "c", 3));
        assertThatThrownBy(() -> template.insertAll(cities)).isInstanceOf(DuplicateKeyException.class);
        assertThat(template.count(City.class)).isZero();
        assertThat(template.insertAll(cities.subList(0, 2))).hasSize(2);
        assertThatThrownBy(() -> template.saveAll(List.of(new City("1", "changed", 1), new City("3", "b", 1))))
                .isInstanceOf(DuplicateKeyException.class)
                .hasMessageContaining("name");
        assertThat(template.findById("1", City.class).orElseThrow().name()).isEqualTo("a");
    }

    @Test
    void entityThatIsRejectedAmongSeveralIsNamed() {
        template.insert(new City("1", "Kyoto", 1));
        assertThatThrownBy(() -> template.insertAll(List.of(new City("2", "Nara", 1), new City("1", "Osaka", 1))))
                .isInstanceOf(DuplicateKeyException.class)
                .hasMessageStartingWith("entities[1] with id '1': ");
        assertThatThrownBy(() -> template.saveAll(List.of(new City("2", "Nara", 1), new City("3", "Nara", 1))))
                .isInstanceOf(DuplicateKeyException.class)
                .hasMessageStartingWith("entities[1] with id '3': Unique index 'name'");
        assertThatThrownBy(() ->
                        template.saveAll(List.of(new Weight("1", 1, List.of()), new Weight("2", Float.NaN, List.of()))))
                .isInstanceOf(DataIntegrityViolationException.class)
                .hasMessageStartingWith("entities[1] with id '2': ");
        assertThatThrownBy(() ->
                        template.saveAll(List.of(new Chair(new SeatId("4", "A")), new Chair(new SeatId("4", null)))))
                .isInstanceOf(MappingException.class)
                .hasMessageStartingWith("entities[1] with id 'SeatId[row=4, letter=null]': Part 'letter'");
        Account account = template.insert(new Account("1", null, 10));
        template.save(account.withBalance(20));
        assertThatThrownBy(() -> template.saveAll(List.of(new Account("2", null, 1), account)))
                .isInstanceOf(OptimisticLockingFailureException.class)
                .hasMessageStartingWith("entities[1] with id '1': ");
        assertThatThrownBy(() -> template.saveAll(Arrays.asList(new Account("2", null, 1), null)))
                .hasMessage("The entity at entities[1] given to saveAll must not be null");
    }

    @Test
    void classesOfTheSameSimpleNameAreNotMixed() {
        template.insert(new Shelf.Item("1", 5));
        assertThatThrownBy(() -> template.deleteAll(Cart.Item.class))
                .isInstanceOf(MappingException.class)
                .hasMessageContainingAll("Shelf$Item", "Cart$Item", "'item'", "@Document");
        assertThatThrownBy(() -> fixture.repository(CartItems.class)).hasMessageContaining("same simple name");
        assertThat(template.findAll(Shelf.Item.class)).hasSize(1);
        assertThat(template.count(Moved.Item.class)).isZero();
    }

    interface Shelf {
        record Item(String id, int height) {}
    }

    interface Cart {
        record Item(String id, int count) {}
    }

    interface Moved {
        @Document("moved-items")
        record Item(String id) {}
    }

    interface CartItems extends StoreRepository<Cart.Item, String> {}

    @Test
    void declaredIndexesAreCreatedOnFirstUse() {
        template.count(City.class);
        assertThat(fixture.store().collection("cities").indexes()).containsExactly(IndexDefinition.uniqueOn("name"));
    }

    @Test
    void declaredIndexThatTheStoredDocumentsViolateIsRefused() {
        fixture.store().collection("cities").insert(Map.of("id", "1", "name", "same"));
        fixture.store().collection("cities").insert(Map.of("id", "2", "name", "same"));
        assertThatThrownBy(() -> template.count(City.class)).isInstanceOf(DuplicateKeyException.class);
        assertThatThrownBy(() -> template.insert(new City("3", "other", 1))).isInstanceOf(DuplicateKeyException.class);
    }

    @Test
    void uniqueIndexIsKept() {
        template.insert(new City("1", "Kyoto", 1));
        assertThatThrownBy(() -> template.insert(new City("2", "Kyoto", 1)))
                .isInstanceOf(DuplicateKeyException.class)
                .hasMessageContaining("Kyoto");
    }

    @Test
    void wrapperVersionShowsTheRevision() {
        Account stored = template.insert(new Account("1", null, 10));
        assertThat(stored.version()).isZero();
        Account changed = template.save(stored.withBalance(20));
        assertThat(changed.version()).isEqualTo(1);
        assertThat(template.findById("1", Account.class)).contains(changed);
        assertThat(fixture.store().collection("account").get("1").orElseThrow()).doesNotContainKey("version");
    }

    @Test
    void primitiveVersionShowsOneMore() {
        Seat stored = template.insert(new Seat("1", 0, "free"));
        assertThat(stored.version()).isEqualTo(1);
        assertThat(template.findById("1", Seat.class)).contains(stored);
        Seat changed = template.save(new Seat("1", stored.version(), "taken"));
        assertThat(changed.version()).isEqualTo(2);
        assertThatThrownBy(() -> template.save(new Seat("1", 1, "stolen")))
                .isInstanceOf(OptimisticLockingFailureException.class);
        assertThatThrownBy(() -> template.save(new Seat("1", 0, "inserted again")))
                .isInstanceOf(DuplicateKeyException.class);
    }

    @Test
    void staleVersionIsRefusedByUpdateAndDelete() {
        Account first = template.insert(new Account("1", null, 10));
        template.save(first.withBalance(20));
        assertThatThrownBy(() -> template.save(first.withBalance(30)))
                .isInstanceOf(OptimisticLockingFailureException.class)
                .hasMessageContaining("revision 1, not 0");
        assertThatThrownBy(() -> template.update(first.withBalance(30)))
                .isInstanceOf(OptimisticLockingFailureException.class);
        assertThatThrownBy(() -> template.delete(first)).isInstanceOf(OptimisticLockingFailureException.class);
        assertThatThrownBy(() -> template.saveAll(List.of(new Account("2", null, 1), first)))
                .isInstanceOf(OptimisticLockingFailureException.class);
        assertThat(template.findAll(Account.class)).containsExactly(new Account("1", 1L, 20));
    }

    @Test
    void versionedEntityThatWasDeletedIsAConflict() {
        Account account = template.insert(new Account("1", null, 10));
        template.deleteById("1", Account.class);
        assertThatThrownBy(() -> template.save(account))
                .isInstanceOf(OptimisticLockingFailureException.class)
                .hasMessageContaining(
                        "has been deleted since it was read, or the transaction that stored it was rolled");
        assertThatThrownBy(() -> template.delete(account)).isInstanceOf(OptimisticLockingFailureException.class);
    }

    @Test
    void updateOfAVersionedEntityThatIsNewIsRefused() {
        assertThatThrownBy(() -> template.update(new Account("1", null, 10)))
                .isInstanceOf(OptimisticLockingFailureException.class)
                .hasMessageContaining("insert");
    }

    @Test
    void persistableDecidesItself() {
        template.save(new Self("1", true));
        assertThatThrownBy(() -> template.save(new Self("1", true))).isInstanceOf(DuplicateKeyException.class);
        template.save(new Self("1", false));
        assertThat(fixture.store().collection("self").get("1").orElseThrow()).containsOnlyKeys("id");
    }

    @Test
    void queriesNamePropertiesAndTakeTheirValues() {
        Instant now = Instant.parse("2026-01-01T00:00:00Z");
        template.insert(new Event("1", now, Kind.LAUNCH, new Place("Kourou"), Set.of(Kind.LAUNCH)));
        template.insert(new Event("2", now.plusNanos(1), Kind.LANDING, new Place("Sea"), Set.of()));
        assertThat(ids(Filter.gt("time", now))).containsExactly("2");
        assertThat(ids(Filter.eq("kind", Kind.LAUNCH))).containsExactly("1");
        assertThat(ids(Filter.eq("kind", "LANDING"))).containsExactly("2");
        assertThat(ids(Filter.in("place.name", List.of("Sea", "Moon")))).containsExactly("2");
        assertThat(ids(Filter.eq("place.n", "Sea"))).containsExactly("2");
        assertThat(ids(Filter.hasElement("all", Kind.LAUNCH))).containsExactly("1");
        assertThat(ids(Filter.anyOf(Filter.not(Filter.startsWith("place.name", "K")), Filter.isNull("kind"))))
                .containsExactly("2");
        assertThat(ids(Filter.exists("time").and(Filter.between("time", now, now))))
                .containsExactly("1");
        assertThat(template.count(Query.where(Filter.eq("place", new Place("Sea"))), Event.class))
                .isEqualTo(1);
        assertThat(template.find(
                                Query.all()
                                        .sort(org.storedb.query.Sort.by("place.name")
                                                .descending()),
                                Event.class)
                        .get(0)
                        .id())
                .isEqualTo("2");
    }

    @Test
    void propertiesWinOverFieldsOfTheSameName() {
        template.insert(new Swapped("1", "text", 5));
        assertThat(template.count(Query.where(Filter.eq("a", "text")), Swapped.class))
                .isEqualTo(1);
        assertThat(template.count(Query.where(Filter.gt("b", 4)), Swapped.class))
                .isEqualTo(1);
    }

    @Test
    void optionalAndMappedValuesCanBeAskedFor() {
        template.insert(new Loose("1", Optional.of("x"), Map.of("k", Instant.EPOCH), Duration.ofMinutes(2)));
        template.insert(new Loose("2", Optional.empty(), Map.of(), Duration.ofSeconds(3)));
        assertThat(looseIds(Filter.startsWith("text", "x"))).containsExactly("1");
        assertThat(looseIds(Filter.eq("text", "x"))).containsExactly("1");
        assertThat(looseIds(Filter.isNull("text"))).containsExactly("2");
        assertThat(looseIds(Filter.lte("times.k", Instant.EPOCH))).containsExactly("1");
        assertThat(looseIds(Filter.gt("duration", Duration.ofSeconds(100)))).containsExactly("1");
    }

    @Test
    void floatsAreTheNumbersThatTheyAreWrittenAs() {
        Weight weight = new Weight("1", 0.1f, List.of(2.7f));
        template.insert(weight);
        assertThat(template.findById("1", Weight.class)).contains(weight);
        for (Object value : List.<Object>of(0.1f, 0.1)) {
            assertThat(template.count(Query.where(Filter.eq("kilograms", value)), Weight.class))
                    .isEqualTo(1);
        }
        assertThat(template.query(Weight.class).distinct("parts")).containsExactly(List.of(2.7f));
        assertThat(fixture.store().collection("weight").distinct("parts")).containsExactly(List.of(2.7));
    }

    private List<String> looseIds(Filter filter) {
        return template.find(Query.where(filter), Loose.class).stream()
                .map(Loose::id)
                .toList();
    }

    @Test
    void queriesThatCannotBeMeantAreRefused() {
        assertThatThrownBy(() -> ids(Filter.eq("kindd", Kind.LAUNCH)))
                .isInstanceOf(InvalidDataAccessApiUsageException.class)
                .hasMessageContaining("kindd")
                .hasMessageContaining("Event");
        assertThatThrownBy(() -> ids(Filter.eq("kind", "LUNCH")))
                .isInstanceOf(InvalidDataAccessApiUsageException.class)
                .hasMessageContaining("kind")
                .hasMessageContaining("LUNCH");
        assertThatThrownBy(() -> ids(Filter.gt("time", 5)))
                .isInstanceOf(InvalidDataAccessApiUsageException.class)
                .hasMessageContaining("time");
        assertThatThrownBy(() -> ids(Filter.hasElement("kind", Kind.LAUNCH)))
                .isInstanceOf(InvalidDataAccessApiUsageException.class);
        assertThatThrownBy(() -> template.findAll(Sort.by("all"), Event.class))
                .isInstanceOf(InvalidDataAccessApiUsageException.class)
                .hasMessageContaining("sorted");
        assertThatThrownBy(() -> template.findAll(Sort.by("nowhere"), Event.class))
                .isInstanceOf(PropertyReferenceException.class);
        assertThatThrownBy(() -> template.find(Query.where(Filter.gt("population", "x")), City.class))
                .isInstanceOf(InvalidDataAccessApiUsageException.class)
                .hasMessageContaining("population");
    }

    @Test
    void queriesGoOnFromAPlace() {
        template.insertAll(List.of(
                new City("1", "a", 10), new City("2", "b", 20), new City("3", "c", 30), new City("4", "d", 40)));
        Query query = Query.all().sort(org.storedb.query.Sort.by("population")).limit(2);
        Continuation place = Objects.requireNonNull(
                template.execute(City.class, cities -> cities.findPage(query)).last());
        assertThat(template.find(query.after(place), City.class))
                .extracting(City::id)
                .containsExactly("3", "4");
        assertThat(template.find(query.before(place), City.class))
                .extracting(City::id)
                .containsExactly("1");
        assertThat(template.count(query.before(place), City.class)).isEqualTo(1);
        assertThat(template.delete(query.after(place), City.class)).isEqualTo(2);
        assertThat(template.findAll(City.class)).extracting(City::id).containsExactly("1", "2");
    }

    @Test
    void pagesSortsAndNulls() {
        template.insertAll(
                List.of(new Named("1", "b"), new Named("2", null), new Named("3", "A"), new Named("4", "c")));
        Page<Named> page = template.findAll(PageRequest.of(1, 3, Sort.by("name")), Named.class);
        assertThat(page.getTotalElements()).isEqualTo(4);
        assertThat(page.getContent()).extracting(Named::id).containsExactly("4");
        assertThat(sortedIds(Sort.by("name"))).containsExactly("2", "3", "1", "4");
        assertThat(sortedIds(Sort.by(Sort.Order.desc("name")))).containsExactly("4", "1", "3", "2");
        assertThat(sortedIds(Sort.by(Sort.Order.asc("name").nullsLast()))).containsExactly("3", "1", "4", "2");
        assertThat(sortedIds(Sort.by(Sort.Order.desc("name").nullsFirst()))).containsExactly("2", "4", "1", "3");
        assertThat(sortedIds(Sort.by(Sort.Order.asc("name").ignoreCase()))).containsExactly("2", "3", "1", "4");
    }

    @Test
    void deletes() {
        template.insertAll(List.of(new Named("1", "a"), new Named("2", "b"), new Named("3", "c"), new Named("4", "d")));
        assertThat(template.deleteById("1", Named.class)).isTrue();
        assertThat(template.deleteById("1", Named.class)).isFalse();
        template.delete(new Named("1", "gone already, and has no version"));
        template.deleteAllById(List.of("2", "nobody"), Named.class);
        assertThat(template.delete(Query.where(Filter.eq("name", "c")), Named.class))
                .isEqualTo(1);
        template.deleteAll(List.of(new Named("4", null)));
        assertThat(template.count(Named.class)).isZero();
        template.insert(new Named("5", "e"));
        assertThat(template.deleteAll(Named.class)).isEqualTo(1);
    }

    @Test
    void entityWithoutAnIdCannotBeDeleted() {
        assertThatThrownBy(() -> template.delete(new Named(null, "a")))
                .isInstanceOf(InvalidDataAccessApiUsageException.class)
                .hasMessageContaining("no id");
    }

    @Test
    void entityWithoutANumberCannotBeUpdatedOrDeleted() {
        assertThatThrownBy(() -> template.delete(new Numbered(null)))
                .isInstanceOf(InvalidDataAccessApiUsageException.class)
                .hasMessageContaining("no id, so it cannot be deleted");
        assertThatThrownBy(() -> template.update(new Numbered(null)))
                .isInstanceOf(InvalidDataAccessApiUsageException.class)
                .hasMessageContaining("no id, so it cannot be updated");
    }

    @Test
    void missingArgumentsAreRefused() {
        assertRefusesNull("findById", () -> template.findById(nothing(), Named.class));
        assertRefusesNull("existsById", () -> template.existsById(nothing(), Named.class));
        assertRefusesNull("deleteById", () -> template.deleteById(nothing(), Named.class));
        assertRefusesNull("findAllById", () -> template.findAllById(nothing(), Named.class));
        assertRefusesNull("findAllById", () -> template.findAllById(Arrays.asList("1", null), Named.class));
        assertRefusesNull("deleteAllById", () -> template.deleteAllById(nothing(), Named.class));
        assertRefusesNull("deleteAllById", () -> template.deleteAllById(Arrays.asList("1", null), Named.class));
        assertRefusesNull("saveAll", () -> template.saveAll(StoreTemplateTests.<List<Named>>nothing()));
        assertRefusesNull("saveAll", () -> template.saveAll(Arrays.asList(new Named("1", "a"), null)));
        assertRefusesNull("save", () -> template.save(nothing()));
        assertRefusesNull("delete", () -> template.delete(nothing()));
        assertRefusesNull("findAll", () -> template.findAll(StoreTemplateTests.<Sort>nothing(), Named.class));
        assertRefusesNull("findAll", () -> template.findAll(StoreTemplateTests.<Pageable>nothing(), Named.class));
        assertThat(template.count(Named.class)).isZero();
    }

    private static void assertRefusesNull(String method, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("given to " + method + " must not be null");
    }

    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"}) // as unchecked callers may do
    private static <T> T nothing() {
        return null;
    }

    @Test
    void unreadableDocumentIsNamed() {
        fixture.store().collection("cities").insert(Map.of("id", "7", "name", "Nara", "population", "many"));
        assertThatThrownBy(() -> template.findAll(City.class))
                .isInstanceOf(MappingException.class)
                .hasMessageContaining("Document '7' of collection 'cities'")
                .hasMessageContaining("Property 'population'")
                .hasMessageContaining("STRING");
    }

    @Test
    void whatCannotBeAskedForIsExplained() {
        assertThatThrownBy(() -> template.findAll(Sort.by("version"), Account.class))
                .isInstanceOf(InvalidDataAccessApiUsageException.class)
                .hasMessageContaining("it is the version");
        assertThatThrownBy(() -> template.find(Query.where(Filter.eq("fresh", true)), Self.class))
                .isInstanceOf(InvalidDataAccessApiUsageException.class)
                .hasMessageContaining("transient");
    }

    @Test
    void findAllByIdSkipsWhatIsNotThere() {
        template.insertAll(List.of(new Named("1", "a"), new Named("2", "b")));
        assertThat(template.findAllById(List.of("2", "0", "1"), Named.class))
                .extracting(Named::id)
                .containsExactlyInAnyOrder("1", "2");
    }

    @Test
    void closedStoreIsAResourceFailure() {
        template.insert(new Named("1", "a"));
        fixture.store().close();
        assertThatThrownBy(() -> template.findById("1", Named.class))
                .isInstanceOf(DataAccessResourceFailureException.class);
    }

    @Test
    void executeGivesTheCollectionItself() {
        template.insert(new Named("1", "a"));
        Map<@Nullable Object, Long> counts = template.execute(Named.class, collection -> collection.countBy("name"));
        assertThat(counts).containsExactly(Map.entry("a", 1L));
    }

    @Test
    void executeAtomicallyTakesEverythingBack() {
        assertThatThrownBy(() -> template.executeAtomically(Named.class, collection -> {
                    collection.insert(new Named("1", "a"));
                    throw new IllegalStateException("after the insert");
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(template.count(Named.class)).isZero();
    }

    private List<String> ids(Filter filter) {
        return template.find(Query.where(filter), Event.class).stream()
                .map(Event::id)
                .toList();
    }

    private List<String> sortedIds(Sort sort) {
        return template.findAll(sort, Named.class).stream()
                .map(named -> Objects.requireNonNull(named.id()))
                .toList();
    }

    @Document("cities")
    record City(String id, @Indexed(unique = true) String name, int population) {}

    record Account(String id, @Version @Nullable Long version, int balance) {
        Account withBalance(int newBalance) {
            return new Account(id, version, newBalance);
        }
    }

    record Seat(String id, @Version int version, String state) {}

    record Chair(SeatId id) {}

    record SeatId(String row, @Nullable String letter) {}

    record Numbered(@Nullable Long id) {}

    record Named(@Nullable String id, @Nullable String name) {}

    enum Kind {
        LAUNCH,
        LANDING
    }

    record Place(@FieldName("n") String name) {}

    record Event(String id, Instant time, Kind kind, Place place, Set<Kind> all) {}

    record Swapped(
            String id,
            @FieldName("b") String a,
            @FieldName("a") int b) {}

    record Weight(String id, float kilograms, List<Float> parts) {}

    record Loose(String id, Optional<String> text, Map<String, Instant> times, Duration duration) {}

    static class Self implements Persistable<String> {
        private final String id;
        private final @org.springframework.data.annotation.Transient boolean fresh;

        Self(String id, boolean fresh) {
            this.id = id;
            this.fresh = fresh;
        }

        @Override
        public String getId() {
            return id;
        }

        @Override
        public boolean isNew() {
            return fresh;
        }
    }
}
