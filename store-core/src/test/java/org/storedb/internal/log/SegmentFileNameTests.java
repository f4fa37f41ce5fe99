package org.storedb.internal.log;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SegmentFileNameTests {

    @Test
    void namesAreOfTenDigits() {
        assertThat(LogFormat.segmentFileName(1)).isEqualTo("segment-0000000001.log");
        assertThat(LogFormat.segmentFileName(Integer.MAX_VALUE)).isEqualTo("segment-2147483647.log");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 9, 10, 1_234_567, Integer.MAX_VALUE})
    void idsComeBackFromNames(int id) {
        String name = LogFormat.segmentFileName(id);
        assertThat(LogFormat.isSegmentFileName(name)).isTrue();
        assertThat(LogFormat.segmentId(name)).isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "segment-.log",
                "segment-000000001.log",
                "segment-00000000001.log",
                "segment-00000000a1.log",
                "segment-000000000-.log",
                "segment-000000000\u0661.log",
                "segment-0000000001.lo",
                "segment-0000000001.log.copy",
                "Segment-0000000001.log",
                "segment_0000000001.log"
            })
    void nothingElseIsASegment(String name) {
        assertThat(LogFormat.isSegmentFileName(name)).isFalse();
    }
}
