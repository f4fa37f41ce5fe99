package org.storedb.internal.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.storedb.error.CorruptStoreException;

class SegmentScannerTests {

    private static final UUID STORE = new UUID(1, 2);
    private static final int FIRST = LogFormat.SEGMENT_HEADER_BYTES;
    private static final int COMMIT = FrameKind.COMMIT.code();

    private final SegmentBytes segment = new SegmentBytes(STORE, 1);
    private final List<Long> read = new ArrayList<>();

    @Test
    void framesAreReadUpToTheFirstPlaceWithoutOne() throws IOException {
        SegmentScanner scanner = segment.commit(1).commit(2).scanner();
        scanAll(scanner);

        assertThat(read).containsExactly(1L, 2L);
        assertThat(scanner.validBytes()).isEqualTo(segment.size());
        assertThat(scanner.lastFrameChecksum()).isEqualTo(segment.lastChecksum());
        assertThat(scanner.endsWithFooter()).isFalse();
        assertThat(scanner.hasBytesBehindEnd()).isFalse();
    }

    @Test
    void frameOfAKindThatIsNotKnownIsNone() throws IOException {
        SegmentScanner scanner = segment.commit(1).frame(0, 2, 0, new byte[0]).scanner();
        scanAll(scanner);

        assertThat(read).containsExactly(1L);
        assertThat(scanner.hasBytesBehindEnd()).isTrue();
    }

    @Test
    void frameOfNegativeLengthIsNone() throws IOException {
        SegmentScanner scanner =
                segment.commit(1).frame(COMMIT, 2, 0, new byte[0], -1, 0).scanner();
        scanAll(scanner);

        assertThat(read).containsExactly(1L);
    }

    @Test
    void frameThatIsLongerThanTheFileIsNotRead() throws IOException {
        SegmentScanner scanner = segment.commit(1)
                .frame(COMMIT, 2, 0, new byte[0], Integer.MAX_VALUE, 0)
                .scanner();
        scanAll(scanner);

        assertThat(read).containsExactly(1L);
        SegmentScanner.Gap gap = scanner.skipDamage();
        assertThat(gap.to()).isEqualTo(segment.size());
        assertThat(gap.frame()).isNull();
    }

    @Test
    void operationsThatMakeNoSenseAreDamageAlthoughTheirChecksumIsRight() throws IOException {
        int offset = segment.commit(1).size();
        SegmentScanner scanner =
                segment.frame(COMMIT, 2, 1, new byte[] {7, 1, 1, 'k'}).scanner();

        assertThatExceptionOfType(CorruptStoreException.class)
                .isThrownBy(
                        () -> scanner.scanTo(segment.size(), frame -> OperationFormat.forEach(frame, new Ignored())))
                .withMessageContaining("invalid frame at " + offset);
    }

    @Test
    void bytesBehindTheLastOperationAreDamage() throws IOException {
        SegmentScanner scanner = segment.frame(COMMIT, 1, 1, new byte[] {OperationFormat.DELETE, 1, 1, 'k', 0})
                .scanner();

        assertThatExceptionOfType(CorruptStoreException.class)
                .isThrownBy(
                        () -> scanner.scanTo(segment.size(), frame -> OperationFormat.forEach(frame, new Ignored())))
                .withStackTraceContaining("1 bytes after the last operation");
    }

    @Test
    void footerThatIsTooShortIsDamage() throws IOException {
        SegmentScanner scanner =
                segment.frame(FrameKind.FOOTER.code(), 1, 0, new byte[3]).scanner();

        assertThatExceptionOfType(CorruptStoreException.class).isThrownBy(() -> scanAll(scanner));
    }

    @Test
    void footerStandsForTheFramesBeforeIt() throws IOException {
        SegmentScanner scanner = segment.commit(1).commit(2).footer(2).scanner();

        assertThat(scanner.skipToFooter(segment.size(), segment.lastChecksum())).isTrue();
        assertThat(scanner.endsWithFooter()).isTrue();
        assertThat(scanner.validBytes()).isEqualTo(segment.size());
        assertThat(Objects.requireNonNull(scanner.footer()).deletes()).isEqualTo(2);
    }

    @Test
    void onlyTheFooterThatIsMeantIsTaken() throws IOException {
        int bytes = segment.commit(1).commit(2).footer(2).size();

        assertThat(segment.scanner().skipToFooter(bytes, segment.lastChecksum() + 1))
                .isFalse();
        assertThat(segment.scanner().skipToFooter(bytes - 1, segment.lastChecksum()))
                .isFalse();
        assertThat(segment.scanner().skipToFooter(FIRST + FrameFormat.HEADER_BYTES_LEAST, 0))
                .isFalse();
    }

    @Test
    void commitAsLongAsAFooterIsNone() throws IOException {
        byte[] body = new byte[FrameFormat.FOOTER_BODY_BYTES];
        body[body.length - 1] = (byte) (FrameFormat.HEADER_BYTES_LEAST + body.length);
        segment.frame(COMMIT, 1, 0, body);

        assertThat(segment.scanner().skipToFooter(segment.size(), segment.lastChecksum()))
                .isFalse();
    }

    @Test
    void footerWhoseBodyIsDamagedIsNone() throws IOException {
        segment.commit(1).footer(1).flip(segment.size() - 1);

        assertThat(segment.scanner().skipToFooter(segment.size(), segment.lastChecksum()))
                .isFalse();
    }

    @Test
    void footerThatTellsOfOtherFramesDoesNotCompleteASegment() throws IOException {
        SegmentScanner scanner = segment.commit(1).commit(2).footer(3).scanner();
        scanAll(scanner);

        assertThat(scanner.endsWithFooter()).isFalse();
        assertThat(scanner.footer()).isNotNull();
    }

