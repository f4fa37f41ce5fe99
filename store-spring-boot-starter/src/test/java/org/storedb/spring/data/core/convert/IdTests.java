package org.storedb.spring.data.core.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.core.convert.converter.Converter;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.Version;
import org.springframework.data.convert.PropertyValueConverter;
import org.springframework.data.convert.ReadingConverter;
import org.springframework.data.convert.ValueConversionContext;
import org.springframework.data.convert.ValueConverter;
import org.springframework.data.convert.WritingConverter;
import org.springframework.data.domain.Limit;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.domain.ScrollPosition;
import org.springframework.data.domain.Sort;
import org.springframework.data.domain.Window;
import org.springframework.data.mapping.MappingException;
import org.storedb.document.DocumentPatch;
import org.storedb.spring.data.core.StoreFixture;
import org.storedb.spring.data.core.mapping.DocumentReference;
import org.storedb.spring.data.core.mapping.StorePersistentProperty;
import org.storedb.spring.data.repository.Query;
import org.storedb.spring.data.repository.StoreRepository;

class IdTests {

    private final StoreFixture fixture = new StoreFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void numbersComeFromASequenceOfTheCollection() {
        assertThat(fixture.template().insert(new Numbered(null, "a")).id()).isEqualTo(1);
        assertThat(fixture.template().save(new Numbered(null, "b")).id()).isEqualTo(2);
        assertThat(fixture.template().saveAll(List.of(new Numbered(null, "c"), new Numbered(null, "d"))))
                .extracting(Numbered::id)
                .containsExactly(3L, 4L);
        assertThat(fixture.template().findById(3L, Numbered.class)).contains(new Numbered(3L, "c"));
        assertThat(fixture.template().insert(new SmallNumber(0, "x")).id()).isEqualTo(1);
    }

    @Test
    void givenNumberIsKept() {
        assertThat(fixture.template().insert(new Numbered(77L, "a")).id()).isEqualTo(77);
    }

    @Test
    void givenNumberThatTheSequenceReachesIsExplained() {
        fixture.template().insert(new Numbered(2L, "given"));
        assertThat(fixture.template().save(new Numbered(null, "a")).id()).isEqualTo(1);
        assertThatExceptionOfType(DuplicateKeyException.class)
                .isThrownBy(() -> fixture.template().save(new Numbered(null, "b")))
                .withMessageContaining("is 2")
                .withMessageContaining("store.sequence(\"numbered\").advanceTo");
        assertThat(fixture.template().save(new Numbered(null, "c")).id()).isEqualTo(3);
    }

    @Test
    void beanGetsItsNumberInPlace() {
        NumberedBean bean = new NumberedBean();
        bean.name = "a";

        assertThat(fixture.template().save(bean)).isSameAs(bean);
        assertThat(bean.id).isEqualTo(1);
        assertThat(bean.version).isZero();
    }

    @Test
    void oneObjectIsNotInsertedTwice() {
        Draft draft = new Draft();
        assertThatExceptionOfType(DuplicateKeyException.class)
                .isThrownBy(() -> fixture.template().saveAll(List.of(draft, draft)))
                .withMessageStartingWith("entities[1]")
                .withMessageContaining("already has a document with id");
    }

    @Test
    void idOfSeveralParts() {
        SeatRepository seats = fixture.repository(SeatRepository.class);
        SeatId id = new SeatId("LH|1\\", 12, LocalDate.of(2026, 5, 1));
        Seat stored = seats.insert(new Seat(id, null, "Ada"));

        assertThat(stored).isEqualTo(new Seat(id, 0L, "Ada"));
        assertThat(seats.findById(id)).contains(stored);
        assertThat(seats.existsById(new SeatId("LH", 12, LocalDate.of(2026, 5, 1))))
                .isFalse();
        assertThat(seats.save(new Seat(id, 0L, "Bob")).version()).isEqualTo(1);
        assertThatExceptionOfType(DuplicateKeyException.class).isThrownBy(() -> seats.insert(new Seat(id, null, "C")));
        seats.deleteById(id);
        assertThat(seats.count()).isZero();
    }

