package org.storedb.internal.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.storedb.testing.SimulatedDirectory;

/** Most frames of single puts do not give their sequence; behind damage it is found from those that do. */
class SequencesBehindDamageTests {

    private static final int COMMITS = 400;
    private static final String SEGMENT = LogFormat.segmentFileName(1);

    private final SimulatedDirectory files = new SimulatedDirectory();
    private final SegmentedLog log = TestLogs.open(files);
    private final List<Integer> offsets = new ArrayList<>();

    @Test
    void framesBehindADamagedBodyHaveTheirOwn() throws IOException {
        fill();
        log.close();
        for (int lost = 1; lost <= COMMITS; lost++) {
            List<Long> found = readWithFlip(offsets.get(lost) - 1);
            assertThat(found).as("without %d", lost).containsExactlyElementsOf(allBut(lost));
        }
    }

    @Test
    void framesBehindADamagedHeaderHaveTheirOwn() throws IOException {
        fill();
        log.close();
        for (int lost = 1; lost <= COMMITS; lost++) {
            List<Long> found = readWithFlip(offsets.get(lost - 1) + FrameFormat.LINK_OFFSET);
            assertThat(found).as("without %d", lost).containsExactlyElementsOf(allBut(lost));
        }
    }

    /** Where no later frame gives one, at the end of what a killed store has written, they rise and are not too high. */
    @Test
    void framesBehindSeveralDamagesAreAllThereInTheirOrder() throws IOException {
        fill();
        for (int lost = 1; lost < COMMITS - 10; lost++) {
            List<Long> found = readWithFlip(
                    offsets.get(lost - 1) + FrameFormat.LINK_OFFSET, offsets.get(lost + 5) + FrameFormat.LINK_OFFSET);
            assertThat(found).hasSize(COMMITS - 2).isSorted().doesNotHaveDuplicates();
            for (int i = 0; i < found.size(); i++) {
                int written = i + 1 + (i + 1 >= lost ? 1 : 0) + (i + 2 >= lost + 6 ? 1 : 0);
                assertThat(found.get(i)).isLessThanOrEqualTo(written);
            }
        }
    }

    private void fill() throws IOException {
        for (int i = 1; i <= COMMITS; i++) {
            offsets.add(log.segments().get(1).bytes());
            TestLogs.put(log, i, "key", 20);
        }
        offsets.add(log.segments().get(1).bytes());
        assertThat(offsets.get(COMMITS)).isGreaterThan(3 * FrameFormat.BLOCK_BYTES);
    }

    private static List<Long> allBut(long lost) {
        List<Long> sequences = new ArrayList<>();
        for (long i = 1; i <= COMMITS; i++) {
            if (i != lost) {
                sequences.add(i);
            }
        }
        return sequences;
    }

    /** The sequences that are found in the files as they are now, with a bit flipped at each offset. */
    private List<Long> readWithFlip(int... flipped) throws IOException {
        Map<String, byte[]> damaged = new TreeMap<>(files.visibleFiles());
        byte[] segment = Objects.requireNonNull(damaged.get(SEGMENT)).clone();
        for (int offset : flipped) {
            segment[offset] ^= 1;
        }
        damaged.put(SEGMENT, segment);
        List<Long> sequences = new ArrayList<>();
        try (DamagedLog open = DamagedLog.open(new SimulatedDirectory(damaged), LogEncryption.NONE)) {
            open.parts()
                    .forEach(part -> part.read(new DamagedLog.Reader() {
                        @Override
                        public void header(SegmentScanner.Gap gap) {
                            throw new AssertionError("The header is whole");
                        }

                        @Override
                        public void frame(Frame frame) {
                            sequences.add(frame.sequence());
                        }

                        @Override
                        public void gap(SegmentScanner.Gap gap) {}

                        @Override
                        public void unreadable(int from, IOException cause) {
                            throw new AssertionError(cause);
                        }
                    }));
        }
        return sequences;
    }
}
