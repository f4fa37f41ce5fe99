package org.storedb.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.storedb.DocumentCollection;
import org.storedb.Snapshot;
import org.storedb.Store;
import org.storedb.error.InvalidDocumentException;
import org.storedb.error.OperationCancelledException;
import org.storedb.error.StoreIoException;
import org.storedb.maintenance.ExportReport;
import org.storedb.maintenance.OperationMonitor;
import org.storedb.maintenance.OperationProgress;
import org.storedb.query.Filter;
import org.storedb.query.Query;
import org.storedb.query.Sort;

class JsonExportTests {

    @TempDir
    Path folder;

    private final Store store = Store.openInMemory();
    private final DocumentCollection<Map<String, @Nullable Object>> places = store.collection("places");
    private final JsonExport export = JsonExport.of(store, "places");

    @AfterEach
    void closeStore() {
        store.close();
    }

    @Test
    void documentsBecomeLines() {
        Map<String, @Nullable Object> first = new LinkedHashMap<>();
        first.put("id", "a");
        first.put("text", "\"\n\u2028é😀");
        first.put("list", List.of(1, List.of(), Map.of()));
        places.insert(Map.of("id", "b"));
        places.insert(first);
        String line = "{\"id\":\"a\",\"text\":\"\\\"\\n\u2028é😀\",\"list\":[1,[],{}]}";
        assertThat(text(export, JsonFormat.LINES)).isEqualTo(line + "\n{\"id\":\"b\"}\n");
        assertThat(text(export, JsonFormat.ARRAY)).isEqualTo("[\n" + line + ",\n{\"id\":\"b\"}\n]\n");
    }

    @Test
    void nothingBecomesAnEmptyFile() {
        assertThat(text(export, JsonFormat.LINES)).isEmpty();
        assertThat(text(export, JsonFormat.ARRAY).replace("\n", "")).isEqualTo("[]");
    }

    @Test
    void aQuerySaysWhichDocumentsAndInWhichOrder() {
        for (int i = 0; i < 20; i++) {
            places.insert(Map.of("id", i, "n", i % 5));
        }
        Query query =
                Query.where(Filter.gte("n", 3)).sort(Sort.by("n").descending()).limit(5);
        assertThat(text(export.withQuery(query), JsonFormat.LINES)
                        .lines()
                        .map(line -> line.replaceAll("\\D+", " ").trim()))
                .hasSize(5)
                .allMatch(line -> line.contains("4") || line.contains("3"));
    }

    @Test
    void anExportIsOfOneMoment() {
        for (int i = 0; i < 3_000; i++) {
            places.insert(Map.of("id", i));
        }
        OperationMonitor writer = OperationMonitor.of(progress -> places.save(Map.of("id", 10_000 + progress.done())));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        assertThat(export.withMonitor(writer).to(bytes, JsonFormat.LINES).documents())
                .isEqualTo(3_000);
        assertThat(places.count()).isGreaterThan(3_000);
        Snapshot before = store.snapshot();
        places.delete(Query.all());
        assertThat(text(JsonExport.of(before, "places"), JsonFormat.LINES).lines())
                .hasSizeGreaterThan(3_000);
    }

    @Test
    void everyValueComesBackAsItWas() {
        byte[] bytes = {0, -1, 127};
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put("id", "x");
        values.put("bytes", bytes);
        values.put(
                "decimals",
                List.of(
                        new BigDecimal("0.10"),
                        new BigDecimal("5"),
                        new BigDecimal("1E+400"),
                        new BigDecimal("-1E-400"),
                        new BigDecimal("0.1"),
                        new BigDecimal("1E+3")));
        values.put(
                "doubles",
                List.of(-0.0, 0.1, 1.0, 1e300, Double.MIN_VALUE, Double.MAX_VALUE, 1e22, 123456789012345680.0));
        values.put("integers", List.of(9007199254740993L, Long.MIN_VALUE, new java.math.BigInteger("9".repeat(500))));
        values.put("when", Instant.ofEpochSecond(1, 5));
        values.put(
                "tags",
                List.of(
                        Map.of("$binary", "x"),
                        Map.of("$$decimal", 1),
                        Map.of("$oid", "y"),
                        Map.of("$binary", 1, "other", 2),
                        Map.of("$", 1),
                        Map.of("$binaryx", 1)));
        places.insert(values);
        for (JsonFormat format : JsonFormat.values()) {
            String collection = "copy-" + format.name().toLowerCase(java.util.Locale.ROOT);
            JsonImport.into(store, collection)
                    .from(new ByteArrayInputStream(text(export, format).getBytes(StandardCharsets.UTF_8)), format);
            Map<String, @Nullable Object> copy =
                    store.collection(collection).get("x").orElseThrow();
            Map<String, @Nullable Object> original = places.get("x").orElseThrow();
            assertThat(copy.remove("bytes")).isEqualTo(bytes);
            original.remove("bytes");
            assertThat(copy).isEqualTo(original);
        }
    }

