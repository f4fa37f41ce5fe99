package org.storedb.view;

import org.jspecify.annotations.Nullable;

/**
 * A row that was emitted for a document.
 *
 * @param id the id of the document, a {@code String} or a {@code Long}
 * @param key as a plain Java object: numbers as {@code Integer}, {@code Long}, {@code Double}, {@code BigInteger} or
 *     {@code BigDecimal}, whichever is the first that can hold it
 * @param value as a plain Java object
 * @param document the document, if the query asked for it
 */
public record ViewRow<T>(
        Object id,
        @Nullable Object key,
        @Nullable Object value,
        @Nullable T document) {}
