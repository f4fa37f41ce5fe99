package org.storedb.document;

import org.jspecify.annotations.Nullable;

/**
 * The fields of one object that have some {@link FieldNames}, each at the position of its name. Asking for a value as
 * something that it is not, or for one that is not there, is an {@code IllegalStateException}. Immutable.
 */
public interface FieldValues {

    /** A field, or {@code null} if the object has none of this name. */
    @Nullable
    DocumentValue get(int position);

    /** Whether there is a field, and it is not null. */
    default boolean hasValue(int position) {
        DocumentValue value = get(position);
        return value != null && value.type() != ValueType.NULL;
    }

    /** The text of a field; {@code null} if there is none or it is null. */
    default @Nullable String textOrNull(int position) {
        return hasValue(position) ? required(position).asString() : null;
    }

    /** {@link DocumentValue#asLong} of a field. */
    default long asLong(int position) {
        return required(position).asLong();
    }

    /** {@link DocumentValue#asDouble} of a field. */
    default double asDouble(int position) {
        return required(position).asDouble();
    }

    /** {@link DocumentValue#asBoolean} of a field. */
    default boolean asBoolean(int position) {
        return required(position).asBoolean();
    }

    private DocumentValue required(int position) {
        DocumentValue value = get(position);
        if (value == null) {
            throw new IllegalStateException("There is no field at position " + position);
        }
        return value;
    }
}
