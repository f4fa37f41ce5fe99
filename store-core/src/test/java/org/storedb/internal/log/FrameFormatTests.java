package org.storedb.internal.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.storedb.internal.bytes.ByteWriter;

class FrameFormatTests {

    private static final UUID STORE = new UUID(1, 2);
    private static final int SEGMENT = 3;
    private static final long CREATED = 1_700_000_000_000L;
    private static final int PREVIOUS = 0x1234_5678;
    private static final int OFFSET = 1_000;

    private final FrameEncoder encoder = new FrameEncoder(STORE, SEGMENT, CREATED, PREVIOUS, CREATED);
    private final FrameDecoder decoder = new FrameDecoder(STORE, SEGMENT, CREATED);
    private final ByteWriter written = new ByteWriter();

    @Test
    void singlePutOfAMillionTakesFifteenBytesMoreThanItsKeyAndValue() {
        FrameBody body = put(new byte[16], new byte[100]);
        assertThat(write(999_999, CREATED, 0, body).frameBytes())
                .as("with sequence")
                .isEqualTo(16 + 100 + 18);
        FrameHeader header = write(1_000_000, CREATED, 0, body);

        assertThat(header.frameBytes()).isEqualTo(16 + 100 + 15);
        assertThat(header.frameBytes()).isEqualTo(written.size());
        assertThat(header.isSinglePut()).isTrue();
        assertThat(decoder.isBodyOf(header, written.array(), 0)).isTrue();
    }

    @Test
    void singlePutIsReadAsItsOperation() {
        FrameBody body = put(new byte[] {'k', 'e', 'y'}, new byte[] {'v'});
        FrameHeader header = write(7, CREATED, 0, body);
        List<String> read = new ArrayList<>();
        Frame frame = new Frame(header, 7, CREATED, OFFSET, written.toByteArray(), 0, SegmentCipher.NONE);
        OperationFormat.forEach(frame, new OperationFormat.OperationConsumer() {
            @Override
            public void put(int treeId, long sequence, byte[] key, int recordOffset, int recordLength) {
                read.add(treeId + " " + sequence + " " + new String(key, UTF_8) + " " + recordOffset + " "
                        + recordLength);
            }

            @Override
            public void delete(int treeId, long sequence, byte[] key) {}
        });

        assertThat(read).containsExactly("5 7 key " + body.recordOffset(0) + " " + body.recordBytes(0));
    }

    @Test
    void onlyACommitOfOnePutIsLaidOutAsOne() {
        FrameBody two = put(new byte[] {1}, new byte[] {2});
        two.put(5, new byte[] {2}, RecordFormat.Content.of(0, 0, new byte[] {3}));
        FrameBody delete = FrameBody.ofCommit();
        delete.delete(5, new byte[] {1});
        FrameBody copy = FrameBody.ofRelocation();
        copy.relocatePut(5, 1, new byte[] {1}, RecordFormat.Content.of(0, 0, new byte[] {3}));
        for (FrameBody body : List.of(two, delete, copy)) {
            FrameHeader header = write(1, CREATED, 0, body);
            assertThat(header.isSinglePut()).isFalse();
            assertThat(header.kind()).isEqualTo(body.kind());
            assertThat(header.operations()).isEqualTo(body.operations());
            assertThat(decoder.isBodyOf(header, written.array(), 0)).isTrue();
        }
    }

