package org.storedb.internal.document;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.storedb.document.DocumentWriter;

/**
 * Makes the stored form of documents of one collection with an encoder that is used again and again. Safe for use by many
 * threads: whoever finds none, because somebody else is using it, makes one.
 */
final class SpareEncoder {

    /** One that has grown beyond this is not kept. */
    private static final int CAPACITY_KEPT_BYTES = 64 << 10;

    private final FieldDictionary dictionary;
    private final DocumentBounds bounds;
    private final AtomicReference<@Nullable DocumentEncoder> spare = new AtomicReference<>();

    SpareEncoder(FieldDictionary dictionary, DocumentBounds bounds) {
        this.dictionary = dictionary;
        this.bounds = bounds;
    }

    /** The document that {@code content} writes, which may itself have other documents encoded. */
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
