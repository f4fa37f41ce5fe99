package org.storedb.spring.data.repository;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.ScrollPosition;
import org.springframework.data.domain.SearchResults;
import org.springframework.data.domain.Slice;
import org.springframework.data.domain.Sort;
import org.springframework.data.domain.Vector;
import org.springframework.data.domain.Window;
import org.springframework.data.geo.Circle;
import org.springframework.data.geo.Distance;
import org.springframework.data.geo.GeoResults;
import org.springframework.data.geo.Point;
import org.springframework.data.repository.query.QueryCreationException;
import org.storedb.query.Filter;
import org.storedb.spring.data.core.StoreFixture;
import org.storedb.spring.data.core.mapping.DocumentReference;

/** A method that cannot be a query fails when its repository is created, and the message names it and says why. */
class UnsupportedQueryTests {

    private final StoreFixture fixture = new StoreFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void keywordsThatTheStoreDoesNotHave() {
        assertRefused(Regex.class, "findByAgeMatchesRegex", "REGEX", "age", "not a string");
        assertRefused(RegexByNumber.class, "findByNameMatchesRegex", "REGEX", "Pattern");
        assertRefused(Near.class, "findByNameNear", "NEAR", "not a place");
        assertRefused(NearWithoutDistance.class, "findByAddressLocationNear", "NEAR", "no parameter");
        assertRefused(NearByNumber.class, "findByAddressLocationNear", "NEAR", "Distance");
        assertRefused(Within.class, "findByNameWithin", "WITHIN", "not a place");
        assertRefused(WithinPoint.class, "findByAddressLocationWithin", "WITHIN", "Polygon");
        assertRefused(Empty.class, "findByAgeIsEmpty", "IS_EMPTY", "age");
        assertRefused(TrueName.class, "findByNameTrue", "TRUE", "not a boolean");
    }

    @Test
    void resultThatIsNoEntity() {
        assertRefused(Names.class, "findByAge", "String", "Person");
        assertRefused(Maps.class, "findByAge", "Map", "select");
        assertRefused(Distances.class, "findByAge", "Near");
        assertRefused(ShowsMore.class, "findByAge", "Nickname", "'nickname'");
        assertRefused(TakesMore.class, "findByAge", "Stranger", "'nickname'");
    }

    @Test
    void projectionWhosePartsAreOfOtherTypes() {
        assertRefused(PlacesOfTags.class, "findByAge", "Placed", "'tags'", "Place>", "java.lang.String>");
        assertRefused(NameAsAddress.class, "findByAge", "Named", "'name'", "Place", "java.lang.String");
        assertRefused(StrangeAddress.class, "findByAge", "Place", "'planet'", "Address");
        assertRefused(AddressAsText.class, "findByAge", "Located", "'address'", "java.lang.String", "Address");
        assertRefused(StrangeAddressView.class, "findByAge", "PlanetOnly", "'planet'", "Address");
        assertRefused(StrangeRow.class, "addresses", "Place", "'planet'", "Address");
    }

    @Test
    void idOfSeveralPartsHasNoOrder() {
        assertRefused(AfterId.class, "findByIdGreaterThan", "GREATER_THAN", "'id.bin'");
        assertRefused(BetweenIds.class, "findByIdBetween", "BETWEEN", "'id.bin'");
        assertRefused(SortedById.class, "findByOrderById", "sorted", "'id.bin'");
        assertRefused(SortedByIdInText.class, "sorted", "sorted", "'id.bin'");
        assertThatThrownBy(() -> fixture.repository(Slots.class).findAll(Sort.by("id")))
                .isInstanceOf(InvalidDataAccessApiUsageException.class)
                .hasMessageContaining("'id.bin'");
        assertThatThrownBy(() -> fixture.template()
                        .query(Slot.class)
                        .matching(Filter.gt("id", new SlotId("w", 2)))
                        .all())
                .isInstanceOf(InvalidDataAccessApiUsageException.class)
                .hasMessageContaining("'id.bin'");
    }

