package org.storedb.internal.query;

import org.storedb.internal.document.EncodedValue;

public record FoundDocument(byte[] key, Object id, long revision, EncodedValue document) {}
