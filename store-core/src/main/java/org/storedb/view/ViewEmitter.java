package org.storedb.view;

import org.jspecify.annotations.Nullable;

/** Receives the keys and values of one document; must not be used after the function has returned. */
@FunctionalInterface
public interface ViewEmitter {

    /**
     * Adds a row to the view.
     *
     * @param key anything that a document can hold; lists are ordered by their first element, then by the second, and
     *     so on
     * @param value anything that a document can hold
     */
    void emit(@Nullable Object key, @Nullable Object value);

    /** Adds a row without a value. */
    default void emit(@Nullable Object key) {
        emit(key, null);
    }
}
