package org.storedb.query.text;

/**
 * The text form of queries.
 *
 * <pre>{@code
 * ParsedQuery large = QueryText.parse("find places where country = :country and population >= :min limit 20");
 * Query query = large.bind(Map.of("country", "JP", "min", 1_000_000)).query();
 * }</pre>
 *
 * <p>Values come in as parameters and never become text, so nothing needs escaping. A text has at most 65,536 characters
 * and 10,000 words and signs, and nests at most 100 levels deep.
 */
public final class QueryText {

    private QueryText() {}

    /**
     * Reads a query: find, count, exists or delete.
     *
     * @throws org.storedb.error.QuerySyntaxException if it does not follow the grammar
     */
    public static ParsedQuery parse(String text) {
        return new QueryParser(new SourceText(text)).query();
    }

    /**
     * Reads a statement: a query, or one that selects fields or figures, or an update.
     *
     * @throws org.storedb.error.QuerySyntaxException if it does not follow the grammar
     */
    public static ParsedStatement parseStatement(String text) {
        return new QueryParser(new SourceText(text)).statement();
    }

    /**
     * Writes a statement so that parsing the text and binding the arguments gives an equal one. Exceptions are values that
     * the text form has in one class only, like whole numbers, which come back as {@code Long}, and {@code and}s and
     * {@code or}s of one filter, which come back as that filter.
     *
     * @throws org.storedb.error.InvalidQueryException if its filters are nested too deep
     */
    public static PrintedQuery print(BoundStatement statement) {
        return new QueryPrinter().print(statement);
    }
}
