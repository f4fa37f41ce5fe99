package org.storedb.spring.data.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.IncorrectResultSizeDataAccessException;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.data.annotation.TypeAlias;
import org.springframework.data.domain.Example;
import org.springframework.data.domain.ExampleMatcher;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.Range;
import org.springframework.data.domain.ScrollPosition;
import org.springframework.data.domain.Slice;
import org.springframework.data.domain.Sort;
import org.springframework.data.domain.Window;
import org.springframework.data.geo.Box;
import org.springframework.data.geo.Circle;
import org.springframework.data.geo.Distance;
import org.springframework.data.geo.GeoPage;
import org.springframework.data.geo.GeoResult;
import org.springframework.data.geo.GeoResults;
import org.springframework.data.geo.Metrics;
import org.springframework.data.geo.Point;
import org.springframework.data.geo.Polygon;
import org.springframework.data.mapping.MappingException;
import org.storedb.error.InvalidQueryException;
import org.storedb.query.GeoPoint;
import org.storedb.query.GeoShape;
import org.storedb.spring.data.core.DistanceOrder;
import org.storedb.spring.data.core.StoreFixture;
import org.storedb.spring.data.core.mapping.Document;

/** Queries for places: near a point, within a shape, with distances. */
class PlaceQueryTests {

    private static final Point TOKYO = new Point(139.7, 35.7);
    private static final Distance FAR = new Distance(500, Metrics.KILOMETERS);

    private final StoreFixture fixture = new StoreFixture();
    private final Cities cities = fixture.repository(Cities.class);

