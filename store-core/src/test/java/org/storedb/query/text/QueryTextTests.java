package org.storedb.query.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.storedb.document.DocumentPatch;
import org.storedb.document.ValueType;
import org.storedb.error.InvalidQueryException;
import org.storedb.query.Filter;
import org.storedb.query.Filter.Ends;
import org.storedb.query.GeoPoint;
import org.storedb.query.GeoShape;
import org.storedb.query.Query;
import org.storedb.query.Sort;
import org.storedb.query.Sort.Direction;
import org.storedb.query.Sort.NullOrder;
import org.storedb.query.Sort.Order;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.StringNode;

/** What texts mean, and what happens when parameters are bound. */
class QueryTextTests {

    @Test
    void allClausesAreRead() {
        ParsedQuery parsed = QueryText.parse("find places where country = 'JP' and population >= :min"
                + " order by population desc limit 20 offset 40");

        assertThat(parsed.kind()).isEqualTo(QueryKind.FIND);
        assertThat(parsed.collection()).isEqualTo("places");
        assertThat(parsed.parameters()).containsExactly("min");
        assertThat(parsed.fields()).containsExactly("country", "population");
        assertThat(parsed.bind(Map.of("min", 1_000_000)))
                .isEqualTo(new BoundQuery(
                        QueryKind.FIND,
                        "places",
                        Query.where(new Filter.And(
                                        List.of(Filter.eq("country", "JP"), Filter.gte("population", 1_000_000))))
                                .sort(Sort.by("population").descending())
                                .limit(20)
                                .offset(40)));
    }

    @Test
    void everyKindIsRead() {
        assertThat(QueryText.parse("count a.b_c").bind())
                .isEqualTo(new BoundQuery(QueryKind.COUNT, "a.b_c", Query.all()));
        assertThat(QueryText.parse("EXISTS `2024-places` LIMIT 1").bind())
                .isEqualTo(new BoundQuery(
                        QueryKind.EXISTS, "2024-places", Query.all().limit(1)));
        assertThat(QueryText.parse("delete places where true offset 3").bind())
                .isEqualTo(
                        new BoundQuery(QueryKind.DELETE, "places", Query.all().offset(3)));
    }

    @Test
    void comparisonsAreRead() {
        assertFilter("a = 1", Filter.eq("a", 1L));
        assertFilter("a != 1", Filter.ne("a", 1L));
        assertFilter("a <> 1", Filter.ne("a", 1L));
        assertFilter("a < 1", Filter.lt("a", 1L));
        assertFilter("a<=1", Filter.lte("a", 1L));
        assertFilter("a > 'x'", Filter.gt("a", "x"));
        assertFilter("a >= false", Filter.gte("a", false));
        assertFilter("a = null", Filter.isNull("a"));
        assertFilter("a != null", Filter.not(Filter.isNull("a")));
        assertFilter("a is null", Filter.isNull("a"));
        assertFilter("a is not null", Filter.not(Filter.isNull("a")));
        assertFilter("a between 1 and 2", Filter.between("a", 1L, 2L));
        assertFilter("a not between 1 and 2", Filter.not(Filter.between("a", 1L, 2L)));
        assertFilter("a in ('x', 2, null)", Filter.in("a", Arrays.asList("x", 2L, null)));
        assertFilter("a in ()", Filter.in("a", List.of()));
        assertFilter("a not in (1)", Filter.not(Filter.in("a", List.of(1L))));
        assertFilter("exists(a.b)", Filter.exists("a.b"));
        assertFilter("a starts with 'x'", Filter.startsWith("a", "x"));
        assertFilter("a ends with 'x'", Filter.endsWith("a", "x"));
        assertFilter("a contains 'x'", Filter.contains("a", "x"));
        assertFilter("a like '%x_'", Filter.like("a", "%x_"));
        assertFilter("a not like '%x_'", Filter.not(Filter.like("a", "%x_")));
        assertFilter("a has 'x'", Filter.hasElement("a", "x"));
        assertFilter("not a has 'x'", Filter.not(Filter.hasElement("a", "x")));
        assertFilter("true", Filter.all());
        assertFilter("false", Filter.anyOf());
    }