    @Test
    void everyFlippedBitOfAFrameIsNoticed() {
        for (FrameBody body : List.of(put(new byte[3], new byte[9]), FrameBody.ofCommit())) {
            FrameHeader whole = write(9, CREATED + 5, 40, body);
            byte[] bytes = written.toByteArray();
            for (int bit = 0; bit < Byte.SIZE * bytes.length; bit++) {
                bytes[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
                FrameHeader header = decoder.header(bytes, 0, bytes.length, OFFSET);
                boolean isThere = header != null && decoder.isBodyOf(header, bytes, 0);
                assertThat(isThere).as("bit %d", bit).isFalse();
                assertThat(header == null).isEqualTo(bit < Byte.SIZE * whole.bytes());
                bytes[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            }
        }
    }

    @Test
    void frameIsBoundToStoreSegmentAndPlace() {
        write(9, CREATED, 0, put(new byte[3], new byte[9]));

        assertThat(read(new FrameDecoder(STORE, SEGMENT, CREATED), OFFSET)).isNotNull();
        assertThat(read(new FrameDecoder(STORE, SEGMENT, CREATED), OFFSET + 1)).isNull();
        assertThat(read(new FrameDecoder(STORE, SEGMENT + 1, CREATED), OFFSET)).isNull();
        assertThat(read(new FrameDecoder(new UUID(1, 3), SEGMENT, CREATED), OFFSET))
                .isNull();
    }

    @Test
    void headerThatIsCutOffIsNone() {
        FrameHeader header = write(9, CREATED + 5, 40, put(new byte[3], new byte[9]));
        for (int end = 0; end < header.bytes(); end++) {
            assertThat(decoder.header(written.array(), 0, end, OFFSET)).isNull();
        }
        assertThat(decoder.header(written.array(), 0, header.bytes(), OFFSET)).isNotNull();
    }

    @Test
    void frameIsLinkedToTheOneBefore() {
        FrameHeader first = write(1, CREATED, 0, put(new byte[3], new byte[9]));
        FrameHeader second = write(2, CREATED, 0, put(new byte[3], new byte[9]));

        assertThat(first.link()).isEqualTo(0x5678);
        assertThat(second.link()).isEqualTo(FrameFormat.link(first.checksum()));
    }

    @Test
    void sequenceIsGivenUnlessItIsTheNextInTheSameBlock() {
        FrameBody single = put(new byte[3], new byte[9]);
        FrameBody delete = FrameBody.ofCommit();
        delete.delete(5, new byte[] {1});

        assertThat(headerAt(100, 7, single).hasSequence()).as("the first").isTrue();
        assertThat(headerAt(200, 8, single).hasSequence()).isFalse();
        assertThat(headerAt(300, 9, single).hasSequence()).isFalse();
        assertThat(headerAt(400, 11, single).sequence()).as("not the next").isEqualTo(11);
        assertThat(headerAt(500, 12, delete).sequence()).as("no single put").isEqualTo(12);
        assertThat(headerAt(600, 13, single).hasSequence()).isFalse();
        assertThat(headerAt(FrameFormat.BLOCK_BYTES, 14, single).sequence())
                .as("another block")
                .isEqualTo(14);
        encoder.restart(PREVIOUS);
        assertThat(headerAt(FrameFormat.BLOCK_BYTES + 100, 15, single).sequence())
                .as("behind a cut")
                .isEqualTo(15);
    }

    private FrameHeader headerAt(int offset, long sequence, FrameBody body) {
        written.reset(Integer.MAX_VALUE);
        encoder.write(written, offset, sequence, CREATED, 0, body, SegmentCipher.NONE, 0);
        return Objects.requireNonNull(read(decoder, offset));
    }

    @Test
    void timeIsGivenWhenItHasChanged() {
        FrameBody body = put(new byte[3], new byte[9]);
        assertThat(write(10, CREATED, 0, body).timeMillis()).isEqualTo(FrameFormat.UNKNOWN_TIME);
        int without = written.size();
        assertThat(write(20, CREATED + 1, 0, body).timeMillis()).isEqualTo(CREATED + 1);
        assertThat(written.size()).isEqualTo(without + 1);
        assertThat(write(30, CREATED + 1, 0, body).timeMillis()).isEqualTo(FrameFormat.UNKNOWN_TIME);
        for (long time : new long[] {CREATED - 1, 0, -1, Long.MAX_VALUE, CREATED}) {
            assertThat(write(40, time, 0, body).timeMillis()).isEqualTo(time);
        }
    }

    @Test
    void whatIsDurableIsSaidWhenItHasChanged() {
        FrameBody body = put(new byte[3], new byte[9]);
        assertThat(write(10, CREATED, 0, body).durableUpTo()).isZero();
        int without = written.size();
        assertThat(write(20, CREATED, OFFSET, body).durableUpTo()).isEqualTo(OFFSET);
        assertThat(written.size()).isEqualTo(without);
        assertThat(write(30, CREATED, OFFSET, body).durableUpTo()).isZero();
        assertThat(write(40, CREATED, OFFSET - 7, body).durableUpTo()).isEqualTo(OFFSET - 7);
        assertThat(written.size()).isEqualTo(without + 1);
    }

    @Test
    void framesBehindACutSayEverythingAnew() {
        FrameBody body = put(new byte[3], new byte[9]);
        write(1, CREATED + 9, 64, body);
        encoder.restart(PREVIOUS);
        FrameHeader again = write(1, CREATED + 9, 64, body);

        assertThat(again.timeMillis()).isEqualTo(CREATED + 9);
        assertThat(again.durableUpTo()).isEqualTo(64);
        assertThat(again.link()).isEqualTo(0x5678);
    }

    @Test
    void longestHeaderHasRoom() {
        FrameBody body = FrameBody.ofCommit();
        body.put(Integer.MAX_VALUE, new byte[1 << 14], RecordFormat.Content.of(0, 0, new byte[1 << 22]));
        FrameHeader header = write(Long.MAX_VALUE, Long.MIN_VALUE + 1, 1, body);

        int keyBytes = header.keyBytes();
        assertThat(keyBytes).isEqualTo(1 << 14);
        assertThat(header.bytes() - keyBytes)
                .isBetween(
                        FrameFormat.HEADER_BYTES_LEAST,
                        FrameFormat.SINGLE_PUT_HEADER_BYTES_MAX - FrameFormat.KEY_BYTES_MAX);
        assertThat(header.sequence()).isEqualTo(Long.MAX_VALUE);
        assertThat(header.treeId()).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void footerTellsItsOwnLengthAtItsEnd() {
        encoder.writeFooter(written, OFFSET, 5, CREATED + 1_000_000, 17, SegmentFigures.NONE);

        assertThat(written.array()[written.size() - 1]).isEqualTo((byte) written.size());
        assertThat(written.size()).isLessThanOrEqualTo(FrameFormat.FOOTER_BYTES_MAX);
        assertThat(FrameFormat.FOOTER_BYTES_MAX).isLessThan(1 << Byte.SIZE);
    }

    private FrameHeader write(long sequence, long timeMillis, int durableUpTo, FrameBody body) {
        written.reset(Integer.MAX_VALUE);
        encoder.write(written, OFFSET, sequence, timeMillis, durableUpTo, body, SegmentCipher.NONE, 0);
        FrameHeader header = Objects.requireNonNull(read(decoder, OFFSET));
        assertThat(header.hasSequence() ? header.sequence() : sequence).isEqualTo(sequence);
        return header;
    }

    private @Nullable FrameHeader read(FrameDecoder reader, int offset) {
        return reader.header(written.array(), 0, written.size(), offset);
    }

    private static FrameBody put(byte[] key, byte[] value) {
        FrameBody body = FrameBody.ofCommit();
        body.put(5, key, RecordFormat.Content.of(0, 0, value));
        return body;
    }
}
