package org.storedb.benchmark.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.storedb.benchmark.engine.EngineKind;
import org.storedb.benchmark.workload.Row;

/** Each engine alone, through the phases that hand their files on to each other, in processes as they are measured in. */
class SideBySideTests {

    private static final List<Row> ROWS = List.of(Row.PUT, Row.OPEN_KILLED, Row.DISK, Row.GET, Row.OVERWRITE);

    @TempDir
    private Path directory;

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NITRITE") // has documents only
    void everyRowHasAFigure(EngineKind engine) throws IOException {
        SideBySide.run(new String[] {
            "--engines",
            engine.id(),
            "--rows",
            ROWS.stream().map(Row::id).collect(Collectors.joining(",")),
            "--entries",
            "2000",
            "--warm-up",
            "0.1",
            "--seconds",
            "0.1",
            "--fill-seconds",
            "0.1",
            "--jvm",
            "-Xmx512m",
            "--directory",
            directory.resolve("data").toString(),
            "--output",
            directory.resolve("results").toString()
        });

        assertThat(directory.resolve("results/results.md")).content().doesNotContain("Failed");
        assertThat(measuredRows())
                .containsExactlyInAnyOrderElementsOf(ROWS.stream()
                        .filter(row -> row.fits(engine))
                        .map(Row::id)
                        .toList());
    }

    private List<String> measuredRows() throws IOException {
        try (Stream<String> lines = Files.lines(directory.resolve("results/results.csv"))) {
            return lines.skip(1).map(line -> line.split(",", 2)[0]).toList();
        }
    }
}
