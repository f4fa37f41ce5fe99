package org.storedb.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.storedb.DocumentCollection;
import org.storedb.Expiry;
import org.storedb.ExpiryPolicy;
import org.storedb.Store;
import org.storedb.StoreOptions;
import org.storedb.error.ImportFailedException;
import org.storedb.error.OperationCancelledException;
import org.storedb.error.StoreIoException;
import org.storedb.index.IndexDefinition;
import org.storedb.maintenance.ImportReport;
import org.storedb.maintenance.OperationMonitor;
import org.storedb.maintenance.OperationProgress;
import org.storedb.maintenance.RejectedDocument;
import org.storedb.query.Query;

class JsonImportTests {

    @TempDir
    Path folder;

    private final Store store = Store.openInMemory();
    private final DocumentCollection<Map<String, @Nullable Object>> places = store.collection("places");
    private final JsonImport into = JsonImport.into(store, "places");

    @AfterEach
    void closeStore() {
        store.close();
    }

    @Test
    void linesBecomeDocuments() {
        ImportReport report = lines(into, """
                {"id": "tokyo", "population": 37400000, "geo": {"lat": 35.7}, "tags": ["capital", null, true]}

                {"id": 7, "name": "Nara"}\r
                """);
        assertThat(report.inserted()).isEqualTo(2);
        assertThat(report.stored()).isEqualTo(2);
        assertThat(report.rejected()).isZero();
        assertThat(places.get("tokyo").orElseThrow())
                .containsEntry("population", 37_400_000)
                .containsEntry("geo", Map.of("lat", 35.7));
        assertThat(places.get(7).orElseThrow()).containsEntry("id", 7).containsEntry("name", "Nara");
    }

    @Test
    void anArrayBecomesDocuments() {
        ImportReport report = into.from(stream("""
                [
                  {"id": "a", "n": 1},
                  {"id": "b",
                   "n": 2}
                ]
                """), JsonFormat.ARRAY);
        assertThat(report.inserted()).isEqualTo(2);
        assertThat(places.count()).isEqualTo(2);
        assertThat(into.from(stream("[]"), JsonFormat.ARRAY).stored()).isZero();
    }

    @Test
    void documentsWithoutAnIdGetOneUnlessIdsAreRequired() {
        assertThat(lines(into, "{\"n\": 1}\n{\"id\": null, \"n\": 2}").inserted())
                .isEqualTo(2);
        assertThat(places.find(Query.all()).map(each -> each.get("id")))
                .doesNotContainNull()
                .doesNotHaveDuplicates()
                .hasSize(2);
        ImportFailedException refused = failure(() -> lines(into.withIdsRequired(true), "{\"id\": \"x\"}\n{\"n\": 3}"));
        assertThat(refused).hasMessageContaining("the stream, line 2: it has no id in the field \"id\"");
    }

    @Test
    void theIdCanComeFromAnotherField() {
        JsonImport byCode = into.withIdField("code").withRejectionsMax(9);
        ImportReport report = lines(byCode, """
                {"code": "JP", "name": "Japan"}
                {"id": "FR", "code": "FR"}
                {"id": "other", "code": "DE"}
                {"id": "other"}
                """);
        assertThat(places.get("JP").orElseThrow()).containsEntry("id", "JP").containsEntry("code", "JP");
        assertThat(places.exists("FR")).isTrue();
        assertThat(report.rejections()).extracting(RejectedDocument::line).containsExactly(3L, 4L);
        assertThat(report.rejections().get(0).reason()).contains("'other'", "\"code\" is 'DE'");
    }

