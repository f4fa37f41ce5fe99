package org.storedb.spring.data.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.IncorrectResultSizeDataAccessException;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.data.annotation.Version;
import org.springframework.data.domain.Limit;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.Slice;
import org.springframework.data.domain.Sort;
import org.springframework.data.repository.query.Param;
import org.storedb.query.Row;
import org.storedb.spring.data.core.StoreFixture;
import org.storedb.spring.data.core.mapping.Document;
import org.storedb.spring.data.core.mapping.FieldName;

/** {@code @Query} with select, update, and expressions. */
class StatementQueryTests {

    private final StoreFixture fixture = new StoreFixture();

    @BeforeEach
    void store() {
        sales().insertAll(List.of(
                new Sale(
                        "1",
                        null,
                        Kind.FRUIT,
                        3,
                        new BigDecimal("1.50"),
                        LocalDate.of(2026, 1, 1),
                        new Shop("Kyoto"),
                        Set.of("a")),
                new Sale(
                        "2",
                        null,
                        Kind.FRUIT,
                        5,
                        new BigDecimal("2.00"),
                        LocalDate.of(2026, 1, 2),
                        new Shop("Nara"),
                        Set.of()),
                new Sale(
                        "3",
                        null,
                        Kind.FISH,
                        1,
                        new BigDecimal("9.25"),
                        LocalDate.of(2026, 1, 2),
                        new Shop("Kyoto"),
                        Set.of("a", "b")),
                new Sale("4", null, null, 7, null, null, null, null)));
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void selectedFieldsMakeRecords() {
        assertThat(sales().places(2))
                .containsExactly(new Place("1", "Kyoto"), new Place("2", "Nara"), new Place("4", null));
    }

    @Test
    void selectedFieldsMakeInterfaces() {
        assertThat(sales().lines())
                .extracting(Line::getKind, Line::getNumber)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(Kind.FRUIT, 3),
                        org.assertj.core.groups.Tuple.tuple(Kind.FRUIT, 5),
                        org.assertj.core.groups.Tuple.tuple(Kind.FISH, 1),
                        org.assertj.core.groups.Tuple.tuple(null, 7));
    }

    @Test
    void selectedFieldsMakeMapsRowsAndArrays() {
        assertThat(sales().maps("1")).containsExactly(Map.of("kind", Kind.FRUIT, "day", LocalDate.of(2026, 1, 1)));
        assertThat(sales().row("3"))
                .hasValueSatisfying(row -> assertThat(row.value("shop.city")).isEqualTo("Kyoto"));
        assertThat(sales().arrays("1")).containsExactly(new Object[] {"1", 3});
    }

    @Test
    void oneFieldIsItsValue() {
        assertThat(sales().kinds()).containsExactly(Kind.FISH, Kind.FRUIT, Kind.FRUIT);
        assertThat(sales().numberOf("2")).isEqualTo(5);
        assertThat(sales().dayOf("1")).contains(LocalDate.of(2026, 1, 1));
        assertThat(sales().dayOf("4")).isEmpty();
        assertThat(sales().tagsOf("3")).isEqualTo(Set.of("a", "b"));
    }

    @Test
    void oneFieldOfSeveralValuesIsTheseValues() {
        sales().insert(new Sale("5", null, null, 0, null, null, null, Set.of("a,b")));
        assertThat(sales().tags()).containsExactly(Set.of("a"), Set.of(), Set.of("a", "b"), Set.of("a,b"));
    }

    @Test
    void oneFieldThatIsAnObjectIsThisObject() {
        assertThat(fixture.repository(Shops.class).shops())
                .containsExactly(new Shop("Kyoto"), new Shop("Nara"), new Shop("Kyoto"));
    }

    @Test
    void oneOptionalFieldIsWhatItHolds() {
        Kiosks kiosks = fixture.repository(Kiosks.class);
        kiosks.insertAll(List.of(
                new Kiosk("1", Optional.of(new Shop("Kyoto")), Optional.of("Aki")),
                new Kiosk("2", Optional.empty(), Optional.empty())));
        assertThat(kiosks.shops()).containsExactly(new Shop("Kyoto"), null);
        assertThat(kiosks.optionalShops()).containsExactly(Optional.of(new Shop("Kyoto")), Optional.empty());
        assertThat(kiosks.keepers()).containsExactly("Aki", null);
    }

    record Kiosk(String id, Optional<Shop> shop, Optional<String> keeper) {}

    interface Kiosks extends StoreRepository<Kiosk, String> {
        @Query("select shop from kiosk order by id")
        List<Shop> shops();

        @Query("select shop from kiosk order by id")
        List<Optional<Shop>> optionalShops();

        @Query("select keeper from kiosk order by id")
        List<String> keepers();
    }

