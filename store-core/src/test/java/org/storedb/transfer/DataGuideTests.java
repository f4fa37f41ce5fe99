package org.storedb.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.storedb.testing.JavaGuide;

/** Runs the examples of docs/DATA.md. */
class DataGuideTests {

    @Test
    void examplesDoWhatTheGuideSays(@TempDir Path folder) throws IOException {
        assertThat(new JavaGuide("DATA.md").run(folder)).isEqualTo(12);
    }
}