    @Test
    void partsOfAnIdAreNeverTakenForThoseOfAnother() {
        SeatRepository seats = fixture.repository(SeatRepository.class);
        LocalDate day = LocalDate.of(2026, 5, 1);
        for (String flight : List.of("a|1", "a", "a\\", "a\\|1", "|", "")) {
            for (int number : new int[] {1, 11}) {
                seats.insert(new Seat(new SeatId(flight, number, day), null, flight));
            }
        }
        assertThat(seats.count()).isEqualTo(12);
    }

    @Test
    void partsOfAnIdCanBeAskedFor() {
        SeatRepository seats = fixture.repository(SeatRepository.class);
        LocalDate day = LocalDate.of(2026, 5, 1);
        for (int number = 1; number <= 5; number++) {
            seats.insert(new Seat(new SeatId("LH1", number, day), null, "p" + number));
            seats.insert(new Seat(new SeatId("LH2", number, day), null, "q" + number));
        }

        assertThat(seats.findByIdFlightAndIdNumberGreaterThan("LH2", 3))
                .extracting(Seat::passenger)
                .containsExactlyInAnyOrder("q4", "q5");
        assertThat(fixture.store().collection("seat").get("LH1|1|2026-05-01").orElseThrow())
                .containsEntry("_id", Map.of("flight", "LH1", "number", 1, "day", "2026-05-01"));
    }

    @Test
    void idOfSeveralPartsIsAColumn() {
        SeatRepository seats = fixture.repository(SeatRepository.class);
        LocalDate day = LocalDate.of(2026, 5, 1);
        List<SeatId> ids = Stream.of("LH1", "a|1\\", "", "|")
                .map(flight -> new SeatId(flight, 12, day))
                .toList();
        ids.forEach(id -> seats.insert(new Seat(id, null, "p" + id.flight())));

        assertThat(fixture.template().query(Seat.class).distinct("id")).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(seats.ids()).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(seats.taken())
                .hasSize(4)
                .allSatisfy(taken ->
                        assertThat(taken.passenger()).isEqualTo("p" + taken.id().flight()));
        assertThat(seats.countById(ids.get(1))).containsExactly(Map.of("id", ids.get(1), "seats", 1L));
        assertThat(fixture.template().query(Seat.class).as(Taken.class).all()).hasSameElementsAs(seats.taken());
    }

    @Test
    void idOfSeveralPartsBehindAReference() {
        TicketRepository tickets = fixture.repository(TicketRepository.class);
        SeatId id = new SeatId("LH1", 1, LocalDate.of(2026, 5, 1));
        Ticket ticket = tickets.insert(new Ticket("1", fixture.template().insert(new Seat(id, null, "Ada"))));

        assertThat(tickets.findBySeatId(id)).containsExactly(ticket);
        assertThat(tickets.seatIds()).containsExactly(id);
    }

    @Test
    void partsOfAnIdCannotBeChanged() {
        SeatId id = new SeatId("LH1", 1, LocalDate.of(2026, 5, 1));
        fixture.template().insert(new Seat(id, null, "Ada"));
        for (DocumentPatch patch : List.of(
                DocumentPatch.empty().set("id.flight", "LH2"),
                DocumentPatch.empty().increment("id.number", 1),
                DocumentPatch.empty().unset("id.day"),
                DocumentPatch.empty().rename("passenger", "id.flight"))) {
            assertThatExceptionOfType(DataIntegrityViolationException.class)
                    .isThrownBy(() -> fixture.template().update(Seat.class).apply(patch))
                    .withMessageContaining("cannot change the id");
        }
        assertThat(fixture.template().findById(id, Seat.class)).contains(new Seat(id, 0L, "Ada"));
    }

    @Test
    void idOfSeveralPartsInANestedObjectIsAnObject() {
        TripRepository trips = fixture.repository(TripRepository.class);
        SeatId first = new SeatId("LH1", 1, LocalDate.of(2026, 5, 1));
        SeatId second = new SeatId("LH2", 2, LocalDate.of(2026, 5, 2));
        Trip trip = trips.insert(new Trip("1", new Booking(first, 1), List.of(new Booking(second, 2))));

        assertThat(trips.findByBookingId(first)).containsExactly(trip);
        assertThat(trips.findByBookingId(second)).isEmpty();
        assertThat(trips.findByBookingIdFlight("LH1")).containsExactly(trip);
        assertThat(trips.findByBooking(new Booking(first, 1))).containsExactly(trip);
        assertThat(trips.findByOthersId(second)).containsExactly(trip);
        assertThat(fixture.template().query(Trip.class).distinct("booking.id")).containsExactly(first);
    }

