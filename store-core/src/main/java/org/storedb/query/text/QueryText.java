package org.storedb.query.text;

/**
 * The text form of queries.
 *
 * <pre>{@code
 * ParsedQuery large = QueryText.parse("find places where country = :country and population >= :min limit 20");
 * Query query = large.bind(Map.of("country", "JP", "min", 1_000_000)).query();
 * }</pre>
 *
 * <p>Values are passed as parameters and never become text, so nothing needs escaping. A text has at most 65,536
 * characters and 10,000 tokens, and nests at most 100 levels deep.
 */
public final class QueryText {

    private QueryText() {}

    /**
     * Parses a query: find, count, exists or delete.
     *
     * @throws org.storedb.error.QuerySyntaxException if it does not follow the grammar
     */
    public static ParsedQuery parse(String text) {
        return new QueryParser(new SourceText(text)).query();
    }

    /**
     * Parses a statement: a query, one that selects fields or measures, or an update.
     *
     * @throws org.storedb.error.QuerySyntaxException if it does not follow the grammar
     */
    public static ParsedStatement parseStatement(String text) {
        return new QueryParser(new SourceText(text)).statement();
    }

    /**
     * Writes a statement so that parsing the text and binding the arguments results in an equal one. The exceptions are
     * values that have only one class in the text form, such as whole numbers, which come back as {@code Long}, and
     * {@code and} and {@code or} of a single filter, which come back as that filter.
     *
     * @throws org.storedb.error.InvalidQueryException if its filters are nested too deeply
     */
    public static PrintedQuery print(BoundStatement statement) {
        return new QueryPrinter(true).print(statement);
    }
}
