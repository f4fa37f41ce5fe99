package org.storedb.internal.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.storedb.document.DocumentValue;
import org.storedb.document.FieldNames;
import org.storedb.document.FieldValues;

/** Fields that are found together are those that are found one by one, whatever is asked of them. */
class EncodedFieldsTests {

    private static final int NAMES = 12;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5, NAMES, 400})
    void fieldsFoundTogetherAreThoseFoundOneByOne(int capacity) {
        for (long seed = 0; seed < 40; seed++) {
            Random random = new Random(seed);
            HeapFieldDictionary dictionary = new HeapFieldDictionary(capacity);
            for (int other = random.nextInt(300); other > 0 && capacity > NAMES; other--) {
                dictionary.idOf("other" + other); // Ids of one byte and of two.
            }
            FieldNames names = randomNames(random);
            for (int document = 0; document < 5; document++) {
                requireSame(EncodedValue.document(encode(randomFields(random), dictionary), dictionary), names);
            }
        }
    }

    @Test
    void fieldWhoseNameGetsItsIdLaterIsFoundByWhatWasKeptBefore() {
        HeapFieldDictionary dictionary = new HeapFieldDictionary();
        FieldNames names = FieldNames.of(List.of("late", "early", "never"));
        dictionary.idOf("early");
        FieldIds before = FieldIds.of(names, dictionary);
        dictionary.idOf("between");
        byte[] bytes = encode(Map.of("early", 1, "late", 2), dictionary);
        FieldDictionary keeping = new FieldDictionary() {
            @Override
            public int idOf(String name) {
                return dictionary.idOf(name);
            }

            @Override
            public int find(String name) {
                return dictionary.find(name);
            }

            @Override
            public FieldIds idsOf(FieldNames together) {
                return before;
            }

            @Override
            public String nameOf(int id) {
                return dictionary.nameOf(id);
            }
        };
        FieldValues fields = EncodedValue.document(bytes, keeping).fields(names);
        assertThat(fields.asLong(0)).isEqualTo(2);
        assertThat(fields.asLong(1)).isEqualTo(1);
        assertThat(fields.get(2)).isNull();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void bytesThatAreNoDocumentGiveTheSameErrorsTogetherAndOneByOne(long seed) {
        Random random = new Random(seed);
        int errors = 0;
        for (int round = 0; round < 500; round++) {
            HeapFieldDictionary dictionary = new HeapFieldDictionary(random.nextInt(20));
            byte[] bytes = encode(randomFields(random), dictionary);
            for (int change = random.nextInt(4); change >= 0; change--) {
                bytes[2 + random.nextInt(Math.min(40, bytes.length - 2))] = (byte) random.nextInt(256);
            }
            byte[] cut = random.nextInt(8) == 0 ? Arrays.copyOf(bytes, 3 + random.nextInt(bytes.length - 2)) : bytes;
            errors += requireSame(EncodedValue.document(cut, dictionary), randomNames(random));
        }
        assertThat(errors).isGreaterThan(200);
    }

    /** How often an error was met. */
    private static int requireSame(EncodedValue document, FieldNames names) {
        Object together = outcome(() -> document.fields(names));
        if (!(together instanceof FieldValues fields)) {
            assertThat(together).isEqualTo(outcome(() -> document.field(names.get(0))));
            return 1;
        }
        FieldValues oneByOne = position -> document.field(names.get(position));
        int errors = 0;
        for (int at = 0; at < names.size(); at++) {
            int position = at;
            for (Asked asked : Asked.values()) {
                Object expected = outcome(() -> asked.of(oneByOne, position));
                Object found = outcome(() -> asked.of(fields, position));
                if (!Objects.equals(found, expected)) { // A description for each would take most of the time.
                    fail("%s of %s is %s, not %s", asked, names.get(position), found, expected);
                }
                errors += String.valueOf(expected).startsWith("Malformed") ? 1 : 0;
            }
        }
        return errors;
    }

    private static @Nullable Object outcome(Supplier<@Nullable Object> asked) {
        try {
            return asked.get();
        } catch (RuntimeException e) {
            return e.getClass().getSimpleName() + ": " + e.getMessage();
        }
    }

    private enum Asked {
        VALUE,
        PRESENCE,
        TEXT,
        LONG,
        DOUBLE,
        BOOLEAN;

        @Nullable
        Object of(FieldValues fields, int position) {
            return switch (this) {
                case VALUE -> Arrays.deepToString(new Object[] {plain(fields.get(position))});
                case PRESENCE -> fields.hasValue(position);
                case TEXT -> fields.textOrNull(position);
                case LONG -> fields.asLong(position);
                case DOUBLE -> fields.asDouble(position);
                case BOOLEAN -> fields.asBoolean(position);
            };
        }
    }

    private static @Nullable Object plain(@Nullable DocumentValue value) {
        return value == null ? "missing" : value.toObject();
    }

    private static FieldNames randomNames(Random random) {
        List<String> names = new ArrayList<>();
        for (int count = 1 + random.nextInt(NAMES); count > 0; count--) {
            names.add("name" + random.nextInt(random.nextInt(4) == 0 ? 2 * NAMES : NAMES)); // Some of them twice.
        }
        return FieldNames.of(
                random.nextBoolean() ? names : names.stream().distinct().toList());
    }

    private static Map<String, @Nullable Object> randomFields(Random random) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        for (int count = random.nextInt(NAMES); count > 0; count--) {
            fields.put("name" + random.nextInt(NAMES), randomValue(random));
        }
        return fields;
    }

    private static @Nullable Object randomValue(Random random) {
        return switch (random.nextInt(12)) {
            case 0 -> null;
            case 1 -> random.nextBoolean();
            case 2 -> random.nextInt(80) - 20;
            case 3 -> random.nextInt();
            case 4 -> random.nextLong();
            case 5 -> random.nextDouble();
            case 6 -> new BigDecimal("12.50");
            case 7 -> BigInteger.TWO.pow(70 + random.nextInt(9));
            case 8 -> "text" + "ä€".repeat(random.nextInt(3));
            case 9 -> "x".repeat(120 + random.nextInt(200));
            case 10 -> List.of(1, "two");
            default -> Map.of("name1", 1);
        };
    }

    private static byte[] encode(Map<String, ? extends @Nullable Object> fields, FieldDictionary dictionary) {
        DocumentEncoder encoder = new DocumentEncoder(dictionary);
        encoder.writeValue(fields);
        return encoder.toBytes();
    }
}