    @Test
    void andBindsStrongerThanOr() {
        Filter a = Filter.eq("a", 1L);
        Filter b = Filter.eq("b", 2L);
        Filter c = Filter.eq("c", 3L);

        assertFilter("a = 1 or b = 2 and c = 3", new Filter.Or(List.of(a, new Filter.And(List.of(b, c)))));
        assertFilter("a = 1 and b = 2 or c = 3", new Filter.Or(List.of(new Filter.And(List.of(a, b)), c)));
        assertFilter("a = 1 and b = 2 and c = 3", new Filter.And(List.of(a, b, c)));
        assertFilter("a = 1 and (b = 2 and c = 3)", new Filter.And(List.of(a, new Filter.And(List.of(b, c)))));
        assertFilter("(a = 1 or b = 2) and c = 3", new Filter.And(List.of(new Filter.Or(List.of(a, b)), c)));
        assertFilter("not a = 1 and b = 2", new Filter.And(List.of(Filter.not(a), b)));
        assertFilter("not not (a = 1 or b = 2)", Filter.not(Filter.not(new Filter.Or(List.of(a, b)))));
        assertFilter("a between 1 and 2 and b = 2", new Filter.And(List.of(Filter.between("a", 1L, 2L), b)));
    }

    @Test
    void caseCanBeIgnored() {
        assertFilter("a = 'x' ignoring case", Filter.eq("a", "x").ignoringCase());
        assertFilter("a in ('x') ignoring case", Filter.in("a", List.of("x")).ignoringCase());
        assertFilter(
                "a not like 'x' ignoring case", Filter.not(Filter.like("a", "x").ignoringCase()));
        assertFilter(
                "a between 'x' and 'y' ignoring case",
                Filter.between("a", "x", "y").ignoringCase());
    }

    @Test
    void keywordsAreNamesWhereNothingElseCanBeMeant() {
        assertFilter(
                "order = 1 and limit > 2 and exists is null and count in (3)",
                new Filter.And(List.of(
                        Filter.eq("order", 1L),
                        Filter.gt("limit", 2L),
                        Filter.isNull("exists"),
                        Filter.in("count", List.of(3L)))));
        assertThat(QueryText.parse("find find order by order, `where` limit 1").fields())
                .containsExactly("order", "where");
    }

    @Test
    void unusualNamesStandInBackQuotes() {
        assertFilter("`and` = 1", Filter.eq("and", 1L));
        assertFilter("address.`zip code` = 1", Filter.eq("address.zip code", 1L));
        assertFilter("`address.zip code` = 1", Filter.eq("address.zip code", 1L));
        assertFilter("`a``b` = 1", Filter.eq("a`b", 1L));
        assertFilter("straße = 1 and 名前 = 2", new Filter.And(List.of(Filter.eq("straße", 1L), Filter.eq("名前", 2L))));
    }

    @Test
    void ordersAreRead() {
        assertThat(QueryText.parse("find a order by x, y asc nulls last, z.z ignoring case desc nulls first")
                        .bind()
                        .query()
                        .sort())
                .isEqualTo(Sort.by(
                        Order.ascending("x"),
                        Order.ascending("y").nulls(NullOrder.LAST),
                        Order.descending("z.z").nulls(NullOrder.FIRST).ignoringCase()));
    }

