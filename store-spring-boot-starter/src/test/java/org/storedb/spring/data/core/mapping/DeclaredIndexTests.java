package org.storedb.spring.data.core.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.data.geo.Point;
import org.springframework.data.mapping.MappingException;
import org.storedb.index.IndexDefinition;
import org.storedb.query.Filter;
import org.storedb.query.GeoPoint;
import org.storedb.query.Sort;
import org.storedb.spring.data.core.EntityQuery;
import org.storedb.spring.data.core.StoreFixture;

/** Each kind of index as declared by an entity: that it exists, that queries use it, and what it rejects. */
class DeclaredIndexTests {

    private final StoreFixture fixture = new StoreFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void ignoringCase() {
        record User(
                String id,
                @Indexed(unique = true, ignoreCase = true) String email) {}
        fixture.template().insert(new User("1", "Ada@example.org"));
        assertThatThrownBy(() -> fixture.template().insert(new User("2", "ada@EXAMPLE.org")))
                .isInstanceOf(DuplicateKeyException.class);
        assertThat(definitions(User.class))
                .containsExactly(IndexDefinition.uniqueOn("email").caseInsensitive());
        assertUsesIndex(fixture.template()
                .query(User.class)
                .matching(Filter.eq("email", "ADA@example.org").ignoringCase()));
    }

    @Test
    void eachElementOfACollection() {
        record Article(
                String id, @Indexed @FieldName("labels") Set<String> tags) {}
        for (int id = 0; id < 200; id++) {
            fixture.template().insert(new Article("" + id, Set.of("all", "t" + id)));
        }
        assertThat(definitions(Article.class)).containsExactly(IndexDefinition.onEachElementOf("labels"));
        EntityQuery<Article> query = fixture.template().query(Article.class).matching(Filter.hasElement("tags", "t7"));
        assertUsesIndex(query);
        assertThat(query.all()).extracting(Article::id).containsExactly("7");
    }

    @Test
    void onFieldsOfAnyName() {
        record Shirt(
                String id,
                @Indexed @FieldName("größe") String size,
                @Indexed @FieldName("$set") String set) {}
        fixture.template().insert(new Shirt("1", "XL", "s"));
        assertThat(definitions(Shirt.class))
                .containsExactlyInAnyOrder(IndexDefinition.on("größe"), IndexDefinition.on("$set"));
    }

    @Test
    void namesThatAreNotAllowedAreThoseOfTheEntity() {
        record Named(String id, @Indexed(name = "by name") String name) {}
        assertThatThrownBy(() -> fixture.template().count(Named.class))
                .isInstanceOf(MappingException.class)
                .hasMessageContaining(Named.class.getName() + " cannot have the index on name: 'by name' cannot be");
        @Document("my shirts")
        record Shirt(String id) {}
        assertThatThrownBy(() -> fixture.template().count(Shirt.class))
                .isInstanceOf(MappingException.class)
                .hasMessageContaining(Shirt.class.getName() + " cannot be stored: 'my shirts'")
                .hasMessageContaining("@Document");
    }

    @Test
    void ofSomeDocuments() {
        record Account(
                String id,

                @Indexed(unique = true, where = "open = true")
                String name,

                @FieldName("o") boolean open) {}
        fixture.template().insert(new Account("1", "a", false));
        fixture.template().insert(new Account("2", "a", false));
        fixture.template().insert(new Account("3", "a", true));
        assertThatThrownBy(() -> fixture.template().insert(new Account("4", "a", true)))
                .isInstanceOf(DuplicateKeyException.class);
        assertThat(definitions(Account.class))
                .containsExactly(IndexDefinition.uniqueOn("name").where(Filter.eq("o", true)));
        assertUsesIndex(fixture.template()
                .query(Account.class)
                .matching(Filter.eq("name", "a").and(Filter.eq("open", true))));
    }

    @Test
    void ofEnumValuesInTheCondition() {
        record Job(
                String id,

                @Indexed(name = "waiting", where = "state in ('WAITING', 'FAILED')")
                int rank,

                State state) {}
        fixture.template().insert(new Job("1", 1, State.WAITING));
        assertThat(definitions(Job.class)).singleElement().satisfies(index -> {
            assertThat(index.name()).isEqualTo("waiting");
            assertThat(index.filter()).isNotNull();
        });
        assertUsesIndex(fixture.template()
                .query(Job.class)
                .matching(Filter.eq("rank", 1).and(Filter.eq("state", State.WAITING))));
    }

