package org.storedb.internal.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.storedb.document.FieldType;
import org.storedb.error.InvalidDocumentException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

@SuppressWarnings({"JavaUtilDate", "ArrayRecordComponent"})
class JacksonDocumentCodecTests {

    private final HeapFieldDictionary dictionary = new HeapFieldDictionary();

    enum Color {
        RED;

        @Override
        public String toString() {
            return "some red";
        }
    }

    record Address(String city, int zip) {}

    record Person(
            @Nullable String id,
            String name,
            BigDecimal price,
            BigInteger big,
            float ratio,
            double weight,
            long count,
            Color color,
            byte[] data,
            Instant at,
            LocalDateTime local,
            OffsetDateTime offset,
            LocalDate day,
            UUID uuid,
            Optional<String> nick,
            Address address,
            List<Address> others,
            Map<String, Integer> marks,
            JsonNode extra) {}

    private static final Person ADA = new Person(
            null,
            "Ada",
            new BigDecimal("1.10"),
            BigInteger.TEN.pow(30),
            0.1f,
            1e300,
            Long.MAX_VALUE,
            Color.RED,
            new byte[] {0, -1},
            Instant.parse("2026-11-20T09:30:00.1Z"),
            LocalDateTime.of(2026, 1, 2, 3, 4),
            OffsetDateTime.of(2026, 1, 2, 3, 4, 0, 0, ZoneOffset.UTC),
            LocalDate.of(1815, 12, 10),
            new UUID(1, 2),
            Optional.of("A"),
            new Address("London", 7),
            List.of(new Address("Paris", 8)),
            Map.of("math", 1),
            JsonNodeFactory.instance.objectNode().put("d", new BigDecimal("2.50")));

    @Test
    void recordsComeBackExactly() {
        JacksonDocumentCodec<Person> codec = new JacksonDocumentCodec<>(Person.class);
        assertThat(codec.id(ADA)).isNull();
        EncodedValue stored = write(codec, ADA, "p1");
        Person read = codec.read(stored, 0);
        assertThat(read).usingRecursiveComparison().isEqualTo(codec.stored(ADA, "p1", 0));
        assertThat(read.id()).isEqualTo("p1");
        assertThat(read.extra().get("d").decimalValue()).isEqualTo(new BigDecimal("2.50"));
        assertThat(stored.field("at")).hasToString("2026-11-20T09:30:00.100000000Z");
        assertThat(stored.field("offset")).hasToString("2026-01-02T03:04:00.000000000Z");
        assertThat(stored.field("local")).hasToString("2026-01-02T03:04:00.000000000");
        assertThat(stored.field("color")).hasToString("RED");
        assertThat(stored.field("ratio")).hasToString("0.1");
        assertThat(stored.field("uuid")).hasToString(new UUID(1, 2).toString());
    }

    public static class Bean {
        private @Nullable UUID id;
        private String name = "default";
        private int level = 5;
        private Date date = new Date(1234);

        public @Nullable UUID getId() {
            return id;
        }

        public void setId(UUID id) {
            this.id = id;
        }

        public String getName() {
            return name;
        }

        public void setName(String name) {
            this.name = name;
        }

        public int getLevel() {
            return level;
        }

        public void setLevel(int level) {
            this.level = level;
        }

        public Date getDate() {
            return date;
        }

        public void setDate(Date date) {
            this.date = date;
        }
    }

    @Test
    void beansGetTheirIdSet() {
        JacksonDocumentCodec<Bean> codec = new JacksonDocumentCodec<>(Bean.class);
        Bean bean = new Bean();
        String id = new UUID(3, 4).toString();
        EncodedValue stored = write(codec, bean, id);
        assertThat(codec.stored(bean, id, 0)).isSameAs(bean);
        assertThat(codec.id(bean)).isEqualTo(new UUID(3, 4));
        assertThat(codec.read(stored, 0)).usingRecursiveComparison().isEqualTo(bean);
    }

    @Test
    void missingAndUnknownFieldsAreNoError() {
        EncodedValue stored = write(new MapDocumentCodec(), Map.of("unknown", 1), new UUID(0, 0).toString());
        Bean bean = new JacksonDocumentCodec<>(Bean.class).read(stored, 0);
        assertThat(bean.getName()).isEqualTo("default");
        assertThat(bean.getLevel()).isEqualTo(5);
        assertThat(new JacksonDocumentCodec<>(Numbered.class).read(write(new MapDocumentCodec(), Map.of(), 3L), 0))
                .isEqualTo(new Numbered(3, 0, null));
    }

    record Numbered(int id, double size, @Nullable Long other) {}

    @Test
    void primitiveIdsAreAlwaysThere() {
        JacksonDocumentCodec<Numbered> codec = new JacksonDocumentCodec<>(Numbered.class);
        Numbered zero = new Numbered(0, 1, null);
        assertThat(codec.id(zero)).isEqualTo(0);
        assertThat(codec.stored(zero, 0L, 0)).isSameAs(zero);
    }

