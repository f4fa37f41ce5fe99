package org.storedb.internal.json;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Documents on separate lines, in UTF-8. Empty lines are skipped. A line that is not a document does not affect the
 * next one.
 */
public final class JsonLinesSource implements JsonDocumentSource {

    private static final int BUFFER_BYTES = 1 << 16;
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final String source;
    private final InputStream input;
    private final boolean exactTypes;
    private final int lineBytesMax;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int position;
    private int limit;
    private byte[] line = new byte[1 << 12];
    private int lineBytes;
    private boolean tooLong;
    private long lineNumber;
    private final CRC32C checksum = new CRC32C();

    /**
     * Creates a source of the documents in a stream.
     *
     * @param source name of the file
     * @param lineBytesMax longer lines are not kept in memory
     */
    public JsonLinesSource(String source, InputStream input, boolean exactTypes, int lineBytesMax) {
        this.source = source;
        this.input = input;
        this.exactTypes = exactTypes;
        this.lineBytesMax = lineBytesMax;
    }

    @Override
    public @Nullable JsonDocument next() throws IOException {
        while (readLine()) {
            if (tooLong) {
                return rejected("the line is longer than the " + lineBytesMax
                        + " bytes that are allowed, see withDocumentTextBytesMax");
            }
            if (!isBlank()) {
                return parse();
            }
        }
        return null;
    }

    /** Returns a CRC-32C of all lines before the latest one, including their ends as line feeds. */
    public long checksumOfLinesBefore() {
        return checksum.getValue();
    }

    private JsonDocument parse() {
        try (JsonParser parser = JsonStreams.parser(line, lineBytes)) {
            JsonToken first = parser.nextToken();
            if (first != JsonToken.START_OBJECT) {
                return rejected("a document must be an object, which begins with {");
            }
            JsonValueReader reader = new JsonValueReader(parser, exactTypes);
            Object document = reader.read();
            String problem = reader.problem();
            if (problem == null && parser.nextToken() != null) {
                problem = "there is more on the line after the document";
            }
            return problem == null ? accepted(document) : rejected(problem);
        } catch (JacksonException e) {
            return rejected(describe(e));
        }
    }

    static String describe(JacksonException e) {
        return "it is not JSON: " + e.getOriginalMessage()
                + (e.getLocation() == null ? "" : " (column " + e.getLocation().getColumnNr() + ")");
    }

    @SuppressWarnings("unchecked") // An object becomes a map with names as keys.
    private JsonDocument accepted(@Nullable Object document) {
        return document instanceof Map<?, ?> fields
                ? new JsonDocument(source, lineNumber, lineBytes, (Map<String, @Nullable Object>) fields, null)
                : rejected("a document must be an object, not a single value");
    }

    private JsonDocument rejected(String problem) {
        return new JsonDocument(source, lineNumber, lineBytes, null, problem);
    }

    private boolean isBlank() {
        for (int at = 0; at < lineBytes; at++) {
            if (line[at] != ' ' && line[at] != '\t' && line[at] != '\r') {
                return false;
            }
        }
        return true;
    }

    /** Reads the next line, without its end; returns false if there is none. */
    private boolean readLine() throws IOException {
        if (lineNumber > 0) {
            checksum.update(line, 0, lineBytes);
            checksum.update('\n');
        }
        lineBytes = 0;
        tooLong = false;
        if (position == limit && !fill()) {
            return false;
        }
        lineNumber++;
        do {
            int end = position;
            while (end < limit && buffer[end] != '\n') {
                end++;
            }
            append(end);
            position = end;
            if (end < limit) {
                position++;
                break;
            }
        } while (fill());
        if (lineNumber == 1) {
            dropByteOrderMark();
        }
        return true;
    }

    private void append(int end) {
        int length = end - position;
        if (tooLong || length > lineBytesMax - lineBytes) {
            tooLong = true;
            return;
        }
        if (lineBytes + length > line.length) {
            line = Arrays.copyOf(line, (int) Math.min(lineBytesMax, Math.max(line.length * 2L, lineBytes + length)));
        }
        System.arraycopy(buffer, position, line, lineBytes, length);
        lineBytes += length;
    }

    private boolean fill() throws IOException {
        position = 0;
        limit = Math.max(0, input.read(buffer, 0, buffer.length));
        return limit > 0;
    }

    private void dropByteOrderMark() {
        if (lineBytes >= 3 && Arrays.equals(line, 0, 3, BYTE_ORDER_MARK, 0, 3)) {
            lineBytes -= 3;
            System.arraycopy(line, 3, line, 0, lineBytes);
        }
    }
}
