package org.storedb.internal.query;

import org.storedb.internal.document.EncodedValue;

/**
 * A document that a query found.
 *
 * @param key its record key
 * @param id a {@code String} or a {@code Long}
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record FoundDocument(byte[] key, Object id, long revision, EncodedValue document) {}
