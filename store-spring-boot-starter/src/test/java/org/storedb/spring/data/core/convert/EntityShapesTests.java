package org.storedb.spring.data.core.convert;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Currency;
import java.util.Date;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.data.annotation.AccessType;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.PersistenceCreator;
import org.springframework.data.annotation.ReadOnlyProperty;
import org.springframework.data.annotation.Transient;
import org.springframework.data.annotation.Version;
import org.storedb.query.Filter;
import org.storedb.query.Query;
import org.storedb.spring.data.core.StoreFixture;
import org.storedb.spring.data.core.mapping.FieldName;

/** Every shape that an entity may have, stored and read back. */
class EntityShapesTests {

    private final StoreFixture fixture = new StoreFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void recordWithGeneratedId() {
        Note stored = fixture.template().insert(new Note(null, "hello"));
        assertThat(stored.id()).isNotBlank();
        assertThat(fixture.template().findById(Objects.requireNonNull(stored.id()), Note.class))
                .contains(stored);
    }

    @Test
    void beanIsChangedInPlace() {
        Bean bean = new Bean();
        bean.setName("Ada");
        Bean stored = fixture.template().insert(bean);
        assertThat(stored).isSameAs(bean);
        assertThat(bean.getId()).isNotBlank();
        assertThat(bean.getVersion()).isZero();
        Bean read = fixture.template()
                .findById(Objects.requireNonNull(bean.getId()), Bean.class)
                .orElseThrow();
        assertThat(read.getName()).isEqualTo("Ada");
        assertThat(read.getVersion()).isZero();
        assertThat(read.defaulted).isEqualTo("as the class has it");
    }

    @Test
    void immutableClassWithWithers() {
        Immutable original = new Immutable(null, null, "Ada");
        Immutable stored = fixture.template().insert(original);
        assertThat(original.id).isNull();
        assertThat(stored.id).isNotNull();
        assertThat(stored.version).isZero();
        Immutable read = fixture.template()
                .findById(Objects.requireNonNull(stored.id), Immutable.class)
                .orElseThrow();
        assertThat(read.name).isEqualTo("Ada");
        assertThat(read.id).isEqualTo(stored.id);
    }

    @Test
    void publicFieldsAndPropertyAccess() {
        PropertyAccess entity = new PropertyAccess();
        entity.setName("ada");
        fixture.template().insert(entity);
        assertThat(documentOf("propertyAccess")).containsEntry("name", "ADA");
        PropertyAccess read = fixture.template().findAll(PropertyAccess.class).get(0);
        assertThat(read.getName()).isEqualTo("ADA");
    }

    @Test
    void javasTransientFieldsAreStored() {
        WithTransient entity = new WithTransient();
        entity.name = "Ada";
        fixture.template().insert(entity);
        assertThat(documentOf("withTransient")).containsEntry("name", "Ada");
    }

    @Test
    void chosenConstructorIsUsed() {
        fixture.template().insert(new TwoConstructors("1", "made"));
        assertThat(fixture.template().findAll(TwoConstructors.class).get(0).origin())
                .isEqualTo("read");
    }

    @Test
    void nestedObjectsCollectionsMapsAndArrays() {
        Nested entity = new Nested(
                "1",
                new Point(1.5, -2),
                List.of(new Point(0, 0), new Point(3, 4)),
                new LinkedHashSet<>(List.of("b", "a")),
                new TreeSet<>(Set.of(3, 1, 2)),
                Map.of("home", new Point(5, 6)),
                new TreeMap<>(Map.of(2, "two", 1, "one")),
                Map.of(DayOfWeek.FRIDAY, List.of(1L, 2L)),
                new int[] {1, 2, 3},
                new String[][] {{"a"}, {}, {"b", "c"}},
                EnumSet.of(DayOfWeek.MONDAY));
        fixture.template().insert(entity);
        Nested read = fixture.template().findById("1", Nested.class).orElseThrow();
        assertThat(read).usingRecursiveComparison().isEqualTo(entity);
        assertThat(read.ordered()).isInstanceOf(TreeSet.class);
        assertThat(read.byNumber()).isInstanceOf(TreeMap.class);
    }

    @Test
    void collectionOfNoParticularKindKeepsEqualElements() {
        Loose entity = new Loose("1", List.of("a", "b", "a"), List.of(1, 1), Map.of("k", List.of("x", "x")));
        fixture.template().insert(entity);
        assertThat(fixture.template().findById("1", Loose.class)).contains(entity);
    }

