package org.storedb.internal.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.storedb.error.LimitExceededException;
import org.storedb.internal.bytes.ByteWriter;
import org.storedb.internal.bytes.MalformedBytesException;
import org.storedb.internal.crypto.KeyRing;
import org.storedb.internal.crypto.MasterKey;
import org.storedb.internal.io.MemoryDirectory;
import org.storedb.storage.StorageFile;

/** Below the checksums: whoever can repair those can still not make a store answer with what was not written there. */
class EncryptedFrameTests {

    private static final UUID STORE = new UUID(1, 2);
    private static final int OFFSET = 1000;
    private static final long SEQUENCE = 77;
    private static final long SALT = 5;

    private final LogEncryption encryption = LogEncryption.with(
            new KeyRing(new MasterKey("test", new byte[MasterKey.KEY_BYTES]), List.of(), false, new Random(1)));
    private final Segment segment = segment(1);
    private final FrameBody body = FrameBody.ofCommit();
    private final byte[] encoded = encode();

    @Test
    void lengthIsKnownBefore() {
        assertThat(encoded).hasSize(body.bytes(true));
        ByteWriter plain = new ByteWriter();
        body.write(plain, SegmentCipher.NONE, 0, OFFSET, SEQUENCE);
        assertThat(plain.size()).isEqualTo(body.bytes(false));
    }

    @Test
    void operationsAndRecordsAreRead() {
        List<String> read = new ArrayList<>();
        OperationFormat.forEach(frame(encoded, FrameKind.COMMIT, SEQUENCE), new OperationFormat.OperationConsumer() {
            @Override
            public void put(int treeId, long sequence, byte[] key, int recordOffset, int recordLength) {
                byte[] record =
                        Arrays.copyOfRange(encoded, recordOffset - OFFSET, recordOffset - OFFSET + recordLength);
                RecordFormat.Content content =
                        Objects.requireNonNull(RecordFormat.read(segment, recordOffset, sequence, key, record));
                String value = new String(content.bytes(), content.offset(), content.length(), UTF_8);
                read.add(treeId + " " + new String(key, UTF_8) + " " + content.revision() + " " + value);
            }

            @Override
            public void delete(int treeId, long sequence, byte[] key) {
                read.add(treeId + " " + new String(key, UTF_8) + " deleted");
            }
        });

        assertThat(read).containsExactly("3 one 0 first value", "300 two deleted", "4 three 9 ");
    }

    @Test
    void everyFlippedBitOfTheOperationsIsNoticed() {
        for (int bit = 0; bit < Byte.SIZE * (body.recordOffset(0) - OFFSET); bit++) {
            byte[] bad = flipped(encoded, bit);
            assertMalformed(frame(bad, FrameKind.COMMIT, SEQUENCE));
        }
    }

    @Test
    void operationsBelongToTheirFrame() {
        assertMalformed(frame(encoded, FrameKind.COMMIT, SEQUENCE + 1));
        assertMalformed(frame(encoded, FrameKind.RELOCATION, SEQUENCE));
        assertMalformed(frame(encoded, FrameKind.COMMIT, SEQUENCE, 2, OFFSET, segment.cipher()));
        assertMalformed(frame(encoded, FrameKind.COMMIT, SEQUENCE, 3, OFFSET + 1, segment.cipher()));
        assertMalformed(
                frame(encoded, FrameKind.COMMIT, SEQUENCE, 3, OFFSET, segment(2).cipher()));
    }

    @Test
    void nothingMayStandBehindTheLastRecord() {
        assertMalformed(frame(Arrays.copyOf(encoded, encoded.length + 1), FrameKind.COMMIT, SEQUENCE));
        assertMalformed(frame(Arrays.copyOf(encoded, encoded.length - 1), FrameKind.COMMIT, SEQUENCE));
    }

    @Test
    void dataKeyStandsBetweenHeaderAndFrames() {
        assertThat(segment.cipher().headerBytes()).isEqualTo(LogFormat.SEGMENT_HEADER_BYTES_MAX);
        assertThat(SegmentCipher.NONE.headerBytes()).isEqualTo(LogFormat.SEGMENT_HEADER_BYTES);
    }

