package org.storedb.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.storedb.DocumentCollection;
import org.storedb.Store;
import org.storedb.index.IndexDefinition;
import org.storedb.query.Filter;
import org.storedb.query.Sort;
import org.storedb.search.definition.TextAnalyzer;
import org.storedb.search.definition.TextIndexDefinition;
import org.storedb.search.internal.Campaign;
import org.storedb.search.query.TextQuery;

/** Random searches, compared with a search that splits texts at blanks and looks at every document. */
class RandomTextSearchTests {

    private static final List<String> WORDS = List.of(
            "a", "ab", "abc", "abd", "acb", "b", "ba", "bab", "bad", "bade", "c", "cab", "cabs", "d", "dab", "deb",
            "debt");
    private static final List<String> FIELDS = List.of("one", "two");
    private static final int ROUNDS = 20;
    private static final int SEARCHES = 25 * Campaign.factor();

    private final Map<Object, Map<String, @Nullable Object>> model = new HashMap<>();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void searchesFindWhatANaiveSearchFinds(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        try (Store store = Store.openInMemory();
                TextIndex index = TextIndex.inMemory(
                        store,
                        TextIndexDefinition.of("texts")
                                .field("one", TextAnalyzer.words())
                                .field("two", TextAnalyzer.words(), 2))) {
            DocumentCollection<Map<String, @Nullable Object>> texts = store.collection("texts");
            for (int round = 0; round < ROUNDS; round++) {
                if (round == ROUNDS / 2) {
                    texts.createIndex(IndexDefinition.on("rank"));
                }
                change(texts, random);
                for (int i = 0; i < SEARCHES; i++) {
                    search(index, random);
                }
            }
            assertThat(index.verify().problems()).isEmpty();
            assertThat(index.verify().documents()).isEqualTo(model.size());
        }
    }

    private void change(DocumentCollection<Map<String, @Nullable Object>> texts, SplittableRandom random) {
        for (int i = random.nextInt(15); i >= 0; i--) {
            Object id = random.nextBoolean() ? (Object) (long) random.nextInt(40) : "s" + random.nextInt(40);
            if (random.nextInt(4) == 0) {
                texts.delete(id);
                model.remove(id);
            } else {
                Map<String, @Nullable Object> document = new TreeMap<>();
                document.put("id", id);
                document.put("rank", (long) random.nextInt(10));
                FIELDS.forEach(field -> document.put(field, text(random, 6)));
                texts.save(document);
                model.put(id, document);
            }
        }
    }

    private static String text(SplittableRandom random, int wordsMax) {
        return random.ints(random.nextInt(wordsMax + 1), 0, WORDS.size())
                .mapToObj(WORDS::get)
                .collect(Collectors.joining(" "));
    }

    private void search(TextIndex index, SplittableRandom random) {
        TextQuery query = query(random, 3);
        long rank = random.nextInt(10);
        int kind = random.nextInt(3);
        Filter filter = kind == 0 ? Filter.all() : kind == 1 ? Filter.eq("rank", rank) : Filter.gte("rank", rank);
        Predicate<Map<String, @Nullable Object>> accepts = document -> {
            long own = (Long) Objects.requireNonNull(document.get("rank"));
            return kind == 0 || (kind == 1 ? own == rank : own >= rank);
        };
        List<Map<String, @Nullable Object>> expected = model.values().stream()
                .filter(accepts)
                .filter(document -> matches(query, document, Set.copyOf(FIELDS)))
                .toList();
        TextSearch search = TextSearch.of(query).where(filter).withTotal();

        TextResults<Map<String, @Nullable Object>> all = index.search(search.limit(1_000));
        assertThat(all.hits())
                .as("%s", search)
                .extracting(TextHit::id)
                .containsExactlyInAnyOrderElementsOf(ids(expected));
        assertThat(all.hits())
                .as("best first, then by id")
                .isSortedAccordingTo(Comparator.<TextHit<?>>comparingDouble(hit -> -hit.score())
                        .thenComparing(hit -> hit.id(), RandomTextSearchTests::compareIds));
        assertThat(all.total()).hasValue(expected.size());
        assertThat(index.count(search)).isEqualTo(expected.size());

        int offset = random.nextInt(8);
        int limit = random.nextInt(8);
        assertThat(index.search(search.offset(offset).limit(limit)).hits())
                .as("%s from %s", search, offset)
                .isEqualTo(all.hits().stream().skip(offset).limit(limit).toList());

        List<TextHit<Map<String, @Nullable Object>>> paged = new ArrayList<>();
        TextSearch next = search.limit(1 + random.nextInt(5));
        for (var page = index.search(next); !page.hits().isEmpty(); page = index.search(next)) {
            paged.addAll(page.hits());
            next = next.after(paged.get(paged.size() - 1).position());
        }
        assertThat(paged).as("%s, page by page", search).isEqualTo(all.hits());

        List<Object> byRank = expected.stream()
                .sorted(Comparator.<Map<String, @Nullable Object>>comparingLong(
                                document -> -(Long) Objects.requireNonNull(document.get("rank")))
                        .thenComparing(document -> id(document), RandomTextSearchTests::compareIds))
                .map(RandomTextSearchTests::id)
                .skip(offset)
                .limit(limit)
                .toList();
        assertThat(index.search(search.sort(Sort.by("rank").descending())
                                .offset(offset)
                                .limit(limit))
                        .hits())
                .extracting(TextHit::id)
                .isEqualTo(byRank);
    }