    @Test
    void nullElementsAreKeptAndNullPropertiesLeftOut() {
        List<@Nullable String> values = new ArrayList<>();
        values.add("a");
        values.add(null);
        fixture.template().insert(new WithNulls("1", values, null));
        assertThat(documentOf("withNulls")).containsOnlyKeys("id", "values");
        assertThat(fixture.template()
                        .findById("1", WithNulls.class)
                        .orElseThrow()
                        .values())
                .containsExactly("a", null);
    }

    @Test
    void everyKindOfSingleValue() {
        Scalars entity = new Scalars(
                "1",
                true,
                (byte) -1,
                (short) 2,
                3,
                Long.MAX_VALUE,
                1.1f,
                Math.PI,
                'x',
                new BigDecimal("1.10"),
                new BigInteger("123456789012345678901234567890"),
                UUID.fromString("00000000-0000-0000-0000-00000000002a"),
                new byte[] {0, -1, 127},
                DayOfWeek.SUNDAY,
                Locale.forLanguageTag("pt-BR"),
                Currency.getInstance("EUR"),
                URI.create("https://example.org/a?b=c"));
        fixture.template().insert(entity);
        assertThat(fixture.template().findById("1", Scalars.class).orElseThrow())
                .usingRecursiveComparison()
                .isEqualTo(entity);
        assertThat(documentOf("scalars")).containsEntry("day", "SUNDAY");
    }

    @Test
    void everyKindOfTime() {
        Times entity = new Times(
                "1",
                Instant.parse("2026-11-20T23:59:28.5Z"),
                LocalDate.of(2026, 11, 20),
                LocalTime.of(1, 2),
                LocalDateTime.of(2026, 11, 20, 1, 2, 3, 4),
                OffsetDateTime.parse("2026-11-20T10:00:00+05:30"),
                ZonedDateTime.parse("2026-07-01T10:00:00+02:00[Europe/Berlin]"),
                OffsetTime.parse("10:00:00+01:00"),
                Duration.ofSeconds(-90, 5),
                Period.of(1, 2, 3),
                Year.of(1815),
                YearMonth.of(2026, 2),
                MonthDay.of(2, 29),
                ZoneId.of("Asia/Tokyo"),
                Date.from(Instant.parse("2026-11-20T23:59:28.123Z")));
        fixture.template().insert(entity);
        assertThat(fixture.template().findById("1", Times.class)).contains(entity);
        assertThat(documentOf("times"))
                .containsEntry("instant", "2026-11-20T23:59:28.500000000Z")
                .containsEntry("dateTime", "2026-11-20T01:02:03.000000004")
                .containsEntry("date", "2026-11-20");
    }

    @Test
    void optionalComponentsAndGetters() {
        fixture.template().insert(new Optionals("1", Optional.of("x"), Optional.empty()));
        assertThat(fixture.template().findById("1", Optionals.class))
                .contains(new Optionals("1", Optional.of("x"), Optional.empty()));
        assertThat(documentOf("optionals")).containsOnlyKeys("id", "present");
        OptionalGetter getter = new OptionalGetter();
        getter.id = "2";
        getter.nickname = "Ada";
        fixture.template().insert(getter);
        assertThat(fixture.template()
                        .findById("2", OptionalGetter.class)
                        .orElseThrow()
                        .getNickname())
                .contains("Ada");
    }

    @Test
    void optionalElements() {
        List<Optional<String>> gaps = List.of(Optional.of("x"), Optional.empty());
        Gaps entity = new Gaps("1", gaps, Map.of("a", Optional.of(1), "b", Optional.empty()));
        fixture.template().insert(entity);
        assertThat(fixture.template().findById("1", Gaps.class)).contains(entity);
        assertThat(fixture.template()
                        .query(Gaps.class)
                        .matching(Filter.eq("list", gaps))
                        .count())
                .isEqualTo(1);
    }

    @Test
    void idsOfEveryType() {
        UUID uuid = UUID.randomUUID();
        fixture.template().insert(new UuidId(uuid));
        fixture.template().insert(new LongId(7L));
        fixture.template().insert(new IntId(8));
        assertThat(fixture.template().findById(uuid, UuidId.class)).contains(new UuidId(uuid));
        assertThat(fixture.template().findById(uuid.toString(), UuidId.class)).contains(new UuidId(uuid));
        assertThat(fixture.template().findById(7L, LongId.class)).contains(new LongId(7L));
        assertThat(fixture.template().findById(8, IntId.class)).contains(new IntId(8));
        UuidId generated = fixture.template().insert(new UuidId(null));
        assertThat(generated.id()).isNotNull();
        assertThat(fixture.template().existsById(Objects.requireNonNull(generated.id()), UuidId.class))
                .isTrue();
    }

