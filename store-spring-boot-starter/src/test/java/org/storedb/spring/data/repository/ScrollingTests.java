package org.storedb.spring.data.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.data.domain.KeysetScrollPosition;
import org.springframework.data.domain.Limit;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.ScrollPosition;
import org.springframework.data.domain.ScrollPosition.Direction;
import org.springframework.data.domain.Sort;
import org.springframework.data.domain.Window;
import org.springframework.data.mapping.callback.EntityCallbacks;
import org.springframework.data.support.WindowIterator;
import org.storedb.spring.data.core.StoreFixture;
import org.storedb.spring.data.core.event.StoreAfterConvertCallback;
import org.storedb.spring.data.core.mapping.DocumentReference;
import org.storedb.spring.data.core.mapping.Indexed;

/** Windows over query results: the meaning of positions, forward and backward. */
class ScrollingTests {

    private final StoreFixture fixture = new StoreFixture();
    private final Entries entries = fixture.repository(Entries.class);

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void offsetIsTheNumberOfTheLastOneSeen() {
        storeNumbered(5);
        assertThat(numbers(entries.findTop2ByKindOrderByNumber("k", ScrollPosition.offset())))
                .containsExactly(0, 1);
        assertThat(numbers(entries.findTop2ByKindOrderByNumber("k", ScrollPosition.offset(0))))
                .containsExactly(1, 2);
        Window<Entry> window = entries.findTop2ByKindOrderByNumber("k", ScrollPosition.offset(1));
        assertThat(numbers(window)).containsExactly(2, 3);
        assertThat(window.hasNext()).isTrue();
        assertThat(window.positionAt(1)).isEqualTo(ScrollPosition.offset(3));
        Window<Entry> last = entries.findTop2ByKindOrderByNumber("k", window.positionAt(1));
        assertThat(numbers(last)).containsExactly(4);
        assertThat(last.isLast()).isTrue();
    }

    @Test
    void keysetContinuesAfterAnEntityThatIsGone() {
        storeNumbered(5);
        Window<Entry> window = entries.findTop2ByKindOrderByNumber("k", ScrollPosition.keyset());
        assertThat(numbers(window)).containsExactly(0, 1);
        assertThat(((KeysetScrollPosition) window.positionAt(1)).getKeys()).isEqualTo(Map.of("number", 1, "id", "e1"));
        entries.deleteById("e1");
        entries.insert(new Entry("e0a", "k", 0, null, null));
        assertThat(numbers(entries.findTop2ByKindOrderByNumber("k", window.positionAt(1))))
                .containsExactly(2, 3);
    }

    @Test
    void keysetBackwardHasTheSameOrder() {
        storeNumbered(6);
        ScrollPosition atThree = ScrollPosition.of(Map.of("number", 3, "id", "e3"), Direction.BACKWARD);
        Window<Entry> window = entries.findTop2ByKindOrderByNumber("k", atThree);
        assertThat(numbers(window)).containsExactly(1, 2);
        assertThat(window.hasNext()).isTrue();
        Window<Entry> before = entries.findTop2ByKindOrderByNumber("k", window.positionAt(0));
        assertThat(numbers(before)).containsExactly(0);
        assertThat(before.hasNext()).isFalse();
        Window<Entry> end =
                entries.findTop2ByKindOrderByNumber("k", ScrollPosition.keyset().backward());
        assertThat(numbers(end)).containsExactly(4, 5);
    }

