package org.storedb.internal.json;

import java.io.InputStream;
import java.io.OutputStream;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.StreamWriteConstraints;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;

/**
 * Parsers and generators of JSON. Their limits are wider than those of documents, so that it is the store that refuses,
 * and reports the position.
 */
final class JsonStreams {

    /** Only limits the cost of a hostile text. */
    private static final int NESTING_MAX = 100_000;

    private static final int NUMBER_CHARACTERS_MAX = 30_000;

    private static final JsonFactory LINES = factory("\n");
    private static final JsonFactory ELEMENTS = factory(",\n");

    private JsonStreams() {}

    private static JsonFactory factory(String separator) {
        return JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(NESTING_MAX)
                        .maxNumberLength(NUMBER_CHARACTERS_MAX)
                        .maxStringLength(Integer.MAX_VALUE)
                        .maxNameLength(Integer.MAX_VALUE)
                        .build())
                .streamWriteConstraints(StreamWriteConstraints.builder()
                        .maxNestingDepth(NESTING_MAX)
                        .build())
                .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
                .disable(StreamWriteFeature.AUTO_CLOSE_TARGET, StreamWriteFeature.FLUSH_PASSED_TO_STREAM)
                .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER) // The shortest text, on every release of Java.
                .rootValueSeparator(separator)
                .build();
    }

    static JsonParser parser(byte[] text, int length) {
        return LINES.createParser(ObjectReadContext.empty(), text, 0, length);
    }

    /** Returns a parser that does not close the stream. */
    static JsonParser parser(InputStream text) {
        return LINES.createParser(ObjectReadContext.empty(), text);
    }

    /** Returns a generator of one value per line, which does not close the stream. */
    static JsonGenerator lines(OutputStream target) {
        return LINES.createGenerator(ObjectWriteContext.empty(), target);
    }

    /** Returns a generator of values separated by commas, which does not close the stream. */
    static JsonGenerator elements(OutputStream target) {
        return ELEMENTS.createGenerator(ObjectWriteContext.empty(), target);
    }
}