    @Test
    void duplicatesAreTreatedAsThePolicySays() {
        lines(into, "{\"id\": 1, \"a\": {\"x\": 1, \"y\": 1}, \"b\": 1}");
        String again = "{\"id\": 1, \"a\": {\"y\": 2}, \"c\": null}\n{\"id\": 2}";

        ImportFailedException refused = failure(() -> lines(into, again));
        assertThat(refused).hasMessageContaining("line 1").hasMessageContaining("already has a document with id '1'");
        assertThat(refused.report().inserted()).as("its batch was rolled back").isZero();
        assertThat(places.count()).isEqualTo(1);

        ImportReport skipping = lines(into.withDuplicates(DuplicatePolicy.SKIP), again);
        assertThat(skipping.skipped()).isEqualTo(1);
        assertThat(skipping.inserted()).isEqualTo(1);
        assertThat(places.get(1).orElseThrow()).containsEntry("b", 1);

        ImportReport merging = lines(into.withDuplicates(DuplicatePolicy.MERGE), again);
        assertThat(merging.merged()).isEqualTo(2);
        Map<String, @Nullable Object> merged =
                new LinkedHashMap<>(Map.of("id", 1, "a", Map.of("x", 1, "y", 2), "b", 1));
        merged.put("c", null);
        assertThat(places.get(1).orElseThrow()).isEqualTo(merged);

        ImportReport replacing = lines(into.withDuplicates(DuplicatePolicy.REPLACE), again);
        assertThat(replacing.replaced()).isEqualTo(2);
        assertThat(places.get(1).orElseThrow()).doesNotContainKey("b");
        assertThat(places.getVersioned(1).orElseThrow().revision()).isEqualTo(2);
    }

    @Test
    void whatIsMergedExpiresWhenItDid() {
        places.setExpiryPolicy(ExpiryPolicy.after(Duration.ofHours(1)));
        places.insert(Map.of("id", 1, "a", 1), Expiry.at(Instant.parse("2200-01-01T00:00:00Z")));
        places.insert(Map.of("id", 2), Expiry.never());

        ImportReport report = lines(into.withDuplicates(DuplicatePolicy.MERGE), "{\"id\": 1, \"b\": 2}\n{\"id\": 2}");
        assertThat(report.merged()).isEqualTo(2);
        assertThat(places.get(1)).contains(Map.of("id", 1, "a", 1, "b", 2));
        assertThat(places.expiresAt(1)).contains(Instant.parse("2200-01-01T00:00:00Z"));
        assertThat(places.expiresAt(2)).isEmpty();
    }

    @Test
    void duplicatesWithinTheFileAreDuplicates() {
        ImportReport report =
                lines(into.withDuplicates(DuplicatePolicy.REPLACE), "{\"id\": 1, \"n\": 1}\n{\"id\": 1, \"n\": 2}");
        assertThat(report.inserted()).isEqualTo(1);
        assertThat(report.replaced()).isEqualTo(1);
        assertThat(places.get(1).orElseThrow()).containsEntry("n", 2);
    }

    @Test
    void rejectedLinesAreReportedAndTheOthersImported() {
        places.createIndex(IndexDefinition.uniqueOn("code"));
        ImportReport report = lines(into.withRejectionsMax(Long.MAX_VALUE), """
                {"id": "1", "code": "a"}
                {"id": "2", "code": "a"}
                {"id": "3", "code":
                [1, 2]
                "text"
                {"id": "4"} {"id": "5"}
                {"id": 6.5}
                {"id": "7", "x": {"y": 1, "y": 2}}
                {"id": "8", "x": ["\\ud800"]}
                {"id": "9", "$binary": "fine here", "x": {"$binary": "!"}}
                {"id": "10"}
                """);
        assertThat(report.inserted()).isEqualTo(2);
        assertThat(report.rejected()).isEqualTo(9);
        assertThat(report.rejections())
                .extracting(RejectedDocument::line)
                .containsExactly(2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L);
        assertThat(report.rejections().stream().map(RejectedDocument::reason))
                .satisfiesExactlyInAnyOrder(
                        reason -> assertThat(reason).contains("Unique index"),
                        reason -> assertThat(reason).contains("not JSON").contains("column"),
                        reason -> assertThat(reason).contains("begins with {"),
                        reason -> assertThat(reason).contains("begins with {"),
                        reason -> assertThat(reason).contains("more on the line"),
                        reason -> assertThat(reason).contains("An id must be"),
                        reason -> assertThat(reason).contains("Field \"x.y\"").contains("twice"),
                        reason -> assertThat(reason).contains("half of a surrogate pair"),
                        reason -> assertThat(reason).contains("Field \"x\"").contains("Base64"));
        assertThat(places.count()).isEqualTo(2);
    }

