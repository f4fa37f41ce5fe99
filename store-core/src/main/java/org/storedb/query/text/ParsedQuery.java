package org.storedb.query.text;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.storedb.error.InvalidQueryException;

/** A query that was read from text and waits for the values of its parameters. Immutable: read once, bind often. */
public final class ParsedQuery {

    private final QueryKind kind;
    private final ParsedStatement statement;

    /** A query; binding the statement must give a {@link BoundQuery} of that kind. */
    ParsedQuery(QueryKind kind, ParsedStatement statement) {
        this.kind = kind;
        this.statement = statement;
    }

    public QueryKind kind() {
        return kind;
    }

    public String collection() {
        return statement.collection();
    }

    /** The paths of all fields that the query mentions, each once, in the order of the text. */
    public List<String> fields() {
        return statement.fields();
    }

    /** The names of the parameters, each once, in the order of the text; {@code "1"}, {@code "2"} … without names. */
    public List<String> parameters() {
        return statement.parameters();
    }

    /** Whether the values are given by place, for {@code ?} or {@code ?1}, and not by name. */
    public boolean isPositional() {
        return statement.isPositional();
    }

    /**
     * The query with values for its named parameters.
     *
     * @throws InvalidQueryException if one is missing, unknown, or of a class that its place does not allow
     */
    public BoundQuery bind(Map<String, ? extends @Nullable Object> values) {
        return (BoundQuery) statement.bind(values);
    }

    /**
     * The query with values for its positional parameters, or without any if it has none.
     *
     * @throws InvalidQueryException if there are too few or too many, or one is of a class that its place does not allow
     */
    public BoundQuery bind(@Nullable Object... values) {
        return (BoundQuery) statement.bind(values);
    }

    ParsedStatement statement() {
        return statement;
    }

    /** The text that was read. */
    @Override
    public String toString() {
        return statement.toString();
    }
}
