package org.storedb.document;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * Receives the values of one document, in order. Inside an object each value follows its {@link #name}. A call out of
 * order throws {@code IllegalStateException}; a name that an object already has, a number that is not finite, and
 * nesting deeper than 500 levels throw {@link org.storedb.error.InvalidDocumentException}. Not thread-safe.
 */
public interface DocumentWriter {

    void startObject();

    void endObject();

    void startArray();

    void endArray();

    void name(String name);

    void writeNull();

    void writeBoolean(boolean value);

    void writeLong(long value);

    void writeDouble(double value);

    void writeBigInteger(BigInteger value);

    void writeBigDecimal(BigDecimal value);

    void writeString(String value);

    void writeBinary(byte[] value);

    /**
     * Writes any value that a document can hold: null, booleans, numbers, characters and strings, UUIDs and enums (as
     * text), dates and times (as ISO text; points in time in UTC, with nine digits of the second's fraction, so that
     * they sort by time), byte arrays, maps with string keys, iterables, arrays, Jackson's {@code JsonNode}s and
     * {@link DocumentValue}s.
     *
     * @throws org.storedb.error.InvalidDocumentException for an object of another class
     */
    void writeValue(@Nullable Object value);
}
