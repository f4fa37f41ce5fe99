package org.storedb;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.storedb.testing.JavaGuide;

class OperationsGuideTests {

    @Test
    void examplesDoWhatTheGuideSays(@TempDir Path folder) throws IOException {
        assertThat(new JavaGuide("OPERATIONS.md").run(folder)).isEqualTo(4);
    }
}