    @Test
    void unknownProperty() {
        assertRefused(Unknown.class, "findByNaem", "naem");
    }

    @Test
    void propertyThatIsNotStored() {
        assertRefused(ByVersion.class, "findByVersion", "version");
    }

    @Test
    void propertyOfTheValuesOfAMap() {
        assertRefused(ByValueOfMap.class, "findByLinesByKeySku", "'linesByKey.sku'", "the map 'linesByKey'", "@Query");
        assertRefused(SortedByValueOfMap.class, "findByOrderByLinesByKeySku", "the map 'linesByKey'");
    }

    @Test
    void sortThatHasNoOrder() {
        assertRefused(SortedByTags.class, "findByOrderByTags", "sorted");
        assertRefused(OrderedTags.class, "findByTagsGreaterThan", "GREATER_THAN", "no order");
    }

    @Test
    void propertyBehindAReference() {
        assertRefused(ByPartOfReferredId.class, "findBySlotIdBin", "'slot.id.bin'", "'slot' refers to another entity");
        assertRefused(ByReferredName.class, "findByHolderName", "'holder.name'", "'holder' refers to another entity");
        assertRefused(SortedByReferredName.class, "findByOrderByHolderName", "'holder' refers to another entity");
        assertRefused(ByPartOfWhole.class, "findByPackedYear", "'packed.year'", "stored as a whole");
    }

    @Test
    void textKeywordOnSomethingElse() {
        assertRefused(LikeAge.class, "findByAgeLike", "LIKE", "not a string");
        assertRefused(CaseOfAge.class, "findByAgeIgnoreCase", "case");
        assertRefused(CaseOfAllTags.class, "findByTagsIgnoreCase", "case");
    }

    @Test
    void wrongParameters() {
        assertRefused(TooFew.class, "findByNameAndAge", "age", "no parameter");
        assertRefused(TooMany.class, "findByName", "2 parameters");
        assertRefused(InWithoutCollection.class, "findByNameIn", "collection");
    }

    @Test
    void deleteThatReturnsOtherThanWhatItDeletes() {
        assertRefused(DeletesToBoolean.class, "deleteByName", "the number of deleted entities");
        assertRefused(DeletesToProjection.class, "deleteByName", "the number of deleted entities", "Person");
        assertRefused(DeletesToAnything.class, "deleteByName", "the number of deleted entities");
        assertRefused(DeletesToSlice.class, "deleteByName", "the number of deleted entities");
        assertRefused(DeletesToProjectionByText.class, "removed", "the number of deleted entities");
    }

    @Test
    void countAndExistsThatReturnSomethingElse() {
        assertRefused(CountsToList.class, "countByName", "the number");
        assertRefused(CountsToSlice.class, "countByName", "the number");
        assertRefused(CountsToBooleanByText.class, "counted", "the number");
        assertRefused(ExistsAsText.class, "existsByName", "a boolean");
        assertRefused(ExistsAsEntityByText.class, "isThere", "a boolean");
    }

    @Test
    void deleteOfAPage() {
        assertRefused(DeletesPage.class, "deleteByName", "no pages", "Limit");
        assertRefused(DeletesPageByText.class, "removed", "no pages", "Limit");
    }

    @Test
    void scrolling() {
        assertRefused(WindowWithoutPosition.class, "findByName", "ScrollPosition");
        assertRefused(PositionWithoutWindow.class, "findByName", "Window");
    }

    @Test
    void vectorSearch() {
        assertRefused(NearestVectors.class, "findByName", "vector search is not supported");
        assertRefused(NearestToVector.class, "findByTagsNear", "vector search is not supported");
    }

    private void assertRefused(Class<?> repository, String... mentioned) {
        assertThatThrownBy(() -> fixture.repository(repository))
                .isInstanceOf(QueryCreationException.class)
                .message()
                .contains(mentioned);
    }