    @Test
    void oneFieldThatIsABeanIsThisBean() {
        Owner owner = new Owner();
        owner.setName("Aki");
        Stalls stalls = fixture.repository(Stalls.class);
        stalls.insert(new Stall("1", owner));
        assertThat(stalls.owners()).extracting(Owner::getName).containsExactly("Aki");
    }

    @Test
    void severalRowsForOneAreRefused() {
        assertThatThrownBy(() -> sales().anyNumber())
                .isInstanceOf(IncorrectResultSizeDataAccessException.class)
                .hasMessageContaining("anyNumber");
    }

    @Test
    void distinctValues() {
        assertThat(sales().differentKinds()).containsExactly(null, Kind.FISH, Kind.FRUIT);
        assertThat(sales().differentCities()).containsExactlyInAnyOrder("Kyoto", "Nara");
    }

    @Test
    void selectedFieldsSortedLimitedAndPaged() {
        assertThat(sales().numbers(Sort.by("number").descending())).containsExactly(7, 5, 3, 1);
        assertThat(sales().numbersFrom(Limit.of(2))).containsExactly(1, 3);
        Page<Integer> page = sales().numberPage(PageRequest.of(1, 3));
        assertThat(page).containsExactly(7);
        assertThat(page.getTotalElements()).isEqualTo(4);
        Slice<Integer> slice = sales().numberSlice(PageRequest.of(0, 3, Sort.by("number")));
        assertThat(slice).containsExactly(1, 3, 5);
        assertThat(slice.hasNext()).isTrue();
        try (Stream<Integer> stream = sales().numberStream()) {
            assertThat(stream).containsExactly(1, 3, 5, 7);
        }
    }

    @Test
    void groupsMakeRecords() {
        assertThat(sales().totals())
                .containsExactly(
                        new Total(Kind.FISH, 1, new BigDecimal("9.25"), 1),
                        new Total(Kind.FRUIT, 2, new BigDecimal("3.50"), 8));
    }

    @Test
    void groupsMakeInterfacesAndMaps() {
        List<Figures> figures = sales().figures();
        assertThat(figures).extracting(Figures::getShopCity).containsExactly("Kyoto", "Nara");
        assertThat(figures.get(0).getLargest()).isEqualTo(3);
        assertThat(figures.get(0).getAverage()).isEqualTo(2.0);
        assertThat(sales().figuresByDay())
                .containsExactly(
                        Map.of("day", LocalDate.of(2026, 1, 1), "count(*)", 1L),
                        Map.of("day", LocalDate.of(2026, 1, 2), "count(*)", 2L));
    }

    @Test
    void havingTakesValuesOfTheEntity() {
        assertThat(sales().counted(Kind.FRUIT)).containsExactly(new KindAndN(Kind.FRUIT, 2));
        assertThat(sales().cityWithMoreThan(1)).contains("Kyoto");
    }

    @Test
    void oneRowOfFigures() {
        assertThat(sales().sum()).isEqualTo(16);
        assertThat(sales().sumOf(Kind.FISH)).isEqualTo(1);
        assertThat(sales().lastDay()).contains(LocalDate.of(2026, 1, 2));
    }

    @Test
    void largestOfNothingIsNothing() {
        assertThat(sales().largestAbove(3)).contains(7);
        assertThat(sales().largestAbove(7)).isEmpty();
        assertThat(sales().smallestAbove(7)).containsEntry("smallest", null);
    }

    @Test
    void missingNumberIsNotZero() {
        sales().insert(new Sale("5", null, null, 0, null, null, null, null));
        fixture.store().collection("sales").insert(Map.of("id", "6"));
        assertThat(sales().differentNumbers()).containsExactly(null, 0, 1, 3, 5, 7);
        assertThat(sales().countedByNumber())
                .startsWith(new NumberAndN(null, 1), new NumberAndN(0, 1), new NumberAndN(1, 1));
        assertThat(sales().arrays("6").get(0)).containsExactly("6", null);
        assertThat(sales().numberOf("6")).isZero();
        assertThat(sales().lines()).extracting(Line::getNumber).contains(0, 0);
    }

    @Test
    void figuresPaged() {
        Page<Map<String, Object>> page = sales().figurePage(PageRequest.of(0, 1));
        assertThat(page.getContent()).hasSize(1);
        assertThat(page.getTotalElements()).isEqualTo(3);
        assertThat(sales().sortedFigures(Sort.by("n").descending()))
                .extracting(map -> map.get("n"))
                .containsExactly(2L, 1L, 1L);
    }

    @Test
    void dynamicTypeOfRows() {
        assertThat(sales().as("1", Place.class)).contains(new Place("1", "Kyoto"));
        assertThat(sales().as("1", Row.class)).map(row -> row.asString("id")).contains("1");
    }

