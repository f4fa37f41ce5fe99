package org.storedb.internal.document;

import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import org.storedb.document.IndexDefinition;
import org.storedb.error.UniqueIndexViolationException;

/** Tells users which value of which document is in the way. */
final class UniqueViolations {

    private UniqueViolations() {}

    /**
     * The exception for an index entry that may not be there beside another.
     *
     * @param key the entry that is not possible
     * @param existingKey the entry that there is
     */
    static UniqueIndexViolationException exception(
            String collection, IndexDefinition definition, byte[] key, byte[] existingKey) {
        KeyDecoder decoder = new KeyDecoder(key);
        StringJoiner values = new StringJoiner(", ");
        for (String field : definition.fields()) {
            values.add(field + " = " + describe(decoder.next()));
        }
        int idPosition = IndexKeys.idPosition(existingKey, definition.fields().size());
        String existingId = DocumentId.decode(existingKey, idPosition).toString();
        return new UniqueIndexViolationException(collection, definition.name(), values.toString(), existingId);
    }

    private static String describe(@Nullable Object value) {
        return value instanceof String ? "'" + value + "'" : String.valueOf(value);
    }
}
