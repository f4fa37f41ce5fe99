package org.storedb.internal.document;

import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import org.storedb.error.UniqueIndexViolationException;
import org.storedb.index.IndexDefinition;

/** Describes to users which value of which document violates a unique index. */
final class UniqueViolations {

    private UniqueViolations() {}

    /**
     * Returns the exception for an index entry that conflicts with another.
     *
     * @param key the conflicting entry
     * @param existingKey the existing entry
     */
    static UniqueIndexViolationException exception(
            String collection, IndexDefinition definition, byte[] key, byte[] existingKey) {
        return new UniqueIndexViolationException(
                collection, definition.name(), values(definition, key), id(definition, existingKey));
    }

    /** Returns the exception for two documents with the same values, found while an index is built. */
    static UniqueIndexViolationException ofDocuments(
            String collection, IndexDefinition definition, byte[] key, byte[] otherKey) {
        return UniqueIndexViolationException.ofDocuments(
                collection, definition.name(), values(definition, key), id(definition, key), id(definition, otherKey));
    }

    private static String values(IndexDefinition definition, byte[] key) {
        KeyDecoder decoder = new KeyDecoder(key);
        StringJoiner values = new StringJoiner(", ");
        for (String field : definition.fields()) {
            values.add(field + " = " + describe(decoder.next()));
        }
        return values.toString();
    }

    private static String id(IndexDefinition definition, byte[] key) {
        int position = IndexKeys.idPosition(key, definition.fields().size());
        return DocumentId.decode(key, position).toString();
    }

    private static String describe(@Nullable Object value) {
        return value instanceof String ? "'" + value + "'" : String.valueOf(value);
    }
}