    @Test
    void numberThatDoesNotFitIsRefused() {
        assertThatThrownBy(() -> sales().wholeAverage())
                .isInstanceOf(InvalidDataAccessApiUsageException.class)
                .hasMessageContaining("avg(price)");
    }

    @Test
    void updateChangesAndCounts() {
        assertThat(sales().raise(Kind.FRUIT, new BigDecimal("0.25"))).isEqualTo(2);
        assertThat(sales().findById("1").orElseThrow().price()).isEqualByComparingTo("1.75");
        assertThat(sales().findById("3").orElseThrow().price()).isEqualByComparingTo("9.25");
    }

    @Test
    void updateRaisesTheVersion() {
        Sale before = sales().findById("1").orElseThrow();
        sales().raise(Kind.FRUIT, BigDecimal.ONE);
        assertThatThrownBy(() -> sales().save(before))
                .isInstanceOf(org.springframework.dao.OptimisticLockingFailureException.class);
    }

    @Test
    void updateSetsValuesOfTheEntity() {
        assertThat(sales().move("2", Kind.FISH, LocalDate.of(2027, 5, 5), "Osaka"))
                .isEqualTo(1);
        Sale moved = sales().findById("2").orElseThrow();
        assertThat(moved.kind()).isEqualTo(Kind.FISH);
        assertThat(moved.day()).isEqualTo(LocalDate.of(2027, 5, 5));
        assertThat(moved.shop()).isEqualTo(new Shop("Osaka"));
    }

    @Test
    void updateOfCollections() {
        sales().tag("c", "a");
        assertThat(sales().findById("3").orElseThrow().tags()).containsExactlyInAnyOrder("b", "c");
        assertThat(sales().findById("1").orElseThrow().tags()).containsExactly("c");
    }

    @Test
    void updateUnsets() {
        sales().forget("1");
        assertThat(sales().findById("1").orElseThrow().day()).isNull();
        assertThat(sales().forgetCounted("x")).isZero();
    }

    @Test
    void updateThatDoesNotFitChangesNothing() {
        assertThatThrownBy(() -> sales().identify("1", "9"))
                .isInstanceOfAny(InvalidDataAccessApiUsageException.class, DataIntegrityViolationException.class);
        assertThat(sales().existsById("1")).isTrue();
    }

    @Test
    void updateThatCouldNotBeReadBackChangesNothing() {
        assertThatThrownBy(() -> sales().scale(1.5))
                .isInstanceOf(DataIntegrityViolationException.class)
                .hasMessageContaining("Document '1' of collection 'sales'")
                .hasMessageContaining("\"amount\" cannot become 4.5");
        assertThatThrownBy(() -> sales().setNumber(1.5)).isInstanceOf(InvalidDataAccessApiUsageException.class);
        assertThat(sales().findAll()).extracting(Sale::number).containsExactly(3, 5, 1, 7);
        assertThat(sales().scale(2)).isEqualTo(4);
    }

    @Test
    void expressionsOverParameters() {
        assertThat(sales().likeThis(new Example(Kind.FRUIT, 4)))
                .extracting(Sale::id)
                .containsExactly("2");
        assertThat(sales().atLeast("2")).extracting(Sale::id).containsExactly("1", "2", "4");
        assertThat(sales().ofEntityName()).isEqualTo(4);
    }

    @Test
    void expressionsBesidesNamedParameters() {
        assertThat(sales().twice(Kind.FRUIT, 2)).extracting(Sale::id).containsExactly("2");
    }

    private Sales sales() {
        return fixture.repository(Sales.class);
    }

    enum Kind {
        FRUIT,
        FISH
    }

    record Shop(@FieldName("town") String city) {}

    @Document("sales")
    record Sale(
            String id,
            @Version @Nullable Long version,
            @Nullable Kind kind,
            @FieldName("amount") int number,
            @Nullable BigDecimal price,
            @Nullable LocalDate day,
            @Nullable Shop shop,
            @Nullable Set<String> tags) {}

    @Document("stalls")
    record Stall(String id, Owner owner) {}

    static class Owner {
        private @Nullable String name;

        public @Nullable String getName() {
            return name;
        }

        public void setName(String newName) {
            this.name = newName;
        }
    }

    interface Shops extends StoreRepository<Sale, String> {
        @Query("select shop from sales where shop is not null order by id")
        List<Shop> shops();
    }

    interface Stalls extends StoreRepository<Stall, String> {
        @Query("select owner from stalls")
        List<Owner> owners();
    }

    record Place(String id, @Nullable String shopCity) {}

    record Total(Kind kind, int sales, BigDecimal price, long number) {}

    record NumberAndN(@Nullable Integer number, long n) {}

    record Example(Kind kind, int min) {}

    interface Line {
        @Nullable
        Kind getKind();

