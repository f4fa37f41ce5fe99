package org.storedb.query.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.storedb.error.QuerySyntaxException;

/** Texts that are no queries: where the error is, and what its message says. */
class QuerySyntaxTests {

    @Test
    void messagesShowTheLineAndPointAtThePlace() {
        QuerySyntaxException error = refused("find places\n  where country = JP\n  limit 5");

        assertThat(error).hasMessage("""
                Line 2, column 19: expected a value: a string such as 'abc', a number, true, false, or a parameter such \
                as :name, but found JP; strings are written in single quotes, and fields only on the left
                    where country = JP
                                    ^""");
        assertThat(error.line()).isEqualTo(2);
        assertThat(error.column()).isEqualTo(19);
        assertThat(error.offset()).isEqualTo(30);
    }

    @Test
    void linesEndInEveryUsualWay() {
        assertThat(refused("find a\r\nwhere\r\n  = 1")).hasMessageStartingWith("Line 3, column 3:");
        assertThat(refused("find a\rwhere\r  = 1")).hasMessageStartingWith("Line 3, column 3:");
        assertThat(refused("find a\n\nwhere\n\n  = 1")).hasMessageStartingWith("Line 5, column 3:");
        assertThat(refused("find a where \r\n\n").column()).isEqualTo(13);
    }

    @Test
    void columnsCountCharactersNotHalvesOfThem() {
        assertThat(refused("find a where `😀` = x").column()).isEqualTo(20);
    }

    @Test
    void longLinesAreCut() {
        QuerySyntaxException error = refused("find a where x in (" + "1, ".repeat(1_000) + "y" + ", 2".repeat(1_000));

        assertThat(error.column()).isEqualTo(3_020);
        List<String> lines = messageOf(error).lines().toList();
        assertThat(lines.subList(1, 3)).allMatch(line -> line.length() < 110);
        assertThat(lines.get(1).charAt(lines.get(2).indexOf('^'))).isEqualTo('y');
    }

    @Test
    void controlCharactersDoNotReachTheMessage() {
        assertThat(refused("find a where x = \u001b[31m").getMessage()).doesNotContain("\u001b");
        assertThat(refused("find a where x = 1 'forged\u2028line\u202e'").getMessage())
                .doesNotContain("\u2028")
                .doesNotContain("\u202e");
        assertThat(messageOf(refused("find a where x = 1 'two\nlines'")).lines())
                .hasSize(3);
    }

    @Test
    void beginningsAreRefusedWithWhatIsExpected() {
        assertRefused("", 0, "expected 'find', 'count', 'exists' or 'delete', but the query ends here");
        assertRefused("select *", 0, "or 'delete', but found select; QueryText.parseStatement reads it");
        assertRefused("find", 4, "expected the name of a collection after 'find', but the query ends here");
        assertRefused("find where", 5, "but found where; this word must be in back quotes to be used as a name");
        assertRefused("find my-places", 7, "found -; names that contain a minus must be in back quotes");
        assertRefused("find a.", 7, "expected a name after the dot, but the query ends here");
        assertRefused("delete a", 8, "expected 'where' in a delete; 'where true' deletes all documents");
        assertRefused("delete a limit 1", 16, "expected 'where' in a delete");
    }

    @Test
    void endsAreRefusedWithWhatIsExpected() {
        assertRefused(
                "find a were x = 1", 7, "expected 'where', 'order by', 'limit', 'offset' or the end of the query");
        assertRefused("find a where x = 1 y", 19, "expected 'and', 'or', 'order by', 'limit', 'offset' or the end");
        assertRefused("find a order by x y", 18, "expected 'limit', 'offset' or the end of the query, but found y");
        assertRefused("find a limit 1 limit 2", 15, "expected 'offset' or the end of the query, but found limit");
        assertRefused("find a offset 1 limit 2 x", 24, "expected the end of the query, but found x");
        assertRefused("find a limit 1 where x = 1", 15, "expected 'offset' or the end of the query, but found where");
    }