    @Test
    void transientReadOnlyAndRenamedProperties() {
        Special special = new Special();
        special.id = "1";
        special.cache = "not stored";
        special.computed = "not written";
        special.renamed = "stored under another name";
        fixture.template().insert(special);
        assertThat(documentOf("special")).containsOnlyKeys("id", "r");
        Special read = fixture.template().findAll(Special.class).get(0);
        assertThat(read.renamed).isEqualTo("stored under another name");
        assertThat(read.cache).isNull();
    }

    @Test
    void idThatIsNotThatOfTheEntityMayBeRenamed() {
        Imported imported = new Imported("1", 7, List.of(new ImportedLine("a", 2)));
        fixture.template().insert(imported);

        assertThat(documentOf("imported")).containsEntry("id", "1").containsEntry("number", 7);
        assertThat(documentOf("imported").get("lines")).isEqualTo(List.of(Map.of("_id", "a", "count", 2)));
        assertThat(fixture.template().findById("1", Imported.class)).contains(imported);
        assertThat(fixture.template()
                        .query(Imported.class)
                        .matching(Filter.eq("id", 7).and(Filter.elementMatches("lines", Filter.eq("id", "a"))))
                        .one())
                .contains(imported);
    }

    record Imported(@Id String code, @FieldName("number") int id, List<ImportedLine> lines) {}

    record ImportedLine(@FieldName("_id") String id, int count) {}

    @Test
    void oldDocumentsWithoutAFieldAreRead() {
        fixture.store().collection("grown").insert(Map.of("id", "1"));
        Grown read = fixture.template().findAll(Grown.class).get(0);
        assertThat(read).isEqualTo(new Grown("1", null, 0, false, Optional.empty()));
    }

    @Test
    void unknownFieldsAreIgnored() {
        fixture.store().collection("note").insert(Map.of("id", "1", "text", "t", "obsolete", List.of(1)));
        assertThat(fixture.template().findAll(Note.class)).containsExactly(new Note("1", "t"));
    }

    @Test
    void genericTypesAreResolved() {
        fixture.template().insert(new Holder("1", new Box<>(Instant.EPOCH), new Box<>(List.of(1L))));
        assertThat(fixture.template().findById("1", Holder.class))
                .contains(new Holder("1", new Box<>(Instant.EPOCH), new Box<>(List.of(1L))));
    }

    @Test
    void typesThatContainThemselves() {
        Tree tree = new Tree("1", List.of(new Tree("2", List.of()), new Tree("3", List.of(new Tree("4", List.of())))));
        fixture.template().insert(tree);
        assertThat(fixture.template().findById("1", Tree.class)).contains(tree);
    }

    @Test
    void versionOfANestedObjectIsOneOfItsProperties() {
        Chapter chapter = fixture.template().save(fixture.template().insert(new Chapter("c", null, "text")));
        Draft draft = new Draft("1", chapter, List.of(new Chapter("d", 7L, "more")));

        fixture.template().insert(draft);

        assertThat(fixture.template()
                        .query(Draft.class)
                        .matching(Filter.eq("first.version", 1))
                        .all())
                .containsExactly(draft);
        assertThat(draft.first().version()).isEqualTo(1);
        assertThat(documentOf("chapter")).doesNotContainKey("version");
    }

    @Test
    void plainValuesOfUndeclaredType() {
        Map<String, Object> anything = Map.of("text", "t", "number", 1, "list", List.of(true), "map", Map.of("a", 1.5));
        fixture.template().insert(new Anything("1", "text", anything));
        assertThat(fixture.template().findById("1", Anything.class)).contains(new Anything("1", "text", anything));
    }

    @Test
    void plainValuesOfUndeclaredTypeAreFound() {
        OffsetDateTime time = OffsetDateTime.parse("2026-05-01T12:00:00+02:00");
        List<Object> values = List.of(
                time,
                time.atZoneSameInstant(ZoneId.of("Asia/Tokyo")),
                time.toInstant(),
                time.toLocalDate(),
                Year.of(2026),
                0.1f,
                UUID.randomUUID());
        for (Object value : values) {
            fixture.template().save(new Anything("1", value, Map.of("key", value)));
            for (String property : List.of("value", "map.key")) {
                assertThat(fixture.template().count(Query.where(Filter.eq(property, value)), Anything.class))
                        .as("%s = %s", property, value)
                        .isEqualTo(1);
            }
        }
    }

    private Map<String, Object> documentOf(String collection) {
        return fixture.store()
                .collection(collection)
                .find(Query.all())
                .findFirst()
                .orElseThrow();
    }

    record Note(@Nullable String id, String text) {}

    static class Bean {
        private @Nullable String id;