    record Named(Place name) {}

    record Place(String planet, int moons) {}

    record Placed(List<Place> tags) {}

    record Located(String address) {}

    record Seen(Place address) {}

    record SeenView(PlanetOnly address) {}

    interface PlanetOnly {
        String getPlanet();
    }

    interface PlacesOfTags extends StoreRepository<Person, String> {
        List<Placed> findByAge(int age);
    }

    interface NameAsAddress extends StoreRepository<Person, String> {
        List<Named> findByAge(int age);
    }

    interface StrangeAddress extends StoreRepository<Person, String> {
        List<Seen> findByAge(int age);
    }

    interface AddressAsText extends StoreRepository<Person, String> {
        List<Located> findByAge(int age);
    }

    interface StrangeAddressView extends StoreRepository<Person, String> {
        List<SeenView> findByAge(int age);
    }

    interface StrangeRow extends StoreRepository<Person, String> {
        @Query("select address from people")
        List<Seen> addresses();
    }

    record Slot(SlotId id) {}

    record SlotId(String warehouse, int bin) {}

    interface Slots extends StoreRepository<Slot, SlotId> {}

    record Move(String id, @DocumentReference(lazy = false) Slot slot) {}

    record Parcel(
            String id, @DocumentReference(lazy = false) Person holder, LocalDate packed) {}

    interface ByReferredName extends StoreRepository<Parcel, String> {
        List<Parcel> findByHolderName(String name);
    }

    interface SortedByReferredName extends StoreRepository<Parcel, String> {
        List<Parcel> findByOrderByHolderName();
    }

    interface ByPartOfWhole extends StoreRepository<Parcel, String> {
        List<Parcel> findByPackedYear(int year);
    }

    interface ByPartOfReferredId extends StoreRepository<Move, String> {
        List<Move> findBySlotIdBin(int bin);
    }

    interface AfterId extends StoreRepository<Slot, SlotId> {
        List<Slot> findByIdGreaterThan(SlotId id);
    }

    interface BetweenIds extends StoreRepository<Slot, SlotId> {
        List<Slot> findByIdBetween(SlotId from, SlotId to);
    }

    interface SortedById extends StoreRepository<Slot, SlotId> {
        List<Slot> findByOrderById();
    }

    interface SortedByIdInText extends StoreRepository<Slot, SlotId> {
        @Query("find slot order by id")
        List<Slot> sorted();
    }

    interface Regex extends StoreRepository<Person, String> {
        List<Person> findByAgeMatchesRegex(String pattern);
    }

    interface RegexByNumber extends StoreRepository<Person, String> {
        List<Person> findByNameMatchesRegex(int pattern);
    }

    interface Near extends StoreRepository<Person, String> {
        List<Person> findByNameNear(Point point, Distance distance);
    }

    interface NearWithoutDistance extends StoreRepository<Person, String> {
        List<Person> findByAddressLocationNear(Point point);
    }

    interface NearByNumber extends StoreRepository<Person, String> {
        List<Person> findByAddressLocationNear(Point point, double distance);
    }

    interface Within extends StoreRepository<Person, String> {
        List<Person> findByNameWithin(Circle circle);
    }

    interface WithinPoint extends StoreRepository<Person, String> {
        List<Person> findByAddressLocationWithin(Point point);
    }

    interface Empty extends StoreRepository<Person, String> {
        List<Person> findByAgeIsEmpty();
    }

    interface TrueName extends StoreRepository<Person, String> {
        List<Person> findByNameTrue();
    }

    interface Names extends StoreRepository<Person, String> {
        List<String> findByAge(int age);
    }

    interface Maps extends StoreRepository<Person, String> {
        List<Map<String, Object>> findByAge(int age);
    }

    record Stranger(String name, String nickname) {}

    interface TakesMore extends StoreRepository<Person, String> {
        List<Stranger> findByAge(int age);
    }

    interface Nickname {
        String getNickname();
    }

