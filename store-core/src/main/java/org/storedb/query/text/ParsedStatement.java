package org.storedb.query.text;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.storedb.error.InvalidQueryException;

/** A statement that was read from text and waits for the values of its parameters. Immutable: read once, bind often. */
public final class ParsedStatement {

    private final String text;
    private final String collection;
    private final List<String> fields;
    private final Parameters parameters;
    private final Function<Arguments, BoundStatement> template;

    ParsedStatement(
            String text,
            String collection,
            List<String> fields,
            Parameters parameters,
            Function<Arguments, BoundStatement> template) {
        this.text = text;
        this.collection = collection;
        this.fields = List.copyOf(fields);
        this.parameters = parameters;
        this.template = template;
    }

    public String collection() {
        return collection;
    }

    /** The paths of all fields that the statement mentions, each once, in the order of the text. */
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
     * The statement with values for its named parameters.
     *
     * @throws InvalidQueryException if one is missing, unknown, or of a class that its place does not allow
     */
    public BoundStatement bind(Map<String, ? extends @Nullable Object> values) {
        return template.apply(parameters.byName(values));
    }

    /**
     * The statement with values for its positional parameters, or without any if it has none.
     *
     * @throws InvalidQueryException if there are too few or too many, or one is of a class that its place does not allow
     */
    public BoundStatement bind(@Nullable Object... values) {
        return template.apply(parameters.byPosition(values));
    }

    /** The text that was read. */
    @Override
    public String toString() {
        return text;
    }
}
