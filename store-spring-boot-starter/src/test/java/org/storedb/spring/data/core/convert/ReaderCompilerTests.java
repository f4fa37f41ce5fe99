package org.storedb.spring.data.core.convert;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.data.annotation.AccessType;
import org.springframework.data.annotation.Version;
import org.storedb.document.DocumentCodec;
import org.storedb.document.DocumentValue;
import org.storedb.document.DocumentWriter;
import org.storedb.spring.data.core.StoreFixture;
import org.storedb.spring.data.core.mapping.FieldName;

/** Where code to set properties is generated, and that it yields the same objects and errors as without it. */
@SuppressWarnings({"UnusedVariable", "UnusedMethod", "unused"}) // entities are read by the mapping
class ReaderCompilerTests {

    private final StoreFixture fixture = new StoreFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @ParameterizedTest
    @ValueSource(classes = {PrivateFields.class, Properties.class, Below.class, Mixed.class, Parameters.class})
    void codeIsMadeForWhatAClassKeepsToItself(Class<?> type) {
        assertThat(reader(type).isCompiled()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(classes = {Withers.class})
    void classWhoseObjectsAreReplacedHasNoCode(Class<?> type) {
        assertThat(reader(type).isCompiled()).isFalse();
    }

    @Test
    void classOfAnotherLoaderIsReadWithoutCode() throws ReflectiveOperationException {
        Class<?> type = new FieldCompilerTests.OwnLoader().loadClass(PrivateFields.class.getName());
        assertThat(reader(type).isCompiled()).isFalse();
        fixture.store().collection("privateFields").insert(new LinkedHashMap<>(Map.of("id", "1", "number", 9)));
        Object read = fixture.template().findById("1", type).orElseThrow();
        var number = type.getDeclaredField("number");
        number.setAccessible(true);
        assertThat(number.get(read)).isEqualTo(9);
    }

    @ParameterizedTest
    @ValueSource(classes = {Properties.class, Below.class, Mixed.class, Parameters.class, Withers.class})
    void codeReadsWhatIsReadWithoutItWhateverTheDocument(Class<?> type) {
        Random random = new Random(type.getSimpleName().hashCode());
        var documents = fixture.store().collection("documents");
        for (int id = 0; id < 1_500; id++) {
            Map<String, @Nullable Object> document = randomDocument(random);
            document.put("id", "" + id);
            documents.insert(document);
        }
        int[] read = new int[2];
        fixture.store()
                .collection("documents", new Comparing(mapper(type), read))
                .find(org.storedb.query.Query.all())
                .forEach(same -> {});
        assertThat(read[0]).as("objects that were read").isGreaterThan(50);
        assertThat(read[1]).as("documents that could not be read").isGreaterThan(50);
    }

    private ObjectReader reader(Class<?> type) {
        return mapper(type).reader();
    }

    private EntityMapper mapper(Class<?> type) {
        return (EntityMapper) fixture.template().getConverter().codec(type).mapper();
    }

    private static Map<String, @Nullable Object> randomDocument(Random random) {
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        boolean odd = random.nextInt(3) == 0;
        add(document, "text", random, odd, "some text");
        add(document, "number", random, odd, random.nextInt());
        add(document, "large", random, odd, random.nextLong());
        add(document, "small", random, odd, random.nextInt(100));
        add(document, "floating", random, odd, random.nextDouble());
        add(document, "single", random, odd, 1.5);
        add(document, "truth", random, odd, random.nextBoolean());
        add(document, "letter", random, odd, "x");
        add(document, "boxed", random, odd, 12);
        add(document, "unit", random, odd, "HOURS");
        add(document, "time", random, odd, "2026-11-21T10:00:00.000000000Z");
        add(document, "list", random, odd, List.of("a", "b"));
        add(document, "perhaps", random, odd, "there");
        Map<String, @Nullable Object> nested = new LinkedHashMap<>();
        add(nested, "text", random, odd, "inside");
        add(nested, "number", random, odd, 5);
        add(document, "nested", random, odd, nested);
        return document;
    }

    private static void add(
            Map<String, @Nullable Object> document, String name, Random random, boolean odd, Object usual) {
        if (random.nextInt(5) == 0) {
            return;
        }
        document.put(
                name,
                !odd || random.nextInt(6) > 0
                        ? usual
                        : switch (random.nextInt(7)) {
                            case 0 -> null;
                            case 1 -> "other";
                            case 2 -> Long.MAX_VALUE;
                            case 3 -> 2.5;
                            case 4 -> true;
                            case 5 -> List.of(1);
                            default -> Map.of("number", "none");
                        });
    }

    /** Reads each document in both ways. */
    @SuppressWarnings("ArrayRecordComponent") // counts
    private record Comparing(EntityMapper mapper, int[] read) implements DocumentCodec<Object> {

        @Override
        public Object read(DocumentValue document, long revision) {
            Object version = mapper.entity().hasVersionProperty() ? revision : null;
            Object expected = outcome(() -> mapper.readByAccessor(document, version));
            Object found = outcome(() -> mapper.read(document, version));
            if (expected instanceof RuntimeException error) {
                assertThat(found).isInstanceOf(error.getClass()).hasToString(error.toString());
                read[1]++;
            } else {
                assertThat(found).usingRecursiveComparison().isEqualTo(expected);
                read[0]++;
            }
            return found;
        }

        private static Object outcome(Supplier<Object> reading) {
            try {
                return reading.get();
            } catch (RuntimeException e) {
                return e;
            }
        }

        @Override
        public @Nullable Object id(Object object) {
            return null;
        }

        @Override
        public void write(Object object, Object id, DocumentWriter writer) {
            throw new UnsupportedOperationException("only for reading");
        }

        @Override
        public Object stored(Object object, Object id, long revision) {
            return object;
        }
    }

    /** All kinds of members, one of which has another name in documents. */
    static class Above {
        private String id = "";
        private String text = "default";
        private int number = 1;
        private long large = 2;
        private short small = 3;
        private double floating = 4;

        @FieldName("truth")
        private boolean right = true;
    }

    static class Below extends Above {
        private float single = 5;
        private char letter = 'l';
        private @Nullable Integer boxed = 6;
        private TimeUnit unit = TimeUnit.DAYS;
        private @Nullable Instant time;
        private List<String> list = new ArrayList<>(List.of("default"));
        private Optional<String> perhaps = Optional.of("default");
        private @Nullable Nested nested = new Nested();
        private @Nullable Object letters;

        @Version
        private @Nullable Long version;
    }

    static class Nested {
        private String text = "nested";
        private int number = 7;
    }

    /** Set by methods, one of which returns a value, and one of which rejects some values. */
    @AccessType(AccessType.Type.PROPERTY)
    static class Properties {
        private String id = "";
        private String text = "";
        private long large;
        private int number;

        private String getId() {
            return id;
        }

        private void setId(String id) {
            this.id = id;
        }

        private String getText() {
            return text;
        }

        private void setText(String text) {
            this.text = "set " + text;
        }

        public int getNumber() {
            return number;
        }

        public void setNumber(int number) {
            if (number < -500_000_000) {
                throw new IllegalArgumentException("too few");
            }
            this.number = number + 1;
        }

        public long getLarge() {
            return large;
        }

        public void setLarge(long large) {
            this.large = large;
        }
    }

    /** Some properties passed to the constructor, which rejects some values, and some set. */
    static class Mixed {
        private final String id;
        private final int number;
        private String text = "mixed";
        private @Nullable Nested nested;

        Mixed(String id, int number) {
            if (number % 5 == 0) {
                throw new IllegalArgumentException("not " + number);
            }
            this.id = id;
            this.number = number;
        }
    }

    record Parameters(
            String id,
            String text,
            int number,
            boolean truth,
            @Nullable TimeUnit unit,
            @Nullable Nested nested) {}

    /** Immutable objects. */
    static class Withers {
        private final @Nullable String id;
        private final int number;

        Withers(@Nullable String id) {
            this(id, 3);
        }

        @org.springframework.data.annotation.PersistenceCreator
        private Withers() {
            this(null, 3);
        }

        private Withers(@Nullable String id, int number) {
            this.id = id;
            this.number = number;
        }

        Withers withId(@Nullable String newId) {
            return new Withers(newId, number);
        }

        Withers withNumber(int newNumber) {
            return new Withers(id, newNumber);
        }
    }
}
