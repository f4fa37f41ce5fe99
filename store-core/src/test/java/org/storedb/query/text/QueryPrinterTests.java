package org.storedb.query.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import java.math.BigInteger;
import java.time.DayOfWeek;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.storedb.document.DocumentPatch;
import org.storedb.error.InvalidQueryException;
import org.storedb.query.Aggregation;
import org.storedb.query.Filter;
import org.storedb.query.GeoPoint;
import org.storedb.query.GeoShape;
import org.storedb.query.Measure;
import org.storedb.query.Query;
import org.storedb.query.Sort;
import org.storedb.query.Sort.NullOrder;
import org.storedb.query.Sort.Order;

/** Queries written as text. */
class QueryPrinterTests {

    private static final int ROUND_TRIPS = 30_000;

    @Test
    void whatIsPrintedIsReadAsTheSameQuery() {
        long seed = Long.getLong("storedb.seed", System.nanoTime());
        RandomQueries queries = new RandomQueries(new Random(seed));
        for (int number = 0; number < ROUND_TRIPS; number++) {
            BoundQuery query = queries.next();
            PrintedQuery printed = QueryText.print(query);
            BoundQuery read =
                    QueryText.parse(printed.text()).bind(printed.arguments().toArray());
            if (!read.equals(query)) {
                fail("seed " + seed + " (-Dstoredb.seed=" + seed + " repeats it), " + query.query() + " printed as "
                        + printed);
            }
        }
    }

    @Test
    void whatIsPrintedIsReadAsTheSameStatement() {
        long seed = Long.getLong("storedb.seed", System.nanoTime());
        RandomQueries queries = new RandomQueries(new Random(seed));
        for (int number = 0; number < ROUND_TRIPS; number++) {
            BoundStatement statement = queries.nextStatement();
            PrintedQuery printed = QueryText.print(statement);
            BoundStatement read = QueryText.parseStatement(printed.text())
                    .bind(printed.arguments().toArray());
            if (!read.equals(statement)) {
                fail("seed " + seed + " (-Dstoredb.seed=" + seed + " repeats it), printed as " + printed + ", read as "
                        + read);
            }
        }
    }

    @Test
    void statementsReadWell() {
        assertThat(new BoundAggregation(
                        "places",
                        Aggregation.of(
                                        Measure.count(),
                                        Measure.avg("population").as("average"))
                                .where(Filter.gt("population", 0))
                                .groupBy("country")
                                .having(Filter.gt("count(*)", 10))
                                .sort(Sort.by("average").descending())
                                .limit(3)))
                .hasToString("select country, count(*), avg(population) as average from places where population > 0"
                        + " group by country having count(*) > 10 order by average desc limit 3");
        assertThat(new BoundAggregation("places", Aggregation.distinct("country", "group")))
                .hasToString("select distinct country, `group` from places");
        assertThat(new BoundSelection("places", Query.all().limit(1), List.of("name", "geo.lat")))
                .hasToString("select name, geo.lat from places limit 1");
        assertThat(new BoundUpdate(
                        "places",
                        Query.all(),
                        DocumentPatch.empty()
                                .set("a", null)
                                .increment("b", -1)
                                .max("c", 5)
                                .push("d", "x")
                                .rename("e", "f")))
                .hasToString("update places set a = null, set b = b + -1, set c = greatest(c, 5), push 'x' to d,"
                        + " rename e to f where true");
    }

    @Test
    void textReadsWell() {
        Query query = Query.where(Filter.eq("country", "JP")
                        .and(Filter.between("population", 1, 2.5).or(Filter.not(Filter.isNull("order")))))
                .sort(Sort.by(Order.descending("name").ignoringCase().nulls(NullOrder.LAST), Order.ascending("id")))
                .limit(20)
                .offset(40);

        assertThat(new BoundQuery(QueryKind.FIND, "places", query))
                .hasToString(
                        "find places where country = 'JP' and (population between 1 and 2.5 or `order` is not null)"
                                + " order by name ignoring case desc nulls last, id limit 20 offset 40");
        assertThat(new BoundQuery(QueryKind.COUNT, "my-places", Query.all())).hasToString("count `my-places`");
        assertThat(new BoundQuery(QueryKind.DELETE, "places", Query.all())).hasToString("delete places where true");
    }

    @Test
    void plainFormsOfValuesAreLiterals() {
        UUID uuid = new UUID(1, 2);

        assertThat(printed(Filter.in("a", List.of(1, (short) 2, 3.5f, uuid, DayOfWeek.MONDAY, 'c', BigInteger.TEN))))
                .isEqualTo(new PrintedQuery(
                        "find x where a in (1, 2, 3.5, '" + uuid + "', 'MONDAY', 'c', 10)", List.of()));
    }

    @Test
    void valuesWithoutALiteralBecomeArguments() {
        Filter filter = Filter.eq("a", List.of(1)).and(Filter.in("b", List.of(List.of(2), 3)));

        assertThat(printed(filter))
                .isEqualTo(new PrintedQuery(
                        "find x where a = ?1 and b in ?2", List.of(List.of(1), List.of(List.of(2), 3))));
    }

    @Test
    void valuesCanBeLeftOut() {
        GeoPoint tokyo = GeoPoint.of(35.7, 139.7);
        Filter filter = Filter.allOf(
                Filter.eq("it's", "it's"),
                Filter.in("b", List.of(1, List.of(2))),
                Filter.between("c", true, DayOfWeek.MONDAY),
                Filter.hasSize("d", 5),
                Filter.near("e", tokyo, 5),
                Filter.within("e", GeoShape.box(GeoPoint.of(1, 2), GeoPoint.of(3, 4))),
                Filter.text("f", "old"));
        Query query = Query.where(filter).sort(Sort.byDistance("e", tokyo)).limit(20);

        assertThat(new QueryPrinter(false).print(new BoundQuery(QueryKind.FIND, "x", query)))
                .isEqualTo(new PrintedQuery(
                        "find x where `it's` = ? and b in (?, ?) and c between ? and ? and size(d) = ?"
                                + " and e near (?, ?) within ? and e within box((?, ?), (?, ?)) and text(f, ?)"
                                + " order by distance(e, (?, ?)) limit 20",
                        List.of()));
        assertThat(new QueryPrinter(false).print(Filter.all()).text()).isEqualTo("true");
    }

    @Test
    void joinsOfOneFilterArePrintedAsThatFilter() {
        Filter single = Filter.allOf(Filter.anyOf(Filter.eq("a", 1), Filter.eq("b", 2)));

        assertThat(printed(Filter.not(single)).text()).isEqualTo("find x where not (a = 1 or b = 2)");
        assertThat(printed(single.and(Filter.eq("c", 3))).text()).isEqualTo("find x where (a = 1 or b = 2) and c = 3");
    }

    @Test
    void endlessNestingIsRefused() {
        Filter filter = Filter.eq("a", 1);
        for (int depth = 0; depth < 100_000; depth++) {
            filter = Filter.not(filter);
        }
        Filter deep = filter;

        assertThatThrownBy(() -> printed(deep))
                .isInstanceOf(InvalidQueryException.class)
                .hasMessage("Filters are nested deeper than 400 levels");
    }

    private static PrintedQuery printed(Filter filter) {
        return QueryText.print(new BoundQuery(QueryKind.FIND, "x", Query.where(filter)));
    }
}
