package org.storedb.internal.document;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import org.storedb.document.ValueType;
import org.storedb.error.InvalidDocumentException;
import org.storedb.internal.bytes.ByteReader;
import org.storedb.internal.bytes.ByteWriter;
import org.storedb.internal.bytes.MalformedBytesException;

/**
 * The rule by which the documents of a collection expire, unless their writer specifies a time. Immutable.
 *
 * <pre>
 * catalog:     key [ 9 ] [ tree id of the collection 4 ]
 *              value [ version 1 ] [ sliding 1 ] [ milliseconds varint ] [ field ]
 * </pre>
 *
 * @param field path of the field that contains the time; empty if there is none
 * @param afterMillis time from the write to the expiry of documents without the field; 0 if they do not expire
 * @param sliding whether that is the time for which they may be unused
 */
public record ExpiryRule(String field, long afterMillis, boolean sliding) {

    /** Documents do not expire. */
    public static final ExpiryRule NONE = new ExpiryRule("", 0, false);

    static final int KEY_KIND = 9;

    /** The latest time at which a record can expire: {@link Long#MAX_VALUE} means never. */
    private static final long MILLIS_MAX = Long.MAX_VALUE - 1;

    private static final int VERSION = 1;

    /** Returns whether a field may contain the time. */
    public boolean hasField() {
        return !field.isEmpty();
    }

    /**
     * Returns the time in a document's field, in milliseconds since 1970-01-01 UTC; 0 if the field is missing or null.
     *
     * @throws InvalidDocumentException if its value is not a time
     */
    public long fieldMillis(EncodedValue document, FieldDictionary dictionary) {
        EncodedValue value = FieldReader.of(field, dictionary).read(document);
        if (value == null || value.type() == ValueType.NULL) {
            return 0;
        }
        if (value.type() == ValueType.NUMBER) {
            return bounded(new BigDecimal(String.valueOf(value.toObject())));
        }
        if (value.type() == ValueType.STRING) {
            return Math.max(1, Math.min(MILLIS_MAX, millis(value.asString())));
        }
        throw new InvalidDocumentException("The expiry field '" + field + "' must be a time, as text or as"
                + " milliseconds since 1970, not of type " + value.type());
    }

    /** Compares first: a number may have any number of digits. */
    private static long bounded(BigDecimal millis) {
        if (millis.compareTo(BigDecimal.ONE) < 0) {
            return 1;
        }
        return millis.compareTo(BigDecimal.valueOf(MILLIS_MAX)) >= 0 ? MILLIS_MAX : millis.longValue();
    }

    private long millis(String text) {
        try {
            Instant time = text.endsWith("Z")
                    ? Instant.parse(text)
                    : OffsetDateTime.parse(text).toInstant();
            return time.toEpochMilli();
        } catch (DateTimeException e) {
            throw new InvalidDocumentException("The expiry field '" + field + "' has the value '" + text
                    + "', which is not a time; write it like 2030-01-31T12:00:00Z, or as milliseconds since 1970");
        } catch (ArithmeticException e) {
            return text.startsWith("-") ? 1 : MILLIS_MAX;
        }
    }

    static byte[] key(int treeId) {
        return new ByteWriter(1 + Integer.BYTES)
                .putByte(KEY_KIND)
                .putInt(treeId)
                .toByteArray();
    }

    /**
     * Returns the id of the collection's tree.
     *
     * @throws MalformedBytesException if it is not a tree id
     */
    static int treeId(byte[] key) {
        ByteReader reader = new ByteReader(key);
        reader.skip(1);
        int treeId = reader.readInt();
        if (!Arrays.equals(key, key(treeId)) || treeId <= CatalogFormat.TREE_ID) {
            throw new MalformedBytesException("It belongs to no tree");
        }
        return treeId;
    }

    /** Returns the rule in its stored form. */
    public byte[] encode() {
        return new ByteWriter()
                .putByte(VERSION)
                .putByte(sliding ? 1 : 0)
                .putVarint(afterMillis)
                .putLengthAndBytes(field.getBytes(StandardCharsets.UTF_8))
                .toByteArray();
    }

    /**
     * Decodes what {@link #encode} returned.
     *
     * @throws MalformedBytesException if it is something else
     */
    public static ExpiryRule decode(byte[] bytes) {
        ByteReader reader = new ByteReader(bytes);
        int version = reader.readByte();
        int sliding = reader.readByte();
        long afterMillis = reader.readVarint();
        ExpiryRule rule =
                new ExpiryRule(CatalogFormat.decodeText(reader.readLengthAndBytes()), afterMillis, sliding == 1);
        if (version != VERSION || sliding > 1 || afterMillis < 0 || reader.remaining() > 0) {
            throw new MalformedBytesException("Invalid expiry rule " + Arrays.toString(bytes));
        }
        return rule;
    }
}