    @Test
    void literalsKeepTheirValue() {
        assertLiteral("'it''s'", "it's");
        assertLiteral("''", "");
        assertLiteral("'line\nbreak 😀'", "line\nbreak 😀");
        assertLiteral("-5", -5L);
        assertLiteral("9223372036854775807", Long.MAX_VALUE);
        assertLiteral("-9223372036854775808", Long.MIN_VALUE);
        assertLiteral("9223372036854775808", new BigInteger("9223372036854775808"));
        assertLiteral("0.1", 0.1);
        assertLiteral("-0.0", -0.0);
        assertLiteral("1e3", 1000.0);
        assertLiteral("1.7976931348623157E308", Double.MAX_VALUE);
        assertLiteral("4.9E-324", Double.MIN_VALUE);
        assertLiteral("19.90m", new BigDecimal("19.90"));
        assertLiteral("5m", new BigDecimal("5"));
        assertLiteral("1e400m", new BigDecimal("1e400"));
        assertLiteral("1e-400m", new BigDecimal("1e-400"));
        assertLiteral("0e-400", 0.0);
        assertLiteral("true", true);
    }

    @Test
    void parametersAreNamedOrNumbered() {
        ParsedQuery named = QueryText.parse("find a where x = :x and y between :x and :Y limit :n offset :n");
        assertThat(named.parameters()).containsExactly("x", "Y", "n");
        assertThat(named.isPositional()).isFalse();
        assertThat(named.bind(Map.of("x", 1, "Y", 2, "n", 3)).query())
                .isEqualTo(Query.where(new Filter.And(List.of(Filter.eq("x", 1), Filter.between("y", 1, 2))))
                        .limit(3)
                        .offset(3));

        ParsedQuery numbered = QueryText.parse("find a where x = ?2 and y = ?1 and z = ?2");
        assertThat(numbered.parameters()).containsExactly("1", "2");
        assertThat(numbered.isPositional()).isTrue();
        assertThat(numbered.bind("one", "two").query().filter())
                .isEqualTo(
                        new Filter.And(List.of(Filter.eq("x", "two"), Filter.eq("y", "one"), Filter.eq("z", "two"))));

        assertThat(QueryText.parse("find a where x = ? and y = ?")
                        .bind(1, 2)
                        .query()
                        .filter())
                .isEqualTo(new Filter.And(List.of(Filter.eq("x", 1), Filter.eq("y", 2))));
    }

    @Test
    void listsAreTakenApart() {
        Filter expected = Filter.in("a", List.of(1, 2));

        assertThat(bound("a in :list", List.of(1, 2))).isEqualTo(expected);
        assertThat(bound("a in :list", new int[] {1, 2})).isEqualTo(expected);
        assertThat(bound("a in (:list)", new Integer[] {1, 2})).isEqualTo(expected);
        assertThat(bound("a in (0, :list, 3)", List.of(1, 2))).isEqualTo(Filter.in("a", List.of(0L, 1, 2, 3L)));
        assertThat(bound("a in :list", Arrays.asList(1, null)))
                .isEqualTo(Filter.in("a", List.of(1)).or(Filter.isNull("a")));
    }

    @Test
    void nodesOfJsonAreListsOrValues() {
        StringNode node = StringNode.valueOf("x");
        ArrayNode array = JsonNodeFactory.instance.arrayNode().add("x").add("y");

        assertThat(bound("a not in (:x)", node)).isEqualTo(Filter.notIn("a", List.of(node)));
        assertThat(bound("a has all (:x)", node)).isEqualTo(Filter.hasAllElements("a", List.of(node)));
        assertThat(bound("a in :x", array)).isEqualTo(Filter.in("a", List.of(node, StringNode.valueOf("y"))));
        assertThat(bound("a in (:x)", array)).isEqualTo(bound("a in :x", array));
        assertRefused("a in :x", node, "Parameter :x must be a collection or an array, but is of tools.jackson");
    }

    @Test
    void numbersAreTakenAwayAsTheyAreAdded() {
        DoubleAdder unknown = new DoubleAdder();
        unknown.add(1.5);

        assertTakenAway(5, -5L);
        assertTakenAway(new AtomicLong(7), -7L);
        assertTakenAway(Long.MIN_VALUE, BigInteger.ONE.shiftLeft(63));
        assertTakenAway(0.5, -0.5);
        assertTakenAway(0.1f, -0.1f);
        assertTakenAway(new BigDecimal("1.10"), new BigDecimal("-1.10"));
        assertTakenAway(unknown, unknown);
    }

