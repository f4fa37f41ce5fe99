package org.storedb.spring.data.repository;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.data.domain.Limit;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.Slice;
import org.springframework.data.domain.Sort;
import org.springframework.data.util.Streamable;
import org.storedb.spring.data.core.StoreFixture;
import org.storedb.spring.data.core.mapping.Indexed;

/** The return types of repository methods, with pages, limits and projections. */
class ResultTypeTests {

    private final StoreFixture fixture = new StoreFixture();
    private final Items items = fixture.repository(Items.class);

    @BeforeEach
    void store() {
        items.saveAll(IntStream.range(0, 10)
                .mapToObj(number ->
                        new Item("i" + number, number % 2 == 0 ? "even" : "odd", number, new Part("p" + number)))
                .toList());
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void pageHasContentAndTotal() {
        Page<Item> page =
                items.findByKind("even", PageRequest.of(1, 2, Sort.by("number").descending()));
        assertThat(page).extracting(Item::number).containsExactly(4, 2);
        assertThat(page.getTotalElements()).isEqualTo(5);
        assertThat(page.getTotalPages()).isEqualTo(3);
        assertThat(page.hasNext()).isTrue();
    }

    @Test
    void pageBeyondTheEndIsEmptyWithTotal() {
        Page<Item> page = items.findByKind("even", PageRequest.of(9, 2));
        assertThat(page).isEmpty();
        assertThat(page.getTotalElements()).isEqualTo(5);
    }

    @Test
    void unpagedIsEverything() {
        assertThat(items.findByKind("even", Pageable.unpaged())).hasSize(5);
        assertThat(items.findByKind("even", Pageable.unpaged(Sort.by("number").descending()))
                        .getContent()
                        .get(0)
                        .number())
                .isEqualTo(8);
    }

    @Test
    void sliceKnowsWhetherThereIsMore() {
        Slice<Item> first = items.findSliceByKind("odd", PageRequest.of(0, 3, Sort.by("number")));
        assertThat(first).extracting(Item::number).containsExactly(1, 3, 5);
        assertThat(first.hasNext()).isTrue();
        Slice<Item> second = items.findSliceByKind("odd", first.nextPageable());
        assertThat(second).extracting(Item::number).containsExactly(7, 9);
        assertThat(second.hasNext()).isFalse();
    }

    @Test
    void topLimitsAllPagesTogether() {
        Page<Item> page = items.findTop5ByOrderByNumber(PageRequest.of(1, 3));
        assertThat(page).extracting(Item::number).containsExactly(3, 4);
        assertThat(page.getTotalElements()).isEqualTo(5);
        Slice<Item> slice = items.findTop4ByOrderByNumberDesc(PageRequest.of(0, 4));
        assertThat(slice).extracting(Item::number).containsExactly(9, 8, 7, 6);
        assertThat(slice.hasNext()).isFalse();
    }

    @Test
    void smallerLimitWins() {
        assertThat(items.findTop3ByKind("even", Limit.of(2))).hasSize(2);
        assertThat(items.findTop3ByKind("even", Limit.of(9))).hasSize(3);
        assertThat(items.findTop3ByKind("even", Limit.unlimited())).hasSize(3);
        assertThat(items.findTop3ByKind("even", Limit.of(0))).isEmpty();
    }

    @Test
    void sortParameterComesAfterTheNames() {
        assertThat(items.findByNumberLessThanOrderByKind(4, Sort.by("number").descending()))
                .extracting(Item::number)
                .containsExactly(2, 0, 3, 1);
    }

    @Test
    void pageableListHasThePageOnly() {
        assertThat(items.findListByKind("even", PageRequest.of(1, 2, Sort.by("number"))))
                .extracting(Item::number)
                .containsExactly(4, 6);
    }

    @Test
    void collectionsOfEveryKind() {
        assertThat(items.findSetByKind("even")).hasSize(5);
        assertThat(items.findCollectionByKind("even")).hasSize(5);
        assertThat(items.findIterableByKind("even")).hasSize(5);
        assertThat(items.findStreamableByKind("even").map(Item::number).toList())
                .hasSize(5);
        assertThat(items.findArrayByKind("even")).hasSize(5);
        Iterator<Item> iterator = items.findIterableByKind("nothing").iterator();
        assertThat(iterator.hasNext()).isFalse();
    }

    @Test
    void streamIsReadFromOneSnapshot() {
        try (Stream<Item> stream = items.findStreamByKind("even")) {
            items.deleteAll();
            assertThat(stream.map(Item::number)).containsExactlyInAnyOrder(0, 2, 4, 6, 8);
        }
    }

    @Test
    void interfaceProjection() {
        List<NumberOnly> projected = items.findProjectedByKindOrderByNumber("odd");
        assertThat(projected).extracting(NumberOnly::getNumber).containsExactly(1, 3, 5, 7, 9);
        assertThat(projected.get(0).getLabel()).isEqualTo("odd-1");
        assertThat(projected.get(0).getPart().getName()).isEqualTo("p1");
    }

    @Test
    void recordProjection() {
        assertThat(items.findRecordByKindOrderByNumber("odd"))
                .startsWith(new KindAndNumber("odd", 1), new KindAndNumber("odd", 3))
                .hasSize(5);
        assertThat(items.findRecordById("i4")).contains(new KindAndNumber("even", 4));
        assertThat(items.findRecordById("nothing")).isEmpty();
    }

    @Test
    void projectedPagesSlicesAndStreams() {
        Page<KindAndNumber> page = items.findPageByKind("even", PageRequest.of(0, 2, Sort.by("number")));
        assertThat(page).containsExactly(new KindAndNumber("even", 0), new KindAndNumber("even", 2));
        assertThat(page.getTotalElements()).isEqualTo(5);
        assertThat(items.findNumbersByKind("even").map(NumberOnly::getNumber)).contains(0, 2, 4, 6, 8);
    }

    @Test
    void dynamicProjection() {
        assertThat(items.findByKindOrderByNumber("odd", KindAndNumber.class)).startsWith(new KindAndNumber("odd", 1));
        assertThat(items.findByKindOrderByNumber("odd", NumberOnly.class).get(0).getNumber())
                .isEqualTo(1);
        assertThat(items.findByKindOrderByNumber("odd", Item.class).get(0).part())
                .isEqualTo(new Part("p1"));
    }

    record Part(String name) {}

    record Item(String id, @Indexed String kind, int number, Part part) {}

    record KindAndNumber(String kind, int number) {}

    interface NumberOnly {
        int getNumber();

        @Value("#{target.kind() + '-' + target.number()}")
        String getLabel();

        PartOnly getPart();
    }

    interface PartOnly {
        String getName();
    }

    interface Items extends StoreRepository<Item, String> {

        Page<Item> findByKind(String kind, Pageable pageable);

        Slice<Item> findSliceByKind(String kind, Pageable pageable);

        Page<Item> findTop5ByOrderByNumber(Pageable pageable);

        Slice<Item> findTop4ByOrderByNumberDesc(Pageable pageable);

        List<Item> findTop3ByKind(String kind, Limit limit);

        List<Item> findByNumberLessThanOrderByKind(int number, Sort sort);

        List<Item> findListByKind(String kind, Pageable pageable);

        Set<Item> findSetByKind(String kind);

        Collection<Item> findCollectionByKind(String kind);

        Iterable<Item> findIterableByKind(String kind);

        Streamable<Item> findStreamableByKind(String kind);

        Item[] findArrayByKind(String kind);

        Stream<Item> findStreamByKind(String kind);

        List<NumberOnly> findProjectedByKindOrderByNumber(String kind);

        List<KindAndNumber> findRecordByKindOrderByNumber(String kind);

        Optional<KindAndNumber> findRecordById(String id);

        Page<KindAndNumber> findPageByKind(String kind, Pageable pageable);

        Stream<NumberOnly> findNumbersByKind(String kind);

        <T> List<T> findByKindOrderByNumber(String kind, Class<T> type);
    }
}
