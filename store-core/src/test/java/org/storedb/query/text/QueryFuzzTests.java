package org.storedb.query.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.storedb.error.InvalidQueryException;
import org.storedb.error.QuerySyntaxException;

/** Damaged texts: each one is a query or gets a syntax error that points into it, and nothing else ever comes out. */
class QueryFuzzTests {

    private static final int TEXTS = 200_000;
    private static final int VALUES_MAX = 64;

    private static final List<String> SEEDS = List.of(
            "find places where country = 'JP' and population >= :min order by population desc limit 20 offset 40",
            "count places where (a = 1 or b != 2.5) and not c in ('x', 'it''s', null) ignoring case",
            "delete places where name like ?1 ignoring case or tags has ?2 offset ?3",
            "exists places where exists(a.b) and `odd name`.c is not null and d not between -1e-5 and 19.90m",
            "find p where a starts with ? or b ends with ? and c in ? order by d ignoring case asc nulls last, e desc",
            "find p where a matches '^x+$' ignoring case and b is not of type number or size(c) >= 2 and d has all (1, 'y')",
            "find p where a has element (element > 1 exclusive and not b.c has element (x = :y)) or d not in (1, 2, null)",
            "count p where a near (35.7, -139.7) within 500 or b near :p between 1 and :q or c within circle((1, 2), 3e3)",
            "find p where text(a, 'old harbour*') or not text(b.c, :words) and text has 'text'",
            "find p where a within box((1, 2), (3, -4)) or a within polygon((0, 0), (0, 9.5), (9, 0)) or a within ?1",
            "select name, a.b, `odd name` from p where a = :x order by b desc nulls last limit 2 offset :n",
            "select country, count(*) as n, avg(population), min(a), max(b.c) from p where x > 1 group by country"
                    + " having n > :n and avg(population) between 1 and 2 or not country is null order by n desc limit 3",
            "find p order by distance(at, (35.7, -139.7)) desc nulls first, distance(b.c, :p), distance asc limit 3",
            "select distinct a, b from p where c = 1 having a > 2 order by b",
            "update p set a = a + 1, b = 'x', c = null, d = d - :x, e = e * 2.5 where true order by a limit 5",
            "update p unset a, rename b to c.d, push :x to e, add 'y' to f, pull null from g, h = least(h, 3) where a = ?1",
            "find p where true and (false or not (a <> :x and (b <= :y or c contains 'z')))\r\n limit :n offset :n");

    private static final List<String> PIECES = List.of(
            "(",
            ")",
            "'",
            "`",
            "not ",
            " and ",
            " or ",
            " null ",
            ":",
            "?",
            "?9",
            "-",
            ".",
            ",",
            "=",
            "1e999999999",
            "\0",
            "\ud83d",
            "\udE00",
            "😀",
            "\n",
            "\r",
            "\u2028",
            "((((((((",
            "not not not ",
            "9".repeat(30),
            "é",
            "\uFFFF");

    private Random random = new Random(0);

    @Test
    void damagedTextsAreReadOrRefused() {
        long seed = Long.getLong("storedb.seed", System.nanoTime());
        random = new Random(seed);
        List<String> texts = new ArrayList<>(SEEDS);
        int read = 0;
        for (int number = 0; number < TEXTS; number++) {
            String text = damaged(texts.get(random.nextInt(texts.size())));
            if (isQuery(text, seed)) {
                read++;
                if (texts.size() < 1_000 && text.length() < 200) {
                    texts.add(text);
                }
            }
        }
        assertThat(read).isBetween(TEXTS / 100, TEXTS * 99 / 100);
    }

    @SuppressWarnings("CatchingUnchecked") // That no other exception is thrown is what the test is about.
    private boolean isQuery(String text, long seed) {
        try {
            bind(QueryText.parseStatement(text));
            return true;
        } catch (QuerySyntaxException e) {
            boolean pointsIntoTheText = e.offset() >= 0
                    && e.offset() <= text.length()
                    && String.valueOf(e.getMessage()).startsWith("Line " + e.line() + ", column " + e.column() + ": ");
            if (!pointsIntoTheText) {
                fail("seed " + seed + " (-Dstoredb.seed=" + seed + " repeats it), text " + text, e);
            }
            return false;
        } catch (RuntimeException | StackOverflowError e) {
            throw new AssertionError("seed " + seed + " (-Dstoredb.seed=" + seed + " repeats it), text " + text, e);
        }
    }

    /** Binds values that may not fit; what comes out must survive a round trip. */
    private void bind(ParsedStatement parsed) {
        Map<String, @Nullable Object> values = new HashMap<>();
        parsed.parameters().forEach(name -> values.put(name, value()));
        if (values.size() > VALUES_MAX) {
            return;
        }
        BoundStatement bound;
        try {
            bound = parsed.isPositional()
                    ? parsed.bind(parsed.parameters().stream().map(values::get).toArray())
                    : parsed.bind(values);
        } catch (InvalidQueryException e) {
            if (!String.valueOf(e.getMessage()).startsWith("Parameter ")
                    && !parsed.toString().toLowerCase(Locale.ROOT).matches("(?s).*(near|within|distance).*")) {
                throw e;
            }
            return;
        }
        PrintedQuery printed = QueryText.print(bound);
        BoundStatement read = QueryText.parseStatement(printed.text())
                .bind(printed.arguments().toArray());
        if (!read.equals(bound)) {
            fail("printed as " + printed);
        }
    }

    private @Nullable Object value() {
        return switch (random.nextInt(6)) {
            case 0 -> null;
            case 1 -> (long) random.nextInt(5);
            case 2 -> List.of("x", 1L);
            case 3 -> true;
            default -> "text";
        };
    }

    private String damaged(String text) {
        StringBuilder damaged = new StringBuilder(text);
        for (int count = 1 + random.nextInt(4); count > 0; count--) {
            int at = random.nextInt(damaged.length() + 1);
            int to = Math.min(damaged.length(), at + random.nextInt(12));
            switch (random.nextInt(6)) {
                case 0 -> damaged.delete(at, to);
                case 1 -> damaged.insert(at, PIECES.get(random.nextInt(PIECES.size())));
                case 2 -> damaged.insert(at, (char) random.nextInt(random.nextBoolean() ? 128 : 65_536));
                case 3 -> damaged.insert(random.nextInt(damaged.length() + 1), damaged.substring(at, to));
                case 4 -> damaged.setLength(at);
                default -> {
                    String other = SEEDS.get(random.nextInt(SEEDS.size()));
                    damaged.insert(at, other, random.nextInt(other.length()), other.length());
                }
            }
        }
        return damaged.toString();
    }
}
