package org.storedb.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.storedb.error.InvalidQueryException;
import org.storedb.error.QuerySyntaxException;
import org.storedb.query.text.ParsedStatement;
import org.storedb.query.text.PrintedQuery;
import org.storedb.query.text.QueryText;

/** Queries as text: a query, or an error that points into the text; and what is printed means the same. */
public final class QueryTextTarget {

    private QueryTextTarget() {}

    public static void fuzzerTestOneInput(byte[] data) {
        String text = new String(data, UTF_8);
        ParsedStatement parsed;
        try {
            parsed = QueryText.parseStatement(text);
        } catch (QuerySyntaxException e) {
            assertThat(e.offset()).isBetween(0, text.length());
            return;
        }
        if (!parsed.parameters().isEmpty()) {
            return;
        }
        PrintedQuery printed;
        try {
            printed = QueryText.print(parsed.bind());
        } catch (InvalidQueryException e) {
            assertThat(e).hasMessageMatching("(?s).{5,}");
            return;
        }
        ParsedStatement again = QueryText.parseStatement(printed.text());
        assertThat(QueryText.print(again.bind(printed.arguments().toArray()))).isEqualTo(printed);
    }
}
