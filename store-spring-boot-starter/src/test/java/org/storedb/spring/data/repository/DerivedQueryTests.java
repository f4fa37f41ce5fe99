package org.storedb.spring.data.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.core.convert.converter.Converter;
import org.springframework.dao.EmptyResultDataAccessException;
import org.springframework.dao.IncorrectResultSizeDataAccessException;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.data.convert.ReadingConverter;
import org.springframework.data.convert.WritingConverter;
import org.springframework.data.domain.Limit;
import org.springframework.data.domain.Range;
import org.springframework.data.domain.ScrollPosition;
import org.springframework.data.domain.Window;
import org.springframework.data.support.WindowIterator;
import org.storedb.query.Filter;
import org.storedb.spring.data.core.StoreFixture;
import org.storedb.spring.data.core.mapping.Indexed;
import org.storedb.spring.data.repository.Person.Level;

/** Each keyword of derived queries, and its meaning for null and missing values. */
class DerivedQueryTests {

    private final StoreFixture fixture = new StoreFixture();
    private final People people = fixture.repository(People.class);

    @BeforeEach
    void store() {
        people.insertAll(Person.all());
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void simpleProperty() {
        assertIds(people.findByName("Ada Lovelace"), "ada");
        assertIds(people.findByName("ada lovelace"));
        assertIds(people.findByNameIs("Ada Lovelace"), "ada");
        assertIds(people.findByNameEquals("Ada Lovelace"), "ada");
    }

    @Test
    void nullArgumentAsksForNull() {
        assertIds(people.findByName(null), "nobody");
        assertIds(people.findByNameNot(null), "ada", "alan", "grace");
    }

    @Test
    void notMatchesMissingValues() {
        assertIds(people.findByNameNot("Ada Lovelace"), "alan", "grace", "nobody");
        assertIds(people.findByLevelIsNot(Level.GOLD), "alan", "nobody");
    }

    @Test
    void orderComparisonsLeaveOutMissingValues() {
        assertIds(people.findByAgeLessThan(41), "ada");
        assertIds(people.findByAgeLessThanEqual(41), "ada", "alan");
        assertIds(people.findByAgeGreaterThan(41), "grace");
        assertIds(people.findByAgeGreaterThanEqual(41), "alan", "grace");
        assertIds(people.findByAgeGreaterThan(40L), "alan", "grace");
        assertIds(people.findByAgeGreaterThan(41.5), "grace");
    }

    @Test
    void orderComparisonWithNullIsRefused() {
        assertThatThrownBy(() -> people.findByAgeLessThan(null))
                .isInstanceOf(InvalidDataAccessApiUsageException.class)
                .hasMessageContaining("age");
    }

    @Test
    void oneInstantInSeveralTimeZonesHasOnePlaceInTheOrder() {
        OffsetDateTime eight = OffsetDateTime.parse("2026-01-01T08:00Z");
        Meetings meetings = fixture.repository(Meetings.class);
        meetings.insertAll(List.of(
                meeting("before", eight.minusNanos(1)),
                meeting("here", eight),
                meeting("there", eight.withOffsetSameInstant(ZoneOffset.ofHours(2))),
                meeting("elsewhere", eight.withOffsetSameInstant(ZoneOffset.ofHours(-5))),
                meeting("after", eight.plusNanos(1))));
        for (int hours : List.of(0, 2, -5, 9)) {
            OffsetDateTime at = eight.withOffsetSameInstant(ZoneOffset.ofHours(hours));
            ZonedDateTime zoned = at.atZoneSameInstant(ZoneId.of("Asia/Tokyo"));
            assertMeetings(meetings.findByAtBefore(at), "before");
            assertMeetings(meetings.findByAtLessThanEqual(at), "before", "elsewhere", "here", "there");
            assertMeetings(meetings.findByAtAfter(at), "after");
            assertMeetings(meetings.findByAtGreaterThanEqual(at), "elsewhere", "here", "there", "after");
            assertMeetings(meetings.findByAtBetween(at, at), "elsewhere", "here", "there");
            assertMeetings(meetings.findByAtBetween(Range.open(at, at.plusNanos(1))));
            assertMeetings(meetings.findByZonedBefore(zoned), "before");
            assertMeetings(meetings.findByZonedBetween(zoned, zoned), "elsewhere", "here", "there");
            assertMeetings(meetings.from(at), "elsewhere", "here", "there", "after");
            assertMeetings(
                    fixture.template()
                            .query(Meeting.class)
                            .matching(Filter.gt("at", at))
                            .all(),
                    "after");
        }
        assertMeetings(meetings.findByAt(eight), "here");
        assertMeetings(meetings.findByAtIn(List.of(eight)), "here");
        List<String> scrolled = new ArrayList<>();
        WindowIterator.of(meetings::findFirst1ByOrderByAt)
                .startingAt(ScrollPosition.keyset())
                .forEachRemaining(meeting -> scrolled.add(meeting.id()));
        assertThat(scrolled).containsExactly("before", "there", "elsewhere", "here", "after");
    }

    private static Meeting meeting(String id, OffsetDateTime at) {
        return new Meeting(id, at, at.toZonedDateTime());
    }

    private static void assertMeetings(List<Meeting> found, String... ids) {
        assertThat(found).extracting(Meeting::id).containsExactlyInAnyOrder(ids);
    }

    @Test
    void beforeAndAfterCompareToTheNanosecond() {
        Instant start = Instant.parse("2026-01-01T00:00:00Z");
        assertIds(people.findByJoinedAfter(start), "alan", "grace");
        assertIds(people.findByJoinedBefore(start.plusMillis(500)), "ada");
        assertIds(people.findByJoined(start), "ada");
    }

    @Test
    void betweenIncludesBothEnds() {
        assertIds(people.findByAgeBetween(36, 41), "ada", "alan");
        assertIds(people.findByAgeBetween(42, 36));
        assertIds(people.findByAgeBetweenAndActiveTrue(0, 200), "ada", "alan");
    }

    @Test
    void betweenARangeIncludesWhatTheRangeIncludes() {
        assertIds(people.findByAgeBetween(Range.closed(36, 85)), "ada", "alan", "grace");
        assertIds(people.findByAgeBetween(Range.open(36, 85)), "alan");
        assertIds(people.findByAgeBetween(Range.rightOpen(36, 85)), "ada", "alan");
        assertIds(
                people.findByAgeBetween(Range.from(Range.Bound.exclusive(36)).to(Range.Bound.unbounded())),
                "alan",
                "grace");
    }

    @Test
    void inAndNotIn() {
        assertIds(people.findByNameIn(List.of("Ada Lovelace", "grace hopper", "x")), "ada", "grace");
        assertIds(people.findByNameIn(List.of()));
        assertIds(people.findByNameIn(Arrays.asList("Ada Lovelace", null)), "ada", "nobody");
        assertIds(people.findByLevelIn(Level.GOLD, Level.SILVER), "ada", "alan", "grace");
        assertIds(people.findByNameNotIn(List.of("Ada Lovelace")), "alan", "grace", "nobody");
        assertIds(people.findByNameNotIn(List.of()), "ada", "alan", "grace", "nobody");
    }

    @Test
    void nullAndNotNull() {
        assertIds(people.findByNameIsNull(), "nobody");
        assertIds(people.findByAddressNull(), "nobody");
        assertIds(people.findByNameIsNotNull(), "ada", "alan", "grace");
        assertIds(people.findByAddressLocationNotNull(), "ada", "alan");
    }

    @Test
    void exists() {
        assertIds(people.findByAddressExists(), "ada", "alan", "grace");
    }

    @Test
    void trueAndFalse() {
        assertIds(people.findByActiveTrue(), "ada", "alan");
        assertIds(people.findByActiveIsFalse(), "grace", "nobody");
    }

    @Test
    void truthOfWhatAConverterStoresOtherwise() {
        StoreFixture converting = new StoreFixture(new BooleanToText(), new TextToBoolean());
        try (converting) {
            Members members = converting.repository(Members.class);
            members.insertAll(List.of(new Member("1", true), new Member("2", false)));
            assertThat(members.findByActiveTrue()).containsExactly(new Member("1", true));
            assertThat(members.findByActiveFalse()).containsExactly(new Member("2", false));
        }
    }

    @Test
    void likeTakesWildcards() {
        assertIds(people.findByNameLike("A%"), "ada", "alan");
        assertIds(people.findByNameLike("Al_n%"), "alan");
        assertIds(people.findByNameLike("Ada"));
        assertIds(people.findByNameNotLike("A%"), "grace", "nobody");
    }

    @Test
    void startingEndingContaining() {
        assertIds(people.findByNameStartingWith("Al"), "alan");
        assertIds(people.findByNameEndsWith("hopper"), "grace");
        assertIds(people.findByNameContaining("a L"), "ada");
        assertIds(people.findByNameContains("%"));
        assertIds(people.findByNameNotContaining("a"), "nobody");
    }

    @Test
    void containingOnACollectionIsMembership() {
        assertIds(people.findByTagsContaining("math"), "ada", "alan");
        assertIds(people.findByTagsContaining("mat"));
        assertIds(people.findByTagsNotContaining("math"), "grace", "nobody");
        assertIds(people.findByTags("navy"), "grace");
    }

    @Test
    void ignoringCase() {
        assertIds(people.findByNameIgnoreCase("ADA lovelace"), "ada");
        assertIds(people.findByNameStartingWithIgnoringCase("G"), "grace");
        assertIds(people.findByNameInIgnoreCase(List.of("GRACE HOPPER")), "grace");
        assertIds(people.findByNameLikeAndAgeAllIgnoreCase("a%", 36), "ada");
        assertIds(people.findByAddressCityContainingIgnoreCase("LON"), "ada");
    }

    @Test
    void andBindsTighterThanOr() {
        assertIds(people.findByNameStartingWithAndAgeOrActiveFalse("A", 36), "ada", "grace", "nobody");
    }

    @Test
    void nestedPaths() {
        assertIds(people.findByAddressCity("London"), "ada");
        assertIds(people.findByAddress_City("London"), "ada");
        assertIds(people.findByAddressLocationLatGreaterThan(52.0), "alan");
        assertIds(people.findByAddress_Location_Lat(51.5), "ada");
        assertIds(people.findByAddress(new Person.Address("New York", null)), "grace");
    }

    @Test
    void enumsAndIds() {
        assertIds(people.findByLevel(Level.SILVER), "alan");
        assertIds(people.findByIdIn(Set.of("ada", "x")), "ada");
        assertIds(people.findByIdGreaterThan("alan"), "grace", "nobody");
    }

    @Test
    void subjects() {
        assertIds(people.queryByActiveTrue(), "ada", "alan");
        assertIds(people.streamAllByActiveTrue(), "ada", "alan");
        assertIds(people.findDistinctByActiveTrue(), "ada", "alan");
        assertThat(people.countByActiveTrue()).isEqualTo(2);
        assertThat(people.countByLevel(Level.GOLD)).isEqualTo(2);
        assertThat(people.existsByName("Ada Lovelace")).isTrue();
        assertThat(people.existsByName("x")).isFalse();
    }

    @Test
    void orderBy() {
        assertThat(people.findByOrderByAgeDesc())
                .extracting(Person::id)
                .containsExactly("grace", "alan", "ada", "nobody");
        assertThat(people.findByActiveTrueOrderByLevelAscNameDesc())
                .extracting(Person::id)
                .containsExactly("ada", "alan");
        assertThat(people.findAllByOrderByAddressCityAsc())
                .extracting(Person::id)
                .containsExactly("nobody", "ada", "alan", "grace");
    }

    @Test
    void firstAndTop() {
        assertThat(people.findFirstByOrderByAgeDesc()).map(Person::id).contains("grace");
        assertThat(people.findTop2ByActiveTrueOrderByAgeDesc())
                .extracting(Person::id)
                .containsExactly("alan", "ada");
        assertThat(people.findFirstByActiveTrue()).isNotNull();
        assertThat(people.countTop1ByActiveTrue()).isEqualTo(1);
    }

    @Test
    void singleResults() {
        assertThat(people.findOneByName("Ada Lovelace")).map(Person::id).contains("ada");
        assertThat(people.findOneByName("x")).isEmpty();
        assertThat(people.getByName("x")).isNull();
        assertThatThrownBy(() -> people.findOneByActive(true))
                .isInstanceOf(IncorrectResultSizeDataAccessException.class)
                .hasMessageContaining("findOneByActive");
    }

    @Test
    void deletes() {
        assertThat(people.deleteByActiveTrue()).isEqualTo(2);
        assertThat(people.removeByName("grace hopper")).extracting(Person::id).containsExactly("grace");
        people.deleteByName("x");
        assertThat(people.findAll()).extracting(Person::id).containsExactly("nobody");
        assertThat(people.deletePersonById("nobody")).isNotNull();
        assertThat(people.count()).isZero();
    }

    @Test
    void deletedEntitiesMayComeAsAStream() {
        try (Stream<Person> deleted = people.deleteByAgeGreaterThan(40)) {
            assertThat(deleted).extracting(Person::id).containsExactlyInAnyOrder("alan", "grace");
        }
        assertThat(people.count()).isEqualTo(2);
    }

    @Test
    void deleteThatReturnsOneDeletesNothingIfThereAreSeveral() {
        assertThatThrownBy(() -> people.removeByActive(true))
                .isInstanceOf(IncorrectResultSizeDataAccessException.class);
        assertThat(people.count()).isEqualTo(4);
        assertThat(people.removeByActive(true, Limit.of(1))).isNotNull();
        assertThat(people.count()).isEqualTo(3);
    }

    @Test
    void deleteFirst() {
        assertThat(people.deleteFirstByOrderByAgeDesc()).isEqualTo(1);
        assertThat(people.existsById("grace")).isFalse();
        assertThat(people.count()).isEqualTo(3);
    }

    @Test
    void missingResultOfANonNullTypeIsAnEmptyResult() {
        assertThatThrownBy(() -> people.findByNameAndActiveTrue("x"))
                .isInstanceOf(EmptyResultDataAccessException.class);
        assertThatThrownBy(() -> people.findByNameIs(nullName())).isInstanceOf(IllegalArgumentException.class);
    }

    @SuppressWarnings("NullAway") // as unchecked callers may do
    private static String nullName() {
        return null;
    }

    @Test
    void valueThatDoesNotFitIsRefused() {
        assertThatThrownBy(() -> people.findByLevelIs("BRONZE"))
                .isInstanceOf(InvalidDataAccessApiUsageException.class)
                .hasMessageContaining("level")
                .hasMessageContaining("BRONZE");
        assertIds(people.findByLevelIs("GOLD"), "ada", "grace");
    }

    private static void assertIds(Collection<Person> found, String... ids) {
        assertThat(found.stream().map(person -> Objects.requireNonNull(person.id())))
                .containsExactlyInAnyOrder(ids);
    }

    interface People extends StoreRepository<Person, String> {

        List<Person> findByName(@Nullable String name);

        List<Person> findByNameIs(String name);

        List<Person> findByNameEquals(String name);

        List<Person> findByNameNot(@Nullable String name);

        List<Person> findByLevelIsNot(Level level);

        List<Person> findByAgeLessThan(@Nullable Integer age);

        List<Person> findByAgeLessThanEqual(int age);

        List<Person> findByAgeGreaterThan(Number age);

        List<Person> findByAgeGreaterThanEqual(int age);

        List<Person> findByJoinedAfter(Instant time);

        List<Person> findByJoinedBefore(Instant time);

        List<Person> findByJoined(Instant time);

        List<Person> findByAgeBetween(int from, int to);

        List<Person> findByAgeBetween(Range<Integer> range);

        List<Person> findByAgeBetweenAndActiveTrue(int from, int to);

        List<Person> findByNameIn(Collection<@Nullable String> names);

        List<Person> findByLevelIn(Level... levels);

        List<Person> findByNameNotIn(List<String> names);

        List<Person> findByNameIsNull();

        List<Person> findByAddressNull();

        List<Person> findByNameIsNotNull();

        List<Person> findByAddressLocationNotNull();

        List<Person> findByAddressExists();

        List<Person> findByActiveTrue();

        List<Person> findByActiveIsFalse();

        List<Person> findByNameLike(String pattern);

        List<Person> findByNameNotLike(String pattern);

        List<Person> findByNameStartingWith(String prefix);

        List<Person> findByNameEndsWith(String suffix);

        List<Person> findByNameContaining(String part);

        List<Person> findByNameContains(String part);

        List<Person> findByNameNotContaining(String part);

        List<Person> findByTagsContaining(String tag);

        List<Person> findByTagsNotContaining(String tag);

        List<Person> findByTags(String tag);

        List<Person> findByNameIgnoreCase(String name);

        List<Person> findByNameStartingWithIgnoringCase(String prefix);

        List<Person> findByNameInIgnoreCase(List<String> names);

        List<Person> findByNameLikeAndAgeAllIgnoreCase(String pattern, int age);

        List<Person> findByAddressCityContainingIgnoreCase(String part);

        List<Person> findByNameStartingWithAndAgeOrActiveFalse(String prefix, int age);

        List<Person> findByAddressCity(String city);

        List<Person> findByAddress_City(String city);

        List<Person> findByAddressLocationLatGreaterThan(double lat);

        List<Person> findByAddress_Location_Lat(double lat);

        List<Person> findByAddress(Person.Address address);

        List<Person> findByLevel(Level level);

        List<Person> findByLevelIs(String level);

        List<Person> findByIdIn(Set<String> ids);

        List<Person> findByIdGreaterThan(String id);

        List<Person> queryByActiveTrue();

        Set<Person> streamAllByActiveTrue();

        List<Person> findDistinctByActiveTrue();

        long countByActiveTrue();

        int countByLevel(Level level);

        boolean existsByName(String name);

        List<Person> findByOrderByAgeDesc();

        List<Person> findByActiveTrueOrderByLevelAscNameDesc();

        List<Person> findAllByOrderByAddressCityAsc();

        Optional<Person> findFirstByOrderByAgeDesc();

        List<Person> findTop2ByActiveTrueOrderByAgeDesc();

        Person findFirstByActiveTrue();

        long countTop1ByActiveTrue();

        Person findByNameAndActiveTrue(String name);

        Optional<Person> findOneByName(String name);

        @Nullable
        Person getByName(String name);

        Optional<Person> findOneByActive(boolean active);

        long deleteByActiveTrue();

        List<Person> removeByName(String name);

        Stream<Person> deleteByAgeGreaterThan(int age);

        void deleteByName(String name);

        @Nullable
        Person removeByActive(boolean active);

        @Nullable
        Person removeByActive(boolean active, Limit limit);

        @Nullable
        Person deletePersonById(String id);

        int deleteFirstByOrderByAgeDesc();
    }

    record Meeting(String id, @Indexed OffsetDateTime at, ZonedDateTime zoned) {}

    interface Meetings extends StoreRepository<Meeting, String> {
        List<Meeting> findByAt(OffsetDateTime at);

        List<Meeting> findByAtIn(Collection<OffsetDateTime> at);

        List<Meeting> findByAtBefore(OffsetDateTime at);

        List<Meeting> findByAtLessThanEqual(OffsetDateTime at);

        List<Meeting> findByAtAfter(OffsetDateTime at);

        List<Meeting> findByAtGreaterThanEqual(OffsetDateTime at);

        List<Meeting> findByAtBetween(OffsetDateTime from, OffsetDateTime to);

        List<Meeting> findByAtBetween(Range<OffsetDateTime> range);

        List<Meeting> findByZonedBefore(ZonedDateTime at);

        List<Meeting> findByZonedBetween(ZonedDateTime from, ZonedDateTime to);

        @Query("find meeting where at >= :at")
        List<Meeting> from(OffsetDateTime at);

        Window<Meeting> findFirst1ByOrderByAt(ScrollPosition position);
    }

    record Member(String id, boolean active) {}

    interface Members extends StoreRepository<Member, String> {
        List<Member> findByActiveTrue();

        List<Member> findByActiveFalse();
    }

    @WritingConverter
    static class BooleanToText implements Converter<Boolean, String> {
        @Override
        public String convert(Boolean value) {
            return value ? "Y" : "N";
        }
    }

    @ReadingConverter
    static class TextToBoolean implements Converter<String, Boolean> {
        @Override
        public Boolean convert(String text) {
            return text.equals("Y");
        }
    }
}
