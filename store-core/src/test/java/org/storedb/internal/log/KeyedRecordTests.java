package org.storedb.internal.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.storedb.internal.bytes.ByteWriter;
import org.storedb.internal.crypto.KeyRing;
import org.storedb.internal.crypto.MasterKey;
import org.storedb.internal.io.MemoryDirectory;
import org.storedb.internal.io.ReadOnlyFile;

class KeyedRecordTests {

    private static final int[] KEY_BYTES = {1, 2, 7, 8, 9, 15, 16, 17, 24, 127, 128, 129, 300, 20_000};
    private static final int[] VALUE_BYTES = {0, 1, 121, 122, 123, 124, 20_000};
    private static final int END = Integer.MAX_VALUE;

    private final Random random = new Random(1);
    private final MemoryDirectory directory = new MemoryDirectory();
    private final SegmentedLog log = TestLogs.open(directory);

    @Test
    void recordOfEachShapeIsFoundByItsKeyAlone() throws IOException {
        for (int keyBytes : KEY_BYTES) {
            for (int valueBytes : VALUE_BYTES) {
                byte[] key = bytes(keyBytes);
                FrameBody body = random.nextBoolean() ? FrameBody.ofCommit() : FrameBody.ofRelocation();
                add(body, bytes(3), 5);
                add(body, key, valueBytes);
                append(body);
                int start = KeyedRecord.start(keyBytes, body.recordOffset(1), body.recordBytes(1));

                long found = KeyedRecord.find(log.active(), start, log.active().bytes(), key);
                assertThat(KeyedRecord.offset(found)).isEqualTo(body.recordOffset(1));
                assertThat(KeyedRecord.length(found)).isEqualTo(body.recordBytes(1));
                assertThat(KeyedRecord.find(log.active(), start, log.active().bytes(), changed(key)))
                        .isEqualTo(KeyedRecord.NONE);
                assertThat(KeyedRecord.find(log.active(), start, log.active().bytes(), bytes(keyBytes + 1)))
                        .isEqualTo(KeyedRecord.NONE);
            }
        }
    }

    @Test
    void recordThatTakesThePlaceOfANotedOneIsFound() throws IOException {
        byte[] key = bytes(16);
        FrameBody body = FrameBody.ofCommit();
        add(body, key, 100);
        body.setPrevious(0, new RecordLocation(3, 70_000, 500, 1L << 40));
        append(body);
        int start = KeyedRecord.start(16, body.recordOffset(0), body.recordBytes(0));

        long found = KeyedRecord.find(log.active(), start, log.active().bytes(), key);
        assertThat(KeyedRecord.offset(found)).isEqualTo(body.recordOffset(0));
        assertThat(KeyedRecord.length(found)).isEqualTo(body.recordBytes(0));
    }

    @Test
    void recordBehindTheEndIsNotThere() throws IOException {
        byte[] key = bytes(16);
        FrameBody body = FrameBody.ofCommit();
        add(body, key, 100);
        append(body);
        int start = KeyedRecord.start(16, body.recordOffset(0), body.recordBytes(0));
        int end = body.recordOffset(0) + body.recordBytes(0);

        assertThat(KeyedRecord.find(log.active(), start, end, key)).isNotEqualTo(KeyedRecord.NONE);
        for (int earlier = start; earlier < end; earlier++) {
            assertThat(KeyedRecord.find(log.active(), start, earlier, key)).isEqualTo(KeyedRecord.NONE);
        }
    }

    @Test
    void encryptedRecordIsNotFound() throws IOException {
        KeyRing keys = new KeyRing(new MasterKey("test", new byte[MasterKey.KEY_BYTES]), List.of(), false, random);
        SegmentedLog encrypted =
                TestLogs.open(new MemoryDirectory(), LogEncryption.with(keys), new TestLogs.Reader(null));
        byte[] key = "key".getBytes(UTF_8);
        FrameBody body = FrameBody.ofCommit();
        add(body, key, 10);
        encrypted.append(1, body);
        encrypted.flush();

        Segment segment = encrypted.active();
        for (int start = 0; start < segment.bytes(); start++) {
            assertThat(KeyedRecord.find(segment, start, segment.bytes(), key)).isEqualTo(KeyedRecord.NONE);
        }
    }

    /** What is found in damaged bytes lies within them; whether it is right, its checksum says. */
    @Test
    void damagedBytesLeadNowhere() throws IOException {
        byte[] key = {0, 0, 0};
        for (int round = 0; round < 20_000; round++) {
            ByteWriter written = new ByteWriter().putLengthAndBytes(key);
            for (int i = random.nextInt(8); i > 0; i--) {
                written.putByte(random.nextInt(256) | (random.nextInt(4) == 0 ? 0 : 0x80));
            }
            byte[] content = written.toByteArray();
            int end = random.nextInt(content.length + 1);
            long found = KeyedRecord.find(segment(content), 0, end, key);
            if (found != KeyedRecord.NONE) {
                assertThat(KeyedRecord.offset(found)).isBetween(key.length + 2, end);
                assertThat(KeyedRecord.length(found)).isBetween(1, end - KeyedRecord.offset(found));
            }
        }
        assertThat(KeyedRecord.find(segment(new byte[] {3, 0, 0, 0, 1, 9}), 0, 6, key))
                .isEqualTo(5L << 32 | 1);
        assertThat(KeyedRecord.find(segment(new byte[] {3, 0, 0, 0, 0, 9}), 0, 6, key))
                .isEqualTo(KeyedRecord.NONE);
    }

    private static Segment segment(byte[] content) {
        return new Segment(1, new Bytes(content), SegmentCipher.NONE, END, true);
    }

    private void append(FrameBody body) throws IOException {
        if (!log.hasRoomFor(body)) {
            log.roll(1, log.bytesOf(body));
        }
        log.append(1, body);
        log.flush();
    }

    private void add(FrameBody body, byte[] key, int valueBytes) {
        RecordFormat.Content content = RecordFormat.Content.of(3, 0, bytes(valueBytes));
        if (body.kind() == FrameKind.COMMIT) {
            body.put(1, key, content);
        } else {
            body.relocatePut(1, random.nextInt(1 << 20), key, content);
        }
    }

    private byte[] changed(byte[] key) {
        byte[] other = key.clone();
        other[random.nextInt(other.length)] ^= (byte) (1 << random.nextInt(8));
        return other;
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    /** A file with some content. */
    private static final class Bytes extends ReadOnlyFile {

        private final byte[] content;

        Bytes(byte[] content) {
            this.content = content;
        }

        @Override
        public void read(long position, byte[] target, int offset, int length) throws IOException {
            if (position + length > content.length) {
                throw new EOFException();
            }
            System.arraycopy(content, (int) position, target, offset, length);
        }

        @Override
        public long size() {
            return content.length;
        }

        @Override
        public void close() {}
    }
}
