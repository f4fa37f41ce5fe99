package org.storedb.query.text;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.storedb.error.InvalidQueryException;
import org.storedb.query.Query;
import org.storedb.query.Sort;

/** A query that was read from text and waits for the values of its parameters. Immutable: read once, bind often. */
public final class ParsedQuery {

    private final String text;
    private final QueryKind kind;
    private final String collection;
    private final Condition condition;
    private final Sort sort;
    private final Operand offset;
    private final Operand limit;
    private final List<String> fields;
    private final Parameters parameters;

    ParsedQuery(
            String text,
            QueryKind kind,
            String collection,
            Condition condition,
            Sort sort,
            Operand offset,
            Operand limit,
            List<String> fields,
            Parameters parameters) {
        this.text = text;
        this.kind = kind;
        this.collection = collection;
        this.condition = condition;
        this.sort = sort;
        this.offset = offset;
        this.limit = limit;
        this.fields = List.copyOf(fields);
        this.parameters = parameters;
    }

    public QueryKind kind() {
        return kind;
    }

    public String collection() {
        return collection;
    }

    /** The paths of all fields that the query mentions, each once, in the order of the text. */
    public List<String> fields() {
        return fields;
    }

    /** The names of the parameters, each once, in the order of the text; {@code "1"}, {@code "2"} … without names. */
    public List<String> parameters() {
        return parameters.names();
    }

    /** Whether the values are given by place, for {@code ?} or {@code ?1}, and not by name. */
    public boolean isPositional() {
        return parameters.isPositional();
    }

    /**
     * The query with values for its named parameters.
     *
     * @throws InvalidQueryException if one is missing, unknown, or of a class that its place does not allow
     */
    public BoundQuery bind(Map<String, ? extends @Nullable Object> values) {
        return bind(parameters.byName(values));
    }

    /**
     * The query with values for its positional parameters, or without any if it has none.
     *
     * @throws InvalidQueryException if there are too few or too many, or one is of a class that its place does not allow
     */
    public BoundQuery bind(@Nullable Object... values) {
        return bind(parameters.byPosition(values));
    }

    private BoundQuery bind(Arguments arguments) {
        Query query = new Query(condition.bind(arguments), sort, offset.count(arguments), limit.count(arguments));
        return new BoundQuery(kind, collection, query);
    }

    /** The text that was read. */
    @Override
    public String toString() {
        return text;
    }
}
