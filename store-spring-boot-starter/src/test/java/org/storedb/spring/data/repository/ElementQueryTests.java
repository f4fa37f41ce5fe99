package org.storedb.spring.data.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.core.convert.converter.Converter;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.data.convert.ReadingConverter;
import org.springframework.data.convert.WritingConverter;
import org.springframework.data.domain.ScrollPosition;
import org.springframework.data.domain.Sort;
import org.springframework.data.repository.query.QueryCreationException;
import org.storedb.query.Filter;
import org.storedb.spring.data.core.EntityQuery;
import org.storedb.spring.data.core.StoreFixture;

/** Queries for the contents of collections and maps, for emptiness, and by regular expression. */
class ElementQueryTests {

    private final StoreFixture fixture = new StoreFixture();
    private final Carts carts = fixture.repository(Carts.class);

    @BeforeEach
    void store() {
        carts.insertAll(List.of(
                new Cart(
                        "a",
                        "first",
                        Set.of("x", "y"),
                        List.of(item("pen", 2, "blue"), item("ink", 1)),
                        Map.of("k", 1)),
                new Cart("b", "Second", Set.of("y"), List.of(item("pen", 9, "red", "blue")), Map.of()),
                new Cart("c", "", Set.of(), List.of(), Map.of("k", 2)),
                new Cart("d", null, null, null, null)));
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void emptyIsWithoutElementsOrMissing() {
        assertIds(carts.findByTagsIsEmpty(), "c", "d");
        assertIds(carts.findByTagsEmpty(), "c", "d");
        assertIds(carts.findByTagsIsNotEmpty(), "a", "b");
        assertIds(carts.findByItemsNotEmpty(), "a", "b");
    }

    @Test
    void emptyStringsAndMaps() {
        assertIds(carts.findByNameIsEmpty(), "c", "d");
        assertIds(carts.findByNameIsNotEmpty(), "a", "b");
        assertIds(carts.findByCountsIsEmpty(), "b", "d");
    }

    @Test
    void propertyOfAnElement() {
        assertIds(carts.findByItemsName("pen"), "a", "b");
        assertIds(carts.findByItems_Name("ink"), "a");
        assertIds(carts.findByItemsNumberGreaterThan(5), "b");
        assertIds(carts.findByItemsNumberBetween(1, 2), "a");
    }

    @Test
    void negationAsksForNoSuchElement() {
        assertIds(carts.findByItemsNameNot("ink"), "b", "c", "d");
        assertIds(carts.findByItemsNameNotIn(List.of("ink", "paper")), "b", "c", "d");
    }

    @Test
    void conditionsMayBeMetByDifferentElements() {
        assertIds(carts.findByItemsNameAndItemsNumber("pen", 1), "a");
    }

    @Test
    void collectionsInsideOfElements() {
        assertIds(carts.findByItemsColoursContaining("red"), "b");
        assertIds(carts.findByItemsColours("blue"), "a", "b");
    }

    @Test
    void textOfElementsIgnoringCase() {
        assertIds(carts.findByItemsNameStartingWithIgnoreCase("P"), "a", "b");
    }

    @Test
    void elementsIgnoringCase() {
        assertIds(carts.findByTagsContainingIgnoreCase("Y"), "a", "b");
        assertIds(carts.findByTagsContainingIgnoreCase(List.of("X", "y")), "a");
        assertIds(carts.findByTagsNotContainingIgnoreCase("X"), "b", "c", "d");
        assertIds(carts.findByTagsInIgnoreCase(List.of("X", "Z")), "a");
        assertIds(carts.findByItemsColoursContainingIgnoreCase("RED"), "b");
        assertIds(carts.findByNameAndTagsContainingAllIgnoreCase("SECOND", "Y"), "b");
    }

    @Test
    void inOnACollectionAsksForOneOfThem() {
        assertIds(carts.findByTagsIn(List.of("x", "z")), "a");
        assertIds(carts.findByTagsIn(List.of()));
        assertIds(carts.findByTagsIn(Arrays.asList("x", null)), "a", "d");
        assertIds(carts.findByTagsNotIn(Set.of("x")), "b", "c", "d");
    }

    @Test
    void containingSeveralAsksForAllOfThem() {
        assertIds(carts.findByTagsContaining(List.of("x", "y")), "a");
        assertIds(carts.findByTagsContaining(List.of("y")), "a", "b");
        assertIds(carts.findByTagsNotContaining(Set.of("y")), "c", "d");
    }

    @Test
    void arraysAreSeveralToo() {
        assertIds(carts.findByTagsContaining("x", "y"), "a");
        assertIds(carts.findByTagsContaining("y"), "a", "b");
        assertIds(carts.findByTags("y"), "b");
    }

    @Test
    void bytesAreOneElement() {
        Users users = fixture.repository(Users.class);
        users.insert(new User("u", Set.of(), List.of(), Map.of(), List.of(new byte[] {1, 2}, new byte[] {3})));
        assertThat(users.findByKeysContaining(new byte[] {1, 2})).hasSize(1);
        assertThat(users.findByKeys(new byte[] {3})).hasSize(1);
        assertThat(users.findByKeysContaining(new byte[] {1})).isEmpty();
    }

    @Test
    void collectionIsAnElementOfACollectionOfThese() {
        Boards boards = fixture.repository(Boards.class);
        List<String> top = List.of("a", "b");
        boards.insertAll(List.of(
                new Board("1", List.of(top, List.of("c"))),
                new Board("2", List.of(List.of("b"))),
                new Board("3", List.of())));
        assertThat(boards.findByRowsContaining(top)).extracting(Board::id).containsExactly("1");
        assertThat(boards.findByRowsContaining(List.of("b")))
                .extracting(Board::id)
                .containsExactly("2");
        assertThat(boards.findByRowsNotContaining(top)).extracting(Board::id).containsExactly("2", "3");
        assertThat(boards.findByRowsContains(List.of(List.of("c"), top)))
                .extracting(Board::id)
                .containsExactly("1");
        assertThat(boards.findByRows(List.of(List.of("b"))))
                .extracting(Board::id)
                .containsExactly("2");
        assertThat(boards.findByRows(List.of())).extracting(Board::id).containsExactly("3");
    }

    @Test
    void elementThatCanBeWalkedThroughIsOneElement() {
        try (StoreFixture own = new StoreFixture(new TrailToText(), new TextToTrail())) {
            Walks walks = own.repository(Walks.class);
            walks.insert(new Walk("1", List.of(new Trail(List.of("a", "b")))));
            assertThat(walks.findByTrailsContaining(new Trail(List.of("a", "b"))))
                    .hasSize(1);
            assertThat(walks.findByTrailsContaining(new Trail(List.of("a")))).isEmpty();
        }
    }

    @Test
    void elementsOfAnotherClassAreConverted() {
        Users users = fixture.repository(Users.class);
        users.insert(new User("u", Set.of(Role.ADMIN), List.of(1L, 2L), Map.of("home", Role.GUEST), List.of()));
        assertThat(users.findByRoles(Set.of("ADMIN"))).hasSize(1);
        assertThat(users.findByRoles(Set.of("GUEST"))).isEmpty();
        assertThat(users.findByLimits(List.of(1, 2))).hasSize(1);
        assertThat(users.assign("u", Set.of("GUEST"))).isEqualTo(1);
        assertThat(users.findById("u").orElseThrow().roles()).containsExactly(Role.GUEST);
    }

    @Test
    void elementsThatDoNotFitAreRefused() {
        Users users = fixture.repository(Users.class);
        assertThatThrownBy(() -> users.findByRoles(Set.of("BOSS")))
                .isInstanceOf(InvalidDataAccessApiUsageException.class)
                .hasMessageContaining("'roles'")
                .hasMessageContaining("'BOSS'");
        assertThatThrownBy(() -> users.assign("u", Set.of("BOSS")))
                .isInstanceOf(InvalidDataAccessApiUsageException.class)
                .hasMessageContaining("'BOSS'");
        assertThatThrownBy(() -> users.findByRolesByPlace(Map.of("home", "GUEST")))
                .isInstanceOf(InvalidDataAccessApiUsageException.class)
                .hasMessageContaining("'rolesByPlace'");
    }

    @Test
    void equalCollectionsAreEqualAsAWhole() {
        assertIds(carts.findByTags(Set.of("y")), "b");
        Users users = fixture.repository(Users.class);
        users.insert(new User("u", Set.of(), List.of(1L, 2L), Map.of(), List.of()));
        assertThat(users.findByLimits(List.of(1, 2))).hasSize(1);
        assertThat(users.findByLimits(List.of(2, 1))).isEmpty();
        assertThat(users.findByLimits(List.of(1))).isEmpty();
    }

    @Test
    void equalSetsMayHaveTheirElementsInAnyOrder() {
        carts.insert(new Cart("e", null, new LinkedHashSet<>(Arrays.asList("q", null, "p")), null, null));
        assertIds(carts.findByTags(new LinkedHashSet<>(List.of("x", "y"))), "a");
        assertIds(carts.findByTags(new LinkedHashSet<>(List.of("y", "x"))), "a");
        assertIds(carts.findByTags(new LinkedHashSet<>(Arrays.asList("p", "q", null))), "e");
        assertThat(carts.findByTags(Set.of("p", "q"))).isEmpty();
        assertIds(carts.findByTagsNot(Set.of("y", "x")), "b", "c", "d", "e");
        for (List<String> given : List.of(List.of("x", "y"), List.of("y", "x"))) {
            EntityQuery<Cart> query = fixture.template().query(Cart.class);
            assertIds(query.matching(Filter.eq("tags", given)).all(), "a");
            assertIds(query.matching(Filter.ne("tags", given)).all(), "b", "c", "d", "e");
            assertIds(carts.tagged(given), "a");
        }
    }

    @Test
    void valuesOfMaps() {
        assertIds(carts.findByCounts(Map.of("k", 2)), "c");
    }

    @Test
    void orderByTheValueOfAKey() {
        assertThat(carts.byCount()).extracting(Cart::id).containsExactly("c", "a");
        assertThat(carts.findAll(Sort.by("counts.k").descending()))
                .extracting(Cart::id)
                .startsWith("c", "a");
        assertThatThrownBy(() -> fixture.template()
                        .query(Cart.class)
                        .sort(Sort.by("counts.k"))
                        .scroll(ScrollPosition.keyset()))
                .isInstanceOf(InvalidDataAccessApiUsageException.class)
                .hasMessageContaining("'counts.k'")
                .hasMessageContaining("use an offset");
    }

    @Test
    void pathIntoElementsIsRefusedWithTheWayToAsk() {
        assertThatThrownBy(() -> carts.findAll(Sort.by("items.name")))
                .isInstanceOf(InvalidDataAccessApiUsageException.class)
                .hasMessageContaining("inside the elements of 'items'")
                .hasMessageContaining("'items has element (…)'");
        assertThatThrownBy(() -> fixture.repository(AsksElements.class))
                .isInstanceOf(QueryCreationException.class)
                .hasMessageContaining("'items.colours'")
                .hasMessageContaining("inside the elements of 'items'");
    }

    @Test
    void regularExpressionsAreFoundSomewhere() {
        assertIds(carts.findByNameMatchesRegex("^[a-z]+$"), "a");
        assertIds(carts.findByNameRegex("s"), "a");
        assertIds(carts.findByNameMatches(Pattern.compile("^s", Pattern.CASE_INSENSITIVE)), "b");
        assertIds(carts.findByNameRegexIgnoreCase("^S"), "b");
    }

    @Test
    void regularExpressionThatIsNoneIsRefused() {
        assertThatThrownBy(() -> carts.findByNameRegex("(")).isInstanceOf(InvalidDataAccessApiUsageException.class);
        assertThatThrownBy(() -> carts.findByNameRegex("(a)\\1"))
                .isInstanceOf(InvalidDataAccessApiUsageException.class);
        assertThatThrownBy(() -> carts.findByNameMatches(Pattern.compile("a", Pattern.MULTILINE)))
                .isInstanceOf(InvalidDataAccessApiUsageException.class)
                .hasMessageContaining("flags");
    }

    @Test
    void regularExpressionTakesLinearTime() {
        carts.insert(new Cart("e", "a".repeat(10_000) + "!", null, null, null));
        assertIds(carts.findByNameRegex("^(a+)+$"));
    }

    private static Item item(String name, int number, String... colours) {
        return new Item(name, number, List.of(colours));
    }

    private static void assertIds(Collection<Cart> found, String... ids) {
        assertThat(found).extracting(Cart::id).containsExactlyInAnyOrder(ids);
    }

    record Cart(
            String id,
            @Nullable String name,
            @Nullable Set<String> tags,
            @Nullable List<Item> items,
            @Nullable Map<String, Integer> counts) {}

    record Item(String name, int number, List<String> colours) {}

    enum Role {
        ADMIN,
        GUEST
    }

    record User(String id, Set<Role> roles, List<Long> limits, Map<String, Role> rolesByPlace, List<byte[]> keys) {}

    interface Users extends StoreRepository<User, String> {
        List<User> findByRoles(Set<String> roles);

        List<User> findByLimits(List<Integer> limits);

        List<User> findByRolesByPlace(Map<String, String> roles);

        List<User> findByKeysContaining(byte[] key);

        List<User> findByKeys(byte[] key);

        @Query("update user set roles = :roles where id = :id")
        long assign(String id, Set<String> roles);
    }

    record Board(String id, List<List<String>> rows) {}

    interface Boards extends StoreRepository<Board, String> {
        List<Board> findByRowsContaining(List<String> row);

        List<Board> findByRowsNotContaining(List<String> row);

        List<Board> findByRowsContains(List<List<String>> rows);

        List<Board> findByRows(List<List<String>> rows);
    }

    record Trail(List<String> places) implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return places.iterator();
        }
    }

    @WritingConverter
    static class TrailToText implements Converter<Trail, String> {
        @Override
        public String convert(Trail trail) {
            return String.join("/", trail);
        }
    }

    @ReadingConverter
    static class TextToTrail implements Converter<String, Trail> {
        @Override
        public Trail convert(String text) {
            return new Trail(List.of(text.split("/")));
        }
    }

    record Walk(String id, List<Trail> trails) {}

    interface Walks extends StoreRepository<Walk, String> {
        List<Walk> findByTrailsContaining(Trail trail);
    }

    interface AsksElements extends StoreRepository<Cart, String> {
        @Query("select distinct items.colours from cart")
        List<String> colours();
    }

    interface Carts extends StoreRepository<Cart, String> {
        @Query("find cart where counts.k > 0 order by counts.k desc")
        List<Cart> byCount();

        @Query("find cart where tags = :tags")
        List<Cart> tagged(List<String> tags);

        List<Cart> findByTagsNot(Set<String> tags);

        List<Cart> findByTagsIsEmpty();

        List<Cart> findByTagsEmpty();

        List<Cart> findByTagsIsNotEmpty();

        List<Cart> findByItemsNotEmpty();

        List<Cart> findByNameIsEmpty();

        List<Cart> findByNameIsNotEmpty();

        List<Cart> findByCountsIsEmpty();

        List<Cart> findByItemsName(String name);

        List<Cart> findByItems_Name(String name);

        List<Cart> findByItemsNumberGreaterThan(int number);

        List<Cart> findByItemsNumberBetween(int from, int to);

        List<Cart> findByItemsNameNot(String name);

        List<Cart> findByItemsNameNotIn(List<String> names);

        List<Cart> findByItemsNameAndItemsNumber(String name, int number);

        List<Cart> findByItemsColoursContaining(String colour);

        List<Cart> findByItemsColours(String colour);

        List<Cart> findByItemsNameStartingWithIgnoreCase(String prefix);

        List<Cart> findByTagsContainingIgnoreCase(String tag);

        List<Cart> findByTagsContainingIgnoreCase(List<String> tags);

        List<Cart> findByTagsNotContainingIgnoreCase(String tag);

        List<Cart> findByTagsInIgnoreCase(Collection<String> tags);

        List<Cart> findByItemsColoursContainingIgnoreCase(String colour);

        List<Cart> findByNameAndTagsContainingAllIgnoreCase(String name, String tag);

        List<Cart> findByTagsIn(Collection<@Nullable String> tags);

        List<Cart> findByTagsNotIn(Collection<String> tags);

        List<Cart> findByTagsContaining(List<String> tags);

        List<Cart> findByTagsContaining(String... tags);

        List<Cart> findByTags(String... tags);

        List<Cart> findByTagsNotContaining(Set<String> tags);

        List<Cart> findByTags(Set<String> tags);

        List<Cart> findByCounts(Map<String, Integer> counts);

        List<Cart> findByNameMatchesRegex(String expression);

        List<Cart> findByNameRegex(String expression);

        List<Cart> findByNameMatches(Pattern expression);

        List<Cart> findByNameRegexIgnoreCase(String expression);
    }
}