    @Test
    void conditionsAreRefusedWithWhatIsExpected() {
        assertRefused("find a where", 12, "expected a condition, which begins with the name of a field");
        assertRefused("find a where 5 = x", 13, "expected a condition, which begins with the name of a field");
        assertRefused("find a where x", 14, "expected a comparison such as =, <, between, in, like or is null");
        assertRefused("find a where x not = 1", 19, "'near' or 'within' after 'not', but found =");
        assertRefused("find a where x == 1", 16, "but found =; equality is a single =");
        assertRefused("find a where x = \"y\"", 17, "\" has no meaning here; strings are written in single quotes '");
        assertRefused("find a where x = 1 && y = 2", 19, "& has no meaning here; write 'and'");
        assertRefused("find a where (x = 1", 19, "expected 'and', 'or' or a closing parenthesis, but the query ends");
        assertRefused("find a where x = 1)", 18, "or the end of the query, but found )");
        assertRefused("find a where x is 5", 18, "expected 'null' after 'is', but found 5");
        assertRefused("find a where x between 1 or 2", 25, "expected 'and' after 'between …', but found or");
        assertRefused("find a where x in 5", 18, "expected values in parentheses, or a parameter, but found 5");
        assertRefused("find a where x in (1 2)", 21, "expected a comma or a closing parenthesis, but found 2");
        assertRefused("find a where x in (1,)", 21, "expected a value");
        assertRefused("find a where x < null", 17, "null is neither smaller nor greater than anything");
        assertRefused("find a where x like 5", 20, "expected a string such as 'abc', or a parameter, but found 5");
        assertRefused("find a where x starts 'y'", 22, "expected 'with' after 'starts', but found 'y'");
        assertRefused("find a where x has 'y' ignoring case", 23, "but found ignoring");
        assertRefused(
                "find a where and = 1", 13, "but found and; this word must be in back quotes to be used as a name");
        assertRefused("find a where exists()", 20, "expected the name of a field, but found )");
        assertRefused("find a where exists(x", 21, "expected a closing parenthesis after the field");
    }

    @Test
    void conditionsOnTypesAndArraysAreRefusedWithWhatIsExpected() {
        assertRefused("find a where x is of number", 21, "expected 'type' after 'of', but found number");
        assertRefused("find a where x is of type text", 26, "expected a type: null, boolean, number, string");
        assertRefused("find a where x matches 5", 23, "expected a string such as 'abc', or a parameter");
        assertRefused("find a where x has all 'y'", 23, "expected values in parentheses, or a parameter");
        assertRefused("find a where x has all (1, null)", 27, "null is neither smaller nor greater");
        assertRefused(
                "find a where x has element y = 1", 27, "expected a condition in parentheses after 'has element'");
        assertRefused("find a where x has element (y = 1", 33, "closing parenthesis, but the query ends here");
        assertRefused("find a where size(x) 2", 21, "expected a comparison of the size such as =, < or >=");
        assertRefused("find a where size(x) = -1", 23, "expected a whole number from 0");
        assertRefused("find a where size(x) = 1.5", 23, "expected a whole number from 0");
    }

    @Test
    void placesAreRefusedWhereTheyAreWrong() {
        assertRefused("find a where x near 5", 20, "expected a point such as (latitude, longitude), or a parameter");
        assertRefused("find a where x near (1, 2)", 26, "expected 'within' or 'between' and distances in metres");
        assertRefused("find a where x near (1, 2) within 'far'", 34, "expected a number, or a parameter");
        assertRefused("find a where x near (139.7, 35.7) within 5", 20, "There is no point with latitude 139.7");
        assertRefused("find a where x near (1, 2) within -5", 20, "Distances must be 0 or more");
        assertRefused("find a where x near (1, 2) between 5 and 4", 20, "the smaller one first");
        assertRefused("find a order by distance(x)", 26, "expected a comma and a point after the field");
        assertRefused("find a order by distance(x, y)", 28, "expected a point such as (latitude, longitude), or");
        assertRefused("find a order by distance(x, (91, 2))", 28, "There is no point with latitude 91.0");
        assertRefused("find a order by distance(x, (1, 2)", 34, "expected a closing parenthesis after the point");
        assertRefused("find a order by distance(x, (1, 2)) ignoring case", 36, "expected 'limit', 'offset' or the end");
        assertRefused("find a where x within 5", 22, "expected circle(…), box(…), polygon(…) or a parameter");
        assertRefused("find a where x within circle((1, 2))", 35, "expected a comma, but found )");
        assertRefused("find a where x within circle((1, 2), -1)", 22, "The radius of a circle must be 0 or more");
        assertRefused("find a where x within box((2, 2), (1, 3))", 22, "the southern one first");
        assertRefused("find a where x within polygon((1, 1), (2, 2))", 22, "at least three different corners");
        assertRefused("find a where x within polygon((0, 0), (0, 180), (9, 9))", 22, "spans half the globe");
    }

