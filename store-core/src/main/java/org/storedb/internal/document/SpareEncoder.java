package org.storedb.internal.document;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.storedb.document.DocumentWriter;

/**
 * Produces the stored form of documents of one collection with a reusable encoder. Safe for use by many threads: if
 * another thread is using the encoder, a new one is created.
 */
final class SpareEncoder {

    /** An encoder that has grown beyond this is not kept. */
    private static final int CAPACITY_KEPT_BYTES = 64 << 10;

    private final FieldDictionary dictionary;
    private final DocumentBounds bounds;
    private final AtomicReference<@Nullable DocumentEncoder> spare = new AtomicReference<>();

    SpareEncoder(FieldDictionary dictionary, DocumentBounds bounds) {
        this.dictionary = dictionary;
        this.bounds = bounds;
    }

    /** Returns the document that {@code content} writes, which may itself encode other documents. */
    byte[] encode(Consumer<? super DocumentWriter> content) {
        DocumentEncoder found = spare.getAndSet(null);
        DocumentEncoder encoder = found == null ? new DocumentEncoder(dictionary, bounds) : found;
        content.accept(encoder);
        byte[] document = encoder.toBytes();
        if (encoder.capacityBytes() <= CAPACITY_KEPT_BYTES) { // Not kept after an exception either.
            encoder.reset();
            spare.set(encoder);
        }
        return document;
    }
}
