package org.storedb.spring.data.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.Year;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.Temporal;
import java.util.Collection;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.core.convert.converter.Converter;
import org.springframework.data.convert.ReadingConverter;
import org.springframework.data.convert.WritingConverter;
import org.springframework.data.domain.Range;
import org.springframework.data.geo.Distance;
import org.springframework.data.geo.Metrics;
import org.springframework.data.geo.Point;
import org.springframework.data.repository.NoRepositoryBean;
import org.springframework.data.repository.query.QueryCreationException;
import org.storedb.query.GeoPoint;
import org.storedb.spring.data.core.StoreFixture;
import org.storedb.spring.data.core.mapping.DocumentReference;

/** The types of parameters of queries: what a call would always reject is refused when the repository is created. */
class ParameterTypeTests {

    private static final UUID ID = UUID.fromString("00000000-0000-0000-0000-000000000001");
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final Customer ADA = new Customer(7L, "Ada");

    private final StoreFixture fixture = new StoreFixture(new MoneyToCents(), new CentsToMoney());

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void idInPlaceOfAnObject() {
        assertRefused(
                CustomerByNumber.class,
                "findByCustomer",
                "SIMPLE_PROPERTY on 'customer'",
                "parameter 'number' is a java.lang.Long",
                Customer.class.getName(),
                "compare 'customer.id' instead, as findByCustomerId does");
        assertRefused(AgentByNumber.class, "'agent'", "'agent.id'", "findByAgentId");
        assertRefused(CustomerInNumbers.class, "java.lang.Long", "'customer.id'", "findByCustomerIdIn does");
        assertRefused(WatcherByNumber.class, "elements of the property", "'watchers.id'", "findByWatchersId");
        assertRefused(AddressByCity.class, "java.lang.String", Address.class.getName(), "findByAddressStreet");
        assertRefused(AttributesByText.class, "'attributes'", "java.lang.String", "java.util.Map");
    }

    @Test
    void typeWithoutAConversion() {
        assertRefused(
                PlacedAfterDate.class,
                "findByPlacedAtAfter",
                "AFTER on 'placedAt'",
                "parameter 'day' is a java.time.LocalDate",
                "java.time.Instant; declare it with that type");
        assertRefused(PlacedAtText.class, "java.lang.String", "java.time.Instant");
        assertRefused(StatusByChannel.class, Channel.class.getName(), Status.class.getName());
        assertRefused(StatusByLong.class, "is a long", Status.class.getName());
        assertRefused(QuantityByFlag.class, "is a boolean", "java.lang.Integer");
        assertRefused(NameStartingWithDate.class, "java.time.LocalDate", "java.lang.String");
        assertRefused(LineStatusByChannel.class, "'lines.status'", Channel.class.getName(), Status.class.getName());
    }

    @Test
    void elementsWithoutAConversion() {
        assertRefused(StatusInChannels.class, "elements of type " + Channel.class.getName(), Status.class.getName());
        assertRefused(StatusInVarargs.class, "elements of type " + Channel.class.getName(), Status.class.getName());
        assertRefused(StatusInOptional.class, "elements of type " + Channel.class.getName(), Status.class.getName());
        assertRefused(StatusBySeveral.class, "java.util.List", "for several values, use findByStatusIn");
        assertRefused(StagesByChannel.class, "is a " + Channel.class.getName(), "elements of the property");
        assertRefused(StagesByChannels.class, "elements of type " + Channel.class.getName(), Status.class.getName());
        assertRefused(PlacedBetweenDates.class, "elements of type java.time.LocalDate", "java.time.Instant");
        assertRefused(PlacedBetweenInstantAndDate.class, "parameter 'to'", "java.time.LocalDate", "java.time.Instant");
    }

    @Test
    void typeArgumentOfTheRepository() {
        assertRefused(ByChannels.class, Channel.class.getName(), Status.class.getName());
        insertOrder();
        assertFound(fixture.repository(ByStatus.class).findByStatus(Status.PAID));
        assertFound(fixture.repository(ByStatus.class).findByStatusIn(List.of(Status.PAID)));
    }