    @Test
    void footerMayBeTakenBack() throws IOException {
        int end = segment.commit(1).commit(2).size();
        int checksum = segment.lastChecksum();
        SegmentScanner scanner = segment.footer(2).scanner();
        scanAll(scanner);

        assertThat(scanner.endWithoutFooter().bytes()).isEqualTo(end);
        assertThat(scanner.endWithoutFooter().lastChecksum()).isEqualTo(checksum);
    }

    @Test
    void frameIsFoundByItsChecksum() throws IOException {
        SegmentScanner scanner = segment.commit(1).scanner();

        assertThat(scanner.heads().has(FIRST, segment.lastChecksum())).isTrue();
        assertThat(scanner.heads().has(FIRST, segment.lastChecksum() + 1)).isFalse();
        assertThat(scanner.heads().has(0, segment.lastChecksum())).isFalse();
    }

    @Test
    void damagedBodyIsPassedOverAndTellsOfItsFrame() throws IOException {
        int second = segment.commit(1).size();
        int third = segment.commit(2).size();
        SegmentScanner scanner = segment.commit(3).flip(third - 1).scanner();
        scanAll(scanner);
        SegmentScanner.Gap gap = scanner.skipDamage();
        scanAll(scanner);

        assertThat(gap.from()).isEqualTo(second);
        assertThat(gap.to()).isEqualTo(third);
        assertThat(Objects.requireNonNull(gap.frame()).sequence()).isEqualTo(2);
        assertThat(read).containsExactly(1L, 3L);
    }

    @Test
    void damagedHeaderIsPassedOver() throws IOException {
        int second = segment.commit(1).size();
        SegmentScanner scanner = segment.commit(2).commit(3).flip(second).scanner();
        scanAll(scanner);
        SegmentScanner.Gap gap = scanner.skipDamage();
        scanAll(scanner);

        assertThat(gap.frame()).isNull();
        assertThat(read).containsExactly(1L, 3L);
    }

    @Test
    void frameThatIsMissingBetweenTwoWholeOnesLeavesAGapWithoutBytes() throws IOException {
        int second = segment.commit(1).size();
        SegmentScanner scanner = segment.loseFrame().commit(3).scanner();
        scanAll(scanner);
        SegmentScanner.Gap gap = scanner.skipDamage();
        scanAll(scanner);

        assertThat(gap).isEqualTo(new SegmentScanner.Gap(second, second, null));
        assertThat(read).containsExactly(1L, 3L);
    }

    @Test
    void framesOfASegmentWithoutItsHeaderAreFound() throws IOException {
        segment.commit(1).commit(2);
        SegmentScanner scanner = SegmentScanner.withoutHeader(segment.file(), STORE, 1, segment.size());
        scanAll(scanner);

        assertThat(read).containsExactly(1L, 2L);
    }

    @Test
    void damagedFirstFrameOfASegmentWithoutItsHeaderIsPassedOver() throws IOException {
        int second = segment.commit(1).size();
        segment.commit(2).flip(second - 1);
        SegmentScanner scanner = SegmentScanner.withoutHeader(segment.file(), STORE, 1, segment.size());
        scanAll(scanner);
        SegmentScanner.Gap gap = scanner.skipDamage();
        scanAll(scanner);

        assertThat(gap.to()).isEqualTo(second);
        assertThat(read).containsExactly(2L);
    }

    @Test
    void proofOfDamageIsFoundFarBehindTheEnd() throws IOException {
        int end = segment.commit(1).size();
        segment.garbage(200_000);
        int proof = segment.size();
        SegmentScanner scanner =
                segment.frame(COMMIT, 9, 0, new byte[0], 0, end + 1).scanner();
        scanAll(scanner);

        assertThat(proof(scanner)).isEqualTo(proof);
    }

    @Test
    void frameThatWasWrittenBeforeTheEndWasDurableProvesNothing() throws IOException {
        int end = segment.commit(1).size();
        SegmentScanner scanner =
                segment.garbage(100).frame(COMMIT, 9, 0, new byte[0], 0, end).scanner();
        scanAll(scanner);

        assertThat(proof(scanner)).isEqualTo(-1);
    }

    @Test
    void headerOfALongKeyThatIsOnlyZerosIsAProof() throws IOException {
        int end = segment.commit(1).size();
        int proof = segment.garbage(10).size();
        SegmentScanner scanner =
                segment.emptyPut(9, new byte[60_000], end + 1).zeros(100_000).scanner();
        scanAll(scanner);

        assertThat(proof(scanner)).isEqualTo(proof);
    }

    @Test
    void gapSaysWhichBytesAreDamagedOrThatAFrameIsMissing() {
        assertThat(new SegmentScanner.Gap(100, 110, null).describe("f"))
                .isEqualTo("Bytes 100 to 109 of f do not match their checksum");
        assertThat(new SegmentScanner.Gap(100, 100, null).describe("f"))
                .isEqualTo("A frame is missing from f before byte 100");
    }

    private int proof(SegmentScanner scanner) throws IOException {
        return scanner.findProofOfDamage(UnusedEnd.start(segment.file(), scanner.validBytes()));
    }

    private void scanAll(SegmentScanner scanner) throws IOException {
        scanner.scanTo(segment.size(), frame -> read.add(frame.sequence()));
    }

    private static final class Ignored implements OperationFormat.OperationConsumer {

        @Override
        public void put(int treeId, long sequence, byte[] key, int recordOffset, int recordLength) {}

        @Override
        public void delete(int treeId, long sequence, byte[] key) {}
    }
}
