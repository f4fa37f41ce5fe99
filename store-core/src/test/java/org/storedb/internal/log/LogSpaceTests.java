package org.storedb.internal.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.storedb.internal.io.MemoryDirectory;

class LogSpaceTests {

    private final SegmentedLog log = TestLogs.open(new MemoryDirectory());

    /** For a moment a copy is part of the log and is not known to be so. */
    @Test
    void copyThatBecomesPartOfTheLogIsCountedOnce() throws IOException {
        SealedSegmentWriter copy = copy();
        long before = log.segments().bytes();
        assertThat(log.bytesOnDisk()).isEqualTo(before + copy.segment().bytes());

        log.addSegments(List.of(copy), 1);
        log.space().beginUnpublished(copy.segment());

        assertThat(log.bytesOnDisk()).isEqualTo(log.segments().bytes());
    }

    @Test
    void copyThatBecomesPartOfTheLogMeanwhileIsNotMissed() throws IOException {
        SealedSegmentWriter copy = copy();
        long all = log.segments().bytes() + copy.segment().bytes();

        long bytes = log.space().bytesOnDisk(() -> {
            add(copy);
            return log.segments();
        });

        assertThat(bytes).isEqualTo(all);
    }

    private SealedSegmentWriter copy() throws IOException {
        FrameBody body = FrameBody.ofRelocation();
        byte[] key = "key".getBytes(StandardCharsets.UTF_8);
        body.relocatePut(1, 1, key, RecordFormat.Content.of(0, 0, new byte[1_000]));
        SealedSegmentWriter copy = log.newSealedSegment(body);
        copy.append(1, body);
        copy.finish();
        return copy;
    }

    private void add(SealedSegmentWriter copy) {
        try {
            log.addSegments(List.of(copy), 1);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
