package org.storedb.query.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.storedb.DocumentCollection;
import org.storedb.Store;
import org.storedb.error.InvalidDocumentException;
import org.storedb.error.InvalidQueryException;
import org.storedb.error.QuerySyntaxException;
import org.storedb.index.IndexDefinition;
import org.storedb.query.Query;
import org.storedb.query.Row;
import org.storedb.testing.JavaGuide;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Runs the examples of docs/QUERIES.md. */
class QueryTextGuideTests {

    private static final Path GUIDE = Path.of("..", "docs", "QUERIES.md");
    private static final Pattern EXAMPLE = Pattern.compile("(\\S.*?)\\n(?:    with (.*)\\n)?    → (.*)(?:\\n|$)");

    private final JsonMapper json = new JsonMapper();
    private final Store store = Store.openInMemory();
    private String guide = "";

    /**
     * A query and what comes of it.
     *
     * @param values JSON, empty for none
     */
    private record Example(String text, String values, String result) {}

    @BeforeEach
    void readGuide() throws IOException {
        guide = Files.readString(GUIDE);
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    @Test
    void javaExamplesRun(@TempDir Path folder) throws IOException {
        assertThat(new JavaGuide("QUERIES.md").run(folder)).isEqualTo(3);
    }

    @Test
    void examplesFindWhatTheGuideSays() {
        List<Example> examples = examples("query");
        assertThat(examples).hasSizeGreaterThan(30);
        for (Example example : examples) {
            fillPlaces();
            assertThat(run(example)).as(example.text()).isEqualTo(example.result());
        }
    }

    @Test
    void examplesFindTheSameWithIndexes() {
        DocumentCollection<Map<String, @Nullable Object>> places = store.collection("places");
        fillPlaces();
        places.createIndex(IndexDefinition.on("country", "population"));
        places.createIndex(IndexDefinition.on("population"));
        places.createIndex(IndexDefinition.on("name"));
        places.createIndex(IndexDefinition.onWordsOf("name"));
        places.createIndex(IndexDefinition.onWordsOf("tags"));
        for (Example example : examples("query")) {
            fillPlaces();
            assertThat(run(example)).as(example.text()).isEqualTo(example.result());
        }
    }

    @Test
    void errorsAreThoseOfTheGuide() {
        List<Example> examples = examples("error");
        assertThat(examples).hasSizeGreaterThan(3);
        for (Example example : examples) {
            assertThatThrownBy(() -> bind(example))
                    .as(example.text())
                    .isExactlyInstanceOf(InvalidQueryException.class)
                    .hasMessage(example.result());
        }
        List<Example> failures = examples("failure");
        assertThat(failures).isNotEmpty();
        for (Example example : failures) {
            fillPlaces();
            assertThatThrownBy(() -> run(example))
                    .as(example.text())
                    .isExactlyInstanceOf(InvalidDocumentException.class)
                    .hasMessage(example.result());
        }
        String wrong = String.join("\n", blocks("message"));
        assertThatThrownBy(() -> QueryText.parse(wrong))
                .isExactlyInstanceOf(QuerySyntaxException.class)
                .satisfies(error -> assertThat(guide).contains("```\n" + error.getMessage() + "\n```"));
    }

    @Test
    void examplesSurviveARoundTrip() {
        for (Example example : examples("query")) {
            PrintedQuery printed = QueryText.print(bind(example));
            BoundStatement read = QueryText.parseStatement(printed.text())
                    .bind(printed.arguments().toArray());
            assertThat(QueryText.print(read)).isEqualTo(printed);
        }
    }

    @Test
    void grammarHasEveryKeyword() {
        List<String> quoted = Pattern.compile("\"([a-z]{2,})\"")
                .matcher(String.join("\n", blocks("ebnf")))
                .results()
                .map(result -> result.group(1))
                .distinct()
                .toList();

        assertThat(quoted).containsExactlyInAnyOrderElementsOf(Words.keywords());
    }

    private String run(Example example) {
        BoundStatement statement = bind(example);
        DocumentCollection<Map<String, @Nullable Object>> collection = store.collection(statement.collection());
        if (statement instanceof BoundSelection selection) {
            return shown(
                    collection.findFields(selection.query(), selection.fields().toArray(String[]::new)));
        }
        if (statement instanceof BoundAggregation bound) {
            return shown(collection.aggregate(bound.aggregation()).stream());
        }
        if (statement instanceof BoundUpdate update) {
            return Long.toString(collection.update(update.query(), update.patch()));
        }
        BoundQuery bound = (BoundQuery) statement;
        return switch (bound.kind()) {
            case FIND -> {
                String ids = collection
                        .find(bound.query())
                        .map(document -> String.valueOf(document.get("id")))
                        .collect(Collectors.joining(", "));
                yield ids.isEmpty() ? "nothing" : ids;
            }
            case COUNT -> Long.toString(collection.count(bound.query()));
            case EXISTS -> Boolean.toString(collection.exists(bound.query()));
            case DELETE -> Long.toString(collection.delete(bound.query()));
        };
    }

    private static String shown(Stream<Row> rows) {
        return rows.map(row ->
                        row.asMap().values().stream().map(String::valueOf).collect(Collectors.joining(" ")))
                .collect(Collectors.joining(", "));
    }

    private BoundStatement bind(Example example) {
        ParsedStatement parsed = QueryText.parseStatement(example.text());
        if (!parsed.isPositional()) {
            return parsed.bind(
                    example.values().isEmpty()
                            ? Map.of()
                            : json.readValue(example.values(), new TypeReference<Map<String, @Nullable Object>>() {}));
        }
        return parsed.bind(json.readValue(example.values(), Object[].class));
    }

    private void fillPlaces() {
        DocumentCollection<Map<String, @Nullable Object>> places = store.collection("places");
        List<Map<String, @Nullable Object>> documents = new ArrayList<>();
        for (String line : blocks("json")) {
            documents.add(json.readValue(line, new TypeReference<Map<String, @Nullable Object>>() {}));
        }
        places.delete(Query.all());
        places.saveAll(documents);
    }

    private List<Example> examples(String language) {
        return EXAMPLE.matcher(String.join("\n", blocks(language)))
                .results()
                .map(result -> new Example(
                        result.group(1).strip(), Objects.requireNonNullElse(result.group(2), ""), result.group(3)))
                .toList();
    }

    /** The lines of all blocks of a language. */
    private List<String> blocks(String language) {
        return Pattern.compile("```" + language + "\\n(.*?)\\n```", Pattern.DOTALL)
                .matcher(guide)
                .results()
                .map(MatchResult::group)
                .flatMap(block -> block.lines().filter(line -> !line.startsWith("```")))
                .toList();
    }
}