    @Test
    void linesThatAreNoUtf8AreRejectedAlone() {
        byte[] text = "{\"id\": \"a\"}\n{\"id\": \"?\"}\n{\"id\": \"c\"}".getBytes(StandardCharsets.UTF_8);
        text[20] = (byte) 0xFF;
        ImportReport report = into.withRejectionsMax(1).from(new ByteArrayInputStream(text), JsonFormat.LINES);
        assertThat(report.rejections().get(0).line()).isEqualTo(2);
        assertThat(report.rejections().get(0).reason()).contains("UTF-8");
        assertThat(report.inserted()).isEqualTo(2);
    }

    @Test
    void aByteOrderMarkIsLeftOut() {
        assertThat(lines(into, "\uFEFF{\"id\": \"a\"}").inserted()).isEqualTo(1);
        assertThat(into.from(stream("\uFEFF[{\"id\": \"b\"}]"), JsonFormat.ARRAY)
                        .inserted())
                .isEqualTo(1);
    }

    @Test
    void tooManyRejectionsEndTheImport() {
        StringBuilder text = new StringBuilder();
        for (int i = 1; i <= 100; i++) {
            text.append(i % 10 == 0 ? "{broken\n" : "{\"id\": " + i + "}\n");
        }
        ImportFailedException failure =
                failure(() -> lines(into.withRejectionsMax(2).withBatchDocuments(5), text.toString()));
        assertThat(failure).hasMessageContaining("3 rejected documents").hasMessageContaining("line 30");
        assertThat(failure.report().rejections()).hasSize(3);
        assertThat(failure.report().inserted()).isEqualTo(places.count()).isEqualTo(23);
    }

    @Test
    void brokenTextInAnArrayEndsTheImportAfterWhatCameBefore() {
        ImportFailedException failure = failure(() ->
                into.withRejectionsMax(100).from(stream("[{\"id\": 1},\n{\"id\": 2},\n{\"id\" 3}]"), JsonFormat.ARRAY));
        assertThat(failure).hasMessageContaining("the stream, line 3").hasMessageContaining("not JSON");
        assertThat(failure.report().inserted()).isEqualTo(places.count()).isEqualTo(2);
        assertThat(failure(() -> into.from(stream("{\"id\": 3}"), JsonFormat.ARRAY)))
                .hasMessageContaining("not an array of documents");
        assertThat(failure(() -> into.from(stream("[{\"id\": 4}] x"), JsonFormat.ARRAY))
                        .report()
                        .inserted())
                .isEqualTo(1);
        assertThat(failure(() -> into.from(stream("[{\"id\": 5}"), JsonFormat.ARRAY)))
                .hasMessageContaining("end-of-input");
    }

    @Test
    void elementsThatAreNoDocumentsDoNoHarmToTheOthers() {
        ImportReport report = into.withRejectionsMax(9).from(stream("""
                [{"id": "a"}, 17, "text", [1, [2]], null,
                 {"id": "b", "x": {"y": 1, "y": {"z": [1, 2]}}},
                 {"id": "c"}]
                """), JsonFormat.ARRAY);
        assertThat(report.inserted()).isEqualTo(2);
        assertThat(report.rejections()).extracting(RejectedDocument::line).containsExactly(1L, 1L, 1L, 1L, 2L);
    }

    @Test
    void filesAreReadAsTheirNamesSay() throws IOException {
        Path lines = Files.writeString(folder.resolve("a.jsonl"), "{\"id\": 1}\n{\"id\": 2}\n");
        Path array = Files.writeString(folder.resolve("b.json"), "[{\"id\": 3}]");
        Path compressed = folder.resolve("c.JSON.gz");
        try (GZIPOutputStream target = new GZIPOutputStream(Files.newOutputStream(compressed))) {
            target.write("[{\"id\": 4}]".getBytes(StandardCharsets.UTF_8));
        }
        assertThat(into.from(lines).inserted()).isEqualTo(2);
        assertThat(into.from(array).inserted()).isEqualTo(1);
        assertThat(into.from(compressed).inserted()).isEqualTo(1);
        assertThatThrownBy(() -> into.from(folder.resolve("none.jsonl")))
                .isInstanceOf(StoreIoException.class)
                .hasMessageContaining("none.jsonl");
        byte[] cut = Files.readAllBytes(compressed);
        Path broken = Files.write(folder.resolve("d.json.gz"), Arrays.copyOf(cut, cut.length - 9));
        assertThatThrownBy(() -> into.withDuplicates(DuplicatePolicy.SKIP).from(broken))
                .isInstanceOf(StoreIoException.class)
                .hasMessageContaining("d.json.gz");
    }

