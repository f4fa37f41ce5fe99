package org.storedb.internal.query;

import org.storedb.internal.document.EncodedValue;

/** A document that matches. */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record FoundDocument(byte[] key, Object id, long revision, EncodedValue document) {}
