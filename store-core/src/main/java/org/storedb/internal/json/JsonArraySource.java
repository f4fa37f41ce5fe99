package org.storedb.internal.json;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.JacksonIOException;

/** The elements of one array, or one document alone. */
public final class JsonArraySource implements JsonDocumentSource {

    private final String source;
    private final JsonParser parser;
    private final JsonValueReader reader;
    private final boolean alone;
    private boolean begun;
    private boolean ended;

    private JsonArraySource(String source, InputStream input, boolean exactTypes, boolean alone) {
        this.source = source;
        this.parser = JsonStreams.parser(input);
        this.reader = new JsonValueReader(parser, exactTypes);
        this.alone = alone;
    }

    /**
     * Returns the documents of one array.
     *
     * @param source name of the file
     */
    public static JsonArraySource elements(String source, InputStream input, boolean exactTypes) {
        return new JsonArraySource(source, input, exactTypes, false);
    }

    /**
     * Returns one document.
     *
     * @param source name of the file
     */
    public static JsonArraySource single(String source, InputStream input, boolean exactTypes) {
        return new JsonArraySource(source, input, exactTypes, true);
    }

    @Override
    public @Nullable JsonDocument next() throws IOException {
        try {
            if (!begun) {
                begin();
            }
            return ended ? null : element();
        } catch (JacksonIOException e) {
            throw e.getCause();
        } catch (JacksonException e) {
            ended = true;
            throw malformed(JsonLinesSource.describe(e), e);
        }
    }

    private void begin() throws MalformedJsonException {
        begun = true;
        JsonToken first = parser.nextToken();
        JsonToken wanted = alone ? JsonToken.START_OBJECT : JsonToken.START_ARRAY;
        if (first != wanted) {
            ended = true;
            throw malformed(
                    alone
                            ? "it is not a document, which begins with {"
                            : "it is not an array of documents, which begins with [; one document per line is another format",
                    null);
        }
    }

    private @Nullable JsonDocument element() throws MalformedJsonException {
        JsonToken token = alone ? parser.currentToken() : parser.nextToken();
        if (token == JsonToken.END_ARRAY) {
            requireEnd();
            return null;
        }
        long line = parser.currentTokenLocation().getLineNr();
        long from = parser.currentTokenLocation().getByteOffset();
        Object document = reader.read();
        long textBytes = parser.currentLocation().getByteOffset() - from;
        String problem = reader.problem();
        if (problem == null && !(document instanceof Map)) {
            problem = "a document must be an object";
        }
        if (alone) {
            requireEnd();
        }
        return new JsonDocument(source, line, textBytes, problem == null ? fields(document) : null, problem);
    }

    @SuppressWarnings("unchecked") // An object becomes a map with names as keys.
    private static Map<String, @Nullable Object> fields(@Nullable Object document) {
        if (document instanceof Map<?, ?> fields) {
            return (Map<String, @Nullable Object>) fields;
        }
        throw new IllegalStateException("Not an object");
    }

    private void requireEnd() throws MalformedJsonException {
        ended = true;
        if (parser.nextToken() != null) {
            throw malformed("there is more data after its end", null);
        }
    }

    private MalformedJsonException malformed(String reason, @Nullable Throwable cause) {
        return new MalformedJsonException(parser.currentLocation().getLineNr(), reason, cause);
    }
}