    @Test
    void everyFlippedBitOfARecordIsNoticed() {
        byte[] record = record(0);
        for (int bit = 0; bit < Byte.SIZE * record.length; bit++) {
            assertThat(read(0, "one", flipped(record, bit))).isNull();
        }
        for (int length = 0; length < record.length; length++) {
            assertThat(read(0, "one", Arrays.copyOf(record, length))).isNull();
        }
    }

    @Test
    void recordBelongsToItsKeyItsCommitItsPlaceAndItsSegment() {
        byte[] record = record(0);
        int offset = body.recordOffset(0);
        byte[] key = "one".getBytes(UTF_8);

        assertThat(RecordFormat.read(segment, offset, SEQUENCE, key, record)).isNotNull();
        assertThat(read(0, "two", record)).isNull();
        assertThat(RecordFormat.read(segment, offset, SEQUENCE + 1, key, record))
                .isNull();
        assertThat(RecordFormat.read(segment, offset + 1, SEQUENCE, key, record))
                .isNull();
        assertThat(RecordFormat.read(segment(2), offset, SEQUENCE, key, record)).isNull();
    }

    @Test
    void transactionThatDoesNotFitAnyFrameIsRefused() {
        FrameBody huge = FrameBody.ofCommit();
        byte[] value = new byte[300 << 20];
        for (int i = 0; i < 6; i++) {
            huge.put(1, new byte[] {(byte) i}, RecordFormat.Content.of(0, 0, value));
        }
        huge.requireBounded();
        huge.put(1, new byte[] {7}, RecordFormat.Content.of(0, 0, value));

        assertThatExceptionOfType(LimitExceededException.class)
                .isThrownBy(huge::requireBounded)
                .withMessageContaining("split it");
    }

    private byte[] encode() {
        body.put(3, "one".getBytes(UTF_8), RecordFormat.Content.of(0, 0, "first value".getBytes(UTF_8)));
        body.delete(300, "two".getBytes(UTF_8));
        body.put(4, "three".getBytes(UTF_8), RecordFormat.Content.of(9, 0, new byte[0]));
        ByteWriter target = new ByteWriter();
        body.write(target, segment.cipher(), SALT, OFFSET, SEQUENCE);
        return target.toByteArray();
    }

    private RecordFormat.@Nullable Content read(int operation, String key, byte[] record) {
        return RecordFormat.read(segment, body.recordOffset(operation), SEQUENCE, key.getBytes(UTF_8), record);
    }

    private byte[] record(int operation) {
        int start = body.recordOffset(operation) - OFFSET;
        return Arrays.copyOfRange(encoded, start, start + body.recordBytes(operation));
    }

    private Frame frame(byte[] bytes, FrameKind kind, long sequence) {
        return frame(bytes, kind, sequence, body.operations(), OFFSET, segment.cipher());
    }

    private static Frame frame(
            byte[] bytes, FrameKind kind, long sequence, int operations, int bodyOffset, SegmentCipher cipher) {
        return TestFrames.of(kind, sequence, operations, bytes, bodyOffset, cipher);
    }

    private static void assertMalformed(Frame frame) {
        assertThatExceptionOfType(MalformedBytesException.class)
                .isThrownBy(() -> OperationFormat.forEach(frame, new OperationFormat.OperationConsumer() {
                    @Override
                    public void put(int treeId, long sequence, byte[] key, int recordOffset, int recordLength) {}

                    @Override
                    public void delete(int treeId, long sequence, byte[] key) {}
                }));
    }

    private static byte[] flipped(byte[] bytes, int bit) {
        byte[] bad = bytes.clone();
        bad[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
        return bad;
    }

    private Segment segment(int id) {
        return new Segment(id, file(), encryption.begin(STORE, id), 0, false);
    }

    private static StorageFile file() {
        try {
            return new MemoryDirectory().create("test", 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
