package org.storedb.internal.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.storedb.crash.CampaignSize;
import org.storedb.document.ValueType;
import org.storedb.index.IndexDefinition;
import org.storedb.index.IndexDefinition.Part.Kind;
import org.storedb.internal.document.CatalogEntry.IndexEntry;
import org.storedb.internal.document.HeapFieldDictionary;
import org.storedb.query.Filter;
import org.storedb.query.Query;
import org.storedb.query.Sort;

/**
 * Queries that fit the indexes that there are, of every kind: the answers are those of plain Java, and the indexes are used
 * for them, which random queries alone would seldom do.
 */
class IndexKindsDifferentialTests {

    private static final int COLLECTIONS = CampaignSize.of(150);
    private static final int QUERIES_PER_COLLECTION = 120;
    private static final String[] FIELDS = {"a", "b", "c", "n.x", "t"};

    private Random random = new Random(0);
    private RandomConditions conditions = new RandomConditions(random, () -> value("t"));

    @Test
    void answersNeverDependOnTheKindsOfIndexes() {
        long seed = Long.getLong("storedb.seed", System.nanoTime());
        System.out.println("Differential test of index kinds, seed " + seed + " (-Dstoredb.seed=" + seed + ")");
        random = new Random(seed);
        conditions = new RandomConditions(random, () -> value("t"));
        RandomIndexKinds kinds = new RandomIndexKinds(random);
        Set<String> used = new TreeSet<>();
        for (int round = 0; round < COLLECTIONS; round++) {
            List<Map<String, @Nullable Object>> documents = documents(20 + random.nextInt(200));
            HeapCollection collection = new HeapCollection(new HeapFieldDictionary(random.nextInt(8)));
            collection.addAll(documents);
            for (int number = 0; number < QUERIES_PER_COLLECTION; number++) {
                if (number % 20 == 0) {
                    collection.dropIndexes();
                    collection.addIndex(kinds.vary(IndexDefinition.on(fields(1 + random.nextInt(3)))));
                    collection.addIndex(kinds.vary(IndexDefinition.on(fields(1 + random.nextInt(2)))));
                }
                Query query = query(collection.view().indexes());
                check(
                        collection,
                        documents,
                        query,
                        "seed " + seed + ", " + query + "\nindexes "
                                + collection.view().indexes());
                used.addAll(kindsUsed(collection, query));
            }
        }
        assertThat(used)
                .contains(
                        "plain", "partial", "folded", "element", "folded element", "descending", "mixed order", "words")
                .contains("covered partial", "covered element", "covered folded")
                .contains("covered words", "covered beginnings");
    }

    /** Runs every way to answer a query, not only the cheapest one. */
    private static void check(
            HeapCollection collection, List<Map<String, @Nullable Object>> documents, Query query, String described) {
        List<Object> expected = new ArrayList<>();
        NaiveQueries.find(documents, query).forEach(document -> expected.add(String.valueOf(document.get("id"))));
        BestWay.assertSame(query, collection.view());
        QueryPlanner planner = QueryPlanner.ofAllWays(query, collection.view());
        PlanRunner runner = new PlanRunner(collection.view(), null);
        for (QueryPlanner.PricedPlan priced : planner.find()) {
            List<Object> actual = new ArrayList<>();
            DocumentSource source = runner.open((QueryPlan.Documents) priced.plan());
            for (FoundDocument found = source.next(); found != null; found = source.next()) {
                actual.add(String.valueOf(found.id()));
            }
            assertThat(actual).as("%s\nplan %s", described, priced.plan()).isEqualTo(expected);
        }
        for (QueryPlanner.PricedPlan priced : planner.count()) {
            assertThat(runner.count((QueryPlan.Count) priced.plan()))
                    .as("%s\nplan %s", described, priced.plan())
                    .isEqualTo(expected.size());
        }
    }

    /** What is special about the indexes that plans go through. */
    private static Set<String> kindsUsed(HeapCollection collection, Query query) {
        Set<String> kinds = new TreeSet<>();
        Conjunction conjunction = new Conjunction(query.filter());
        for (AccessPath path : new AccessPaths(collection.view(), conjunction).all()) {
            IndexEntry index = path.index();
            if (index == null) {
                continue;
            }
            String covered = path.coversFilter() ? "covered " : "";
            for (IndexDefinition.Part part : index.definition().parts()) {
                String kind = switch (KeyPart.Column.of(part).form()) {
                    case EXACT -> "plain";
                    case FOLDED -> "folded";
                    case ELEMENT -> "element";
                    case FOLDED_ELEMENT -> "folded element";
                    case PLACE -> "place";
                    case WORD -> path.repeating() ? "beginnings" : "words";
                };
                kinds.add(path.boundColumns().contains(KeyPart.Column.of(part)) ? covered + kind : kind);
            }
            if (index.definition().filter() != null) {
                kinds.add(covered + "partial");
            }
            boolean inOrder = new PathOrder(query.sort(), conjunction).of(path) != null;
            if (path.parts().stream().anyMatch(KeyPart::descending)) {
                kinds.add(inOrder && query.sort().orders().size() > 1 ? "mixed order" : "descending");
            }
        }
        return kinds;
    }

