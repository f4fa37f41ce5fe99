package org.storedb.internal.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.storedb.internal.index.TreeRange;

class KeyEncoderTests {

    /** Ascending; the values of one line are equal. */
    private static final List<List<@Nullable Object>> ORDER = List.of(
            Arrays.asList((Object) null),
            List.of(false),
            List.of(true),
            List.of(new BigDecimal("-1E+5000")),
            List.of(new BigDecimal("-1E+400")),
            List.of(new BigDecimal("-9.99E+399")),
            List.of(-Double.MAX_VALUE, new BigDecimal(-Double.MAX_VALUE)),
            List.of(BigInteger.TWO.pow(64).negate().subtract(BigInteger.ONE)),
            List.of(-0x1p64, BigInteger.TWO.pow(64).negate()),
            List.of(Long.MIN_VALUE, -0x1p63, new BigDecimal(Long.MIN_VALUE)),
            List.of(Long.MIN_VALUE + 1),
            List.of(-1.5, new BigDecimal("-1.50")),
            List.of(-1, -1L, -1.0, new BigDecimal("-1.000"), BigInteger.ONE.negate()),
            List.of(new BigDecimal("-0.1000000000000000055511151231257827021181583404541015626")),
            List.of(-0.1, new BigDecimal("-0.1000000000000000055511151231257827021181583404541015625")),
            List.of(new BigDecimal("-0.1")),
            List.of(-Double.MIN_VALUE),
            List.of(new BigDecimal("-1E-400")),
            List.of(new BigDecimal("-1E-4000")),
            List.of(0, 0.0, -0.0, BigDecimal.ZERO, new BigDecimal("0E+3000")),
            List.of(new BigDecimal("1E-4000")),
            List.of(new BigDecimal("1E-400")),
            List.of(new BigDecimal("1.01E-400"), new BigDecimal("1.0100E-400")),
            List.of(Double.MIN_VALUE),
            List.of(new BigDecimal("0.1")),
            List.of(0.1),
            List.of(1, 1.0),
            List.of(1L << 53, 0x1p53),
            List.of((1L << 53) + 1),
            List.of((1L << 53) + 2),
            List.of(Long.MAX_VALUE - 1),
            List.of(Long.MAX_VALUE, BigInteger.valueOf(Long.MAX_VALUE)),
            List.of(0x1p63),
            List.of(Double.MAX_VALUE),
            List.of(new BigDecimal("1E+400")),
            List.of(new BigDecimal("1E+9900")),
            List.of(new BigDecimal("10E+10000"), new BigDecimal("100E+9999")),
            List.of(""),
            List.of("\u0000"),
            List.of("\u0000\u0000"),
            List.of("\u0000\u0001"),
            List.of("\u0001"),
            List.of("\u0002"),
            List.of("a"),
            List.of("a\u0000"),
            List.of("a\u0001"),
            List.of("aa"),
            List.of("b"),
            List.of("\uFFFD"),
            List.of("\uD83C\uDF0D"), // above U+FFFD by code point, below it by char
            List.of(new byte[0]),
            List.of(new byte[] {0}),
            List.of(new byte[] {1}),
            List.of(new byte[] {-1}),
            List.of(List.of()),
            List.of(Arrays.asList((Object) null)),
            List.of(List.of(1), List.of(1.0)),
            List.of(List.of(1, 2)),
            List.of(List.of(2)),
            List.of(List.of("a", "b")),
            List.of(List.of("b")),
            List.of(Map.of()),
            List.of(Map.of("a", 1)),
            List.of(Map.of("a", 1, "b", 2), Map.of("b", 2, "a", 1.0)),
            List.of(Map.of("b", 1)));

    @Test
    void bytesAreOrderedLikeTheValues() {
        for (int first = 0; first < ORDER.size(); first++) {
            for (int second = 0; second < ORDER.size(); second++) {
                for (Object a : ORDER.get(first)) {
                    for (Object b : ORDER.get(second)) {
                        int order = Arrays.compareUnsigned(KeyEncoder.encode(a), KeyEncoder.encode(b));
                        assertThat(Integer.signum(order))
                                .as("%s and %s", a, b)
                                .isEqualTo(Integer.compare(first, second));
                    }
                }
            }
        }
    }

    @Test
    void flippedBytesAreOrderedTheOtherWayRoundAndDecodedByThemselves() {
        byte[] id = DocumentId.encode("id");
        for (int first = 0; first < ORDER.size(); first++) {
            byte[] key = flipped(ORDER.get(first).get(0));
            for (int second = 0; second < ORDER.size(); second++) {
                byte[] other = flipped(ORDER.get(second).get(0));
                assertThat(Integer.signum(Arrays.compareUnsigned(key, other)))
                        .isEqualTo(Integer.compare(second, first));
                assertThat(first != second && TreeRange.prefix(key).contains(other))
                        .isFalse();
            }
            byte[] joined = new KeyEncoder().appendBytes(key).appendBytes(id).toBytes();
            KeyDecoder decoder = new KeyDecoder(joined);
            Object value = decoder.next();
            assertThat(KeyEncoder.encode(value))
                    .isEqualTo(KeyEncoder.encode(ORDER.get(first).get(0)));
            assertThat(decoder.position()).isEqualTo(key.length);
            assertThat(decoder.next()).isEqualTo("id");
            assertThat(new KeyDecoder(joined).skip().position()).isEqualTo(key.length);
        }
    }