    @Test
    void ofPlaces() {
        record City(String id, @PlaceIndexed Point at) {}
        for (int longitude = 0; longitude < 100; longitude++) {
            fixture.template().insert(new City("" + longitude, new Point(longitude, 10)));
        }
        assertThat(definitions(City.class)).containsExactly(IndexDefinition.onPlace("at"));
        EntityQuery<City> query =
                fixture.template().query(City.class).matching(Filter.near("at", GeoPoint.of(10, 42), 1000));
        assertUsesIndex(query);
        assertThat(query.all()).extracting(City::id).containsExactly("42");
    }

    @Test
    void ofWords() {
        record Article(
                String id,
                @WordsIndexed @FieldName("t") String title,

                @WordsIndexed(name = "labels", where = "title != ''")
                List<String> tags) {}
        for (int id = 0; id < 200; id++) {
            fixture.template().insert(new Article("" + id, "Number " + id, List.of("all of them", "tag" + id)));
        }
        assertThat(definitions(Article.class))
                .containsExactlyInAnyOrder(
                        IndexDefinition.onWordsOf("t"),
                        IndexDefinition.onWordsOf("tags")
                                .where(Filter.ne("t", ""))
                                .named("labels"));
        EntityQuery<Article> query =
                fixture.template().query(Article.class).matching(Filter.text("title", "NUMBER 42"));
        assertUsesIndex(query);
        assertThat(query.all()).extracting(Article::id).containsExactly("42");
    }

    @Test
    void ofWordsOfWhatIsNoTextIsRefused() {
        record Size(String id, @WordsIndexed int metres) {}
        assertRefused(Size.class, "not text");
        record Titles(String id, @WordsIndexed Map<String, String> byLanguage) {}
        assertRefused(Titles.class, "byLanguage");
        record Author(String name) {}
        record Book(String id, @WordsIndexed Author author) {}
        assertRefused(Book.class, "author");
    }

    @Test
    void upAndDownOverSeveralProperties() {
        @CompoundIndex(fields = {"country", "population desc"})
        @CompoundIndex(fields = {"name ignoring case", "tags"})
        record Town(String id, String country, long population, String name, List<String> tags) {}
        for (int id = 0; id < 100; id++) {
            fixture.template().insert(new Town("" + id, "c" + id % 3, id, "n" + id, List.of("t")));
        }
        assertThat(definitions(Town.class))
                .containsExactlyInAnyOrder(
                        IndexDefinition.on("country").descending("population"),
                        IndexDefinition.on("name").caseInsensitive().eachElementOf("tags"));
        String explanation = fixture.template()
                .query(Town.class)
                .sort(org.springframework.data.domain.Sort.by("country")
                        .and(org.springframework.data.domain.Sort.by("population")
                                .descending()))
                .limit(3)
                .explain()
                .toString();
        assertThat(explanation).contains("index country_population-desc").doesNotContain("sort ");
    }

    @Test
    void ofAnEntityThatIsReferredToAreNotThoseOfWhatRefersToIt() {
        record Place(
                String id,

                @Indexed(name = "open", where = "open = true")
                String name,

                boolean open,
                @PlaceIndexed Point at) {}
        @CompoundIndex(fields = {"from.id", "day desc"})
        record Trip(
                String id,
                int day,
                @DocumentReference(lazy = false) Place from,
                @Indexed @DocumentReference(lazy = false) Place to) {}
        Place kyoto = fixture.template().insert(new Place("kyoto", "Kyoto", true, new Point(135.77, 35.01)));
        for (int day = 0; day < 100; day++) {
            Place place = fixture.template().insert(new Place("p" + day, "", false, new Point(0, 0)));
            fixture.template().insert(new Trip("" + day, day, day == 0 ? kyoto : place, day == 1 ? kyoto : place));
        }
        assertThat(definitions(Place.class)).hasSize(2);
        assertThat(definitions(Trip.class))
                .containsExactlyInAnyOrder(IndexDefinition.on("from").descending("day"), IndexDefinition.on("to"));
        EntityQuery<Trip> from = fixture.template().query(Trip.class).matching(Filter.eq("from.id", "kyoto"));
        assertUsesIndex(from);
        assertThat(from.all()).extracting(Trip::id).containsExactly("0");
        EntityQuery<Trip> to = fixture.template().query(Trip.class).matching(Filter.eq("to", kyoto));
        assertUsesIndex(to);
        assertThat(to.all()).extracting(Trip::id).containsExactly("1");
    }

