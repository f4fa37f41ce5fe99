package org.storedb.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Replays the corpus of each target. What a fuzzing run finds is added to it. */
class FuzzCorpusTests {

    private static final Path CORPUS = Path.of("src", "test", "resources", "fuzz");

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("inputs")
    void inputIsAnsweredOrRefused(String target, Path input) throws IOException {
        byte[] bytes = Files.readAllBytes(input);
        Consumer<byte[]> method = Objects.requireNonNull(FuzzTargets.byName().get(target));
        assertThatCode(() -> method.accept(bytes)).as("%s", input).doesNotThrowAnyException();
    }

    @Test
    void repairOfUneditedFilesChangesNothing() {
        Map<String, byte[]> golden = FuzzedStore.golden("format-1-plain");
        requireNoRepair(golden);
        requireNoRepair(FuzzedStore.withNewCheckpoint(golden));
    }

    private static void requireNoRepair(Map<String, byte[]> files) {
        Map<String, byte[]> repaired = new TreeMap<>();
        files.forEach((name, content) -> repaired.put(name, content.clone()));
        Checksums.repairLog(repaired);
        repaired.values().forEach(content -> assertThat(content).isNotEmpty());
        Checksums.repairCheckpoint(repaired.getOrDefault("checkpoint", new byte[0]));
        assertThat(repaired).containsExactlyEntriesOf(files);
        assertThat(FuzzedStore.judge(repaired))
                .as("the undamaged store can be read")
                .isTrue();
    }

    static List<Arguments> inputs() throws IOException {
        if ("write".equals(System.getProperty("storedb.corpus"))) {
            CorpusSeeds.write(CORPUS);
        }
        List<Arguments> inputs = new ArrayList<>();
        for (String target : FuzzTargets.byName().keySet()) {
            try (Stream<Path> files = Files.list(CORPUS.resolve(target))) {
                List<Path> seeds = files.sorted().toList();
                assertThat(seeds).as("corpus of %s", target).isNotEmpty();
                seeds.forEach(seed -> inputs.add(Arguments.of(target, seed)));
            }
        }
        return inputs;
    }
}
