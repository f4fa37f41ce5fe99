package org.storedb.query.text;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Parses statements: what to do, the collection, and the clauses. */
final class QueryParser {

    private final SourceText source;
    private final TokenReader tokens;
    private final ParameterCollector parameters;
    private final OperandParser operands;
    private final FieldNames.OfDocuments fields;

    QueryParser(SourceText source) {
        this.source = source;
        tokens = new TokenReader(source);
        parameters = new ParameterCollector(tokens);
        operands = new OperandParser(tokens, parameters);
        fields = new FieldNames.OfDocuments(tokens);
    }

    ParsedQuery query() {
        ParsedQuery query = queryIfAny();
        if (query == null) {
            String expected = "'find', 'count', 'exists' or 'delete'";
            boolean isOtherStatement =
                    tokens.peek().isWord("select") || tokens.peek().isWord("update");
            throw isOtherStatement
                    ? tokens.unexpected(expected, "QueryText.parseStatement reads it")
                    : tokens.unexpected(expected);
        }
        return query;
    }

    ParsedStatement statement() {
        if (tokens.skipWord("select")) {
            return parsed(new SelectParser(tokens, operands, fields).parse());
        }
        if (tokens.skipWord("update")) {
            return parsed(new UpdateParser(tokens, operands, fields).parse());
        }
        ParsedQuery query = queryIfAny();
        if (query == null) {
            throw tokens.unexpected("'find', 'select', 'count', 'exists', 'update' or 'delete'");
        }
        return query.statement();
    }

    private @Nullable ParsedQuery queryIfAny() {
        for (QueryKind kind : QueryKind.values()) {
            if (tokens.skipWord(kind.word())) {
                return new ParsedQuery(kind, parsed(query(kind)));
            }
        }
        return null;
    }

    private Statement query(QueryKind kind) {
        String collection = tokens.path("the name of a collection after '" + kind.word() + "'");
        ClauseParser clauses = new ClauseParser(tokens, operands);
        clauses.where(fields);
        clauses.orderBy(fields);
        clauses.page();
        if (kind == QueryKind.DELETE) {
            clauses.requireWhere("a delete", "deletes");
        }
        return new Statement(collection, arguments -> new BoundQuery(kind, collection, clauses.query(arguments)));
    }

    private ParsedStatement parsed(Statement statement) {
        return new ParsedStatement(
                source.text(),
                statement.collection(),
                fields.mentioned(),
                fields.compared(),
                parameters.parameters(),
                statement.template());
    }

    /** A statement as returned by the parser of its kind. */
    record Statement(String collection, Function<Arguments, BoundStatement> template) {}
}
