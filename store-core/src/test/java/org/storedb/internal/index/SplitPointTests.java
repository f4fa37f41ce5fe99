package org.storedb.internal.index;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SplitPointTests {

    @Test
    void separatorIsTheShortestKeyBetween() {
        assertThat(separator("apple", "banana")).isEqualTo("b");
        assertThat(separator("banana", "bandana")).isEqualTo("band");
        assertThat(separator("band", "bandana")).isEqualTo("banda");
        assertThat(separator("", "a")).isEqualTo("a");
    }

    @Test
    void keysOfOneLengthAreSplitInTheMiddle() {
        assertThat(split(1, 0, "a1111", "b2222", "c3333", "d4444")).isEqualTo(2);
    }

    @Test
    void strangerIsSplitOff() {
        String common = "x".repeat(100);

        assertThat(split(1, 0, "a", common + 1, common + 2, common + 3)).isEqualTo(1);
        assertThat(split(1, 0, common + 1, common + 2, common + 3, "z")).isEqualTo(3);
    }

    @Test
    void eachPartKeepsEnoughKeysAndTheDroppedOneIsInNeither() {
        String common = "x".repeat(100);

        assertThat(split(2, 1, "a", common + 1, common + 2, common + 3, common + 4, common + 5))
                .isEqualTo(2);
        assertThat(split(1, 1, common + 1, "y", common.replace('x', 'z'))).isEqualTo(1);
    }

    private static String separator(String below, String from) {
        return new String(SplitPoint.separator(below.getBytes(US_ASCII), from.getBytes(US_ASCII)), US_ASCII);
    }

    private static int split(int atLeast, int dropped, String... keys) {
        byte[][] bytes = Arrays.stream(keys).map(key -> key.getBytes(US_ASCII)).toArray(byte[][]::new);
        return SplitPoint.byBytes(bytes, atLeast, dropped);
    }
}