        int getNumber();
    }

    interface Figures {
        String getShopCity();

        int getLargest();

        double getAverage();
    }

    interface Sales extends StoreRepository<Sale, String> {
        @Query("select id, shop.city from sales where number > :min")
        List<Place> places(int min);

        @Query("select kind, number from sales")
        List<Line> lines();

        @Query("select kind, day from sales where id = ?1")
        List<Map<String, Object>> maps(String id);

        @Query("select id, shop.city from sales where id = :id")
        Optional<Row> row(String id);

        @Query("select id, number from sales where id = :id")
        List<Object[]> arrays(String id);

        @Query("select kind from sales where kind is not null order by kind")
        List<Kind> kinds();

        @Query("select number from sales where id = :id")
        int numberOf(String id);

        @Query("select day from sales where id = :id")
        Optional<LocalDate> dayOf(String id);

        @Query("select tags from sales where id = :id")
        Object tagsOf(String id);

        @Query("select tags from sales where tags is not null order by id")
        List<Set<String>> tags();

        @Query("select number from sales")
        Integer anyNumber();

        @Query("select distinct kind from sales")
        List<@Nullable Kind> differentKinds();

        @Query("select distinct number from sales")
        List<@Nullable Integer> differentNumbers();

        @Query("select number, count(*) as n from sales group by number")
        List<NumberAndN> countedByNumber();

        @Query("select distinct shop.city from sales where shop is not null")
        Set<String> differentCities();

        @Query("select number from sales")
        List<Integer> numbers(Sort sort);

        @Query("select number from sales order by number")
        List<Integer> numbersFrom(Limit limit);

        @Query("select number from sales order by number")
        Page<Integer> numberPage(Pageable pageable);

        @Query("select number from sales")
        Slice<Integer> numberSlice(Pageable pageable);

        @Query("select number from sales order by number")
        Stream<Integer> numberStream();

        @Query("select kind, count(*) as sales, sum(price) as price, sum(number) as number from sales"
                + " where kind is not null group by kind")
        List<Total> totals();

        @Query("select shop.city, max(number) as largest, avg(number) as average from sales"
                + " where shop is not null group by shop.city")
        List<Figures> figures();

        @Query("select day, count(*) from sales where day is not null group by day")
        List<Map<String, Object>> figuresByDay();

        @Query("select kind, count(*) as n from sales group by kind having kind = :kind")
        List<KindAndN> counted(Kind kind);

        @Query("select distinct shop.city from sales where shop is not null and number > :n having shop.city = 'Kyoto'")
        Optional<String> cityWithMoreThan(int n);

        @Query("select sum(number) from sales")
        long sum();

        @Query("select sum(number) from sales where kind = :kind")
        int sumOf(Kind kind);

        @Query("select max(number) from sales where number > :number")
        Optional<Integer> largestAbove(int number);

        @Query("select min(number) as smallest from sales where number > :number")
        Map<String, @Nullable Object> smallestAbove(int number);

        @Query("select max(day) from sales")
        Optional<LocalDate> lastDay();

        @Query("select kind, count(*) as n from sales group by kind")
        Page<Map<String, Object>> figurePage(Pageable pageable);

        @Query("select kind, count(*) as n from sales group by kind")
        List<Map<String, Object>> sortedFigures(Sort sort);

        @Query("select id, shop.city from sales where id = :id")
        <T> Optional<T> as(String id, Class<T> type);

        @Query("select avg(price) from sales")
        int wholeAverage();

        @Query("update sales set price = price + :more where kind = :kind and price is not null")
        int raise(Kind kind, BigDecimal more);

        @Query("update sales set kind = :kind, day = :day, shop.city = :city where id = :id")
        long move(String id, Kind kind, LocalDate day, String city);

        @Query("update sales add ?1 to tags, pull ?2 from tags where tags is not null")
        void tag(String added, String pulled);

        @Query("update sales unset day where id = :id")
        void forget(String id);

        @Query("update sales unset day where id = :id")
        Long forgetCounted(String id);

        @Query("update sales set number = number * :factor where true")
        long scale(double factor);

        @Query("update sales set number = :number where true")
        long setNumber(double number);

        @Query("update sales set id = :to where id = :from")
        void identify(String from, String to);

        @Query("find sales where kind = :#{#example.kind()} and number >= :#{#example.min()}")
        List<Sale> likeThis(Example example);

        @Query("find sales where number >= :#{T(Integer).parseInt([0])}")
        List<Sale> atLeast(String min);

        @Query("count #{#entityName}")
        long ofEntityName();

        @Query("find sales where kind = :kind and number > :#{#number * 2}")
        List<Sale> twice(Kind kind, @Param("number") int half);
    }

    record KindAndN(Kind kind, long n) {}
}