    @Test
    void ofWhatIsNotStoredWithAReferenceIsRefused() {
        record Place(String id, String name, Point at) {}
        @CompoundIndex(fields = "place.name")
        record Trip(
                String id, @DocumentReference(lazy = false) Place place) {}
        assertRefused(Trip.class, "'place.name', but only the id of a referenced entity is stored");
        record Visit(
                String id,

                @PlaceIndexed @DocumentReference(lazy = false)
                Place place) {}
        assertRefused(Visit.class, "not a place");
    }

    @Test
    void insideElementsAndValuesIsRefused() {
        record Line(@Indexed(unique = true) String code) {}
        record Order(String id, List<Line> lines) {}
        assertRefused(Order.class, "Property 'code'");
        record Shelf(Line first) {}
        record Depot(String id, Map<String, Shelf> shelves) {}
        assertRefused(Depot.class, "inside 'shelves'");
        record Stop(@PlaceIndexed Point at) {}
        record Route(String id, List<Stop> stops) {}
        assertRefused(Route.class, "Property 'at'");
        record Verse(@WordsIndexed String text) {}
        record Song(String id, Set<Verse> verses) {}
        assertRefused(Song.class, "Property 'text'");
    }

    @Test
    void ofAnEntityInACollectionAreForItsOwnDocuments() {
        record Place(String id, @Indexed String name) {}
        record Route(String id, List<Place> places) {}
        assertThat(definitions(Route.class)).isEmpty();
        assertThat(definitions(Place.class)).containsExactly(IndexDefinition.on("name"));
    }

    @Test
    void descendingFirst() {
        @CompoundIndex(name = "newest", fields = "at DESC")
        record Event(String id, long at) {}
        fixture.template().insert(new Event("1", 1));
        assertThat(definitions(Event.class)).singleElement().satisfies(index -> {
            assertThat(index.name()).isEqualTo("newest");
            assertThat(index.parts().get(0).direction()).isEqualTo(Sort.Direction.DESCENDING);
        });
    }

    @Test
    void uniqueElements() {
        record Device(String id, @Indexed(unique = true) List<String> addresses) {}
        fixture.template().insert(new Device("1", List.of("a", "b", "a")));
        assertThatThrownBy(() -> fixture.template().insert(new Device("2", List.of("c", "b"))))
                .isInstanceOf(DuplicateKeyException.class);
    }

    @Test
    void whatCannotBeMeantIsRefused() {
        record BadCondition(
                String id, @Indexed(where = "open is") String name) {}
        assertRefused(BadCondition.class, "open is");
        record Parameter(
                String id, @Indexed(where = "id = :id") String name) {}
        assertRefused(Parameter.class, "[id]");
        @CompoundIndex(fields = "name upwards")
        record BadField(String id, String name) {}
        assertRefused(BadField.class, "name upwards");
        @CompoundIndex(fields = {})
        record NoField(String id) {}
        assertRefused(NoField.class, "no fields");
    }

    @Test
    void conditionOnAnUnknownPropertyIsRefused() {
        record Unknown(
                String id,
                @Indexed(where = "opne = true") @Nullable String name) {}
        assertThatThrownBy(() -> fixture.template().count(Unknown.class))
                .isInstanceOf(InvalidDataAccessApiUsageException.class)
                .hasMessageContaining("opne");
    }

    private void assertRefused(Class<?> type, String mentioned) {
        assertThatThrownBy(() -> fixture.template().count(type))
                .isInstanceOf(MappingException.class)
                .hasMessageContaining(mentioned)
                .hasMessageContaining(type.getSimpleName());
    }

    private List<IndexDefinition> definitions(Class<?> type) {
        return fixture.template().execute(type, collection -> collection.indexes());
    }

    private static void assertUsesIndex(EntityQuery<?> query) {
        assertThat(query.explain().toString()).contains(" index ");
    }

    enum State {
        WAITING,
        DONE,
        FAILED
    }
}