    @Test
    void numbersOfEveryKind() {
        insertOrder();
        Numbers numbers = fixture.repository(Numbers.class);
        assertFound(numbers.findByQuantity(3));
        assertFound(numbers.findByQuantity(3L));
        assertFound(numbers.findByQuantity((short) 3));
        assertFound(numbers.findByQuantity(3.0));
        assertFound(numbers.findByQuantity(new BigDecimal("3.0")));
        assertFound(numbers.findByQuantity("3"));
        assertFound(numbers.findByQuantityIs((Number) 3));
        assertFound(numbers.findByQuantityIs((Object) 3));
        assertFound(numbers.findByQuantityEquals((Comparable<?>) 3));
        assertFound(numbers.findByQuantityGreaterThan(2));
        assertFound(numbers.findByQuantityBetween(Range.closed(3L, 4L)));
        assertFound(numbers.findByQuantityIn(3L, 4L));
        assertFound(numbers.findByQuantityIn(new int[] {3}));
        assertFound(numbers.findByPriceGreaterThan(11.5));
        assertFound(numbers.findByPriceLessThan(12));
        assertFound(numbers.findByPrice("11.9"));
        assertFound(numbers.findByLasting(Duration.ofSeconds(1)));
        assertFound(numbers.findByLasting(1_000_000_000));
        assertFound(numbers.findByYear(2026));
        assertFound(numbers.findByYear(Year.of(2026)));
    }

    @Test
    void enumsByNameAndByOrdinal() {
        insertOrder();
        Statuses statuses = fixture.repository(Statuses.class);
        assertFound(statuses.findByStatus(Status.PAID));
        assertFound(statuses.findByStatus("PAID"));
        assertFound(statuses.findByStatus(1));
        assertFound(statuses.findByStatus(Optional.of(Status.PAID)));
        assertFound(statuses.findByStatusIs((Enum<?>) Status.PAID));
        assertFound(statuses.findByStatusIn(List.of(Status.PAID)));
        assertFound(statuses.findByStatusIn(Optional.of(Set.of(Status.PAID))));
        assertFound(statuses.findByStatusIsIn(List.of("PAID")));
        assertFound(statuses.findByStatusIsIn("PAID"));
        assertFound(statuses.findByStatusNotIn(List.of(Status.OPEN)));
    }

    @Test
    @SuppressWarnings("JavaUtilDate") // applications pass it
    void timesThatHaveAnInstant() {
        insertOrder();
        Times times = fixture.repository(Times.class);
        assertFound(times.findByPlacedAt(NOON));
        assertFound(times.findByPlacedAt(NOON.atOffset(ZoneOffset.ofHours(2))));
        assertFound(times.findByPlacedAt(NOON.atZone(ZoneOffset.UTC)));
        assertFound(times.findByPlacedAt(Date.from(NOON)));
        assertFound(times.findByPlacedAtIs((Temporal) NOON));
    }

    @Test
    void textsAndWhatConvertsToText() {
        insertOrder();
        Texts texts = fixture.repository(Texts.class);
        assertFound(texts.findByName((CharSequence) "7"));
        assertFound(texts.findByName('7'));
        assertFound(texts.findByName(7));
        assertFound(texts.findByNameStartingWith(7));
        assertFound(texts.findByNickname("seven"));
        assertFound(texts.findByActive("true"));
        assertFound(texts.findByIdIs(ID.toString()));
        assertFound(texts.findByTags("x"));
        assertFound(texts.findByTags(Set.of("x")));
        assertFound(texts.findByTagsContaining(new String[] {"x"}));
        assertFound(texts.findByTagsIn(List.of("x")));
        assertFound(texts.findByTagsContains((Object) "x"));
    }

    @Test
    void objectsAndWhatConvertsToThem() {
        insertOrder();
        Objects objects = fixture.repository(Objects.class);
        assertFound(objects.findByCustomer(ADA));
        assertFound(objects.findByCustomerId(7));
        assertFound(objects.findByCustomerId("7"));
        assertFound(objects.findByCustomerIdIn(List.of(7)));
        assertFound(objects.findByWatchersContaining(ADA));
        assertFound(objects.findByWatchersId(7L));
        assertFound(objects.findByTotal(new Money(1190)));
        assertFound(objects.findByTotal(1190));
        assertFound(objects.findByTotal("1190"));
        assertFound(objects.findByCode(new Code("c")));
        assertFound(objects.findByCode("c"));
        assertFound(objects.findByAt(new Point(2, 48)));
        assertFound(objects.findByAt(GeoPoint.of(48, 2)));
        assertFound(objects.findByAttributes(new HashMap<>(Map.of("a", "b"))));
    }

