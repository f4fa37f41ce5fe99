package org.storedb.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.storedb.error.MissingLibraryException;
import org.storedb.error.UnsupportedFormatException;
import org.storedb.internal.bytes.ByteWriter;
import org.storedb.internal.bytes.MalformedBytesException;

class ValueCodecsTests {

    private static final int METHODS = 3;

    @ParameterizedTest
    @ValueSource(ints = {ValueCodecs.LZ4, ValueCodecs.ZSTD})
    void compressedBytesThatWereChangedGiveAnErrorOrAValueOfTheSameLength(int codec) {
        Random random = new Random(codec);
        byte[] value = new byte[3000];
        for (int i = 0; i < value.length; i++) {
            value[i] = (byte) random.nextInt(4);
        }
        byte[] packed = packed(codec, value);
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] bad = packed.clone();
            bad[random.nextInt(bad.length)] ^= (byte) (1 << random.nextInt(8));
            try {
                byte[] unpacked = ValueCodecs.unpack(codec, bad, 0, bad.length);
                assertThat(unpacked.length).isLessThanOrEqualTo(ValueCodecs.SMALL_BYTES * 10);
            } catch (MalformedBytesException e) {
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(1000);
    }

    @ParameterizedTest
    @ValueSource(ints = {ValueCodecs.LZ4, ValueCodecs.ZSTD})
    void cutOffBytesAreRefused(int codec) {
        byte[] packed = packed(codec, new byte[5000]);
        for (int length = 0; length < packed.length; length++) {
            int cut = length;
            assertThatExceptionOfType(MalformedBytesException.class)
                    .isThrownBy(() -> ValueCodecs.unpack(codec, packed, 0, cut));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 1L << 40, Integer.MAX_VALUE, 512L << 20, 3 << 20})
    void lengthThatNothingVouchesForIsRefusedBeforeMemoryIsTaken(long valueBytes) {
        byte[] bomb =
                new ByteWriter().putVarint(valueBytes).putBytes(new byte[100]).toByteArray();
        for (int codec = ValueCodecs.LZ4; codec < METHODS; codec++) {
            int method = codec;
            assertThatExceptionOfType(MalformedBytesException.class)
                    .isThrownBy(() -> ValueCodecs.unpack(method, bomb, 0, bomb.length))
                    .withMessageContaining("from 100 compressed bytes");
        }
    }

    @Test
    void bombMadeByTheLibraryItselfIsNotInflated() {
        byte[] zeros = new byte[64 << 20];
        byte[] frame = new byte[1 << 20];
        int bytes = ValueCodecs.codec(ValueCodecs.ZSTD).compress(zeros, frame, 0, 3);
        assertThat(bytes).isBetween(1, zeros.length / ValueCodecs.EXPANSION_MAX / 2);

        for (long declared : new long[] {zeros.length, 1000}) {
            byte[] bomb = new ByteWriter()
                    .putVarint(declared)
                    .putBytes(frame, 0, bytes)
                    .toByteArray();
            assertThatExceptionOfType(MalformedBytesException.class)
                    .isThrownBy(() -> ValueCodecs.unpack(ValueCodecs.ZSTD, bomb, 0, bomb.length));
        }
    }

    @Test
    void valueThatShrinksTooMuchToBeBelievedIsStoredAsItIs() {
        byte[] zeros = new byte[64 << 20];

        assertThat(ValueCompression.of(ValueCodecs.ZSTD, 3).pack(zeros).codec()).isEqualTo(ValueCodecs.PLAIN);
        assertThat(ValueCompression.of(ValueCodecs.LZ4, 0).pack(zeros).codec()).isEqualTo(ValueCodecs.LZ4);
    }

    @Test
    void unknownMethodIsOfANewerRelease() {
        assertThatExceptionOfType(UnsupportedFormatException.class)
                .isThrownBy(() -> ValueCodecs.unpack(METHODS, new byte[10], 0, 10))
                .withMessageContaining("newer release");
    }

    @ParameterizedTest
    @CsvSource({"1, at.yawk.lz4:lz4-java", "2, com.github.luben:zstd-jni"})
    void missingLibraryIsNamed(int codec, String library) throws IOException, ReflectiveOperationException {
        URL classes = ValueCodecs.class.getProtectionDomain().getCodeSource().getLocation();
        try (URLClassLoader loader = new URLClassLoader(new URL[] {classes}, null)) {
            Method unpack = loader.loadClass(ValueCodecs.class.getName())
                    .getMethod("unpack", int.class, byte[].class, int.class, int.class);

            assertThatExceptionOfType(InvocationTargetException.class)
                    .isThrownBy(() -> unpack.invoke(null, codec, new byte[10], 0, 10))
                    .havingCause()
                    .satisfies(cause ->
                            assertThat(cause.getClass().getName()).isEqualTo(MissingLibraryException.class.getName()))
                    .withMessageContaining(library)
                    .withMessageContaining("add it to the dependencies");
        }
    }

    private static byte[] packed(int codec, byte[] value) {
        PackedValue packed = ValueCompression.of(codec, 3).pack(value);
        assertThat(packed.codec()).isEqualTo(codec);
        assertThat(ValueCodecs.unpack(codec, packed.bytes(), 0, packed.bytes().length))
                .isEqualTo(value);
        return Arrays.copyOf(packed.bytes(), packed.bytes().length);
    }
}
