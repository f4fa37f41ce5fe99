package org.storedb.view;

import org.jspecify.annotations.Nullable;

/**
 * What was emitted for a document.
 *
 * @param id of the document, a {@code String} or a {@code Long}
 * @param key in its plain form: numbers as {@code Integer}, {@code Long}, {@code Double}, {@code BigInteger} or {@code
 *     BigDecimal}, whichever is the first that holds it
 * @param value in its plain form
 * @param document if the query asked for it
 */
public record ViewRow<T>(
        Object id,
        @Nullable Object key,
        @Nullable Object value,
        @Nullable T document) {}
