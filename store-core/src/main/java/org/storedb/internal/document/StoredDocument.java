package org.storedb.internal.document;

/** A document as it was read, with its revision. */
public record StoredDocument(long revision, EncodedValue document) {}