    private static byte[] flipped(@Nullable Object value) {
        return new KeyEncoder()
                .appendBytes(KeyEncoder.encode(value))
                .invertFrom(0)
                .toBytes();
    }

    @Test
    void randomNumbersAreOrderedByExactValue() {
        Random random = new Random(7);
        List<BigDecimal> numbers = new ArrayList<>();
        for (int count = 0; count < 1500; count++) {
            BigDecimal number = new BigDecimal(new BigInteger(1 + random.nextInt(90), random), random.nextInt(40) - 20);
            if (random.nextBoolean()) {
                number = new BigDecimal(number.doubleValue());
            }
            numbers.add(random.nextBoolean() ? number.negate() : number);
            numbers.add(BigDecimal.valueOf(random.nextLong()));
        }
        List<BigDecimal> byKey = new ArrayList<>(numbers);
        byKey.sort((a, b) -> Arrays.compareUnsigned(KeyEncoder.encode(a), KeyEncoder.encode(b)));
        numbers.sort(BigDecimal::compareTo);
        for (int at = 0; at < numbers.size(); at++) {
            assertThat(byKey.get(at)).isEqualByComparingTo(numbers.get(at));
        }
    }

    @Test
    void noKeyBeginsAnother() {
        List<byte[]> keys =
                ORDER.stream().map(equal -> KeyEncoder.encode(equal.get(0))).toList();
        for (byte[] a : keys) {
            for (byte[] b : keys) {
                assertThat(a != b && TreeRange.prefix(a).contains(b)).isFalse();
            }
        }
    }

    @Test
    void valuesComeBackAndAreSkippedWhole() {
        for (List<@Nullable Object> equal : ORDER) {
            byte[] key = KeyEncoder.encode(equal.get(0));
            for (Object value : equal) {
                assertThat(KeyEncoder.encode(value)).isEqualTo(key);
            }
            assertThat(KeyEncoder.encode(KeyDecoder.decode(key))).isEqualTo(key);
            assertThat(new KeyDecoder(key).skip().position()).isEqualTo(key.length);
        }
        assertThat(KeyDecoder.decode(KeyEncoder.encode(5.0))).isEqualTo(5);
        assertThat(KeyDecoder.decode(KeyEncoder.encode(1L << 40))).isEqualTo(1L << 40);
        assertThat(KeyDecoder.decode(KeyEncoder.encode(Long.MIN_VALUE))).isEqualTo(Long.MIN_VALUE);
        assertThat(KeyDecoder.decode(KeyEncoder.encode(Long.MAX_VALUE))).isEqualTo(Long.MAX_VALUE);
        assertThat(KeyDecoder.decode(KeyEncoder.encode(0.5))).isEqualTo(0.5);
        assertThat(KeyDecoder.decode(KeyEncoder.encode(new BigDecimal("1.10")))).isEqualTo(new BigDecimal("1.1"));
    }

    @Test
    void storedValuesHaveTheSameKeysAsPlainOnes() {
        HeapFieldDictionary dictionary = new HeapFieldDictionary();
        DocumentEncoder encoder = new DocumentEncoder(dictionary);
        for (List<@Nullable Object> equal : ORDER) {
            for (Object value : equal) {
                encoder.reset();
                encoder.startObject();
                encoder.name("v");
                encoder.writeValue(value);
                encoder.endObject();
                EncodedValue stored =
                        EncodedValue.document(encoder.toBytes(), dictionary).field("v");
                assertThat(new KeyEncoder().append(stored).toBytes()).isEqualTo(KeyEncoder.encode(value));
            }
        }
    }

    @Test
    void stringPrefixesAreRanges() {
        TreeRange range = TreeRange.prefix(KeyEncoder.encodeStringPrefix("a\u0000"));
        assertThat(range.contains(KeyEncoder.encode("a\u0000"))).isTrue();
        assertThat(range.contains(KeyEncoder.encode("a\u0000b"))).isTrue();
        assertThat(range.contains(KeyEncoder.encode("a"))).isFalse();
        assertThat(range.contains(KeyEncoder.encode("a\u0001"))).isFalse();
    }

    @Test
    void hostileKeysNeverDoMoreThanThrowTheirException() {
        Random random = new Random(3);
        int malformed = 0;
        for (int round = 0; round < 50_000; round++) {
            byte[] key =
                    KeyEncoder.encode(ORDER.get(random.nextInt(ORDER.size())).get(0));
            key[random.nextInt(key.length)] = (byte) random.nextInt(256);
            try {
                KeyDecoder.decode(key);
            } catch (MalformedDocumentException expected) {
                malformed++;
            }
        }
        assertThat(malformed).isGreaterThan(10_000);
        assertThatExceptionOfType(MalformedDocumentException.class)
                .isThrownBy(() -> KeyDecoder.decode(new byte[] {0x30, 1}));
    }
}