    @Test
    void wordsAreRefusedWhereTheyAreWrong() {
        assertRefused("find a where text()", 18, "expected the name of a field, but found )");
        assertRefused("find a where text(x)", 19, "expected a comma and the words after the field, but found )");
        assertRefused("find a where text(x, 5)", 21, "expected a string such as 'abc', or a parameter, but found 5");
        assertRefused("find a where text(x, 'y'", 24, "expected a closing parenthesis after the words");
        assertRefused("find a where text(x, ' * ')", 21, "needs at least one");
        assertRefused("find a where text(x, 'y') ignoring case", 26, "but found ignoring");
    }

    @Test
    void clausesAreRefusedWithWhatIsExpected() {
        assertRefused("find a order x", 13, "expected 'by' after 'order', but found x");
        assertRefused("find a order by", 15, "expected the name of a field to order by");
        assertRefused("find a order by x nulls", 23, "expected 'first' or 'last' after 'nulls'");
        assertRefused("find a limit -1", 13, "expected a whole number from 0 to 9223372036854775807, or a parameter");
        assertRefused("find a limit 1.0", 13, "expected a whole number from 0");
        assertRefused("find a limit 9223372036854775808", 13, "expected a whole number from 0");
        assertRefused("find a offset x", 14, "expected a whole number from 0");
    }

    @Test
    void tokensAreRefused() {
        assertRefused("find a where x = 'y", 17, "the string that begins here has no closing '");
        assertRefused("find a where `x = 1", 13, "the name that begins here has no closing `");
        assertRefused("find a where `` = 1", 13, "a name in back quotes must not be empty");
        assertRefused("find a where x = 5y", 17, "a name that begins with a digit must be in back quotes");
        assertRefused("find a where x = 1e9999999999", 17, "the number is too long, or its exponent too large");
        assertRefused("find a where x = " + "1".repeat(1_001), 17, "the number is too long");
        assertRefused("find a where x = 1e400", 17, "no double is close to this number; append m to keep it exact");
        assertRefused("find a where x = -1.5e-400", 17, "no double is close to this number");
        assertRefused("find a where x = : y", 17, "expected the name of a parameter right after the colon");
        assertRefused("find a where x = ?0", 17, "parameters are numbered from ?1 to ?9999");
        assertRefused("find a where x = ?99999999999", 17, "parameters are numbered from ?1 to ?9999");
        assertRefused("find a;", 6, "; has no meaning here; a query does not end with a semicolon");
        assertRefused("find a where x = \ud83d", 17, "has no meaning here");
    }

    @Test
    void mixedAndMissingParametersAreRefused() {
        assertRefused("find a where x = :x and y = ?1", 28, "the parameters before this one have names (:name)");
        assertRefused("find a where x = ? and y = ?1", 27, "have question marks (?), but this one is of another kind");
        assertRefused("find a where x = ?1 and y = ?4", 28, "numbered without gaps, but there is no ?2 in the query");
    }

    @Test
    void limitsAreKept() {
        String deep = "(".repeat(100) + "x = 1" + ")".repeat(100);
        assertThat(QueryText.parse("find a where " + deep).fields()).containsExactly("x");
        assertRefused("find a where (" + deep + ")", 113, "conditions are nested deeper than 100 levels");
        assertRefused(
                "find a where " + "not ".repeat(101) + "x = 1", 413, "conditions are nested deeper than 100 levels");
        assertRefused("find a where " + "(".repeat(60_000), 113, "conditions are nested deeper than 100 levels");

        assertThat(QueryText.parse("find a where x in (" + "1,".repeat(4_980) + "1)"))
                .isNotNull();
        assertRefused("find a where x in (" + "1,".repeat(5_000), 10_013, "more than 10000 words and signs");

        String longest = "find a where x = '" + "y".repeat(65_517) + "'";
        assertThat(QueryText.parse(longest)).hasToString(longest);
        assertRefused(longest + " ", 65_536, "the query is longer than 65536 characters");
    }