        @Version
        private @Nullable Long version;

        private @Nullable String name;

        @Nullable
        String defaulted = "as the class has it";

        public @Nullable String getId() {
            return id;
        }

        public void setId(String newId) {
            this.id = newId;
        }

        public @Nullable Long getVersion() {
            return version;
        }

        public void setVersion(Long newVersion) {
            this.version = newVersion;
        }

        public @Nullable String getName() {
            return name;
        }

        public void setName(String newName) {
            this.name = newName;
        }
    }

    static final class Immutable {
        final @Nullable String id;

        @Version
        final @Nullable Long version;

        final String name;

        Immutable(@Nullable String id, @Nullable Long version, String name) {
            this.id = id;
            this.version = version;
            this.name = name;
        }

        Immutable withId(String newId) {
            return new Immutable(newId, version, name);
        }

        Immutable withVersion(Long newVersion) {
            return new Immutable(id, newVersion, name);
        }
    }

    @AccessType(AccessType.Type.PROPERTY)
    static class PropertyAccess {
        private @Nullable String id;
        private @Nullable String internalName;

        public @Nullable String getId() {
            return id;
        }

        public void setId(String newId) {
            this.id = newId;
        }

        public @Nullable String getName() {
            return internalName;
        }

        public void setName(String name) {
            this.internalName = name.toUpperCase(Locale.ROOT);
        }

        @Transient
        @Nullable
        String getInternalName() {
            return internalName;
        }
    }

    static class TwoConstructors {
        private final String id;
        private final @Transient String origin;

        TwoConstructors(String id, String origin) {
            this.id = id;
            this.origin = origin;
        }

        @PersistenceCreator
        TwoConstructors(String id) {
            this(id, "read");
        }

        String origin() {
            return origin + (id.isEmpty() ? "?" : "");
        }
    }

    record Point(double x, double y) {}

    @SuppressWarnings("ArrayRecordComponent")
    record Nested(
            String id,
            Point point,
            List<Point> points,
            Set<String> names,
            TreeSet<Integer> ordered,
            Map<String, Point> places,
            SortedMap<Integer, String> byNumber,
            Map<DayOfWeek, List<Long>> byDay,
            int[] numbers,
            String[][] table,
            EnumSet<DayOfWeek> days) {}

    record Loose(
            String id, Collection<String> names, Iterable<Integer> numbers, Map<String, Collection<String>> byKey) {}

    record WithNulls(
            String id,
            List<@Nullable String> values,
            @Nullable String none) {}

    @SuppressWarnings("ArrayRecordComponent")
    record Scalars(
            String id,
            boolean truth,
            byte one,
            short two,
            int four,
            long eight,
            float single,
            double twice,
            char letter,
            BigDecimal decimal,
            BigInteger big,
            UUID uuid,
            byte[] bytes,
            DayOfWeek day,
            Locale locale,
            Currency currency,
            URI uri) {}

    @SuppressWarnings("JavaUtilDate")
    record Times(
            String id,
            Instant instant,
            LocalDate date,
            LocalTime time,
            LocalDateTime dateTime,
            OffsetDateTime offsetDateTime,
            ZonedDateTime zonedDateTime,
            OffsetTime offsetTime,
            Duration duration,
            Period period,
            Year year,
            YearMonth yearMonth,
            MonthDay monthDay,
            ZoneId zone,
            Date legacy) {}

    record Gaps(String id, List<Optional<String>> list, Map<String, Optional<Integer>> map) {}

    record Optionals(String id, Optional<String> present, Optional<String> absent) {}

    static class OptionalGetter {
        @Nullable
        String id;

        private @Nullable String nickname;

        public Optional<String> getNickname() {
            return Optional.ofNullable(nickname);
        }
    }

    record UuidId(@Id @Nullable UUID id) {}

    record LongId(Long id) {}

    record IntId(int id) {}

    static class Special {
        @Nullable
        String id;

        @Transient
        @Nullable
        String cache;

        @ReadOnlyProperty
        @Nullable
        String computed;

        @FieldName("r")
        @Nullable
        String renamed;
    }

    record Grown(String id, @Nullable String text, int number, boolean flag, Optional<String> maybe) {}

    record Box<V>(V content) {}

    record Holder(String id, Box<Instant> instant, Box<List<Long>> numbers) {}

    record Tree(String id, List<Tree> children) {}

    record Chapter(String id, @Version @Nullable Long version, String text) {}

    record Draft(String id, Chapter first, List<Chapter> others) {}

    record Anything(String id, Object value, Map<String, Object> map) {}

    static class WithTransient {
        @Nullable
        String id;

        transient @Nullable String name;
    }
}
