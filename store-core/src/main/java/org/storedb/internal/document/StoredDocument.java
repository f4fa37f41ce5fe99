package org.storedb.internal.document;

import org.storedb.internal.log.RecordExpiry;

/** A document that was read, with its revision and its expiry. */
public record StoredDocument(long revision, EncodedValue document, RecordExpiry expiry) {}