    @Test
    void manyConditionsInARowAreNotDeep() {
        String row = "x = 1" + " or x = 1 and y = 2".repeat(1_000);

        assertThat(QueryText.parse("find a where " + row).bind().toString()).endsWith(row);
    }

    @Test
    void selectionsAreRefusedWithWhatIsExpected() {
        assertNoStatement("", 0, "expected 'find', 'select', 'count', 'exists', 'update' or 'delete'");
        assertNoStatement("select", 6, "expected the name of a field, or a figure such as count(*)");
        assertNoStatement("select * from a", 7, "'select' names its fields; 'find' returns whole documents");
        assertNoStatement("select a b", 9, "expected a comma or 'from' after what is selected, but found b");
        assertNoStatement("select a, a from b", 10, "there is already a column a; rename it with 'as'");
        assertNoStatement("select a from", 13, "expected the name of a collection after 'from'");
        assertNoStatement("select sum(*) from a", 11, "expected the name of a field, but found *");
        assertNoStatement("select count(* from a", 15, "expected a closing parenthesis, but found from");
        assertNoStatement("select b, count(*) from a", 7, "fields beside figures must be grouped by; add b");
        assertNoStatement("select b from a group by c", 7, "add b to 'group by'");
        assertNoStatement("select count(*) from a group c", 29, "expected 'by' after 'group'");
        assertNoStatement("select b from a having b = 1", 16, "expected 'where', 'group by', 'order by', 'limit'");
        assertNoStatement("select count(*) from a x", 23, "expected 'where', 'group by', 'having', 'order by'");
        assertNoStatement("select b from a group by b, b", 28, "there is already a column b");
        assertNoStatement(
                "select b, count(*) as n from a group by b having c > 1",
                49,
                "there is no column c; the result has b, n");
        assertNoStatement(
                "select count(*) from a having sum(x) > 1", 30, "there is no column sum(x); the result has count(*)");
        assertNoStatement("select distinct b from a group by b", 25, "expected 'where', 'having', 'order by'");
    }

    @Test
    void updatesAreRefusedWithWhatIsExpected() {
        assertNoStatement("update a b = 1", 9, "expected 'set', 'unset', 'rename', 'push', 'add' or 'pull'");
        assertNoStatement("update a set b 1", 15, "expected = after the field, but found 1");
        assertNoStatement("update a set b = 1", 18, "'where true' changes all documents, but the query ends here");
        assertNoStatement("update a set b = c + 1 where true", 17, "expected a value, or b itself with +, - or *");
        assertNoStatement("update a set b = b where true", 19, "expected +, - or * and a number, but found where");
        assertNoStatement("update a set b = b + 'x' where true", 21, "expected a number, or a parameter");
        assertNoStatement("update a set b = least(c, 1) where true", 23, "expected a value, or b itself");
        assertNoStatement("update a push 1 b where true", 16, "expected 'to' after 'push …', but found b");
        assertNoStatement("update a pull 1 to b where true", 16, "expected 'from' after 'pull …', but found to");
        assertNoStatement("update a rename b c where true", 18, "expected 'to' after 'rename …'");
        assertNoStatement("update a set b = 1, where true", 20, "expected the name of a field to set, but found where");
        assertRefused("update a set b = 1 where true", 0, "but found update; QueryText.parseStatement reads it");
    }

    private static void assertNoStatement(String text, int offset, String message) {
        QuerySyntaxException error =
                catchThrowableOfType(QuerySyntaxException.class, () -> QueryText.parseStatement(text));
        assertThat(error).as(text).isNotNull().hasMessageContaining(message);
        assertThat(error.offset()).as(text).isEqualTo(offset);
    }

    private static String messageOf(QuerySyntaxException error) {
        return Objects.requireNonNull(error.getMessage());
    }

    private static QuerySyntaxException refused(String text) {
        return catchThrowableOfType(QuerySyntaxException.class, () -> QueryText.parse(text));
    }

    private static void assertRefused(String text, int offset, String message) {
        QuerySyntaxException error = refused(text);
        assertThat(error).as(text).isNotNull().hasMessageContaining(message);
        assertThat(error.offset()).as(text).isEqualTo(offset);
    }
}
