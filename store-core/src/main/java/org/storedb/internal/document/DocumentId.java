package org.storedb.internal.document;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.storedb.error.InvalidDocumentException;

/** Ids of documents: strings and longs, to which everything else is converted. Longs come before strings. */
public final class DocumentId {

    private DocumentId() {}

    /**
     * Returns the {@code String} or {@code Long} that is the same id.
     *
     * @throws InvalidDocumentException if {@code id} is of a class that cannot be an id
     */
    public static Object normalize(@Nullable Object id) {
        if (id instanceof Long) {
            return id;
        }
        if (id instanceof Integer || id instanceof Short || id instanceof Byte) {
            return ((Number) id).longValue();
        }
        if (id instanceof UUID uuid) {
            return uuid.toString();
        }
        if (id instanceof String text) {
            if (Utf8.length(text) == Utf8.MALFORMED) {
                throw PlainValues.halfPair();
            }
            return text;
        }
        throw new InvalidDocumentException("An id must be a String, a Long, an Integer or a UUID, not "
                + (id == null ? "null" : "of " + id.getClass()));
    }

    /** Returns the record key of any id that {@link #normalize} accepts. */
    public static byte[] encode(Object id) {
        return new KeyEncoder().append(normalize(id)).toBytes();
    }

    /** Returns the {@code String} or {@code Long} with this record key. */
    public static Object decode(byte[] key) {
        return decode(key, 0);
    }

    /** Returns the id at the end of a key, where it begins at {@code position}. */
    public static Object decode(byte[] key, int position) {
        KeyDecoder decoder = new KeyDecoder(key, position);
        Object id = decoder.next();
        if (decoder.position() == key.length) {
            if (id instanceof String || id instanceof Long) {
                return id;
            }
            if (id instanceof Integer number) {
                return number.longValue();
            }
        }
        throw new MalformedDocumentException("The key does not end with an id that begins at byte " + position);
    }
}