    @BeforeEach
    void store() {
        cities.insertAll(List.of(
                new City("tokyo", TOKYO, GeoPoint.of(35.7, 139.7), List.of(new Stop(TOKYO))),
                new City("osaka", new Point(135.5, 34.7), GeoPoint.of(34.7, 135.5), List.of()),
                new City("yokohama", new Point(139.6, 35.4), GeoPoint.of(35.4, 139.6), List.of(new Stop(TOKYO))),
                new City("paris", new Point(2.4, 48.9), GeoPoint.of(48.9, 2.4), List.of()),
                new City("nowhere", null, null, List.of())));
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void pointIsStoredAsLatitudeAndLongitude() {
        Map<String, Object> stored =
                fixture.store().collection("city").get("tokyo").orElseThrow();
        assertThat(stored).containsEntry("at", Map.of("lat", 35.7, "lon", 139.7));
        assertThat(cities.findById("tokyo").orElseThrow().at()).isEqualTo(TOKYO);
        assertThat(cities.findById("nowhere").orElseThrow().at()).isNull();
    }

    @Test
    void pointThatIsNoPlaceIsNotStored() {
        for (Point point : List.of(new Point(35.7, 139.7), new Point(-181, 0), new Point(0, Double.NaN))) {
            assertThatThrownBy(() -> cities.insert(new City("x", point, null, List.of())))
                    .isInstanceOf(MappingException.class)
                    .hasMessageContaining("'at' of " + City.class.getName())
                    .hasMessageContaining("x is the longitude, from -180 to 180, and y the latitude, from -90 to 90");
        }
        assertThatThrownBy(() -> cities.move("paris", new Point(35.7, 139.7))).hasMessageContaining("139.7");
        assertThatThrownBy(() -> cities.findByAt(new Point(35.7, 139.7)))
                .isInstanceOf(InvalidDataAccessApiUsageException.class);
        assertThat(cities.count()).isEqualTo(5);
    }

    @Test
    void pointIsEqualToItself() {
        assertThat(cities.findByAt(TOKYO)).extracting(City::id).containsExactly("tokyo");
        assertThat(cities.findByAtIsNull()).extracting(City::id).containsExactly("nowhere");
    }

    @Test
    void nearestComesFirst() {
        assertThat(cities.findByAtNear(TOKYO, FAR)).extracting(City::id).containsExactly("tokyo", "yokohama", "osaka");
        assertThat(cities.findByAtNear(TOKYO, new Distance(100, Metrics.KILOMETERS)))
                .extracting(City::id)
                .containsExactly("tokyo", "yokohama");
        assertThat(cities.findByAtNear(TOKYO, new Distance(62, Metrics.MILES))).hasSize(2);
    }

    @Test
    void distancesOfOptionalPlaces() {
        Stalls stalls = fixture.repository(Stalls.class);
        stalls.insertAll(List.of(
                new Stall("1", Optional.of(new Point(139.6, 35.4))),
                new Stall("2", Optional.of(TOKYO)),
                new Stall("3", Optional.empty())));

        GeoResults<Stall> results = stalls.findByAtNear(TOKYO, FAR);

        assertThat(results.getContent())
                .extracting(result -> result.getContent().id())
                .containsExactly("2", "1");
        assertThat(results.getContent().get(0).getDistance().getValue()).isZero();
        assertThat(stalls.readByAtNear(TOKYO, FAR, PageRequest.of(0, 1)).getTotalElements())
                .isEqualTo(2);
    }

    @Test
    void distancesOfPlacesInsideOptionals() {
        Vans vans = fixture.repository(Vans.class);
        vans.insertAll(List.of(new Van("1", Optional.of(new Stop(TOKYO))), new Van("2", Optional.empty())));

        GeoResults<Van> results = vans.findByStopAtNear(TOKYO, FAR);

        assertThat(results.getContent()).hasSize(1);
        assertThat(results.getContent().get(0).getDistance().getValue()).isZero();
    }

    @Test
    void distancesOfTheRecordsOfASealedInterface() {
        Sights sights = fixture.repository(Sights.class);
        Sight shrine = new Shrine("1", new Point(139.6, 35.4));
        Sight tower = new Tower("2", TOKYO);
        sights.insertAll(List.of(shrine, tower));

        GeoResults<Sight> results = sights.findByAtNear(TOKYO, FAR);

        assertThat(results).extracting(GeoResult::getContent).containsExactly(tower, shrine);
        assertThat(results.getContent().get(0).getDistance().getValue()).isZero();
    }

    @Test
    void ownPointsOfTheStoreArePlacesToo() {
        assertThat(cities.findByOwnNear(GeoPoint.of(35.7, 139.7), FAR))
                .extracting(City::id)
                .containsExactly("tokyo", "yokohama", "osaka");
    }

    @Test
    void rangeOfDistancesLeavesOutWhatIsNearer() {
        Distance min = new Distance(1, Metrics.KILOMETERS);
        assertThat(cities.findByAtNear(TOKYO, min, FAR)).extracting(City::id).containsExactly("yokohama", "osaka");
        assertThat(cities.findByAtNear(TOKYO, Distance.between(min, FAR)))
                .extracting(City::id)
                .containsExactly("yokohama", "osaka");
    }

    @Test
    void distanceWithoutAUnitIsRefused() {
        assertThatThrownBy(() -> cities.findByAtNear(TOKYO, new Distance(1)))
                .isInstanceOf(InvalidDataAccessApiUsageException.class)
                .hasMessageContaining("Metrics.KILOMETERS");
        assertThatThrownBy(() -> cities.findByAtWithin(new Circle(TOKYO, 1)))
                .isInstanceOf(InvalidDataAccessApiUsageException.class);
    }

    @Test
    void openRangeOfDistancesIsRefused() {
        Range<Distance> open = Range.rightUnbounded(Range.Bound.inclusive(FAR));
        assertThatThrownBy(() -> cities.findByAtNear(TOKYO, open))
                .isInstanceOf(InvalidDataAccessApiUsageException.class)
                .hasMessageContaining("upper bound");
    }

    @Test
    void pointThatIsNoPlaceIsRefused() {
        assertThatThrownBy(() -> cities.findByAtNear(new Point(0, 139.7), FAR))
                .isInstanceOf(InvalidDataAccessApiUsageException.class)
                .hasMessageContaining("latitude");
    }

    @Test
    void withinShapes() {
        assertThat(cities.findByAtWithin(new Circle(TOKYO, FAR)))
                .extracting(City::id)
                .containsExactlyInAnyOrder("tokyo", "yokohama", "osaka");
        assertThat(cities.findByAtWithin(new Box(new Point(130, 30), new Point(137, 40))))
                .extracting(City::id)
                .containsExactly("osaka");
        assertThat(cities.findByAtWithin(new Polygon(new Point(0, 40), new Point(10, 40), new Point(5, 60))))
                .extracting(City::id)
                .containsExactly("paris");
        assertThat(cities.findByAtWithin(GeoShape.box(GeoPoint.of(30, 130), GeoPoint.of(40, 137))))
                .extracting(City::id)
                .containsExactly("osaka");
        assertThat(cities.findByAtWithin(TOKYO, new Distance(1, Metrics.KILOMETERS)))
                .extracting(City::id)
                .containsExactly("tokyo");
    }

    @Test
    void nearACircleIsWithinIt() {
        assertThat(cities.findByAtIsNear(new Circle(TOKYO, FAR)))
                .extracting(City::id)
                .containsExactly("tokyo", "yokohama", "osaka");
    }

    @Test
    void otherOrderWinsOverNearness() {
        assertThat(cities.findByAtNearOrderByIdDesc(TOKYO, FAR))
                .extracting(City::id)
                .containsExactly("yokohama", "tokyo", "osaka");
        assertThat(cities.findByAtNear(TOKYO, FAR, Sort.by("id")))
                .extracting(City::id)
                .containsExactly("osaka", "tokyo", "yokohama");
    }

    @Test
    void firstIsTheNearest() {
        assertThat(cities.findFirstByAtNear(new Point(135, 34), FAR))
                .map(City::id)
                .contains("osaka");
        assertThatThrownBy(() -> cities.findOneByAtNear(TOKYO, FAR))
                .isInstanceOf(IncorrectResultSizeDataAccessException.class);
    }

    @Test
    void pagesAndSlicesGoOnByDistance() {
        Page<City> page = cities.findPageByAtNear(TOKYO, FAR, PageRequest.of(1, 2));
        assertThat(page).extracting(City::id).containsExactly("osaka");
        assertThat(page.getTotalElements()).isEqualTo(3);
        Slice<City> slice = cities.findSliceByAtNear(TOKYO, FAR, PageRequest.of(0, 2));
        assertThat(slice).extracting(City::id).containsExactly("tokyo", "yokohama");
        assertThat(slice.hasNext()).isTrue();
    }

    @Test
    void distancesComeWithTheResults() {
        GeoResults<City> results = cities.queryByAtNear(TOKYO, FAR);
        assertThat(results.getContent())
                .extracting(GeoResult::getContent)
                .extracting(City::id)
                .containsExactly("tokyo", "yokohama", "osaka");
        assertThat(results.getContent().get(0).getDistance().getValue()).isZero();
        assertThat(results.getContent().get(2).getDistance().getValue()).isCloseTo(396, within(10.0));
        assertThat(results.getContent().get(2).getDistance().getMetric()).isEqualTo(Metrics.KILOMETERS);
        assertThat(results.getAverageDistance().getValue()).isGreaterThan(100);
    }

    @Test
    void pageOfDistances() {
        GeoPage<City> page = cities.readByAtNear(TOKYO, FAR, PageRequest.of(0, 2));
        assertThat(page).extracting(GeoResult::getContent).extracting(City::id).containsExactly("tokyo", "yokohama");
        assertThat(page.getTotalElements()).isEqualTo(3);
    }

    @Test
    void pageOfDistancesInAnotherOrder() {
        GeoPage<City> page = cities.readByAtNear(
                TOKYO, FAR, PageRequest.of(0, 2, Sort.by("id").descending()));
        assertThat(page).extracting(GeoResult::getContent).extracting(City::id).containsExactly("yokohama", "tokyo");
        assertThat(page.getContent().get(1).getDistance().getValue()).isZero();
        assertThat(page.hasNext()).isTrue();
    }

    @Test
    void firstOfDistancesAreTheNearest() {
        assertThat(cities.findFirst2ByAtNear(new Point(135, 34), FAR).getContent())
                .extracting(GeoResult::getContent)
                .extracting(City::id)
                .containsExactly("osaka", "yokohama");
    }

    @Test
    void windowsGoOnByDistance() {
        Window<City> first = cities.findTop2ByAtNear(TOKYO, FAR, ScrollPosition.offset());
        assertThat(first).extracting(City::id).containsExactly("tokyo", "yokohama");
        assertThat(first.hasNext()).isTrue();
        assertThat(cities.findTop2ByAtNear(TOKYO, FAR, first.positionAt(1)))
                .extracting(City::id)
                .containsExactly("osaka");
        assertThatThrownBy(() -> cities.findTop2ByAtNear(TOKYO, FAR, ScrollPosition.keyset()))
                .isInstanceOf(InvalidDataAccessApiUsageException.class)
                .hasMessageContaining("distance of 'at'")
                .hasMessageContaining("use an offset");
    }

    @Test
    void everySortCanBeByDistance() {
        Sort nearest = Sort.by(DistanceOrder.nearest("at", new Point(0, 50)));
        assertThat(cities.findAll(nearest))
                .extracting(City::id)
                .containsExactly("paris", "osaka", "tokyo", "yokohama", "nowhere");
        assertThat(cities.findAll(nearest.descending()))
                .extracting(City::id)
                .containsExactly("yokohama", "tokyo", "osaka", "paris", "nowhere");
        assertThat(cities.findAll(nearest.reverse().and(Sort.by("id"))))
                .first()
                .extracting(City::id)
                .isEqualTo("yokohama");
        assertThat(cities.findAll(PageRequest.of(
                        1,
                        2,
                        Sort.by(DistanceOrder.nearest("own", GeoPoint.of(35, 136))
                                .nullsFirst()))))
                .extracting(City::id)
                .containsExactly("yokohama", "tokyo");
        assertThat(cities.findByAtNear(TOKYO, FAR, nearest))
                .extracting(City::id)
                .containsExactly("osaka", "tokyo", "yokohama");
    }

    @Test
    void distancesAreInTheUnitThatWasAskedFor() {
        GeoResults<City> found = cities.queryByAtNear(TOKYO, new Distance(100, Metrics.MILES));
        Distance yokohama = found.getContent().get(1).getDistance();
        assertThat(yokohama.getMetric()).isEqualTo(Metrics.MILES);
        assertThat(yokohama.getValue()).isCloseTo(21.5, within(0.3));
        assertThat(found.getAverageDistance().getMetric()).isEqualTo(Metrics.MILES);
        assertThat(cities.queryByAtNear(
                                TOKYO,
                                Distance.between(new Distance(1, Metrics.MILES), new Distance(100, Metrics.MILES)))
                        .getContent()
                        .get(0)
                        .getDistance())
                .isEqualTo(yokohama);
        assertThat(cities.queryByAtNear(
                                new Circle(TOKYO, new Distance(100, Metrics.MILES)),
                                Sort.by("id").descending())
                        .getContent()
                        .get(0)
                        .getDistance())
                .isEqualTo(yokohama);
    }

    @Test
    void orderByDistanceIsOfAPlace() {
        assertThatThrownBy(() -> cities.findAll(Sort.by(DistanceOrder.nearest("id", TOKYO))))
                .isInstanceOf(InvalidDataAccessApiUsageException.class)
                .hasMessageContaining("'id' of City is not a place");
        assertThatThrownBy(() -> DistanceOrder.nearest("at", TOKYO).ignoreCase())
                .isInstanceOf(InvalidDataAccessApiUsageException.class)
                .hasMessageContaining("cannot ignore case");
        assertThatThrownBy(() -> DistanceOrder.nearest("at", new Point(0, 100)))
                .isInstanceOf(InvalidQueryException.class);
    }

    @Test
    void ordersByDistanceAreEqualIfAllOfThemIs() {
        DistanceOrder order = DistanceOrder.nearest("at", TOKYO);
        assertThat(order)
                .isEqualTo(DistanceOrder.nearest("at", GeoPoint.of(35.7, 139.7)))
                .hasSameHashCodeAs(DistanceOrder.nearest("at", TOKYO))
                .isEqualTo(order.reverse().reverse())
                .isNotEqualTo(order.reverse())
                .isNotEqualTo(order.nullsFirst())
                .isNotEqualTo(order.withProperty("own"))
                .isNotEqualTo(DistanceOrder.nearest("at", new Point(0, 0)))
                .isNotEqualTo(Sort.Order.asc("at"));
        assertThat(order.withProperty("own").origin()).isEqualTo(order.origin());
    }

    @Test
    void textsOrderByDistance() {
        assertThat(cities.nearestOf(new Point(136, 35)))
                .extracting(City::id)
                .containsExactly("osaka", "yokohama", "tokyo", "paris");
        assertThat(cities.namesByDistance(TOKYO, PageRequest.of(0, 2))).containsExactly("tokyo", "yokohama");
    }

    @Test
    void projectionsOfPlaces() {
        assertThat(cities.findProjectedByAtNear(TOKYO, FAR))
                .containsExactly(new Name("tokyo"), new Name("yokohama"), new Name("osaka"));
    }

    @Test
    void countExistsAndDeleteByPlace() {
        assertThat(cities.countByAtNear(TOKYO, FAR)).isEqualTo(3);
        assertThat(cities.existsByAtWithin(new Circle(new Point(0, 0), FAR))).isFalse();
        assertThat(cities.deleteByAtNear(TOKYO, FAR)).isEqualTo(3);
        assertThat(cities.count()).isEqualTo(2);
    }

    @Test
    void placesInTexts() {
        assertThat(cities.around(TOKYO, FAR)).extracting(City::id).containsExactly("osaka", "tokyo", "yokohama");
        assertThat(cities.inside(new Circle(TOKYO, FAR))).isEqualTo(3);
        assertThat(cities.at(TOKYO)).extracting(City::id).containsExactly("tokyo");
        assertThat(cities.move("paris", TOKYO)).isEqualTo(1);
        assertThat(cities.findById("paris").orElseThrow().at()).isEqualTo(TOKYO);
    }

    @Test
    void placesInExamples() {
        assertThat(cities.findAll(Example.of(
                        new City("?", TOKYO, null, List.of()),
                        ExampleMatcher.matching().withIgnorePaths("id"))))
                .extracting(City::id)
                .containsExactly("tokyo");
    }

    @Test
    void placesOfElements() {
        assertThat(cities.findByStopsAtNear(TOKYO, new Distance(1, Metrics.KILOMETERS)))
                .extracting(City::id)
                .containsExactly("tokyo", "yokohama");
    }

    @Test
    void conditionsBesidesThePlace() {
        assertThat(cities.findByIdInAndAtNearAndIdNot(List.of("tokyo", "osaka"), TOKYO, FAR, "tokyo"))
                .extracting(City::id)
                .containsExactly("osaka");
    }

    record City(String id, @Nullable Point at, @Nullable GeoPoint own, List<Stop> stops) {}

    record Stop(Point at) {}

    record Stall(String id, Optional<Point> at) {}

    interface Stalls extends StoreRepository<Stall, String> {
        GeoResults<Stall> findByAtNear(Point point, Distance distance);

        GeoPage<Stall> readByAtNear(Point point, Distance distance, Pageable pageable);
    }

    record Van(String id, Optional<Stop> stop) {}

    interface Vans extends StoreRepository<Van, String> {
        GeoResults<Van> findByStopAtNear(Point point, Distance distance);
    }

    @Document("sights")
    sealed interface Sight permits Tower, Shrine {}

    @TypeAlias("tower")
    record Tower(String id, Point at) implements Sight {}

    @TypeAlias("shrine")
    record Shrine(String id, Point at) implements Sight {}

    interface Sights extends StoreRepository<Sight, String> {
        GeoResults<Sight> findByAtNear(Point point, Distance distance);
    }

    record Name(String id) {}

    interface Cities extends StoreRepository<City, String> {
        @Query("find city where at near :point within :distance order by id")
        List<City> around(Point point, Distance distance);

        @Query("find city where exists(at) order by distance(at, :point), id")
        List<City> nearestOf(Point point);

        @Query("select id from city where at is not null order by distance(at, :point)")
        List<String> namesByDistance(Point point, Pageable pageable);

        GeoResults<City> findFirst2ByAtNear(Point point, Distance distance);

        Window<City> findTop2ByAtNear(Point point, Distance distance, ScrollPosition position);

        @Query("count city where at within ?1")
        long inside(Circle circle);

        @Query("find city where at = :point and own = :point")
        List<City> at(Point point);

        @Query("update city set at = :point where id = :id")
        long move(String id, Point point);

        List<City> findByAt(Point point);

        List<City> findByAtIsNull();

        List<City> findByAtNear(Point point, Distance distance);

        List<City> findByAtNear(Point point, Distance distance, Sort sort);

        List<City> findByAtNear(Point point, Distance min, Distance max);

        List<City> findByAtNear(Point point, Range<Distance> range);

        List<City> findByAtIsNear(Circle circle);

        List<City> findByOwnNear(GeoPoint point, Distance distance);

        List<City> findByAtNearOrderByIdDesc(Point point, Distance distance);

        Optional<City> findFirstByAtNear(Point point, Distance distance);

        Optional<City> findOneByAtNear(Point point, Distance distance);

        Page<City> findPageByAtNear(Point point, Distance distance, Pageable pageable);

        Slice<City> findSliceByAtNear(Point point, Distance distance, Pageable pageable);

        GeoResults<City> queryByAtNear(Point point, Distance distance);

        GeoResults<City> queryByAtNear(Point point, Range<Distance> range);

        GeoResults<City> queryByAtNear(Circle circle, Sort sort);

        GeoPage<City> readByAtNear(Point point, Distance distance, Pageable pageable);

        List<Name> findProjectedByAtNear(Point point, Distance distance);

        long countByAtNear(Point point, Distance distance);

        boolean existsByAtWithin(Circle circle);

        long deleteByAtNear(Point point, Distance distance);

        List<City> findByAtWithin(Circle circle);

        List<City> findByAtWithin(Box box);

        List<City> findByAtWithin(Polygon polygon);

        List<City> findByAtWithin(GeoShape shape);

        List<City> findByAtWithin(Point point, Distance distance);

        List<City> findByStopsAtNear(Point point, Distance distance);

        List<City> findByIdInAndAtNearAndIdNot(List<String> ids, Point point, Distance distance, String id);
    }
}