    @Test
    void aFolderOfFilesBecomesDocuments() throws IOException {
        Files.writeString(folder.resolve("tokyo.json"), "{\"n\": 1}");
        Files.writeString(folder.resolve("S%C3%A3o%20Paulo%2Fcentre.json"), "{\n  \"n\": 2\n}\n");
        Files.writeString(folder.resolve("7.json"), "{\"id\": 7}");
        Files.writeString(folder.resolve("bad%zz.json"), "{}");
        Files.writeString(folder.resolve("broken.json"), "{\n\"a\": \n}");
        Files.writeString(folder.resolve("mismatch.json"), "{\"id\": \"other\"}");
        Files.writeString(folder.resolve("two.json"), "{} {}");
        Files.writeString(folder.resolve("readme.txt"), "not one");
        Files.writeString(folder.resolve(".hidden.json"), "{}");
        ImportReport report = into.withRejectionsMax(9).fromFolder(folder);
        assertThat(report.inserted()).isEqualTo(3);
        assertThat(places.exists("tokyo")).isTrue();
        assertThat(places.exists("São Paulo/centre")).isTrue();
        assertThat(places.exists(7)).isTrue();
        assertThat(report.rejections())
                .extracting(RejectedDocument::toString)
                .satisfiesExactly(
                        first -> assertThat(first)
                                .startsWith("bad%zz.json, line 1")
                                .contains("percent-encoded"),
                        second -> assertThat(second)
                                .startsWith("broken.json, line 3")
                                .contains("not JSON"),
                        third -> assertThat(third).startsWith("mismatch.json").contains("'other'"),
                        fourth -> assertThat(fourth).startsWith("two.json").contains("more data after its end"));
    }

