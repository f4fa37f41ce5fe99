package org.storedb.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import org.storedb.error.UnsupportedFormatException;
import org.storedb.internal.bytes.MalformedBytesException;
import org.storedb.internal.codec.PackedValue;
import org.storedb.internal.codec.ValueCodecs;
import org.storedb.internal.codec.ValueCompression;

/** Values as they are stored, by each method of compression: anything is unpacked, and what is packed comes back. */
public final class DecompressorTarget {

    private static final int CODECS = 4;
    private static final int LEVEL = 3;
    private static final long SMALL_BYTES = 1 << 20;
    private static final long EXPANSION_MAX = 4096;

    private DecompressorTarget() {}

    public static void fuzzerTestOneInput(byte[] data) {
        FuzzInput input = new FuzzInput(data);
        int codec = input.nextByte() % CODECS;
        byte[] bytes = input.nextBytes(data.length);
        try {
            byte[] value = ValueCodecs.unpack(codec, bytes, 0, bytes.length);
            assertThat((long) value.length).isLessThanOrEqualTo(SMALL_BYTES + EXPANSION_MAX * bytes.length);
        } catch (MalformedBytesException | UnsupportedFormatException e) {
            assertThat(e).hasMessageMatching("(?s).{5,}");
        }
        if (codec <= ValueCodecs.ZSTD) {
            PackedValue packed = ValueCompression.of(codec, LEVEL).pack(bytes);
            assertThat(ValueCodecs.unpack(packed.codec(), packed.bytes(), 0, packed.bytes().length))
                    .isEqualTo(bytes);
        }
    }
}
