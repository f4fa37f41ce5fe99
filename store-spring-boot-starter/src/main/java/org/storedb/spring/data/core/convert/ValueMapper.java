package org.storedb.spring.data.core.convert;

import org.jspecify.annotations.Nullable;
import org.storedb.document.DocumentValue;
import org.storedb.document.DocumentWriter;
import org.storedb.document.FieldType;

/** Mapper of the values of one declared type to and from their stored form. Safe for use by multiple threads. */
interface ValueMapper {

    void write(Object value, DocumentWriter writer);

    /** Reads a stored value that is not null; returns null if it refers to something that no longer exists. */
    @Nullable
    Object read(DocumentValue value);

    /** Fails like {@link #read} for a stored value that cannot be read, but looks up nothing that it refers to. */
    default void verify(DocumentValue value) {
        @Nullable Object unused = read(value);
    }

    /** Returns the stored form as plain Java, as used in query filters: exactly what {@link #write} writes. */
    Object toPlain(Object value);

    FieldType fieldType();

    /** Returns whether stored values have the same order as the Java values; by default, they do not. */
    default boolean isOrdered() {
        return false;
    }

    /**
     * Returns the stored form to use in an order comparison: a bound below, or above, all values that are equal to
     * {@code plain} in the order. It is {@code plain} itself if no other value is.
     */
    default Object bound(Object plain, boolean above) {
        return plain;
    }

    /** Returns whether {@code value} is of the declared type, so that {@link #toPlain} accepts it. */
    boolean accepts(Object value);

    /** Returns the value of the property if the document has none. */
    default @Nullable Object absent() {
        return null;
    }
}
