package org.storedb.spring.data.core.convert;

import org.jspecify.annotations.Nullable;
import org.storedb.document.DocumentValue;
import org.storedb.document.DocumentWriter;
import org.storedb.document.FieldType;

/** Converts the values of one declared type to and from their stored form. Safe for use by many threads. */
interface ValueMapper {

    void write(Object value, DocumentWriter writer);

    /** Reads a stored value that is not null; what it refers to may not be there any more. */
    @Nullable
    Object read(DocumentValue value);

    /** Fails as {@link #read} does for a stored value that cannot be read, but looks up nothing that it refers to. */
    default void verify(DocumentValue value) {
        @Nullable Object unused = read(value);
    }

    /** The stored form as plain Java, as query filters take it: what {@link #write} writes and nothing else. */
    Object toPlain(Object value);

    FieldType fieldType();

    /** Whether the order of stored values is the order of the Java values. */
    boolean isOrdered();

    /**
     * The stored form to compare with where order matters: below everything that has the place of {@code plain} in the
     * order, or above it. It is {@code plain} itself where nothing else has this place.
     */
    default Object bound(Object plain, boolean above) {
        return plain;
    }

    /** Whether {@code value} is of the declared type, so that {@link #toPlain} takes it. */
    boolean accepts(Object value);

    /** What the Java object has where the document has nothing. */
    default @Nullable Object absent() {
        return null;
    }
}
