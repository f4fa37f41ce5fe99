package org.storedb.document;

import org.jspecify.annotations.Nullable;

/**
 * The fields of one object that have some {@link FieldNames}, each at the position of its name. Reading a value as a
 * type that it does not have, or one that is absent, throws {@code IllegalStateException}. Immutable.
 */
public interface FieldValues {

    /** Returns a field, or {@code null} if the object has no field of this name. */
    @Nullable
    DocumentValue get(int position);

    /** Returns whether a field exists and is not null. */
    default boolean hasValue(int position) {
        DocumentValue value = get(position);
        return value != null && value.type() != ValueType.NULL;
    }

    /** Returns the text of a field; {@code null} if there is none or it is null. */
    default @Nullable String textOrNull(int position) {
        return hasValue(position) ? required(position).asString() : null;
    }

    /** Returns a field as {@link DocumentValue#asLong} does. */
    default long asLong(int position) {
        return required(position).asLong();
    }

    /** Returns a field as {@link DocumentValue#asDouble} does. */
    default double asDouble(int position) {
        return required(position).asDouble();
    }

    /** Returns a field as {@link DocumentValue#asBoolean} does. */
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