    @Test
    void parametersOfQueryTexts() {
        assertRefused(
                TextPlacedAfterDate.class,
                "placedAfter",
                "its condition on 'placedAt': its parameter 'day' is a java.time.LocalDate",
                "java.time.Instant; declare it with that type");
        assertRefused(TextCustomerByNumber.class, "is a java.lang.Long", "compare 'customer.id' instead");
        assertRefused(TextStatusBySeveral.class, "java.util.List", "for several values, use 'in'");
        assertRefused(TextStatusInChannels.class, "elements of type " + Channel.class.getName());
        assertRefused(TextStatusInChannel.class, "'second' is a " + Channel.class.getName());
        assertRefused(TextPlacedBetween.class, "'to' is a java.time.LocalDate");
        assertRefused(TextCount.class, "'placedAt'", "java.time.LocalDate");
        assertRefused(TextUpdate.class, "'placedAt'", "java.time.LocalDate");
    }

    @Test
    void parametersOfQueryTextsThatFit() {
        insertOrder();
        QueryTexts texts = fixture.repository(QueryTexts.class);
        assertFound(texts.quantityIsText("3"));
        assertFound(texts.priceIsAtLeast(11));
        assertFound(texts.statusIs(Optional.of(Status.PAID)));
        assertFound(texts.statusIsAny(Status.PAID));
        assertFound(texts.statusIn("PAID", List.of(Status.OPEN)));
        assertFound(texts.statusIn(new int[] {1}));
        assertFound(texts.at(new Point(2, 48)));
        assertFound(texts.priceBelow(new Distance(1, Metrics.KILOMETERS)));
        assertFound(texts.withTag("x"));
        assertFound(texts.withStage(Status.OPEN));
        assertFound(texts.withLine(Status.PAID));
        assertFound(texts.placedOn(LocalDate.of(2026, 11, 23)));
        assertFound(texts.named(7));
        assertFound(texts.totalOf(1190));
    }

    private void insertOrder() {
        fixture.template().insert(ADA);
        fixture.template()
                .insert(new Order(
                        ID,
                        ADA,
                        List.of(ADA),
                        Optional.of(ADA),
                        Optional.of("seven"),
                        "7",
                        true,
                        3,
                        new BigDecimal("11.90"),
                        new Money(1190),
                        new Code("c"),
                        Duration.ofSeconds(1),
                        Year.of(2026),
                        NOON,
                        Status.PAID,
                        List.of(Status.OPEN),
                        List.of(new Line(Status.PAID)),
                        Set.of("x"),
                        new Address("Main Street", "London"),
                        Map.of("a", "b"),
                        new Point(2, 48)));
    }

    private static void assertFound(List<Order> orders) {
        assertThat(orders).extracting(Order::id).containsExactly(ID);
    }

    private void assertRefused(Class<?> repository, String... mentioned) {
        assertThatThrownBy(() -> fixture.repository(repository))
                .isInstanceOf(QueryCreationException.class)
                .message()
                .contains(mentioned);
    }

    enum Status {
        OPEN,
        PAID
    }

    enum Channel {
        WEB
    }

    record Customer(Long id, String name) {}

    record Address(String street, String city) {}

    record Line(Status status) {}

    public record Code(String value) {}

    public record Money(long cents) {
        public static Money valueOf(String cents) {
            return new Money(Long.parseLong(cents));
        }
    }

    @WritingConverter
    static class MoneyToCents implements Converter<Money, Long> {
        @Override
        public Long convert(Money money) {
            return money.cents();
        }
    }

    @ReadingConverter
    static class CentsToMoney implements Converter<Long, Money> {
        @Override
        public Money convert(Long cents) {
            return new Money(cents);
        }
    }

    record Order(
            UUID id,
            @DocumentReference(lazy = false) @Nullable Customer customer,
            @DocumentReference(lazy = false) List<Customer> watchers,
            @DocumentReference(lazy = false) Optional<Customer> agent,
            Optional<String> nickname,
            String name,
            boolean active,
            Integer quantity,
            BigDecimal price,
            Money total,
            Code code,
            Duration lasting,
            Year year,
            Instant placedAt,
            Status status,
            List<Status> stages,
            List<Line> lines,
            Set<String> tags,
            Address address,
            Map<String, String> attributes,
            Point at) {}

    interface Numbers extends StoreRepository<Order, UUID> {
        List<Order> findByQuantity(int quantity);

        List<Order> findByQuantity(Long quantity);

        List<Order> findByQuantity(short quantity);

        List<Order> findByQuantity(double quantity);

        List<Order> findByQuantity(BigDecimal quantity);

        List<Order> findByQuantity(String quantity);

        List<Order> findByQuantityIs(Number quantity);

        List<Order> findByQuantityIs(Object quantity);

        List<Order> findByQuantityEquals(Comparable<?> quantity);

        <N extends Comparable<N>> List<Order> findByQuantityGreaterThan(N quantity);

        List<Order> findByQuantityBetween(Range<Long> range);

        List<Order> findByQuantityIn(Long... quantities);

