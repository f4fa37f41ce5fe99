package org.storedb.query.text;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.storedb.error.InvalidQueryException;

/** A query parsed from text, whose parameters are not bound yet. Immutable: parse once, bind often. */
public final class ParsedQuery {

    private final QueryKind kind;
    private final ParsedStatement statement;

    /** Creates a query; binding the statement must result in a {@link BoundQuery} of that kind. */
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

    /** Returns the paths of all fields that the query mentions, each once, in the order of the text. */
    public List<String> fields() {
        return statement.fields();
    }

    /**
     * Returns the names of the parameters, each once, in the order of the text; {@code "1"}, {@code "2"} … if they have
     * no names.
     */
    public List<String> parameters() {
        return statement.parameters();
    }

    /** Returns whether the values are given by position, for {@code ?} or {@code ?1}, and not by name. */
    public boolean isPositional() {
        return statement.isPositional();
    }

    /**
     * Returns the query with values for its named parameters.
     *
     * @throws InvalidQueryException if one is missing, unknown, or of a class that is not allowed in its position
     */
    public BoundQuery bind(Map<String, ? extends @Nullable Object> values) {
        return (BoundQuery) statement.bind(values);
    }

    /**
     * Returns the query with values for its positional parameters, or without any if it has none.
     *
     * @throws InvalidQueryException if there are too few or too many, or one is of a class that is not allowed in its
     *     position
     */
    public BoundQuery bind(@Nullable Object... values) {
        return (BoundQuery) statement.bind(values);
    }

    ParsedStatement statement() {
        return statement;
    }

    /** Returns the text that was parsed. */
    @Override
    public String toString() {
        return statement.toString();
    }
}
