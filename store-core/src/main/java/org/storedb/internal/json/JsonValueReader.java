package org.storedb.internal.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.storedb.error.InvalidDocumentException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads one value as plain Java. JSON that cannot be stored is noted, and the value is read to its end nevertheless, so
 * that the next one can be read. Text that is not JSON causes a {@code JacksonException}.
 */
final class JsonValueReader {

    /**
     * The nesting that documents allow, with an enclosing object and one more for a tag. The store itself counts
     * exactly.
     */
    private static final int NESTING_MAX = 502;

    private final JsonParser parser;
    private final boolean exactTypes;
    private final List<String> path = new ArrayList<>();
    private @Nullable String problem;

    /**
     * Creates a reader of the parser's values.
     *
     * @param exactTypes whether {@link JsonTags} are interpreted
     */
    JsonValueReader(JsonParser parser, boolean exactTypes) {
        this.parser = parser;
        this.exactTypes = exactTypes;
    }

    /** Reads the value whose first token is the current one. */
    @Nullable
    Object read() {
        problem = null;
        path.clear();
        return value(1);
    }

    /** Returns the first problem of the latest value, or {@code null}. */
    @Nullable
    String problem() {
        return problem;
    }

    private @Nullable Object value(int depth) {
        JsonToken token = parser.currentToken();
        if (depth > NESTING_MAX && token.isStructStart()) {
            note("it is nested deeper than the 500 levels that a document can have");
            parser.skipChildren();
            return null;
        }
        return switch (token) {
            case START_OBJECT -> object(depth);
            case START_ARRAY -> array(depth);
            case VALUE_STRING -> parser.getString();
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> throw new IllegalStateException("A value cannot begin with " + token);
        };
    }

    private @Nullable Object object(int depth) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            path.add(name);
            Object value = value(depth + 1);
            if (fields.containsKey(name)) {
                note("an object has this field twice");
            }
            path.remove(path.size() - 1);
            fields.put(name, value);
        }
        try {
            return exactTypes ? JsonTags.resolve(fields) : fields;
        } catch (InvalidDocumentException e) {
            note(e.getMessage());
            return null;
        }
    }

    private List<@Nullable Object> array(int depth) {
        List<@Nullable Object> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            elements.add(value(depth + 1));
        }
        return elements;
    }

    private @Nullable Number number() {
        try {
            return JsonNumbers.parse(parser.getString());
        } catch (InvalidDocumentException e) {
            note(e.getMessage());
            return null;
        }
    }

    private void note(@Nullable String newProblem) {
        if (problem == null) {
            String where = String.join(".", path);
            String shown = where.length() <= 200 ? where : where.substring(0, 200) + "…";
            problem = path.isEmpty() ? newProblem : "Field \"" + shown + "\": " + newProblem;
        }
    }
}