        List<Order> findByQuantityIn(int[] quantities);

        List<Order> findByPriceGreaterThan(double price);

        List<Order> findByPrice(String price);

        List<Order> findByPriceLessThan(int price);

        List<Order> findByLasting(Duration time);

        List<Order> findByLasting(long nanos);

        List<Order> findByYear(int year);

        List<Order> findByYear(Year year);
    }

    interface Statuses extends StoreRepository<Order, UUID> {
        List<Order> findByStatus(Status status);

        List<Order> findByStatus(String name);

        List<Order> findByStatus(int ordinal);

        List<Order> findByStatus(Optional<Status> status);

        List<Order> findByStatusIs(Enum<?> status);

        List<Order> findByStatusIn(Collection<? extends Status> statuses);

        List<Order> findByStatusIn(Optional<Set<Status>> statuses);

        List<Order> findByStatusIsIn(Iterable<String> names);

        List<Order> findByStatusIsIn(String... names);

        List<Order> findByStatusNotIn(Collection<?> statuses);
    }

    interface Times extends StoreRepository<Order, UUID> {
        List<Order> findByPlacedAt(Instant time);

        List<Order> findByPlacedAt(OffsetDateTime time);

        List<Order> findByPlacedAt(ZonedDateTime time);

        List<Order> findByPlacedAt(Date time);

        List<Order> findByPlacedAtIs(Temporal time);
    }

    interface Texts extends StoreRepository<Order, UUID> {
        List<Order> findByName(CharSequence name);

        List<Order> findByName(char name);

        List<Order> findByName(int name);

        List<Order> findByNameStartingWith(int prefix);

        List<Order> findByNickname(String nickname);

        List<Order> findByActive(String active);

        List<Order> findByIdIs(String id);

        List<Order> findByTags(String tag);

        List<Order> findByTags(Set<String> tags);

        List<Order> findByTagsContaining(String[] tags);

        List<Order> findByTagsIn(Collection<String> tags);

        List<Order> findByTagsContains(Object tag);
    }

    interface Objects extends StoreRepository<Order, UUID> {
        List<Order> findByCustomer(Customer customer);

        List<Order> findByCustomerId(int id);

        List<Order> findByCustomerId(String id);

        List<Order> findByCustomerIdIn(List<Integer> ids);

        List<Order> findByWatchersContaining(Customer customer);

        List<Order> findByWatchersId(Long id);

        List<Order> findByTotal(Money total);

        List<Order> findByTotal(int cents);

        List<Order> findByTotal(String cents);

        List<Order> findByCode(Code code);

        List<Order> findByCode(String code);

        List<Order> findByAt(Point at);

        List<Order> findByAt(GeoPoint at);

        List<Order> findByAttributes(Map<String, String> attributes);
    }

    @NoRepositoryBean
    interface ByKey<T, K> extends StoreRepository<T, UUID> {
        List<T> findByStatus(K status);

        List<T> findByStatusIn(Collection<K> statuses);
    }

    interface ByStatus extends ByKey<Order, Status> {}

    interface ByChannels extends ByKey<Order, Channel> {}

    interface QueryTexts extends StoreRepository<Order, UUID> {
        @Query("find #{#entityName} where quantity = ?1")
        List<Order> quantityIsText(String quantity);

        @Query("find #{#entityName} where price >= ?1")
        List<Order> priceIsAtLeast(int price);

        @Query("find #{#entityName} where status = ?1")
        List<Order> statusIs(Optional<Status> status);

        @Query("find #{#entityName} where status = ?1")
        List<Order> statusIsAny(Object status);

        @Query("find #{#entityName} where status in (?1, ?2)")
        List<Order> statusIn(String one, List<Status> others);

        @Query("find #{#entityName} where status in ?1")
        List<Order> statusIn(int[] ordinals);

        @Query("find #{#entityName} where at = ?1")
        List<Order> at(Point at);

        @Query("find #{#entityName} where price < ?1")
        List<Order> priceBelow(Distance meters);

        @Query("find #{#entityName} where tags has ?1")
        List<Order> withTag(String tag);

        @Query("find #{#entityName} where stages has ?1")
        List<Order> withStage(Status stage);

        @Query("find #{#entityName} where lines has element (status = ?1)")
        List<Order> withLine(Status status);

        @Query("find #{#entityName} where placedAt > :#{#day.atStartOfDay(T(java.time.ZoneOffset).UTC).toInstant()}")
        List<Order> placedOn(LocalDate day);

        @Query("find #{#entityName} where name = :name")
        List<Order> named(int name);

        @Query("find #{#entityName} where total = :cents")
        List<Order> totalOf(int cents);
    }