    private static TextQuery query(SplittableRandom random, int depth) {
        TextQuery query = switch (random.nextInt(depth == 0 ? 5 : 9)) {
            case 0 -> TextQuery.words(someText(random, 3));
            case 1 -> TextQuery.anyWord(someText(random, 3));
            case 2 -> TextQuery.phrase(someText(random, 3));
            case 3 -> TextQuery.prefix(WORDS.get(random.nextInt(WORDS.size())));
            case 4 -> TextQuery.fuzzy(WORDS.get(random.nextInt(WORDS.size())), random.nextInt(3));
            case 5 -> query(random, depth - 1).and(query(random, depth - 1));
            case 6 -> query(random, depth - 1).or(query(random, depth - 1));
            case 7 -> TextQuery.not(query(random, depth - 1));
            default -> query(random, depth - 1).boostedBy(1 + random.nextInt(3));
        };
        return random.nextInt(4) == 0 ? query.in(FIELDS.get(random.nextInt(2))) : query;
    }

    private static String someText(SplittableRandom random, int wordsMax) {
        String text = text(random, wordsMax);
        return text.isEmpty() ? "cab" : text;
    }

    private static boolean matches(TextQuery query, Map<String, @Nullable Object> document, Set<String> fields) {
        if (query instanceof TextQuery.Words words) {
            Predicate<String> isThere = word -> anyText(
                    document, words.fields().isEmpty() ? fields : Set.copyOf(words.fields()), in -> in.contains(word));
            List<String> all = split(words.text());
            return words.matching() == TextQuery.Matching.ALL
                    ? all.stream().allMatch(isThere)
                    : all.stream().anyMatch(isThere);
        } else if (query instanceof TextQuery.Phrase phrase) {
            List<String> wanted = split(phrase.text());
            return anyText(
                    document,
                    phrase.fields().isEmpty() ? fields : Set.copyOf(phrase.fields()),
                    in -> Collections.indexOfSubList(in, wanted) >= 0);
        } else if (query instanceof TextQuery.Prefix prefix) {
            return anyText(
                    document,
                    prefix.fields().isEmpty() ? fields : Set.copyOf(prefix.fields()),
                    in -> in.stream().anyMatch(word -> word.startsWith(prefix.prefix())));
        } else if (query instanceof TextQuery.Fuzzy fuzzy) {
            return anyText(
                    document,
                    fuzzy.fields().isEmpty() ? fields : Set.copyOf(fuzzy.fields()),
                    in -> in.stream().anyMatch(word -> edits(word, fuzzy.word()) <= fuzzy.edits()));
        } else if (query instanceof TextQuery.All all) {
            return all.queries().stream().allMatch(part -> matches(part, document, fields));
        } else if (query instanceof TextQuery.Any any) {
            return any.queries().stream().anyMatch(part -> matches(part, document, fields));
        } else if (query instanceof TextQuery.Not not) {
            return !matches(not.query(), document, fields);
        } else if (query instanceof TextQuery.Boosted boosted) {
            return matches(boosted.query(), document, fields);
        }
        throw new AssertionError(query);
    }

    private static boolean anyText(
            Map<String, @Nullable Object> document, Set<String> fields, Predicate<List<String>> test) {
        return fields.stream().map(field -> split((String) document.get(field))).anyMatch(test);
    }

    private static List<String> split(@Nullable String text) {
        return text == null || text.isEmpty() ? List.of() : List.of(text.split(" "));
    }

    /** Characters more, less, other or exchanged that lead from one word to another. */
    private static int edits(String from, String to) {
        int[][] edits = new int[from.length() + 1][to.length() + 1];
        for (int i = 0; i <= from.length(); i++) {
            for (int j = 0; j <= to.length(); j++) {
                if (i == 0 || j == 0) {
                    edits[i][j] = i + j;
                    continue;
                }
                int other = from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1;
                edits[i][j] = Math.min(edits[i - 1][j - 1] + other, 1 + Math.min(edits[i - 1][j], edits[i][j - 1]));
                boolean exchanged = i > 1
                        && j > 1
                        && from.charAt(i - 1) == to.charAt(j - 2)
                        && from.charAt(i - 2) == to.charAt(j - 1);
                if (exchanged) {
                    edits[i][j] = Math.min(edits[i][j], edits[i - 2][j - 2] + 1);
                }
            }
        }
        return edits[from.length()][to.length()];
    }

    private static List<Object> ids(List<Map<String, @Nullable Object>> documents) {
        List<Object> ids = new ArrayList<>();
        documents.forEach(document -> ids.add(id(document)));
        return ids;
    }

    private static Object id(Map<String, @Nullable Object> document) {
        return Objects.requireNonNull(document.get("id"));
    }

    private static int compareIds(Object one, Object other) {
        if (one instanceof Long first && other instanceof Long second) {
            return first.compareTo(second);
        }
        return one instanceof String first && other instanceof String second
                ? first.compareTo(second)
                : one instanceof Long ? -1 : 1;
    }
}
