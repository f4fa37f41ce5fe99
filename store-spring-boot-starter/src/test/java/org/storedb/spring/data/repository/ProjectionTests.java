package org.storedb.spring.data.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.data.annotation.PersistenceCreator;
import org.springframework.data.annotation.TypeAlias;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.ScrollPosition;
import org.springframework.data.domain.Sort;
import org.springframework.data.domain.Window;
import org.springframework.data.geo.Point;
import org.storedb.document.DocumentPatch;
import org.storedb.query.Filter;
import org.storedb.query.Query;
import org.storedb.spring.data.core.EntityQuery;
import org.storedb.spring.data.core.StoreFixture;
import org.storedb.spring.data.core.StoreTemplate;
import org.storedb.spring.data.core.mapping.Document;
import org.storedb.spring.data.core.mapping.DocumentReference;

/** Projections, as in the chapter about them. */
class ProjectionTests {

    private final StoreFixture fixture = new StoreFixture();
    private final People people = fixture.repository(People.class);

    @BeforeEach
    void store() {
        Team team = fixture.template().insert(new Team("t", "Analysts"));
        people.insert(new Human(
                "1",
                "Ada",
                "Lovelace",
                36,
                new Home("London", new Door(7)),
                List.of(new Home("Paris", null), new Home("Turin", new Door(1))),
                Map.of("a", 1),
                Optional.of("countess"),
                new Point(1, 2),
                team));
        people.insert(new Human("2", "Bob", null, 0, null, null, null, Optional.empty(), null, null));
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void closedInterface() {
        NamesOnly names = people.findByFirstname("Ada", NamesOnly.class).get(0);
        assertThat(names.getFirstname()).isEqualTo("Ada");
        assertThat(names.getLastname()).isEqualTo("Lovelace");
    }

    @Test
    void nestedInterfaces() {
        WithHome projected = people.findByFirstname("Ada", WithHome.class).get(0);
        CityOnly home = java.util.Objects.requireNonNull(projected.getHome());
        assertThat(home.getCity()).isEqualTo("London");
        assertThat(home.getDoor().getNumber()).isEqualTo(7);
        assertThat(people.findByFirstname("Bob", WithHome.class).get(0).getHome())
                .isNull();
    }

    @Test
    void collectionsOfInterfaces() {
        assertThat(people.findByFirstname("Ada", WithHomes.class).get(0).getHomes())
                .extracting(CityOnly::getCity)
                .containsExactly("Paris", "Turin");
    }

    @Test
    void nullableWrappers() {
        assertThat(people.findByFirstname("Ada", Wrapped.class).get(0).getLastname())
                .contains("Lovelace");
        assertThat(people.findByFirstname("Bob", Wrapped.class).get(0).getLastname())
                .isEmpty();
        assertThat(people.findByFirstname("Ada", Wrapped.class).get(0).getTitle())
                .contains("countess");
        assertThat(people.findByFirstname("Bob", Wrapped.class).get(0).getTitle())
                .isEmpty();
    }

    @Test
    void defaultMethods() {
        assertThat(people.findByFirstname("Ada", FullName.class).get(0).fullName())
                .isEqualTo("Ada Lovelace");
    }

    @Test
    void openInterfaceWithArguments() {
        assertThat(people.findByFirstname("Ada", Greeting.class).get(0).getGreeting("Hello"))
                .isEqualTo("Hello Ada!");
    }

    @Test
    void primitivesOfMissingFields() {
        fixture.store()
                .collection("human")
                .update(Query.where(Filter.eq("id", "2")), DocumentPatch.empty().unset("age"));
        assertThat(people.findByFirstname("Bob", Aged.class).get(0).getAge()).isZero();
        assertThat(people.findByFirstname("Bob", AgeRecord.class)).containsExactly(new AgeRecord("Bob", 0));
    }

    @Test
    void recordsAndTheirNestedValues() {
        assertThat(people.findByFirstname("Ada", Summary.class))
                .containsExactly(new Summary("1", new Home("London", new Door(7)), Map.of("a", 1), new Point(1, 2)));
        assertThat(people.findByFirstname("Bob", Summary.class)).containsExactly(new Summary("2", null, null, null));
    }

    @Test
    void recordsInRecords() {
        List<Address> homes = List.of(new Address("Paris", null), new Address("Turin", new DoorNumber(1)));
        assertThat(people.findAddressesByFirstname("Ada"))
                .containsExactly(new Addresses(
                        "Ada",
                        new Address("London", new DoorNumber(7)),
                        homes,
                        Map.of("a", "1"),
                        new TeamPart("Analysts")));
        assertThat(people.findAddressesByFirstname("Bob"))
                .containsExactly(new Addresses("Bob", null, null, null, null));
        assertThat(people.addresses())
                .containsExactly(new HomeCities(
                        homes.stream().map(home -> new CityPart(home.city())).toList()));
    }

    @Test
    void recordsInRecordsByArraysSetsAndInterfaces() {
        Containers containers = people.findByFirstname("Ada", Containers.class).get(0);
        assertThat(containers.homes()).containsExactly(new CityPart("Paris"), new CityPart("Turin"));
        assertThat(containers.home())
                .isPresent()
                .get()
                .extracting(CityOnlyOfAll::getCity)
                .isEqualTo("London");
        assertThat(people.findByFirstname("Ada", Cities.class).get(0).homes())
                .containsExactly(new CityPart("Paris"), new CityPart("Turin"));
    }

    @Test
    void recordsOfGenericTypes() {
        Parcels parcels = fixture.repository(Parcels.class);
        Home london = new Home("London", new Door(7));
        parcels.insert(new Parcel("1", new Carton<>(london, List.of(london)), new Carton<>(new Door(1), List.of())));

        CityPart city = new CityPart("London");
        assertThat(parcels.findById("1", Unwrapped.class))
                .contains(new Unwrapped(new HomePart(city, List.of(city)), new DoorPart(new DoorNumber(1))));
        assertThat(parcels.findById("1", Rewrapped.class))
                .contains(new Rewrapped(new Carton<>(city, List.of(city)), new Carton<>(new DoorNumber(1), List.of())));
    }

    @Test
    void recordThatLeadsBackToItself() {
        Nodes nodes = fixture.repository(Nodes.class);
        nodes.insert(new Node("1", "a", List.of(new Node("2", "b", List.of(new Node("3", "c", List.of()))))));
        assertThat(nodes.findByName("a"))
                .containsExactly(new NodeName("a", List.of(new NodeName("b", List.of(new NodeName("c", List.of()))))));
    }

    @Test
    void classThatIsNoProjection() {
        assertThatThrownBy(() -> people.findByFirstname("Ada", String.class))
                .isInstanceOf(InvalidDataAccessApiUsageException.class)
                .hasMessageContainingAll("findByFirstname", "Human", "String", "select");
        assertThatThrownBy(() -> people.findByFirstname("Ada", Map.class))
                .isInstanceOf(InvalidDataAccessApiUsageException.class)
                .hasMessageContainingAll("findByFirstname", "Human", "Map", "select");
    }

    @Test
    void classWithAChosenConstructor() {
        assertThat(people.findByFirstname("Ada", Chosen.class).get(0).name).isEqualTo("Lovelace, Ada");
    }

    @Test
    void beanWithSetters() {
        Bean bean = people.findByFirstname("Ada", Bean.class).get(0);
        assertThat(bean.getFirstname()).isEqualTo("Ada");
        assertThat(bean.getAge()).isEqualTo(36);
    }

    @Test
    void referencesAreFollowed() {
        assertThat(people.findByFirstname("Ada", WithTeam.class)
                        .get(0)
                        .getTeam()
                        .getName())
                .isEqualTo("Analysts");
    }

    @Test
    void interfacesInOptionals() {
        Tenants tenants = fixture.repository(Tenants.class);
        tenants.insertAll(
                List.of(new Tenant("1", Optional.of(new Home("London", null))), new Tenant("2", Optional.empty())));

        for (Class<? extends WithOptionalHome> type : List.of(WithOptionalHome.class, OpenWithOptionalHome.class)) {
            assertThat(tenants.readById("1", type).orElseThrow().getHome())
                    .map(CityOnlyOfAll::getCity)
                    .contains("London");
            assertThat(tenants.readById("2", type).orElseThrow().getHome()).isEmpty();
        }
    }

    @Test
    void propertiesOfSubclasses() {
        StoreTemplate template = fixture.template();
        template.insertAll(List.of(new Cat("1", "Tom"), new Dog("2", "Rex", 3)));
        template.insert(new Keeper("1", new Dog("3", "Max", 5)));

        assertThat(template.query(Pet.class)
                        .as(PetName.class)
                        .sort(Sort.by("id"))
                        .all())
                .containsExactly(new PetName("Tom"), new PetName("Rex"));
        assertThat(template.query(Pet.class)
                        .as(Tricks.class)
                        .sort(Sort.by("id"))
                        .all())
                .containsExactly(new Tricks(null), new Tricks(3));
        EntityQuery<TricksView> tricks =
                template.query(Pet.class).as(TricksView.class).sort(Sort.by("id"));
        assertThat(tricks.all()).extracting(TricksView::getTricks).containsExactly(null, 3);
        assertThat(tricks.scroll(ScrollPosition.keyset()).map(TricksView::getName))
                .containsExactly("Tom", "Rex");
        assertThat(template.query(Keeper.class).as(KeptName.class).all())
                .containsExactly(new KeptName(new PetName("Max")));
        assertThat(template.query(Keeper.class).as(KeptView.class).all())
                .extracting(kept -> kept.pet().getName())
                .containsExactly("Max");
        assertThatThrownBy(() -> template.query(Pet.class).as(AgeRecord.class).all())
                .isInstanceOf(InvalidDataAccessApiUsageException.class)
                .hasMessageContainingAll("AgeRecord", "firstname", "Pet");
    }

    @Test
    void lazyReferencesAreFollowed() {
        Owners owners = fixture.repository(Owners.class);
        Shop shop = fixture.template().insert(new Shop("s", "Corner"));
        owners.insert(new Owner("1", shop, List.of(shop)));

        WithShops read = owners.readById("1", WithShops.class).orElseThrow();
        assertThat(read.getShop().getName()).isEqualTo("Corner");
        assertThat(read.getBranches()).extracting(ShopName::getName).containsExactly("Corner");
        assertThat(owners.readById("1", OpenWithShop.class)
                        .orElseThrow()
                        .getShop()
                        .getName())
                .isEqualTo("Corner");
    }

    @Test
    void superTypesAndTheEntityItselfAreNoProjections() {
        assertThat(people.findByFirstname("Ada", Object.class).get(0)).isInstanceOf(Human.class);
        assertThat(people.findByFirstname("Ada", Human.class).get(0).lastname()).isEqualTo("Lovelace");
    }

    @Test
    void pagesAndWindowsOfProjections() {
        Page<AgeRecord> page = people.findByAgeGreaterThanEqualOrderByAge(0, PageRequest.of(0, 1));
        assertThat(page).containsExactly(new AgeRecord("Bob", 0));
        assertThat(page.getTotalElements()).isEqualTo(2);
        Window<NamesOnly> window = people.findFirst1ByOrderByAge(ScrollPosition.keyset());
        assertThat(window).extracting(NamesOnly::getFirstname).containsExactly("Bob");
        assertThat(people.findFirst1ByOrderByAge(window.positionAt(0)))
                .extracting(NamesOnly::getFirstname)
                .containsExactly("Ada");
    }

    @Test
    void distinctSetsOfProjections() {
        assertThat(people.findByIdIn(Set.of("1", "2")))
                .containsExactlyInAnyOrder(new AgeRecord("Ada", 36), new AgeRecord("Bob", 0));
    }

    record Human(
            String id,
            String firstname,
            @Nullable String lastname,
            int age,
            @Nullable Home home,
            @Nullable List<Home> homes,
            @Nullable Map<String, Integer> counts,
            Optional<String> title,
            @Nullable Point at,
            @DocumentReference(lazy = false) @Nullable Team team) {}

    record Home(String city, @Nullable Door door) {}

    record Door(int number) {}

    record Team(String id, String name) {}

    interface NamesOnly {
        String getFirstname();

        @Nullable
        String getLastname();
    }

    interface WithHome {
        @Nullable
        CityOnly getHome();
    }

    interface CityOnly {
        String getCity();

        DoorOnly getDoor();
    }

    interface DoorOnly {
        int getNumber();
    }

    interface WithHomes {
        List<CityOnly> getHomes();
    }

    interface Wrapped {
        Optional<String> getLastname();

        Optional<String> getTitle();
    }

    interface FullName extends NamesOnly {
        default String fullName() {
            return getFirstname() + " " + getLastname();
        }
    }

    interface Greeting {
        @Value("#{args[0] + ' ' + target.firstname() + '!'}")
        String getGreeting(String word);
    }

    interface Aged {
        int getAge();
    }

    interface WithTeam {
        TeamName getTeam();
    }

    interface TeamName {
        String getName();
    }

    record AgeRecord(String firstname, int age) {}

    record Summary(
            String id,
            @Nullable Home home,
            @Nullable Map<String, Integer> counts,
            @Nullable Point at) {}

    record Addresses(
            String firstname,
            @Nullable Address home,
            @Nullable List<Address> homes,
            @Nullable Map<String, String> counts,
            @Nullable TeamPart team) {}

    record Address(String city, @Nullable DoorNumber door) {}

    record DoorNumber(long number) {}

    record TeamPart(String name) {}

    record CityPart(String city) {}

    record HomeCities(List<CityPart> homes) {}

    @SuppressWarnings("ArrayRecordComponent") // as users may declare it
    record Containers(CityPart[] homes, Optional<CityOnlyOfAll> home) {}

    record Cities(Set<CityPart> homes) {}

    interface CityOnlyOfAll {
        String getCity();
    }

    record Carton<T>(T content, List<T> more) {}

    record Parcel(String id, Carton<Home> home, Carton<Door> door) {}

    record HomePart(CityPart content, List<CityPart> more) {}

    record DoorPart(DoorNumber content) {}

    record Unwrapped(HomePart home, DoorPart door) {}

    record Rewrapped(Carton<CityPart> home, Carton<DoorNumber> door) {}

    interface Parcels extends StoreRepository<Parcel, String> {
        <T> Optional<T> findById(String id, Class<T> type);
    }

    record Node(String id, String name, List<Node> children) {}

    record NodeName(String name, List<NodeName> children) {}

    interface Nodes extends StoreRepository<Node, String> {
        List<NodeName> findByName(String name);
    }

    static class Chosen {
        final String name;

        Chosen(String name) {
            this.name = name;
        }

        @PersistenceCreator
        Chosen(String firstname, String lastname) {
            this(lastname + ", " + firstname);
        }
    }

    static class Bean {
        private @Nullable String firstname;
        private int age;

        public @Nullable String getFirstname() {
            return firstname;
        }

        public void setFirstname(String newFirstname) {
            this.firstname = newFirstname;
        }

        public int getAge() {
            return age;
        }

        public void setAge(int newAge) {
            this.age = newAge;
        }
    }

    /** A class whose properties have no getters. */
    static class Shop {
        String id;
        String name;

        Shop(String id, String name) {
            this.id = id;
            this.name = name;
        }
    }

    record Owner(
            String id,
            @DocumentReference Shop shop,
            @DocumentReference List<Shop> branches) {}

    interface ShopName {
        String getName();
    }

    interface WithShops {
        ShopName getShop();

        List<ShopName> getBranches();
    }

    interface OpenWithShop {
        @Value("#{target.shop()}")
        ShopName getShop();
    }

    @Document("pets")
    sealed interface Pet permits Cat, Dog {}

    @TypeAlias("cat")
    record Cat(String id, String name) implements Pet {}

    @TypeAlias("dog")
    record Dog(String id, String name, int tricks) implements Pet {}

    record PetName(String name) {}

    interface TricksView {
        String getName();

        @Nullable
        Integer getTricks();
    }

    record Tricks(@Nullable Integer tricks) {}

    record Keeper(String id, Pet pet) {}

    record KeptName(PetName pet) {}

    interface NamedPet {
        String getName();
    }

    record KeptView(NamedPet pet) {}

    record Tenant(String id, Optional<Home> home) {}

    interface WithOptionalHome {
        Optional<CityOnlyOfAll> getHome();
    }

    interface OpenWithOptionalHome extends WithOptionalHome {
        @Value("#{target.id()}")
        String getName();
    }

    interface Tenants extends StoreRepository<Tenant, String> {
        <T> Optional<T> readById(String id, Class<T> type);
    }

    interface Owners extends StoreRepository<Owner, String> {
        <T> Optional<T> readById(String id, Class<T> type);
    }

    interface People extends StoreRepository<Human, String> {
        <T> List<T> findByFirstname(String firstname, Class<T> type);

        Page<AgeRecord> findByAgeGreaterThanEqualOrderByAge(int age, Pageable pageable);

        Window<NamesOnly> findFirst1ByOrderByAge(ScrollPosition position);

        List<Addresses> findAddressesByFirstname(String firstname);

        @org.storedb.spring.data.repository.Query("select homes from human where firstname = 'Ada'")
        List<HomeCities> addresses();

        Set<AgeRecord> findByIdIn(Set<String> ids);
    }
}