    @Test
    void windowsScrollOverIdsOfSeveralParts() {
        SeatRepository seats = fixture.repository(SeatRepository.class);
        for (int number = 1; number <= 5; number++) {
            seats.insert(new Seat(new SeatId("LH1", number, LocalDate.of(2026, 5, 1)), null, "p"));
        }
        Window<Seat> first = seats.findByPassenger("p", ScrollPosition.keyset(), Sort.unsorted(), Limit.of(3));
        Window<Seat> second = seats.findByPassenger("p", first.positionAt(2), Sort.unsorted(), Limit.of(3));

        assertThat(first.getContent()).hasSize(3);
        assertThat(second.getContent()).hasSize(2).doesNotContainAnyElementsOf(first);
    }

    @Test
    void pagesAreSortedByThePartsOfAnId() {
        SeatRepository seats = fixture.repository(SeatRepository.class);
        for (int number : new int[] {9, 10, 2}) {
            seats.insert(new Seat(new SeatId("LH1", number, LocalDate.of(2026, 5, 1)), null, "p" + number));
        }
        assertThat(seats.findAll(PageRequest.of(0, 2))).hasSize(2);
        assertThat(seats.findAll(PageRequest.of(0, 2, Sort.by("id.flight", "id.number"))))
                .extracting(Seat::passenger)
                .containsExactly("p2", "p9");
    }

    @Test
    void partWithoutAValueIsNamed() {
        record HalfId(@Nullable String left, String right) {}
        record Half(@Id HalfId id) {}
        assertThatExceptionOfType(MappingException.class)
                .isThrownBy(() -> fixture.template().insert(new Half(new HalfId(null, "r"))))
                .withMessageContaining("left");
        assertThat(fixture.template().insert(new Half(new HalfId("l", "r")))).isNotNull();
    }

    @Test
    void entityWithoutACompositeIdIsRefused() {
        record Key(String a, int b) {}
        record Keyed(@Id @Nullable Key id) {}
        assertThatExceptionOfType(MappingException.class)
                .isThrownBy(() -> fixture.template().insert(new Keyed(null)))
                .withMessageContaining("none can be generated");
    }

    @Test
    void idWhoseTextAConverterChangesIsNotGenerated() {
        StoreFixture converting = new StoreFixture(new UuidToHex(), new HexToUuid());
        try (converting) {
            UUID id = UUID.fromString("019d0f3e-5d3a-7c21-9b7e-4f0a6c2d8e15");
            converting.template().insert(new Ship(id, "Ada"));
            Port port = converting.template().insert(new Port("p", "Kiel", new Ship(id, "Ada")));

            assertThat(converting.store().collection("ship").get("019d0f3e5d3a7c219b7e4f0a6c2d8e15"))
                    .isPresent();
            assertThat(converting.template().findById(id, Ship.class)).contains(new Ship(id, "Ada"));
            assertThat(converting.template().findById("p", Port.class)).contains(port);
            assertNotGenerated(converting, new Ship(null, "Bob"));
            assertNotGenerated(converting, new Marked(null));
            converting.template().insert(new Marked("1"));
            assertThat(converting.template().findById("1", Marked.class)).contains(new Marked("1"));
        }
    }

    @Test
    void idWhoseTextAConverterKeepsIsGenerated() {
        StoreFixture converting = new StoreFixture(new CodeToText(), new TextToCode());
        try (converting) {
            Coded coded = converting.template().insert(new Coded(null));

            assertThat(converting.template().findById(Objects.requireNonNull(coded.id()), Coded.class))
                    .contains(coded);
        }
    }

    private static void assertNotGenerated(StoreFixture fixture, Object entity) {
        assertThatExceptionOfType(MappingException.class)
                .isThrownBy(() -> fixture.template().insert(entity))
                .withMessageContaining("none can be generated");
    }

