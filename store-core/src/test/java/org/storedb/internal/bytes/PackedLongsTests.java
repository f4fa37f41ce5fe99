package org.storedb.internal.bytes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PackedLongsTests {

    @Test
    void numbersOfAnySizeAreReadAsTheyWereWritten() {
        Random random = new Random(1);
        for (int bits = 0; bits <= Long.SIZE; bits++) {
            for (int count : new int[] {0, 1, 2, 3, 7, 8, 64, 100}) {
                long base = random.nextLong() >> random.nextInt(Long.SIZE);
                long[] values = new long[count];
                for (int i = 0; i < count; i++) {
                    values[i] = base + (bits == 0 ? 0 : random.nextLong() >>> (Long.SIZE - bits));
                }
                assertThat(read(written(values), count))
                        .as("%d of %d bits", count, bits)
                        .isEqualTo(values);
            }
        }
    }

    @Test
    void extremesAreReadAsTheyWereWritten() {
        long[] values = {Long.MIN_VALUE, Long.MAX_VALUE, 0, -1, 1};

        assertThat(read(written(values), values.length)).isEqualTo(values);
    }

    @Test
    void numbersThatAreNearEachOtherTakeTheBitsOfTheirDifferences() {
        long[] same = new long[64];
        Arrays.fill(same, 1L << 40);
        long[] near = same.clone();
        near[5] += 7;

        assertThat(written(same)).hasSizeLessThanOrEqualTo(8);
        assertThat(written(near)).hasSizeLessThanOrEqualTo(8 + 64 * 3 / 8);
    }

    @Test
    void whatIsCutOffOrImpossibleIsRefused() {
        byte[] written = written(new long[] {1, 2, 1L << 60});
        for (int length = 0; length < written.length; length++) {
            byte[] cut = Arrays.copyOf(written, length);
            assertThatThrownBy(() -> read(cut, 3)).isInstanceOf(MalformedBytesException.class);
        }
        assertThatThrownBy(() -> read(new byte[] {65, 0}, 0)).isInstanceOf(MalformedBytesException.class);
        assertThatThrownBy(() -> read(new byte[] {64, 0}, Integer.MAX_VALUE))
                .isInstanceOf(MalformedBytesException.class);
    }

    private static byte[] written(long[] values) {
        ByteWriter target = new ByteWriter();
        PackedLongs.write(target, values, values.length);
        return target.toByteArray();
    }

    private static long[] read(byte[] bytes, int count) {
        long[] values = new long[Math.min(count, 1000)];
        ByteReader source = new ByteReader(bytes);
        PackedLongs.read(source, values, count);
        assertThat(source.remaining()).isZero();
        return values;
    }
}
