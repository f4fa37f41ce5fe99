package org.storedb.document;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Converts between Java objects and stored documents. Must be safe for use by many threads at once.
 *
 * @param <T> the Java type
 */
public interface DocumentCodec<T> {

    /** The name of the field that holds the document's id. */
    String ID_FIELD = "id";

    /**
     * Returns the id of an object: a {@code String}, a {@code Long}, an {@code Integer} or a {@code UUID}; {@code null}
     * if it has none yet.
     */
    @Nullable
    Object id(T object);

    /**
     * Writes an object as one document, with its id in the field {@value #ID_FIELD}.
     *
     * @param id the object's id, or the one generated for it: a {@code String} or a {@code Long}
     * @param writer receives the document; must not be used after the call
     */
    void write(T object, Object id, DocumentWriter writer);

    /** Reads an object from a stored document. */
    T read(DocumentValue document, long revision);

    /**
     * Returns the object as the caller should see it once it is stored: with its id and, if the type can hold it, its
     * revision. May modify and return {@code object} itself.
     *
     * @param id a {@code String} or a {@code Long}
     */
    T stored(T object, Object id, long revision);

    /**
     * Checks a document that a patch has changed, before it is stored, and rejects values that {@link #read} could not
     * read. Accepts everything unless overridden.
     *
     * @param document the document as it would be stored
     * @param patch the patch that was applied
     * @throws org.storedb.error.InvalidDocumentException to reject it; the message names the field and its value, and
     *     the collection and the document's id are added to it
     */
    default void verifyPatched(DocumentValue document, DocumentPatch patch) {}

    /**
     * Returns what is known about a field, so that queries that make no sense can be rejected.
     *
     * @param path the names, separated by dots
     * @return the kind of its values, {@link FieldType#ANY} if unknown, {@code null} if documents have no such field
     */
    default @Nullable FieldType fieldType(String path) {
        return FieldType.ANY;
    }

    /**
     * Returns paths of fields that documents are known to have, some or all, so that a message can suggest the one that
     * was meant.
     */
    default List<String> knownFields() {
        return List.of();
    }
}