    interface TextPlacedAfterDate extends StoreRepository<Order, UUID> {
        @Query("find #{#entityName} where quantity > 1 and not placedAt <= :day")
        List<Order> placedAfter(LocalDate day);
    }

    interface TextCustomerByNumber extends StoreRepository<Order, UUID> {
        @Query("find #{#entityName} where customer = ?1")
        List<Order> ofCustomer(Long number);
    }

    interface TextStatusBySeveral extends StoreRepository<Order, UUID> {
        @Query("find #{#entityName} where status = ?1")
        List<Order> ofStatus(List<Status> statuses);
    }

    interface TextStatusInChannels extends StoreRepository<Order, UUID> {
        @Query("find #{#entityName} where status in ?1")
        List<Order> ofStatus(Collection<Channel> channels);
    }

    interface TextStatusInChannel extends StoreRepository<Order, UUID> {
        @Query("find #{#entityName} where status in (:first, :second)")
        List<Order> ofStatus(Status first, Channel second);
    }

    interface TextPlacedBetween extends StoreRepository<Order, UUID> {
        @Query("find #{#entityName} where placedAt between :from and :to")
        List<Order> placed(Instant from, LocalDate to);
    }

    interface TextCount extends StoreRepository<Order, UUID> {
        @Query("select status, count(*) from #{#entityName} where placedAt > ?1 group by status")
        List<Map<String, Object>> placedAfter(LocalDate day);
    }

    interface TextUpdate extends StoreRepository<Order, UUID> {
        @Query("update #{#entityName} set quantity = ?1 where placedAt > ?2")
        void setQuantity(int quantity, LocalDate day);
    }

    interface CustomerByNumber extends StoreRepository<Order, UUID> {
        List<Order> findByCustomer(Long number);
    }

    interface AgentByNumber extends StoreRepository<Order, UUID> {
        List<Order> findByAgent(Long number);
    }

    interface CustomerInNumbers extends StoreRepository<Order, UUID> {
        List<Order> findByCustomerIn(List<Long> numbers);
    }

    interface WatcherByNumber extends StoreRepository<Order, UUID> {
        List<Order> findByWatchersContaining(Long number);
    }

    interface AddressByCity extends StoreRepository<Order, UUID> {
        List<Order> findByAddress(String city);
    }

    interface AttributesByText extends StoreRepository<Order, UUID> {
        List<Order> findByAttributes(String attribute);
    }

    interface PlacedAfterDate extends StoreRepository<Order, UUID> {
        List<Order> findByPlacedAtAfter(LocalDate day);
    }

    interface PlacedAtText extends StoreRepository<Order, UUID> {
        List<Order> findByPlacedAt(String time);
    }

    interface StatusByChannel extends StoreRepository<Order, UUID> {
        List<Order> findByStatusNot(Channel channel);
    }

    interface StatusByLong extends StoreRepository<Order, UUID> {
        List<Order> findByStatus(long ordinal);
    }

    interface QuantityByFlag extends StoreRepository<Order, UUID> {
        List<Order> findByQuantityGreaterThan(boolean quantity);
    }

    interface NameStartingWithDate extends StoreRepository<Order, UUID> {
        List<Order> findByNameStartingWith(LocalDate date);
    }

    interface LineStatusByChannel extends StoreRepository<Order, UUID> {
        List<Order> findByLinesStatus(Channel channel);
    }

    interface StatusInChannels extends StoreRepository<Order, UUID> {
        List<Order> findByStatusIn(Collection<Channel> channels);
    }

    interface StatusInVarargs extends StoreRepository<Order, UUID> {
        List<Order> findByStatusNotIn(Channel... channels);
    }

    interface StatusInOptional extends StoreRepository<Order, UUID> {
        List<Order> findByStatusIn(Optional<List<Channel>> channels);
    }

    interface StatusBySeveral extends StoreRepository<Order, UUID> {
        List<Order> findByStatus(List<Status> statuses);
    }

    interface StagesByChannel extends StoreRepository<Order, UUID> {
        List<Order> findByStagesContaining(Channel channel);
    }

    interface StagesByChannels extends StoreRepository<Order, UUID> {
        List<Order> findByStagesContaining(Collection<Channel> channels);
    }

    interface PlacedBetweenDates extends StoreRepository<Order, UUID> {
        List<Order> findByPlacedAtBetween(Range<LocalDate> days);
    }

    interface PlacedBetweenInstantAndDate extends StoreRepository<Order, UUID> {
        List<Order> findByPlacedAtBetween(Instant from, LocalDate to);
    }
}
