package org.storedb.query.text;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.storedb.error.InvalidQueryException;

/** A statement parsed from text, whose parameters are not bound yet. Immutable: parse once, bind often. */
public final class ParsedStatement {

    private final String text;
    private final String collection;
    private final List<String> fields;
    private final List<ComparedParameter> comparedParameters;
    private final Parameters parameters;
    private final Function<Arguments, BoundStatement> template;

    ParsedStatement(
            String text,
            String collection,
            List<String> fields,
            List<ComparedParameter> comparedParameters,
            Parameters parameters,
            Function<Arguments, BoundStatement> template) {
        this.text = text;
        this.collection = collection;
        this.fields = List.copyOf(fields);
        this.comparedParameters = List.copyOf(comparedParameters);
        this.parameters = parameters;
        this.template = template;
    }

    public String collection() {
        return collection;
    }

    /** Returns the paths of all fields that the statement mentions, each once, in the order of the text. */
    public List<String> fields() {
        return fields;
    }

    /**
     * Returns the parameters of comparisons, {@code between} and {@code in} with the fields that they are compared with,
     * in the order of the text. Those of other conditions, and of conditions on columns or on the elements of arrays, are
     * not included.
     */
    public List<ComparedParameter> comparedParameters() {
        return comparedParameters;
    }

    /**
     * Returns the names of the parameters, each once, in the order of the text; {@code "1"}, {@code "2"} … if they have
     * no names.
     */
    public List<String> parameters() {
        return parameters.names();
    }

    /** Returns whether the values are given by position, for {@code ?} or {@code ?1}, and not by name. */
    public boolean isPositional() {
        return parameters.isPositional();
    }

    /**
     * Returns the statement with values for its named parameters.
     *
     * @throws InvalidQueryException if one is missing, unknown, or of a class that is not allowed in its position
     */
    public BoundStatement bind(Map<String, ? extends @Nullable Object> values) {
        return template.apply(parameters.byName(values));
    }

    /**
     * Returns the statement with values for its positional parameters, or without any if it has none.
     *
     * @throws InvalidQueryException if there are too few or too many, or one is of a class that is not allowed in its
     *     position
     */
    public BoundStatement bind(@Nullable Object... values) {
        return template.apply(parameters.byPosition(values));
    }

    /** Returns the text that was parsed. */
    @Override
    public String toString() {
        return text;
    }
}