    @Test
    void everyOrderIsWalkedCompletelyBothWays() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        entries.insertAll(IntStream.range(0, 60)
                .mapToObj(number -> new Entry(
                        "e" + random.nextInt(1000) + "-" + number,
                        "k",
                        random.nextInt(4),
                        random.nextInt(3) == 0
                                ? null
                                : List.of("a", "B", "b", "c").get(random.nextInt(4)),
                        random.nextInt(3) == 0 ? null : new Detail(Instant.ofEpochSecond(random.nextInt(5)))))
                .toList());
        List<Sort> sorts = List.of(
                Sort.unsorted(),
                Sort.by("number"),
                Sort.by("number").descending(),
                Sort.by("name"),
                Sort.by("name").descending(),
                Sort.by(Sort.Order.asc("name").nullsLast(), Sort.Order.desc("number")),
                Sort.by(Sort.Order.desc("name").nullsFirst(), Sort.Order.asc("detail.time")),
                Sort.by(Sort.Order.asc("name").ignoreCase(), Sort.Order.desc("detail.time")),
                Sort.by(Sort.Order.desc("name").ignoreCase(), Sort.Order.desc("id")),
                Sort.by(Sort.Order.desc("id"), Sort.Order.asc("number")));
        for (Sort sort : sorts) {
            List<Entry> all = entries.findByKind("k", sort);
            List<Entry> reversed = new ArrayList<>(all);
            Collections.reverse(reversed);
            assertThat(walk(sort, ScrollPosition.keyset()))
                    .as("by %s, seed %d", sort, seed)
                    .isEqualTo(all);
            assertThat(walk(sort, ScrollPosition.keyset().backward()))
                    .as("backward by %s, seed %d", sort, seed)
                    .isEqualTo(reversed);
            assertThat(walk(sort, ScrollPosition.offset()))
                    .as("offset by %s, seed %d", sort, seed)
                    .isEqualTo(all);
        }
    }

    @Test
    void orderIgnoringCaseDoesNotLeaveOutWhatDiffersInCaseOnly() {
        entries.insertAll(List.of("a", "A", "b", "B", "c").stream()
                .map(name -> new Entry(name, "k", 0, name, null))
                .toList());
        for (Sort sort : List.of(
                Sort.by(Sort.Order.asc("id").ignoreCase()),
                Sort.by(Sort.Order.desc("id").ignoreCase(), Sort.Order.desc("id")),
                Sort.by(Sort.Order.asc("name").ignoreCase(), Sort.Order.desc("name")))) {
            List<Entry> seen = new ArrayList<>();
            WindowIterator.of(position -> entries.findByKind("k", sort, Limit.of(1), position))
                    .startingAt(ScrollPosition.keyset())
                    .forEachRemaining(seen::add);
            assertThat(seen).as("by %s", sort).isEqualTo(entries.findByKind("k", sort));
        }
    }

    @Test
    void propertyInsideAnOptionalHasAPosition() {
        Stays stays = fixture.repository(Stays.class);
        List<Stay> all = stays.insertAll(List.of(
                new Stay("1", Optional.empty()),
                new Stay("2", Optional.of(new Detail(Instant.ofEpochSecond(1)))),
                new Stay("3", Optional.of(new Detail(Instant.ofEpochSecond(2))))));
        List<Stay> seen = new ArrayList<>();
        WindowIterator.of(stays::findFirst1ByOrderByDetailTime)
                .startingAt(ScrollPosition.keyset())
                .forEachRemaining(seen::add);
        assertThat(seen).isEqualTo(all);
    }

    @Test
    void idOfAnEntityThatIsGoneHasAPosition() {
        Guests guests = fixture.repository(Guests.class);
        for (String number : List.of("1", "2", "3")) {
            Entry room = entries.insert(new Entry("r" + number, "k", 0, null, null));
            guests.insert(new Guest("g" + number, room));
        }
        entries.deleteById("r2");
        List<String> seen = new ArrayList<>();
        WindowIterator.of(guests::findFirst1ByOrderByRoomId)
                .startingAt(ScrollPosition.keyset())
                .forEachRemaining(guest -> {
                    assertThat(seen).hasSizeLessThan(3);
                    seen.add(guest.id());
                });
        assertThat(seen).containsExactly("g1", "g2", "g3");
    }

    @Test
    void valueThatOnlyTheClassGivesIsNone() {
        for (int at = 0; at < 20; at++) {
            fixture.store().collection("entry").insert(Map.of("id", "e" + (10 + at), "kind", "k"));
        }
        storeNumbered(3);
        for (Sort sort : List.of(Sort.by("number"), Sort.by("number").descending())) {
            List<Entry> all = entries.findByKind("k", sort);
            assertThat(all).hasSize(23);
            List<Entry> seen = new ArrayList<>();
            WindowIterator.of(position -> entries.findByKind("k", sort, Limit.of(7), position))
                    .startingAt(ScrollPosition.keyset())
                    .forEachRemaining(entry -> {
                        assertThat(seen).as("by %s", sort).hasSizeLessThan(all.size());
                        seen.add(entry);
                    });
            assertThat(seen).as("by %s", sort).isEqualTo(all);
        }
    }

    @Test
    void callbackThatChangesASortedPropertyDoesNotMoveThePosition() {
        storeNumbered(5);
        fixture.template().setEntityCallbacks(EntityCallbacks.create((StoreAfterConvertCallback<Entry>)
                (entry, collection) -> new Entry(entry.id(), entry.kind(), -1, entry.name(), entry.detail())));

        Window<Entry> first = entries.findTop2ByKindOrderByNumber("k", ScrollPosition.keyset());

        assertThat(first).extracting(Entry::id).containsExactly("e0", "e1");
        assertThat(((KeysetScrollPosition) first.positionAt(1)).getKeys()).isEqualTo(Map.of("number", 1, "id", "e1"));
        assertThat(entries.findTop2ByKindOrderByNumber("k", first.positionAt(1)))
                .extracting(Entry::id)
                .containsExactly("e2", "e3");
    }

    @Test
    void positionNeedsAllKeys() {
        storeNumbered(1);
        assertThatThrownBy(() -> entries.findTop2ByKindOrderByNumber("k", ScrollPosition.forward(Map.of("number", 1))))
                .isInstanceOf(InvalidDataAccessApiUsageException.class)
                .hasMessageContaining("'id'")
                .hasMessageContaining("[number, id]");
        assertThatThrownBy(() -> entries.findTop2ByKindOrderByNumber(
                        "k", ScrollPosition.forward(Map.of("number", "many", "id", "e1"))))
                .isInstanceOf(InvalidDataAccessApiUsageException.class)
                .hasMessageContaining("number");
    }

    @Test
    void positionMustBeGiven() {
        assertThatThrownBy(() -> entries.findTop2ByKindOrderByNumber("k", null))
                .isInstanceOf(InvalidDataAccessApiUsageException.class)
                .hasMessageContaining("ScrollPosition.keyset()");
    }

    @Test
    void pageableIsAPosition() {
        storeNumbered(5);
        Window<Entry> window = entries.findByKind("k", PageRequest.of(1, 2, Sort.by("number")));
        assertThat(numbers(window)).containsExactly(2, 3);
        assertThat(window.hasNext()).isTrue();
        assertThat(window.positionAt(0)).isEqualTo(ScrollPosition.offset(2));
    }

    @Test
    void projectionsKeepTheirPositions() {
        storeNumbered(3);
        Window<NumberOnly> window = entries.findTop2ByOrderByNumberDesc(ScrollPosition.keyset());
        assertThat(window.map(NumberOnly::number).getContent()).containsExactly(2, 1);
        Window<NumberOnly> next = entries.findTop2ByOrderByNumberDesc(window.positionAt(1));
        assertThat(next.map(NumberOnly::number).getContent()).containsExactly(0);
    }

    @Test
    void withoutALimitItIsEverythingThatIsLeft() {
        storeNumbered(4);
        Window<Entry> window = entries.findByKind("k", Sort.by("number"), Limit.unlimited(), ScrollPosition.offset(1));
        assertThat(numbers(window)).containsExactly(2, 3);
        assertThat(window.hasNext()).isFalse();
        assertThat(entries.findByKind("k", Sort.by("number"), Limit.of(0), ScrollPosition.keyset()))
                .isEmpty();
    }

    private void storeNumbered(int count) {
        entries.insertAll(IntStream.range(0, count)
                .mapToObj(number -> new Entry("e" + number, "k", number, null, null))
                .toList());
    }

    private List<Entry> walk(Sort sort, ScrollPosition start) {
        List<Entry> seen = new ArrayList<>();
        WindowIterator.of(position -> entries.findByKind("k", sort, Limit.of(7), position))
                .startingAt(start)
                .forEachRemaining(seen::add);
        return seen;
    }

    private static List<Integer> numbers(Window<Entry> window) {
        return window.map(Entry::number).getContent();
    }

    record Detail(Instant time) {}

    record Entry(
            String id,
            String kind,
            @Indexed int number,
            @Indexed @Nullable String name,
            @Nullable Detail detail) {}

    record NumberOnly(int number) {}

    record Stay(String id, Optional<Detail> detail) {}

    record Guest(
            String id,
            @DocumentReference(lazy = false) @Nullable Entry room) {}

    interface Stays extends StoreRepository<Stay, String> {

        Window<Stay> findFirst1ByOrderByDetailTime(ScrollPosition position);
    }

    interface Guests extends StoreRepository<Guest, String> {

        Window<Guest> findFirst1ByOrderByRoomId(ScrollPosition position);
    }

    interface Entries extends StoreRepository<Entry, String> {

        List<Entry> findByKind(String kind, Sort sort);

        Window<Entry> findByKind(String kind, Pageable page);

        Window<Entry> findByKind(String kind, Sort sort, Limit limit, ScrollPosition position);

        Window<Entry> findTop2ByKindOrderByNumber(String kind, @Nullable ScrollPosition position);

        Window<NumberOnly> findTop2ByOrderByNumberDesc(ScrollPosition position);
    }
}
