package org.storedb.view;

import org.jspecify.annotations.Nullable;

/** Takes the keys and values of one document; of no use after the function has returned. */
@FunctionalInterface
public interface ViewEmitter {

    /**
     * Adds a row to the view.
     *
     * @param key anything that a document can hold; a list orders by its first element, then by the second
     * @param value anything that a document can hold
     */
    void emit(@Nullable Object key, @Nullable Object value);

    /** Adds a row without a value. */
    default void emit(@Nullable Object key) {
        emit(key, null);
    }
}
