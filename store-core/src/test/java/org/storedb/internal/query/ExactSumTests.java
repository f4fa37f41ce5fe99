package org.storedb.internal.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.storedb.internal.document.DocumentEncoder;
import org.storedb.internal.document.EncodedValue;
import org.storedb.internal.document.HeapFieldDictionary;

class ExactSumTests {

    private static final HeapFieldDictionary DICTIONARY = new HeapFieldDictionary(5);

    @Test
    void wholeNumbersAreExactBeyondLongs() {
        assertThat(sum(1, 2L)).isEqualTo(3L);
        assertThat(sum()).isEqualTo(0L);
        assertThat(sum(Long.MAX_VALUE, 1)).isEqualTo(BigInteger.TWO.pow(63));
        assertThat(sum(Long.MAX_VALUE, 5, Long.MIN_VALUE)).isEqualTo(4L);
        assertThat(sum(Long.MIN_VALUE, Long.MIN_VALUE, BigInteger.TWO.pow(64))).isEqualTo(0L);
    }

    @Test
    void decimalsAreExact() {
        assertThat(sum(new BigDecimal("0.10"), new BigDecimal("0.2"))).isEqualTo(new BigDecimal("0.30"));
        assertThat(sum(new BigDecimal("10"), new BigDecimal("2"))).isEqualTo(new BigDecimal("12"));
        assertThat(sum(1, new BigDecimal("0"))).isEqualTo(new BigDecimal("1"));
        assertThat(sum(Long.MAX_VALUE, new BigDecimal("0.5"))).isEqualTo(new BigDecimal("9223372036854775807.5"));
    }

    @Test
    void doublesAreRoundedOnce() {
        assertThat(sum(0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1)).isEqualTo(1.0);
        assertThat(sum(1e100, 1.0, -1e100)).isEqualTo(1.0);
        assertThat(sum(1e308, 1e308, -1e308)).isEqualTo(1e308);
        assertThat(sum(1L << 53, 1.0, 1)).isEqualTo(0x1p53 + 2);
        assertThat(sum(0.5, new BigDecimal("0.25"))).isEqualTo(0.75);
        assertThat(sum(-0.0)).isEqualTo(0.0);
        assertThat(sum(Double.MAX_VALUE, Double.MAX_VALUE))
                .isEqualTo(new BigDecimal(Double.MAX_VALUE)
                        .multiply(BigDecimal.valueOf(2))
                        .stripTrailingZeros());
    }

    @Test
    void averagesAreExactToTheirDigits() {
        assertThat(of(1, 2).average()).isEqualTo(new BigDecimal("1.5"));
        assertThat(of(1, 0, 0).average()).isEqualTo(new BigDecimal("0.3333333333333333333333333333333333"));
        assertThat(of(0.5, 1).average()).isEqualTo(0.75);
        assertThat(of(Double.MAX_VALUE, Double.MAX_VALUE).average()).isEqualTo(Double.MAX_VALUE);
    }

    @Test
    void orderMakesNoDifference() {
        long seed = Long.getLong("storedb.seed", System.nanoTime());
        Random random = new Random(seed);
        for (int round = 0; round < 500; round++) {
            List<Object> numbers = new ArrayList<>();
            BigDecimal exact = BigDecimal.ZERO;
            boolean doubles = false;
            for (int count = 1 + random.nextInt(40); count > 0; count--) {
                Number number = number(random, round % 3);
                numbers.add(number);
                doubles |= number instanceof Double;
                exact = exact.add(
                        number instanceof Double
                                ? new BigDecimal(number.doubleValue())
                                : new BigDecimal(number.toString()));
            }
            Number sum = of(numbers.toArray()).sum();
            Collections.shuffle(numbers, random);
            assertThat(of(numbers.toArray()).sum()).as("seed " + seed).isEqualTo(sum);
            if (doubles && Double.isFinite(exact.doubleValue())) {
                assertThat(sum).as("seed " + seed).isEqualTo(exact.doubleValue());
            } else {
                assertThat(new BigDecimal(sum.toString())).as("seed " + seed).isEqualByComparingTo(exact);
            }
        }
    }

    private static Number number(Random random, int kind) {
        return switch (random.nextInt(kind == 0 ? 2 : kind == 1 ? 3 : 5)) {
            case 0 -> random.nextLong();
            case 1 -> new BigInteger(70, random);
            case 2 -> new BigDecimal(new BigInteger(40, random), random.nextInt(20));
            case 3 -> random.nextGaussian() * Math.pow(10, random.nextInt(40) - 20);
            default -> random.nextBoolean() ? 1.5e308 : -1.6e308;
        };
    }

    private static Number sum(Object... numbers) {
        return of(numbers).sum();
    }

    private static ExactSum of(Object... numbers) {
        ExactSum sum = new ExactSum();
        for (Object number : numbers) {
            DocumentEncoder encoder = new DocumentEncoder(DICTIONARY);
            encoder.writeValue(Map.of("x", number));
            sum.add(Objects.requireNonNull(
                    EncodedValue.document(encoder.toBytes(), DICTIONARY).field("x")));
        }
        return sum;
    }
}