    @Test
    void progressIsToldInBytesAndTheImportCanBeCancelled() throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 60_000; i++) {
            text.append("{\"id\": ")
                    .append(i)
                    .append(", \"text\": \"")
                    .append("x".repeat(40))
                    .append("\"}\n");
        }
        Path file = Files.writeString(folder.resolve("many.jsonl"), text);
        List<OperationProgress> seen = new ArrayList<>();
        ImportReport report = into.withMonitor(OperationMonitor.of(seen::add)).from(file);
        assertThat(report.inserted()).isEqualTo(60_000);
        assertThat(seen).hasSizeBetween(3, 100);
        assertThat(seen.get(0)).isEqualTo(new OperationProgress("importing many.jsonl", 0, Files.size(file)));
        assertThat(seen.get(seen.size() - 1).done()).isEqualTo(Files.size(file));

        JsonImport cancelled = JsonImport.into(store, "others")
                .withMonitor(OperationMonitor.of(
                        progress -> {}, () -> store.collection("others").count() > 5_000));
        assertThatThrownBy(() -> cancelled.from(file)).isInstanceOf(OperationCancelledException.class);
        assertThat(store.collection("others").count()).isBetween(5_001L, 59_999L);
    }

    @Test
    void documentsThatAreTooLargeTogetherAreWrittenApart() {
        StoreOptions small = StoreOptions.defaults().withValueBytesMax(10_000).withTransactionBytesMax(20_000);
        try (Store limited = Store.openInMemory(small)) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < 10; i++) {
                String content = "x".repeat(i == 5 ? 20_000 : 9_000);
                text.append("{\"id\": ")
                        .append(i)
                        .append(", \"x\": \"")
                        .append(content)
                        .append("\"}\n");
            }
            ImportReport report = lines(JsonImport.into(limited, "places").withRejectionsMax(1), text.toString());
            assertThat(report.inserted()).isEqualTo(9);
            assertThat(report.rejections().get(0).line()).isEqualTo(6);
            assertThat(report.rejections().get(0).reason()).contains("10000");
        }
    }

    @Test
    void nothingIsStoredOfTheBatchThatEndsWithADocumentThatIsTooLarge() {
        try (Store limited = Store.openInMemory(StoreOptions.defaults().withValueBytesMax(1_000))) {
            String large = "{\"id\": 5, \"x\": \"" + "x".repeat(2_000) + "\"}\n";
            String text = "{\"id\": 1}\n{\"id\": 2}\n{\"id\": 3}\n{\"id\": 4}\n" + large + "{\"id\": 6}";
            JsonImport small = JsonImport.into(limited, "places").withBatchDocuments(3);

            ImportFailedException refused = failure(() -> lines(small, text));
            assertThat(refused).hasMessageContaining("line 5").hasMessageContaining("1000");
            assertThat(refused.report().inserted())
                    .isEqualTo(limited.collection("places").count())
                    .isEqualTo(3);

            ImportReport report =
                    lines(small.withDuplicates(DuplicatePolicy.SKIP).withRejectionsMax(1), text);
            assertThat(report.inserted()).isEqualTo(2);
            assertThat(report.skipped()).isEqualTo(3);
            assertThat(report.rejections()).hasSize(1);
        }
    }

    @Test
    void linesThatAreTooLongTakeNoMemory() {
        InputStream endless = new InputStream() {
            private long left = 3L << 30;

            @Override
            public int read() {
                throw new UnsupportedOperationException();
            }

            @Override
            public int read(byte[] target, int offset, int length) {
                if (left <= 0) {
                    return -1;
                }
                left -= length;
                Arrays.fill(target, offset, offset + length, (byte) '[');
                return length;
            }
        };
        ImportReport report = into.withRejectionsMax(1).from(endless, JsonFormat.LINES);
        assertThat(report.rejections().get(0).reason()).contains("longer than the 67108864 bytes");
    }

    @Test
    void importsAtTheSameTimeAgreeOnWhoseDocumentItIs() throws Exception {
        places.createIndex(IndexDefinition.uniqueOn("code"));
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 2_000; i++) {
            text.append("{\"id\": ").append(i).append(", \"code\": ").append(i).append("}\n");
        }
        String sameCodes = text.toString().replaceAll("\"id\": (\\d+)", "\"id\": \"other $1\"");
        JsonImport skipping =
                into.withDuplicates(DuplicatePolicy.SKIP).withBatchDocuments(50).withRejectionsMax(Long.MAX_VALUE);
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try {
            long stored = 0;
            List<Callable<ImportReport>> imports = List.of(
                    () -> lines(skipping, text.toString()),
                    () -> lines(skipping, text.toString()),
                    () -> lines(skipping, sameCodes));
            for (Future<ImportReport> each : threads.invokeAll(imports)) {
                ImportReport report = each.get();
                assertThat(report.stored() + report.skipped() + report.rejected())
                        .isEqualTo(2_000);
                stored += report.stored();
            }
            assertThat(stored).isEqualTo(places.count()).isEqualTo(2_000);
        } finally {
            threads.shutdownNow();
        }
        assertThat(store.verify().problems()).isEmpty();
    }

    @Test
    void onlyTheFirstRejectionsAreKept() {
        ImportReport report = lines(into.withRejectionsMax(Long.MAX_VALUE), "x\n".repeat(5_000));
        assertThat(report.rejected()).isEqualTo(5_000);
        assertThat(report.rejections()).hasSize(1_000);
    }

    @Test
    void boundsAreChecked() {
        assertThatThrownBy(() -> into.withBatchDocuments(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> into.withRejectionsMax(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> into.withDocumentTextBytesMax(5)).isInstanceOf(IllegalArgumentException.class);
    }

    private static ImportReport lines(JsonImport target, String text) {
        return target.from(stream(text), JsonFormat.LINES);
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static ImportFailedException failure(Runnable work) {
        return catchThrowableOfType(ImportFailedException.class, work::run);
    }
}