    private static void assertTakenAway(Number given, Number added) {
        assertThat(QueryText.parseStatement("update a set n = n - :x where true")
                        .bind(Map.of("x", given)))
                .isEqualTo(
                        new BoundUpdate("a", Query.all(), DocumentPatch.empty().increment("n", added)));
    }

    @Test
    void nullIsBoundWhereItHasAMeaning() {
        assertThat(bound("a = :x", null)).isEqualTo(Filter.isNull("a"));
        assertThat(bound("a != :x", null)).isEqualTo(Filter.not(Filter.isNull("a")));
        assertThat(bound("a in (:x, 1)", null)).isEqualTo(Filter.in("a", Arrays.asList(null, 1L)));
        assertRefused("a < :x", null, "Parameter :x is null");
        assertRefused("a has :x", null, "Parameter :x is null");
        assertRefused("a in :x", null, "Parameter :x must be a collection or an array, but is null");
        assertRefused("a contains :x", null, "Parameter :x must be a string, but is null");
    }

    @Test
    void valuesOfTheWrongClassAreRefused() {
        assertRefused("a starts with :x", 5, "Parameter :x must be a string, but is 5");
        assertRefused("a in :x", "text", "Parameter :x must be a collection or an array, but is of java.lang.String");
        assertRefused("true limit :x", -1, "Parameter :x must be a whole number of at least 0, but is -1");
        assertRefused("true offset :x", 1.5, "Parameter :x must be a whole number of at least 0, but is 1.5");
    }

    @Test
    void wrongSetsOfValuesAreRefusedByName() {
        ParsedQuery named = QueryText.parse("find a where x = :x and y = :y");
        assertThatThrownBy(() -> named.bind(Map.of("x", 1)))
                .isInstanceOf(InvalidQueryException.class)
                .hasMessage("The query needs a value for :y");
        assertThatThrownBy(() -> named.bind(Map.of("x", 1, "y", 2, "z", 3)))
                .hasMessage("The query has no parameter :z; it has :x, :y");
        assertThatThrownBy(() -> named.bind(1, 2))
                .hasMessage("The query names its parameters, :x, :y: give a map of their values");
        assertThatThrownBy(named::bind).hasMessage("The query needs a value for :x, :y");

        ParsedQuery numbered = QueryText.parse("find a where x = ? and y = ?");
        assertThatThrownBy(() -> numbered.bind(1)).hasMessage("The query needs a value for ?2");
        assertThatThrownBy(() -> numbered.bind(1, 2, 3))
                .hasMessage("The query has only ?1, ?2, but 3 values are given");
        assertThatThrownBy(() -> numbered.bind(Map.of("1", 1)))
                .hasMessage("The query numbers its parameters, ?1, ?2: give their values in order, not by name");

        ParsedQuery fixed = QueryText.parse("find a");
        assertThatThrownBy(() -> fixed.bind(1)).hasMessage("The query has no parameters, but 1 value is given");
        assertThatThrownBy(() -> fixed.bind(Map.of("x", 1))).hasMessage("The query has no parameter :x; it has none");
    }

    @Test
    void aParsedQueryCanBeBoundByManyThreads() {
        ParsedQuery parsed = QueryText.parse("find a where x = :x and (y in :list or not y < :x) limit :x");

        assertThat(IntStream.range(0, 2_000)
                        .parallel()
                        .mapToObj(number -> parsed.bind(Map.of("x", number, "list", List.of(number))))
                        .map(bound -> bound.query().limit() + " " + bound))
                .containsExactlyElementsOf(IntStream.range(0, 2_000)
                        .mapToObj(number -> number + " find a where x = " + number + " and (y in (" + number
                                + ") or not y < " + number + ") limit " + number)
                        .toList());
    }