    private Query query(List<IndexShape> indexes) {
        IndexDefinition index =
                indexes.get(random.nextInt(indexes.size())).entry().definition();
        List<Filter> conditions = new ArrayList<>();
        if (index.filter() != null && random.nextInt(5) > 0) {
            conditions.add(index.filter());
        }
        Sort sort = Sort.unsorted();
        boolean turned = random.nextBoolean();
        for (IndexDefinition.Part part : index.parts()) {
            if (part.isRepeated() || random.nextBoolean()) {
                conditions.add(condition(part));
            } else if (random.nextInt(4) > 0) {
                boolean descending = (part.direction() == Sort.Direction.DESCENDING) != turned;
                Sort.Order order =
                        descending ? Sort.Order.descending(part.field()) : Sort.Order.ascending(part.field());
                sort = sort.then(Sort.by(part.caseInsensitive() ? order.ignoringCase() : order));
            }
        }
        if (random.nextInt(6) == 0) {
            conditions.add(condition(IndexDefinition.Part.on(FIELDS[random.nextInt(FIELDS.length)])));
        }
        if (random.nextInt(4) == 0) {
            sort = sort.then(
                    random.nextBoolean() ? Sort.by("id") : Sort.by("id").descending());
        }
        Query query = Query.where(conditions.size() == 1 ? conditions.get(0) : new Filter.And(conditions))
                .sort(sort);
        query = random.nextInt(3) == 0 ? query.offset(random.nextInt(20)) : query;
        return random.nextInt(3) == 0 ? query.limit(random.nextInt(20)) : query;
    }

    private Filter condition(IndexDefinition.Part part) {
        String field = part.field();
        if (part.kind() == Kind.WORDS) {
            Filter words = Filter.text(field, conditions.words());
            return switch (random.nextInt(8)) {
                case 0 -> words.or(Filter.text(field, conditions.words()));
                case 1 -> words.and(Filter.not(Filter.text(field, conditions.words())));
                case 2 -> Filter.not(words);
                default -> words;
            };
        }
        if (part.kind() == Kind.EACH_ELEMENT) {
            Filter element = Filter.hasElement(field, value("t"));
            return switch (random.nextInt(8)) {
                case 0 -> element.and(Filter.hasElement(field, value("t")));
                case 1 -> Filter.hasAllElements(field, List.of(value("t"), value("t")));
                case 2 -> Filter.elementMatches(field, condition(IndexDefinition.Part.on(Filter.ELEMENT)));
                case 3 ->
                    Filter.elementMatches(
                            field, Filter.eq(Filter.ELEMENT, value("t")).ignoringCase());
                default -> element;
            };
        }
        Filter condition = switch (random.nextInt(8)) {
            case 0 -> Filter.in(field, Arrays.asList(value(field), value(field)));
            case 1 -> Filter.isNull(field);
            case 2 ->
                random.nextBoolean()
                        ? Filter.startsWith(field, random.nextBoolean() ? "a" : "B")
                        : Filter.hasType(field, ValueType.STRING);
            case 3 -> Filter.between(field, value(field), value(field));
            case 4 ->
                new Filter.Comparison(
                        field, new RandomIndexKinds(random).operator(), value(field), random.nextBoolean());
            default -> Filter.eq(field, value(field));
        };
        return part.caseInsensitive() && random.nextInt(4) > 0 ? condition.ignoringCase() : condition;
    }

    private String[] fields(int count) {
        List<String> fields = new ArrayList<>();
        while (fields.size() < count) {
            String field = FIELDS[random.nextInt(FIELDS.length)];
            if (!fields.contains(field)) {
                fields.add(field);
            }
        }
        return fields.toArray(String[]::new);
    }

    private List<Map<String, @Nullable Object>> documents(int count) {
        List<Map<String, @Nullable Object>> documents = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            Map<String, @Nullable Object> document = new LinkedHashMap<>();
            document.put("id", "k" + number);
            for (String field : List.of("a", "b", "c")) {
                if (random.nextInt(8) > 0) {
                    document.put(field, random.nextInt(10) == 0 ? null : value(field));
                }
            }
            if (random.nextInt(4) > 0) {
                document.put("n", Map.of("x", value("n.x")));
            }
            if (random.nextInt(5) > 0) {
                List<@Nullable Object> elements = new ArrayList<>();
                for (int size = random.nextInt(4); size > 0; size--) {
                    elements.add(random.nextInt(10) == 0 ? null : value("t"));
                }
                document.put("t", random.nextInt(8) > 0 ? elements : value("t"));
            }
            documents.add(document);
        }
        return documents;
    }

    private Object value(String field) {
        return switch (field) {
            case "a" -> random.nextInt(4);
            case "b" -> String.valueOf((char) ((random.nextBoolean() ? 'a' : 'A') + random.nextInt(3)));
            case "c" -> random.nextBoolean() ? (Object) random.nextInt(30) : random.nextInt(60) / 2.0 - 15;
            case "n.x" ->
                List.of(false, true, "aΣ", "AΣB", "ab", 1, -1.5, List.of("A")).get(random.nextInt(8));
            default -> List.of(0, 1, 2, 3, "a", "A", "b", true, "two ab", "A-C").get(random.nextInt(10));
        };
    }
}
