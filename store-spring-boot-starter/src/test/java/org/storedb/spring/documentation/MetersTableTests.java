package org.storedb.spring.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.storedb.Store;
import org.storedb.spring.actuate.StoreMetrics;

/** The table of meters in the guide has each meter as it is registered, and no other. */
class MetersTableTests {

    @Test
    void tableHasEachMeterAsItIs() throws IOException {
        List<String> rows = Files.readAllLines(Path.of("../docs/OPERATIONS.md")).stream()
                .filter(line -> line.startsWith("| `store."))
                .toList();
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        try (Store store = Store.openInMemory()) {
            store.collection("people").insert(Map.of("id", "1"));
            new StoreMetrics(store).bindTo(registry);

            assertThat(registry.getMeters().stream()
                            .map(meter -> row(meter.getId()))
                            .distinct())
                    .containsExactlyInAnyOrderElementsOf(rows);
        }
    }

    private static String row(Meter.Id meter) {
        assertThat(meter.getTag("store")).isEqualTo("store");
        String tags = meter.getTags().stream()
                .map(Tag::getKey)
                .filter(key -> !key.equals("store"))
                .map(key -> "`" + key + "`")
                .collect(Collectors.joining(", "));
        return "| `%s` | %s | %s | %s | %s |"
                .formatted(
                        meter.getName(),
                        meter.getType().name().toLowerCase(Locale.ROOT),
                        Objects.requireNonNullElse(meter.getBaseUnit(), ""),
                        tags,
                        meter.getDescription());
    }
}