    @Test
    void boundValuesAreCopied() {
        List<Object> list = new ArrayList<>(List.of(1));
        Map<String, Object> values = new HashMap<>(Map.of("list", list));
        BoundQuery bound = QueryText.parse("find a where x in :list").bind(values);
        list.add(2);
        values.clear();

        assertThat(bound.query().filter()).isEqualTo(Filter.in("x", List.of(1)));
    }

    @Test
    void typesArraysAndRangesAreRead() {
        assertFilter("a is of type number", Filter.hasType("a", ValueType.NUMBER));
        assertFilter("a is not of type NULL", Filter.not(Filter.hasType("a", ValueType.NULL)));
        assertFilter("a matches '^x' ignoring case", Filter.matches("a", "^x").ignoringCase());
        assertFilter("a has all (1, 'x')", Filter.hasAllElements("a", List.of(1L, "x")));
        assertFilter("a not has all ()", Filter.not(Filter.hasAllElements("a", List.of())));
        assertFilter("size(a.b) >= 2", Filter.hasSize("a.b", Filter.Operator.GTE, 2));
        assertFilter("size = 2 and size in (1)", Filter.eq("size", 2L).and(Filter.in("size", List.of(1L))));
        assertFilter("a between 1 and 2 exclusive", Filter.between("a", 1L, 2L, Ends.CLOSED_OPEN));
        assertFilter("a between 1 exclusive and 2", Filter.between("a", 1L, 2L, Ends.OPEN_CLOSED));
        assertFilter("a not in (1, null)", Filter.notIn("a", Arrays.asList(1L, null)));
    }

    @Test
    void elementsAreNamedInTheirConditionsOnly() {
        assertFilter(
                "a has element (element > 1 and x = 2)",
                Filter.elementMatches("a", Filter.gt(Filter.ELEMENT, 1L).and(Filter.eq("x", 2L))));
        assertFilter(
                "a has element (element.x = 1 or `element` = 2 or b has element (element is null))",
                Filter.elementMatches(
                        "a",
                        Filter.anyOf(
                                Filter.eq("x", 1L),
                                Filter.eq("element", 2L),
                                Filter.elementMatches("b", Filter.isNull(Filter.ELEMENT)))));
        assertFilter("element = 1", Filter.eq("element", 1L));
        assertThat(QueryText.parse("find a where b has element (c = 1) order by d")
                        .fields())
                .containsExactly("b", "d");
    }

    @Test
    void parametersThatAreComparedAreListedWithTheirFields() {
        assertThat(comparedParameters("find a where not b.c <> :x or d between 1 and :y and e in (:x, 2) and f in :z"))
                .containsExactly(
                        new ComparedParameter("b.c", "x", false),
                        new ComparedParameter("d", "y", false),
                        new ComparedParameter("e", "x", true),
                        new ComparedParameter("f", "z", true));
        assertThat(comparedParameters("find a where b > ? and c like ? and d <= ? limit ?"))
                .containsExactly(new ComparedParameter("b", "1", false), new ComparedParameter("d", "3", false));
        assertThat(comparedParameters("select b, count(*) from a where c = :c group by b having count(*) > :n"))
                .containsExactly(new ComparedParameter("c", "c", false));
        assertThat(comparedParameters("update a set b = :b where c has element (d = :d) and e has :e"))
                .isEmpty();
    }

    private static List<ComparedParameter> comparedParameters(String text) {
        return QueryText.parseStatement(text).comparedParameters();
    }