    @Test
    void whatCannotBeStoredOrReadIsNamed() {
        assertThatExceptionOfType(InvalidDocumentException.class)
                .isThrownBy(() -> new JacksonDocumentCodec<>(Address.class))
                .withMessageContaining("need an id");
        JacksonDocumentCodec<Numbered> codec = new JacksonDocumentCodec<>(Numbered.class);
        assertThatExceptionOfType(InvalidDocumentException.class)
                .isThrownBy(() -> write(codec, new Numbered(1, Double.NaN, null), 1L))
                .withMessageContaining("Field \"size\"")
                .withMessageContaining("NaN");
        EncodedValue text = write(new MapDocumentCodec(), Map.of("size", "big"), 1L);
        assertThatExceptionOfType(InvalidDocumentException.class)
                .isThrownBy(() -> codec.read(text, 0))
                .withMessageContaining("size");
    }

    @Test
    void generatedIdsFitStringsAndUuidsOnly() {
        record WithLong(@Nullable Long id) {}
        assertThatExceptionOfType(InvalidDocumentException.class)
                .isThrownBy(() -> new JacksonDocumentCodec<>(WithLong.class).stored(new WithLong(null), "x", 0))
                .withMessageContaining("set its Long id before it is stored");
    }

    @Test
    void jsonNodesAreDocuments() {
        JacksonDocumentCodec<ObjectNode> codec = new JacksonDocumentCodec<>(ObjectNode.class);
        ObjectNode node = JsonNodeFactory.instance.objectNode().put("x", new BigDecimal("1.50"));
        EncodedValue stored = write(codec, node, "n1");
        assertThat(codec.read(stored, 0)).isEqualTo(codec.stored(node, "n1", 0));
        assertThat(codec.fieldType("anything.at.all")).isEqualTo(FieldType.ANY);
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
    interface Shape {
        int area();
    }

    public static class Loose {
        public String id = "";

        @JsonProperty("renamed")
        public int original;

        public Object any = 1;
        public @Nullable Loose self;
        public @Nullable Shape shape;

        @JsonAnyGetter
        public Map<String, Object> rest() {
            return Map.of();
        }
    }

    @Test
    void fieldTypesAreThoseOfTheStoredForm() {
        JacksonDocumentCodec<Person> codec = new JacksonDocumentCodec<>(Person.class);
        assertThat(codec.fieldType("id")).isEqualTo(FieldType.STRING);
        assertThat(codec.fieldType("price")).isEqualTo(FieldType.NUMBER);
        assertThat(codec.fieldType("color")).isEqualTo(FieldType.STRING);
        assertThat(codec.fieldType("at")).isEqualTo(FieldType.STRING);
        assertThat(codec.fieldType("day")).isEqualTo(FieldType.STRING);
        assertThat(codec.fieldType("uuid")).isEqualTo(FieldType.STRING);
        assertThat(codec.fieldType("data")).isEqualTo(FieldType.BINARY);
        assertThat(codec.fieldType("nick")).isEqualTo(FieldType.STRING);
        assertThat(codec.fieldType("address")).isEqualTo(FieldType.OBJECT);
        assertThat(codec.fieldType("address.zip")).isEqualTo(FieldType.NUMBER);
        assertThat(codec.fieldType("address.street")).isNull();
        assertThat(codec.fieldType("others")).isEqualTo(FieldType.ARRAY);
        assertThat(codec.fieldType("others.zip")).isNull();
        assertThat(codec.fieldType("marks.anything")).isEqualTo(FieldType.NUMBER);
        assertThat(codec.fieldType("extra.x.y")).isEqualTo(FieldType.ANY);
        assertThat(codec.fieldType("nme")).isNull();
        assertThat(codec.knownFields()).contains("name", "address.city");
    }

    @Test
    void fieldTypesAreOpenWhereTheyCannotBeTold() {
        JacksonDocumentCodec<Loose> codec = new JacksonDocumentCodec<>(Loose.class);
        assertThat(codec.fieldType("renamed")).isEqualTo(FieldType.NUMBER);
        assertThat(codec.fieldType("any.x")).isEqualTo(FieldType.ANY);
        assertThat(codec.fieldType("self.self.renamed")).isEqualTo(FieldType.NUMBER);
        assertThat(codec.fieldType("shape.radius")).isEqualTo(FieldType.ANY);
        assertThat(codec.fieldType("whatever")).isEqualTo(FieldType.ANY);
    }

    private <T> EncodedValue write(org.storedb.document.DocumentCodec<T> codec, T object, Object id) {
        DocumentEncoder encoder = new DocumentEncoder(dictionary);
        codec.write(object, id, encoder);
        return EncodedValue.document(encoder.toBytes(), dictionary);
    }
}
