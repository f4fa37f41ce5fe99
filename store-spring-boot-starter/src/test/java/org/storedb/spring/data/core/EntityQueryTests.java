package org.storedb.spring.data.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.IncorrectResultSizeDataAccessException;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.data.annotation.Version;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.domain.ScrollPosition;
import org.springframework.data.domain.Slice;
import org.springframework.data.domain.Sort;
import org.springframework.data.domain.Window;
import org.springframework.data.mapping.callback.EntityCallbacks;
import org.storedb.document.DocumentPatch;
import org.storedb.error.InvalidDocumentException;
import org.storedb.query.Aggregation;
import org.storedb.query.Continuation;
import org.storedb.query.Filter;
import org.storedb.query.Measure;
import org.storedb.query.Query;
import org.storedb.query.Row;
import org.storedb.spring.data.core.event.StoreAfterConvertCallback;
import org.storedb.spring.data.core.mapping.FieldName;
import org.storedb.spring.data.core.mapping.Indexed;

/** The fluent API of the template. */
class EntityQueryTests {

    private final StoreFixture fixture = new StoreFixture();
    private final StoreTemplate template = fixture.template();

    @BeforeEach
    void store() {
        template.insertAll(IntStream.range(0, 10)
                .mapToObj(number -> new Box(
                        "b" + number,
                        null,
                        number % 2 == 0 ? Kind.EVEN : Kind.ODD,
                        number,
                        new Size(number),
                        Set.of("t" + number % 3)))
                .toList());
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void conditionsAddUp() {
        assertThat(even().matching(Filter.gt("number", 3)).all())
                .extracting(Box::number)
                .containsExactly(4, 6, 8);
        assertThat(even().matching(Filter.allOf(List.of(Filter.gt("number", 3), Filter.lt("number", 7))))
                        .all())
                .extracting(Box::number)
                .containsExactly(4, 6);
        assertThat(even().matching(Filter.anyOf(List.of(Filter.lt("number", 3), Filter.gt("number", 7))))
                        .all())
                .extracting(Box::number)
                .containsExactly(0, 2, 8);
    }

    @Test
    void queriesDoNotChange() {
        EntityQuery<Box> even = even();
        even.matching(Filter.gt("number", 100)).limit(1).sort(Sort.by("number"));
        assertThat(even.count()).isEqualTo(5);
    }

    @Test
    void wholeQueryBringsOrderOffsetAndLimit() {
        Query query = Query.where(Filter.lt("number", 6))
                .sort(org.storedb.query.Sort.by("number").descending())
                .offset(1)
                .limit(2);
        assertThat(template.query(Box.class).matching(query).all())
                .extracting(Box::number)
                .containsExactly(4, 3);
    }

    @Test
    void queryThatGoesOnFromAPlaceIsRefused() {
        Query query = Query.all().after(new Continuation(List.of(), "b3"));
        assertThatThrownBy(() -> template.query(Box.class).matching(query))
                .isInstanceOf(InvalidDataAccessApiUsageException.class)
                .hasMessageContaining("continues from a document");
    }

    @Test
    void sortSkipAndLimit() {
        assertThat(template.query(Box.class)
                        .sort(Sort.by("kind"))
                        .sort(Sort.by("number").descending())
                        .skip(1)
                        .limit(2)
                        .all())
                .extracting(Box::number)
                .containsExactly(6, 4);
    }

    @Test
    void oneAndFirst() {
        assertThat(template.query(Box.class).matching(Filter.eq("number", 3)).one())
                .map(Box::id)
                .contains("b3");
        assertThat(template.query(Box.class).matching(Filter.eq("number", 99)).one())
                .isEmpty();
        assertThat(even().sort(Sort.by("number").descending()).first())
                .map(Box::number)
                .contains(8);
        assertThatThrownBy(() -> even().one())
                .isInstanceOf(IncorrectResultSizeDataAccessException.class)
                .hasMessageContaining("Box");
    }

    @Test
    void countExistsAndStream() {
        assertThat(even().count()).isEqualTo(5);
        assertThat(even().limit(2).count()).isEqualTo(2);
        assertThat(even().exists()).isTrue();
        assertThat(even().matching(Filter.eq("number", 1)).exists()).isFalse();
        try (Stream<Box> stream = even().stream()) {
            template.deleteAll(Box.class);
            assertThat(stream).hasSize(5);
        }
    }

    @Test
    void pagesAndSlices() {
        Page<Box> page = even().page(PageRequest.of(1, 2, Sort.by("number").descending()));
        assertThat(page).extracting(Box::number).containsExactly(4, 2);
        assertThat(page.getTotalElements()).isEqualTo(5);
        Slice<Box> slice = even().sort(Sort.by("number")).slice(PageRequest.of(2, 2));
        assertThat(slice).extracting(Box::number).containsExactly(8);
        assertThat(slice.hasNext()).isFalse();
    }

    @Test
    void windowsGoOnBehindAPosition() {
        EntityQuery<Box> query = even().sort(Sort.by("number")).limit(2);
        Window<Box> first = query.scroll(ScrollPosition.keyset());
        assertThat(first).extracting(Box::number).containsExactly(0, 2);
        assertThat(query.scroll(first.positionAt(1))).extracting(Box::number).containsExactly(4, 6);
        assertThat(query.as(NumberOnly.class).scroll(first.positionAt(1)))
                .containsExactly(new NumberOnly(4), new NumberOnly(6));
    }

    @Test
    void windowsSkipNothingBehindTheirPosition() {
        assertThatThrownBy(() -> even().skip(5).scroll(ScrollPosition.offset()))
                .isInstanceOf(InvalidDataAccessApiUsageException.class)
                .hasMessageContaining("must not skip 5");
    }

    @Test
    void recordProjectionReadsItsFieldsOnly() {
        breakField("size", "no size");
        assertThat(template.query(Box.class)
                        .as(NumberOnly.class)
                        .sort(Sort.by("number"))
                        .limit(2)
                        .all())
                .containsExactly(new NumberOnly(0), new NumberOnly(1));
        assertThatThrownBy(() -> template.query(Box.class).all())
                .isInstanceOf(org.springframework.data.mapping.MappingException.class);
    }

    @Test
    void interfaceProjectionReadsItsFieldsOnly() {
        breakField("tags", 5);
        List<KindAndSize> found =
                even().as(KindAndSize.class).sort(Sort.by("number")).all();
        assertThat(found.get(1).getKind()).isEqualTo(Kind.EVEN);
        assertThat(found.get(1).getSize().getWidth()).isEqualTo(2);
        assertThat(found.get(1).getVolume()).isEqualTo(2);
    }

    @Test
    void openProjectionAndVersionNeedTheWholeEntity() {
        assertThat(template.query(Box.class)
                        .matching(Filter.eq("number", 3))
                        .as(Labelled.class)
                        .first())
                .map(Labelled::getLabel)
                .contains("ODD-3");
        assertThat(template.query(Box.class).as(Versioned.class).first()).contains(new Versioned("b0", 0L));
    }

    @Test
    void missingValuesOfProjections() {
        template.insert(new Box("none", null, null, 50, null, null));
        EntityQuery<Box> none = template.query(Box.class).matching(Filter.eq("id", "none"));
        assertThat(none.as(KindAndSize.class).first().orElseThrow().getKind()).isNull();
        fixture.store()
                .collection("box")
                .update(
                        Query.where(Filter.eq("id", "none")),
                        DocumentPatch.empty().unset("n"));
        assertThat(none.as(NumberOnly.class).first()).contains(new NumberOnly(0));
    }

    @Test
    void callbacksThatCompleteEntitiesCountForProjectionsToo() {
        EntityCallbacks callbacks = EntityCallbacks.create((StoreAfterConvertCallback<Box>)
                (box, collection) -> new Box(box.id(), box.version(), box.kind(), -1, box.size(), box.tags()));
        template.setEntityCallbacks(callbacks);
        assertThat(template.query(Box.class).as(NumberOnly.class).first()).contains(new NumberOnly(-1));
    }

    @Test
    void failuresWhileMatchesAreReadAreTranslated() {
        template.setEntityCallbacks(EntityCallbacks.create((StoreAfterConvertCallback<Box>) (box, collection) -> {
            throw new InvalidDocumentException("broken");
        }));
        EntityQuery<Box> one = template.query(Box.class).matching(Filter.eq("number", 1));
        for (ThrowingCallable read : List.<ThrowingCallable>of(
                one::all,
                one::one,
                one::first,
                () -> one.page(PageRequest.of(0, 1)),
                () -> one.slice(PageRequest.of(0, 1)),
                () -> one.as(NumberOnly.class).all())) {
            assertThatThrownBy(read)
                    .isInstanceOf(DataIntegrityViolationException.class)
                    .hasMessageContaining("broken");
        }
    }

    @Test
    void subclassIsAskedForByItself() {
        assertThatThrownBy(() -> template.query(Shape.class).as(Circle.class).all())
                .isInstanceOf(InvalidDataAccessApiUsageException.class)
                .hasMessageContaining("Circle");
    }

    @Test
    void unknownPropertiesAreNamed() {
        assertThatThrownBy(() -> template.query(Box.class).matching(Filter.eq("nmuber", 1)))
                .isInstanceOf(InvalidDataAccessApiUsageException.class)
                .hasMessageContaining("nmuber");
        assertThatThrownBy(() -> template.query(Box.class).matching(Filter.elementMatches("tags", Filter.eq("x", 1))))
                .isInstanceOf(InvalidDataAccessApiUsageException.class)
                .hasMessageContaining("An element of tags");
        assertThatThrownBy(() ->
                        template.update(Box.class).apply(DocumentPatch.empty().increment("kind", 1)))
                .isInstanceOf(InvalidDataAccessApiUsageException.class)
                .hasMessageContaining("number");
    }

    @Test
    void elementsAreAskedForByTheirProperties() {
        assertThat(template.query(Box.class)
                        .matching(Filter.elementMatches("tags", Filter.eq(Filter.ELEMENT, "t1")))
                        .count())
                .isEqualTo(3);
    }

    @Test
    void distinctValuesAreThoseOfTheEntity() {
        assertThat(template.query(Box.class).distinct("kind")).containsExactly(Kind.EVEN, Kind.ODD);
        assertThat(even().matching(Filter.gt("number", 4)).distinct("size.width"))
                .containsExactly(6, 8);
        fixture.store().collection("box").insert(Map.of("id", "b-old"));
        assertThat(template.query(Box.class).distinct("number")).startsWith(null, 0, 1);
    }

    @Test
    void aggregates() {
        List<Sum> sums = template.query(Box.class)
                .matching(Filter.gt("number", 1))
                .aggregate(
                        Aggregation.of(
                                        Measure.count().as("boxes"),
                                        Measure.sum("number").as("total"))
                                .groupBy("kind")
                                .sort(org.storedb.query.Sort.by("total").descending()),
                        Sum.class);
        assertThat(sums).containsExactly(new Sum(Kind.ODD, 4, 24), new Sum(Kind.EVEN, 4, 20));
    }

    @Test
    void figuresAreAboutAllMatches() {
        Aggregation boxes = Aggregation.of(Measure.count().as("boxes"));
        for (EntityQuery<Box> some : List.of(even().limit(2), even().skip(1), even().sort(Sort.by("number")))) {
            assertThatThrownBy(() -> some.aggregate(boxes, Long.class))
                    .isInstanceOf(InvalidDataAccessApiUsageException.class)
                    .hasMessageContaining("set it on the Aggregation");
        }
        assertThat(even().limit(2).limit(Long.MAX_VALUE).aggregate(boxes, Long.class))
                .containsExactly(5L);
    }

    @Test
    void skipAndLimitAreNotNegative() {
        assertThatThrownBy(() -> even().limit(-1))
                .isInstanceOf(InvalidDataAccessApiUsageException.class)
                .hasMessageContaining("limit must not be negative, but is -1");
        assertThatThrownBy(() -> even().skip(-2))
                .isInstanceOf(InvalidDataAccessApiUsageException.class)
                .hasMessageContaining("skip must not be negative, but is -2");
    }

    @Test
    void aggregateHavingNamesColumns() {
        List<Row> rows = template.query(Box.class)
                .aggregate(
                        Aggregation.of(Measure.max("size.width").as("widest"))
                                .groupBy("kind")
                                .having(Filter.eq("kind", Kind.ODD).and(Filter.gt("widest", 1))),
                        Row.class);
        assertThat(rows).hasSize(1);
        assertThat(rows.get(0).value("kind")).isEqualTo(Kind.ODD);
        assertThat(rows.get(0).value("widest")).isEqualTo(9);
    }

    @Test
    void explainsItself() {
        assertThat(template.query(Box.class)
                        .matching(Filter.eq("kind", Kind.ODD))
                        .explain()
                        .toString())
                .contains("index");
    }

    @Test
    void updatesMatchesInPlace() {
        long changed = template.update(Box.class)
                .matching(Filter.eq("kind", Kind.ODD))
                .apply(DocumentPatch.empty().increment("number", 100).set("kind", Kind.EVEN));
        assertThat(changed).isEqualTo(5);
        assertThat(even().count()).isEqualTo(10);
        assertThat(template.findById("b3", Box.class).orElseThrow().number()).isEqualTo(103);
        assertThat(template.findById("b3", Box.class).orElseThrow().version()).isEqualTo(1);
    }

    @Test
    void updatesSomeInOrder() {
        long changed = template.update(Box.class)
                .sort(Sort.by("number").descending())
                .limit(2)
                .apply(DocumentPatch.empty()
                        .multiply("number", 10)
                        .addToSet("tags", "big")
                        .push("tags", "new")
                        .pull("tags", "t0"));
        assertThat(changed).isEqualTo(2);
        assertThat(template.findById("b9", Box.class).orElseThrow().number()).isEqualTo(90);
        assertThat(template.findById("b9", Box.class).orElseThrow().tags()).containsExactlyInAnyOrder("big", "new");
        assertThat(template.findById("b7", Box.class).orElseThrow().number()).isEqualTo(7);
    }

    @Test
    void updateWithMinMaxUnsetAndNestedObjects() {
        template.update(Box.class)
                .matching(Filter.eq("number", 5))
                .apply(DocumentPatch.empty()
                        .set("size", new Size(50))
                        .max("number", 70)
                        .unset("kind"));
        Box box = template.findById("b5", Box.class).orElseThrow();
        assertThat(box.size()).isEqualTo(new Size(50));
        assertThat(box.number()).isEqualTo(70);
        assertThat(box.kind()).isNull();
        template.update(Box.class)
                .matching(Filter.eq("number", 70))
                .apply(DocumentPatch.empty().min("number", 1).set("size.width", 3));
        assertThat(template.findById("b5", Box.class).orElseThrow().size()).isEqualTo(new Size(3));
    }

    @Test
    void updateThatBreaksAUniqueIndexChangesNothing() {
        template.insertAll(List.of(new Named("1", "a"), new Named("2", "b")));
        assertThatThrownBy(() ->
                        template.update(Named.class).apply(DocumentPatch.empty().set("name", "c")))
                .isInstanceOf(DuplicateKeyException.class);
        assertThat(template.findAll(Named.class)).extracting(Named::name).containsExactly("a", "b");
    }

    @Test
    void updateNeverStoresWhatCannotBeReadBack() {
        template.insertAll(List.of(
                new Reading("r1", (short) 4, Duration.ofNanos(2), Map.of(), null, List.of()),
                new Reading("r2", Short.MAX_VALUE, Duration.ofNanos(3), Map.of(), null, List.of())));
        List<Reading> before = template.findAll(Reading.class);
        assertNothingFits("level", "32768", DocumentPatch.empty().increment("level", 1));
        assertNothingFits("level", "49150.5", DocumentPatch.empty().multiply("level", 1.5));
        assertNothingFits("time", "4.5", DocumentPatch.empty().multiply("time", 1.5));
        assertNothingFits("counts.BLUE", "1", DocumentPatch.empty().set("counts.BLUE", 1));
        assertNothingFits("total", "0.5", DocumentPatch.empty().set("total", 1).multiply("total", 0.5));
        assertThat(template.findAll(Reading.class)).isEqualTo(before);
    }

    private void assertNothingFits(String field, String value, DocumentPatch patch) {
        assertThatThrownBy(() -> template.update(Reading.class).apply(patch))
                .isInstanceOf(DataAccessException.class)
                .hasMessageContaining("'r")
                .hasMessageContaining("of collection 'reading'")
                .hasMessageContaining("\"%s\" cannot become %s".formatted(field, value));
    }

    @Test
    void updateNeverTakesAwayWhatAnEntityCannotBeWithout() {
        template.insert(new Part("p1", 0, "bolt", "steel", new Maker("Acme")));
        assertNeeded("name", "null", DocumentPatch.empty().set("name", null));
        assertNeeded("name", "absent", DocumentPatch.empty().unset("name"));
        assertNeeded("name", "absent", DocumentPatch.empty().rename("name", "note"));
        assertNeeded("maker.name", "absent", DocumentPatch.empty().unset("maker.name"));
        assertThat(template.findAll(Part.class)).containsExactly(new Part("p1", 1, "bolt", "steel", new Maker("Acme")));
        template.update(Part.class)
                .apply(DocumentPatch.empty()
                        .unset("name")
                        .rename("note", "name")
                        .set("maker", null));
        assertThat(template.findAll(Part.class)).containsExactly(new Part("p1", 2, "steel", null, null));
    }

    private void assertNeeded(String field, String value, DocumentPatch patch) {
        assertThatThrownBy(() -> template.update(Part.class).apply(patch))
                .isInstanceOf(DataIntegrityViolationException.class)
                .hasMessageContaining("Document 'p1' of collection 'part'")
                .hasMessageContaining("\"%s\" cannot become %s".formatted(field, value));
    }

    @Test
    void updateLeavesAloneWhatItDoesNotSet() {
        breakField("n", "many");
        assertThat(template.update(Box.class).apply(DocumentPatch.empty().set("size.width", 1)))
                .isEqualTo(10);
        assertThat(template.update(Box.class).apply(DocumentPatch.empty().unset("kind")))
                .isEqualTo(10);
        assertThat(template.update(Box.class).apply(DocumentPatch.empty().unset("number")))
                .isEqualTo(10);
        assertThat(template.findAll(Box.class)).extracting(Box::number).containsOnly(0);
    }

    @Test
    void updateIsRefusedWhereTheTypesSaySo() {
        assertThatThrownBy(() ->
                        template.update(Box.class).apply(DocumentPatch.empty().set("number", 1.5)))
                .isInstanceOf(InvalidDataAccessApiUsageException.class)
                .hasMessageContaining("'n'")
                .hasMessageContaining("Double '1.5'");
        assertThatThrownBy(() ->
                        template.update(Box.class).apply(DocumentPatch.empty().max("number", 3_000_000_000L)))
                .isInstanceOf(InvalidDataAccessApiUsageException.class)
                .hasMessageContaining("3000000000");
        assertThatThrownBy(() ->
                        template.update(Box.class).apply(DocumentPatch.empty().rename("number", "tags")))
                .isInstanceOf(InvalidDataAccessApiUsageException.class)
                .hasMessageContaining("'number' of Box is stored as NUMBER")
                .hasMessageContaining("'tags', which is ARRAY");
        assertThatThrownBy(() -> template.update(Reading.class)
                        .apply(DocumentPatch.empty().push("sizes", 1.5)))
                .isInstanceOf(InvalidDataAccessApiUsageException.class)
                .hasMessageContaining("'sizes'");
        assertThat(template.update(Box.class)
                        .matching(Filter.eq("number", 3))
                        .apply(DocumentPatch.empty().set("number", 4.0)))
                .isEqualTo(1);
        assertThat(template.findById("b3", Box.class).orElseThrow().number()).isEqualTo(4);
    }

    @Test
    void removes() {
        assertThat(template.remove(Box.class)
                        .matching(Filter.eq("kind", Kind.ODD))
                        .all())
                .isEqualTo(5);
        List<Box> removed = template.remove(Box.class)
                .sort(Sort.by("number").descending())
                .limit(2)
                .andReturn();
        assertThat(removed).extracting(Box::number).containsExactly(8, 6);
        assertThat(template.query(Box.class).sort(Sort.by("number")).all())
                .extracting(Box::number)
                .containsExactly(0, 2, 4);
    }

    private void breakField(String field, Object value) {
        List<String> ids = new ArrayList<>();
        template.query(Box.class).stream().forEach(box -> ids.add(box.id()));
        ids.forEach(id -> fixture.store()
                .collection("box")
                .patch(id, DocumentPatch.empty().set(field, value)));
    }

    private EntityQuery<Box> even() {
        return template.query(Box.class).matching(Filter.eq("kind", Kind.EVEN));
    }

    enum Kind {
        EVEN,
        ODD
    }

    record Size(int width) {}

    record Box(
            String id,
            @Version @Nullable Long version,
            @Indexed @Nullable Kind kind,
            @FieldName("n") int number,
            @Nullable Size size,
            @Nullable Set<String> tags) {}

    record NumberOnly(int number) {}

    record Versioned(String id, Long version) {}

    record Part(
            String id,
            @Version long version,
            String name,
            @Nullable String note,
            @Nullable Maker maker) {
        Part {
            Objects.requireNonNull(name);
        }
    }

    record Maker(String name) {
        Maker {
            Objects.requireNonNull(name);
        }
    }

    record Sum(Kind kind, int boxes, long total) {}

    record Reading(
            String id,
            short level,
            Duration time,
            Map<Kind, Integer> counts,
            @Nullable BigInteger total,
            List<Integer> sizes) {}

    record Named(String id, @Indexed(unique = true) String name) {}

    sealed interface Shape permits Circle {}

    @org.springframework.data.annotation.TypeAlias("circle")
    record Circle(String id) implements Shape {}

    interface KindAndSize {
        @Nullable
        Kind getKind();

        WidthOnly getSize();

        default int getVolume() {
            return getSize().getWidth();
        }
    }

    interface WidthOnly {
        int getWidth();
    }

    interface Labelled {
        @Value("#{target.kind() + '-' + target.number()}")
        String getLabel();
    }
}