    @Test
    void plainTypesMeanNothingButThemselves() {
        places.insert(Map.of("id", "x", "bytes", new byte[] {1}));
        assertThat(text(export.withTypes(JsonTypes.PLAIN), JsonFormat.LINES)).contains("\"bytes\":\"AQ==\"");
        String tagged = "{\"id\": \"y\", \"v\": {\"$binary\": \"AQ==\"}}";
        JsonImport.into(store, "places")
                .withTypes(JsonTypes.PLAIN)
                .from(new ByteArrayInputStream(tagged.getBytes(StandardCharsets.UTF_8)), JsonFormat.LINES);
        assertThat(places.get("y").orElseThrow()).containsEntry("v", Map.of("$binary", "AQ=="));
        assertThat(text(export.withQuery(Query.where(Filter.eq("id", "y"))), JsonFormat.LINES))
                .contains("{\"$$binary\":\"AQ==\"}");
    }

    @Test
    void aFileIsReplacedAsAWholeOrNotAtAll() throws IOException {
        places.insert(Map.of("id", "new"));
        Path file = Files.writeString(folder.resolve("places.jsonl"), "old");
        OperationMonitor failing = OperationMonitor.of(progress -> {
            if (progress.done() > 0) {
                throw new IllegalStateException("stop");
            }
        });
        assertThatThrownBy(() -> export.withMonitor(failing).to(file)).hasMessage("stop");
        assertThatThrownBy(() -> export.withMonitor(OperationMonitor.of(progress -> {}, () -> true))
                        .to(file))
                .isInstanceOf(OperationCancelledException.class);
        assertThat(file).hasContent("old");
        assertThat(names()).containsExactly("places.jsonl");
        ExportReport report = export.to(file);
        assertThat(file).hasContent("{\"id\":\"new\"}");
        assertThat(report.documents()).isEqualTo(1);
        assertThat(report.bytes()).isEqualTo(Files.size(file));
        assertThat(names()).containsExactly("places.jsonl");
        assertThatThrownBy(() -> export.to(folder.resolve("missing").resolve("x.jsonl")))
                .isInstanceOf(StoreIoException.class)
                .hasMessageContaining("missing");
    }

    @Test
    void compressedFilesComeBack() {
        for (int i = 0; i < 5_000; i++) {
            places.insert(Map.of("id", i, "text", "always the same"));
        }
        Path file = folder.resolve("places.json.gz");
        assertThat(export.to(file).bytes()).isGreaterThan(10 * file.toFile().length());
        assertThat(JsonImport.into(store, "copy").from(file).inserted()).isEqualTo(5_000);
    }

    @Test
    void aFolderHasAFileForEachDocument() throws IOException {
        for (Object id : List.of("a/b", "..", "", "con", "con.x", "ü", 7, "100%", "A", "a b")) {
            places.insert(Map.of("id", id, "n", 1));
        }
        Path target = folder.resolve("out");
        assertThat(export.toFolder(target).documents()).isEqualTo(10);
        try (Stream<Path> files = Files.list(target)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "a%2Fb.json",
                            "%2E..json",
                            ".json",
                            "%63on.json",
                            "%63on.x.json",
                            "%C3%BC.json",
                            "7.json",
                            "100%25.json",
                            "A.json",
                            "a%20b.json");
        }
        assertThatThrownBy(() -> export.toFolder(target))
                .isInstanceOf(StoreIoException.class)
                .hasMessageContaining("not empty");
    }

    @Test
    void aFolderComesBack() {
        for (Object id : List.of("a/b", "..", "con", "ü", 7, "😀", "x.y")) {
            places.insert(Map.of("id", id, "n", 1));
        }
        export.toFolder(folder.resolve("out"));
        assertThat(JsonImport.into(store, "copy")
                        .fromFolder(folder.resolve("out"))
                        .inserted())
                .isEqualTo(7);
        assertThat(store.collection("copy").find(Query.all()).toList())
                .isEqualTo(places.find(Query.all()).toList());
    }

    @Test
    void idsThatAreNoNamesOfFilesAreRefusedAndNothingIsLeft() throws IOException {
        places.insert(Map.of("id", "é".repeat(100)));
        assertThatThrownBy(() -> export.toFolder(folder.resolve("out")))
                .isInstanceOf(InvalidDocumentException.class)
                .hasMessageContaining("too long");
        places.delete(Query.all());
        places.insert(Map.of("id", 7));
        places.insert(Map.of("id", "7"));
        assertThatThrownBy(() -> export.toFolder(folder.resolve("out")))
                .isInstanceOf(InvalidDocumentException.class)
                .hasMessageContaining("'7'");
        assertThat(names()).isEmpty();
    }

    @Test
    void progressIsToldInDocuments() {
        for (int i = 0; i < 2_500; i++) {
            places.insert(Map.of("id", i));
        }
        List<OperationProgress> seen = new ArrayList<>();
        export.withMonitor(OperationMonitor.of(seen::add)).to(OutputStream.nullOutputStream(), JsonFormat.LINES);
        assertThat(seen).extracting(OperationProgress::done).containsExactly(0L, 1_000L, 2_000L, 2_500L);
        assertThat(seen).extracting(OperationProgress::total).containsOnly(2_500L);
    }

    @Test
    void aFailingStreamIsReported() {
        places.insert(Map.of("id", 1));
        OutputStream broken = new OutputStream() {
            @Override
            public void write(int value) throws IOException {
                throw new IOException("the pipe is closed");
            }
        };
        for (JsonFormat format : JsonFormat.values()) {
            assertThatThrownBy(() -> export.to(broken, format))
                    .isInstanceOf(StoreIoException.class)
                    .hasMessageContaining("the pipe is closed");
        }
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private static String text(JsonExport export, JsonFormat format) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        export.to(bytes, format);
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