    interface ShowsMore extends StoreRepository<Person, String> {
        List<Nickname> findByAge(int age);
    }

    interface Distances extends StoreRepository<Person, String> {
        GeoResults<Person> findByAge(int age);
    }

    interface Unknown extends StoreRepository<Person, String> {
        List<Person> findByNaem(String name);
    }

    interface ByVersion extends StoreRepository<Person, String> {
        List<Person> findByVersion(long version);
    }

    record Basket(String id, Map<String, Line> linesByKey) {}

    record Line(String sku) {}

    interface ByValueOfMap extends StoreRepository<Basket, String> {
        List<Basket> findByLinesByKeySku(String sku);
    }

    interface SortedByValueOfMap extends StoreRepository<Basket, String> {
        List<Basket> findByOrderByLinesByKeySku();
    }

    interface SortedByTags extends StoreRepository<Person, String> {
        List<Person> findByOrderByTags();
    }

    interface OrderedTags extends StoreRepository<Person, String> {
        List<Person> findByTagsGreaterThan(String tag);
    }

    interface LikeAge extends StoreRepository<Person, String> {
        List<Person> findByAgeLike(String age);
    }

    interface CaseOfAge extends StoreRepository<Person, String> {
        List<Person> findByAgeIgnoreCase(int age);
    }

    interface CaseOfAllTags extends StoreRepository<Person, String> {
        List<Person> findByTagsIgnoreCase(List<String> tags);
    }

    interface TooFew extends StoreRepository<Person, String> {
        List<Person> findByNameAndAge(String name);
    }

    interface TooMany extends StoreRepository<Person, String> {
        List<Person> findByName(String name, int age);
    }

    interface InWithoutCollection extends StoreRepository<Person, String> {
        List<Person> findByNameIn(String name);
    }

    interface CountsToList extends StoreRepository<Person, String> {
        List<Long> countByName(String name);
    }

    interface CountsToSlice extends StoreRepository<Person, String> {
        Slice<Person> countByName(String name, Pageable pageable);
    }

    interface CountsToBooleanByText extends StoreRepository<Person, String> {
        @Query("count people where name = :name")
        boolean counted(String name);
    }

    interface ExistsAsText extends StoreRepository<Person, String> {
        String existsByName(String name);
    }

    interface ExistsAsEntityByText extends StoreRepository<Person, String> {
        @Query("exists people where name = :name")
        Optional<Person> isThere(String name);
    }

    interface DeletesToBoolean extends StoreRepository<Person, String> {
        boolean deleteByName(String name);
    }

    record NameOnly(String name) {}

    interface DeletesToProjection extends StoreRepository<Person, String> {
        List<NameOnly> deleteByName(String name);
    }

    interface DeletesToAnything extends StoreRepository<Person, String> {
        <T> List<T> deleteByName(String name, Class<T> type);
    }

    interface DeletesToSlice extends StoreRepository<Person, String> {
        Slice<Person> deleteByName(String name);
    }

    interface DeletesToProjectionByText extends StoreRepository<Person, String> {
        @Query("delete people where name = :name")
        List<NameOnly> removed(String name);
    }

    interface DeletesPage extends StoreRepository<Person, String> {
        List<Person> deleteByName(String name, Pageable page);
    }

    interface DeletesPageByText extends StoreRepository<Person, String> {
        @Query("delete people where name = :name")
        List<Person> removed(String name, Pageable page);
    }

    interface WindowWithoutPosition extends StoreRepository<Person, String> {
        Window<Person> findByName(String name);
    }

    interface PositionWithoutWindow extends StoreRepository<Person, String> {
        List<Person> findByName(String name, ScrollPosition position);
    }

    interface NearestVectors extends StoreRepository<Person, String> {
        SearchResults<Person> findByName(String name);
    }

    interface NearestToVector extends StoreRepository<Person, String> {
        List<Person> findByTagsNear(Vector vector);
    }
}
