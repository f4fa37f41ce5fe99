package org.storedb.document;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Converts between Java objects and stored documents. Must be safe for use by many threads at once.
 *
 * @param <T> the Java type
 */
public interface DocumentCodec<T> {

    /** Name of the field that holds the document's id. */
    String ID_FIELD = "id";

    /**
     * The id of an object: a {@code String}, a {@code Long}, an {@code Integer} or a {@code UUID}; {@code null} if it has
     * none yet.
     */
    @Nullable
    Object id(T object);

    /**
     * Writes an object as one document object, its id in the field {@value #ID_FIELD}.
     *
     * @param id the object's id, or the one generated for it: a {@code String} or a {@code Long}
     * @param writer takes this document; it is not to be used when the call is over
     */
    void write(T object, Object id, DocumentWriter writer);

    /** Reads an object from a stored document. */
    T read(DocumentValue document, long revision);

    /**
     * The object as its owner should see it once it is stored: with its id and, where the type has a place for it, its
     * revision. May change and return {@code object} itself.
     *
     * @param id a {@code String} or a {@code Long}
     */
    T stored(T object, Object id, long revision);

    /**
     * Looks at a document that a patch has changed, before it is stored, and refuses values that {@link #read} could not
     * read. Accepts everything unless overridden.
     *
     * @param document as it would be stored
     * @param patch what has been done to it
     * @throws org.storedb.error.InvalidDocumentException to refuse it; the message names the field and its value, and is
     *     given the collection and the document's id
     */
    default void verifyPatched(DocumentValue document, DocumentPatch patch) {}

    /**
     * What is known of a field, to refuse queries that cannot be meant.
     *
     * @param path the names with dots between them
     * @return the kind of its values, {@link FieldType#ANY} if not known, {@code null} if documents have no such field
     */
    default @Nullable FieldType fieldType(String path) {
        return FieldType.ANY;
    }

    /** Paths of fields that documents are known to have, some or all, so that a message can name one that was meant. */
    default List<String> knownFields() {
        return List.of();
    }
}
