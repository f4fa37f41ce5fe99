package org.storedb.internal.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.storedb.internal.bytes.ByteWriter;
import org.storedb.internal.io.MemoryDirectory;
import org.storedb.storage.StorageFile;

/** The ways to read a record: in one copy, by its head, as a whole, and out of a copy of many. */
class RecordFormatTests {

    private static final byte[] KEY = {1, 2, 3};
    private static final int BEFORE = 11;

    /** The last revision in a tag of one byte, the first in one of two bytes, and so on. */
    @ParameterizedTest
    @ValueSource(longs = {0, 15, 16, (1 << 11) - 1, 1 << 11, (1 << 18) - 1, 1 << 18, (1 << 25) - 1})
    void valueIsReadBehindItsHead(long revision) throws IOException {
        for (int codec = 0; codec < 4; codec++) {
            for (int valueBytes : new int[] {0, 1, 2, 3, 4, 5, 100, 70_000}) {
                byte[] value = value(valueBytes);
                byte[] record = record(revision, codec, value);
                Segment segment = segment(record);

                long head = RecordFormat.readHead(segment, BEFORE, record.length);

                assertThat(RecordFormat.hasTag(head)).isTrue();
                assertThat(RecordFormat.revision(head)).isEqualTo(revision);
                assertThat(RecordFormat.codec(head)).isEqualTo(codec);
                assertThat(RecordFormat.readValue(segment, BEFORE, record.length, KEY, head))
                        .isEqualTo(value);
            }
        }
    }

    /** Among other bytes, as in a copy of many records. */
    @ParameterizedTest
    @ValueSource(longs = {0, 15, 16, 1 << 11, 1 << 25, Long.MAX_VALUE >>> 3})
    void plainValueIsReadWhereItStands(long revision) {
        for (int valueBytes : new int[] {0, 1, 100}) {
            byte[] value = value(valueBytes);
            byte[] record = record(revision, 0, value);
            assertThat(plainValue(record, record.length)).isEqualTo(value);
            for (int length = 0; length < record.length; length++) {
                assertThat(plainValue(record, length)).isNull();
            }
            for (int bit = 0; bit < Byte.SIZE * record.length; bit++) {
                byte[] bad = record.clone();
                bad[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
                assertThat(plainValue(bad, bad.length)).isNull();
            }
        }
    }

    @Test
    void compressedAndExpiringValuesAreNotPlain() {
        byte[] compressed = record(3, 1, value(20));
        assertThat(plainValue(compressed, compressed.length)).isNull();
        ByteWriter target = new ByteWriter();
        RecordFormat.write(target, KEY, RecordFormat.Content.of(3, 0, new RecordExpiry(1000, 0), value(20)));
        byte[] expiring = target.toByteArray();
        assertThat(plainValue(expiring, expiring.length)).isNull();
    }

    private static byte @Nullable [] plainValue(byte[] record, int length) {
        byte[] among = new byte[BEFORE + record.length + BEFORE];
        Arrays.fill(among, (byte) 0x55);
        System.arraycopy(record, 0, among, BEFORE, record.length);
        return RecordFormat.plainValue(KEY, among, BEFORE, length);
    }

    @ParameterizedTest
    @ValueSource(longs = {1 << 25, 1L << 40, Long.MAX_VALUE >>> 3})
    void longTagIsNotInTheHead(long revision) throws IOException {
        byte[] value = value(20);
        byte[] record = record(revision, 1, value);
        Segment segment = segment(record);

        assertThat(RecordFormat.hasTag(RecordFormat.readHead(segment, BEFORE, record.length)))
                .isFalse();
        assertThat(readWhole(segment, record.length))
                .satisfies(content -> assertThat(content.revision()).isEqualTo(revision))
                .satisfies(content -> assertThat(content.codec()).isEqualTo(1));
    }

    @Test
    void everyFlippedBitIsNoticed() throws IOException {
        for (int valueBytes : new int[] {0, 1, 3, 40}) {
            byte[] record = record(40, 0, value(valueBytes));
            for (int bit = 0; bit < Byte.SIZE * record.length; bit++) {
                byte[] bad = record.clone();
                bad[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
                assertThat(read(segment(bad), bad.length, KEY)).isNull();
            }
        }
    }

    @Test
    void everyOtherLengthIsNoticed() throws IOException {
        byte[] record = record(40, 0, value(12));
        Segment segment = segment(record);
        for (int length = 0; length < record.length; length++) {
            assertThat(read(segment, length, KEY)).isNull();
        }
    }

    @Test
    void recordOfAnotherKeyDoesNotVerify() throws IOException {
        byte[] record = record(0, 0, value(12));
        assertThat(read(segment(record), record.length, KEY)).isNotNull();
        assertThat(read(segment(record), record.length, new byte[] {1, 2, 4})).isNull();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 127, 128, 1_790_000_000_000L, Long.MAX_VALUE})
    void expiryIsInTheRecord(long millis) throws IOException {
        for (long slidingMillis : new long[] {0, 1, 1_800_000}) {
            RecordExpiry expiry = new RecordExpiry(millis, slidingMillis);
            ByteWriter target = new ByteWriter();
            RecordFormat.write(target, KEY, RecordFormat.Content.of(7, 2, expiry, value(9)));
            byte[] record = target.toByteArray();
            Segment segment = segment(record);

            assertThat(RecordFormat.hasTag(RecordFormat.readHead(segment, BEFORE, record.length)))
                    .isFalse();
            RecordFormat.Content content = Objects.requireNonNull(readWhole(segment, record.length));
            assertThat(content.expiry()).isEqualTo(expiry);
            assertThat(content.revision()).isEqualTo(7);
            assertThat(content.codec()).isEqualTo(2);
            assertThat(Arrays.copyOfRange(content.bytes(), content.offset(), content.offset() + content.length()))
                    .isEqualTo(value(9));
            assertThat(RecordFormat.recordBytes(content, false)).isEqualTo(record.length);
        }
    }

    /** As a reader of values does it. */
    private static byte @Nullable [] read(Segment segment, int length, byte[] key) throws IOException {
        long head = RecordFormat.readHead(segment, BEFORE, length);
        if (RecordFormat.hasTag(head)) {
            return RecordFormat.readValue(segment, BEFORE, length, key, head);
        }
        RecordFormat.Content content = RecordFormat.read(segment, BEFORE, 1, key, segment.read(BEFORE, length));
        return content == null ? null : content.bytes();
    }

    private static RecordFormat.@Nullable Content readWhole(Segment segment, int length) throws IOException {
        return RecordFormat.read(segment, BEFORE, 1, KEY, segment.read(BEFORE, length));
    }

    private static byte[] value(int bytes) {
        byte[] value = new byte[bytes];
        new Random(bytes).nextBytes(value);
        return value;
    }

    private static byte[] record(long revision, int codec, byte[] value) {
        ByteWriter target = new ByteWriter();
        RecordFormat.write(target, KEY, RecordFormat.Content.of(revision, codec, value));
        return target.toByteArray();
    }

    /** A segment that ends with this record. */
    private static Segment segment(byte[] record) throws IOException {
        StorageFile file = new MemoryDirectory().create("segment", 0);
        file.write(0, new byte[BEFORE], 0, BEFORE);
        file.write(BEFORE, record, 0, record.length);
        return new Segment(1, file, SegmentCipher.NONE, BEFORE + record.length, true);
    }
}