    @Test
    void placesAreRead() {
        GeoPoint tokyo = GeoPoint.of(35.7, 139.7);
        GeoShape circle = GeoShape.circle(tokyo, 5);
        assertFilter("a near (35.7, 139.7) within 5", Filter.near("a", tokyo, 5));
        assertFilter("a not near (35.7, 139.7) between 1 and 5", Filter.not(Filter.near("a", tokyo, 1, 5)));
        assertFilter("a within circle((35.7, 139.7), 5)", Filter.within("a", circle));
        assertThat(bound("a near :x within 5", tokyo)).isEqualTo(Filter.near("a", tokyo, 5));
        assertThat(bound("a within :x", circle)).isEqualTo(Filter.within("a", circle));
        assertThat(bound("a within circle((:x, 0), 5)", 35))
                .isEqualTo(Filter.within("a", GeoShape.circle(GeoPoint.of(35, 0), 5)));
        assertRefused("a near :x within 5", 5, "Parameter :x must be a GeoPoint, but is 5");
        assertRefused("a within :x", tokyo, "Parameter :x must be a GeoShape, but is of");
        assertRefused("a near (:x, 0) within 5", "north", "Parameter :x must be a number");
        assertRefused("a near (:x, 0) within 5", 91, "There is no point with latitude 91.0");
    }

    @Test
    void ordersByDistanceAreRead() {
        GeoPoint tokyo = GeoPoint.of(35.7, 139.7);
        assertThat(QueryText.parse("find a order by distance(at, (35.7, 139.7)), distance")
                        .bind()
                        .query()
                        .sort())
                .isEqualTo(Sort.byDistance("at", tokyo).then(Sort.by("distance")));
        ParsedQuery parsed = QueryText.parse("find a order by distance(x.at, :from) desc nulls first");
        assertThat(parsed.fields()).containsExactly("x.at");
        BoundQuery bound = parsed.bind(Map.of("from", tokyo));
        assertThat(bound.query().sort().orders())
                .containsExactly(new Sort.Order("x.at", Direction.DESCENDING, NullOrder.FIRST, false, tokyo));
        assertThat(bound).hasToString("find a order by distance(x.at, (35.7, 139.7)) desc nulls first");
        assertThatThrownBy(() -> parsed.bind(Map.of("from", "Tokyo")))
                .isInstanceOf(InvalidQueryException.class)
                .hasMessageContaining("Parameter :from must be a GeoPoint");
    }

    @Test
    void wordsAreRead() {
        assertFilter("text(a.b, 'old harbour*')", Filter.text("a.b", "old harbour*"));
        assertFilter(
                "not text(a, 'x') and TEXT(b, 'y')",
                Filter.not(Filter.text("a", "x")).and(Filter.text("b", "y")));
        assertFilter("text = 'x' and text in ('y')", Filter.eq("text", "x").and(Filter.in("text", List.of("y"))));
        assertFilter("text(text, 'x')", Filter.text("text", "x"));
        assertFilter(
                "a has element (text(element, 'x') or text(b, 'y'))",
                Filter.elementMatches("a", Filter.text(Filter.ELEMENT, "x").or(Filter.text("b", "y"))));
        assertThat(bound("text(a, :x)", "two words")).isEqualTo(Filter.text("a", "two words"));
        assertThat(QueryText.parse("find a where text(b, 'it''s')").bind())
                .hasToString("find a where text(b, 'it''s')");
        assertRefused("text(a, :x)", 5, "Parameter :x must be a string, but is 5");
        assertRefused(
                "text(a, :x)", "* – *", "Parameter :x has invalid words: A condition on words needs at least one");
    }

    private static void assertFilter(String condition, Filter expected) {
        assertThat(QueryText.parse("find a where " + condition).bind().query().filter())
                .as(condition)
                .isEqualTo(expected);
    }

    private static void assertLiteral(String literal, Object expected) {
        assertFilter("a = " + literal, Filter.eq("a", expected));
    }

    private static Filter bound(String condition, @Nullable Object value) {
        Map<String, @Nullable Object> values = new HashMap<>();
        values.put(condition.contains(":list") ? "list" : "x", value);
        return QueryText.parse("find a where " + condition).bind(values).query().filter();
    }

    private static void assertRefused(String condition, @Nullable Object value, String message) {
        assertThatThrownBy(() -> bound(condition, value))
                .isInstanceOf(InvalidQueryException.class)
                .hasMessageStartingWith(message);
    }
}