    @Test
    void namesOfFieldsFollowTheStrategy() {
        StoreFixture named = new StoreFixture(context -> context.setFieldNamingStrategy(
                new org.springframework.data.mapping.model.SnakeCaseFieldNamingStrategy()));
        try (named) {
            named.template().insert(new WithLongName("1", "Ada"));

            assertThat(named.store().collection("withLongName").get("1").orElseThrow())
                    .containsEntry("first_name", "Ada");
            assertThat(Objects.requireNonNull(
                            named.template().findAll(WithLongName.class).get(0).firstName()))
                    .isEqualTo("Ada");
            assertThat(named.repository(LongNames.class).findByFirstName("Ada")).hasSize(1);
        }
    }

    record Numbered(@Nullable Long id, String name) {}

    record SmallNumber(int id, String name) {}

    static class NumberedBean {
        @Id
        @Nullable
        Integer id;

        @Version
        @Nullable
        Long version;

        @Nullable
        String name;
    }

    static class Draft {
        @Id
        @Nullable
        String id;
    }

    record SeatId(String flight, int number, LocalDate day) {}

    record Seat(@Id SeatId id, @Version @Nullable Long version, String passenger) {}

    interface SeatRepository extends StoreRepository<Seat, SeatId> {
        List<Seat> findByIdFlightAndIdNumberGreaterThan(String flight, int number);

        @Query("select id from seat")
        List<SeatId> ids();

        @Query("select id, passenger from seat")
        List<Taken> taken();

        @Query("select id, count(*) as seats from seat group by id having id = :id")
        List<Map<String, Object>> countById(SeatId id);

        Window<Seat> findByPassenger(String passenger, ScrollPosition position, Sort sort, Limit limit);
    }

    record Taken(SeatId id, String passenger) {}

    record Ticket(
            String id, @DocumentReference(lazy = false) Seat seat) {}

    interface TicketRepository extends StoreRepository<Ticket, String> {
        List<Ticket> findBySeatId(SeatId id);

        @Query("select seat.id from ticket")
        List<SeatId> seatIds();
    }

    record Booking(SeatId id, int persons) {}

    record Trip(String id, Booking booking, List<Booking> others) {}

    interface TripRepository extends StoreRepository<Trip, String> {
        List<Trip> findByBookingId(SeatId id);

        List<Trip> findByBookingIdFlight(String flight);

        List<Trip> findByBooking(Booking booking);

        List<Trip> findByOthersId(SeatId id);
    }

    record Ship(@Id @Nullable UUID id, String name) {}

    record Port(
            String id,
            String name,
            @DocumentReference(lazy = false) Ship ship) {}

    record Marked(
            @Id @ValueConverter(Marking.class) @Nullable String id) {}

    static class Marking
            implements PropertyValueConverter<String, String, ValueConversionContext<StorePersistentProperty>> {
        @Override
        public String read(String value, ValueConversionContext<StorePersistentProperty> context) {
            return value.substring(2);
        }

        @Override
        public String write(String value, ValueConversionContext<StorePersistentProperty> context) {
            return "x-" + value;
        }
    }

    @WritingConverter
    static class UuidToHex implements Converter<UUID, String> {
        @Override
        public String convert(UUID id) {
            return id.toString().replace("-", "");
        }
    }

    @ReadingConverter
    static class HexToUuid implements Converter<String, UUID> {
        @Override
        public UUID convert(String hex) {
            return new UUID(
                    Long.parseUnsignedLong(hex.substring(0, 16), 16), Long.parseUnsignedLong(hex.substring(16), 16));
        }
    }

    record Code(String text) {}

    record Coded(@Id @Nullable Code id) {}

    @WritingConverter
    static class CodeToText implements Converter<Code, String> {
        @Override
        public String convert(Code code) {
            return code.text();
        }
    }

    @ReadingConverter
    static class TextToCode implements Converter<String, Code> {
        @Override
        public Code convert(String text) {
            return new Code(text);
        }
    }

    record WithLongName(String id, String firstName) {}

    interface LongNames extends StoreRepository<WithLongName, String> {
        List<WithLongName> findByFirstName(String name);
    }
}
