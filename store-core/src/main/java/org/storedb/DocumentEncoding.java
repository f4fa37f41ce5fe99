package org.storedb;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.storedb.document.DocumentCodec;
import org.storedb.document.DocumentValidator;
import org.storedb.document.DocumentViolation;
import org.storedb.error.DocumentViolationException;
import org.storedb.internal.document.CollectionEngine;
import org.storedb.internal.document.EncodedValue;
import org.storedb.internal.document.MapDocumentCodec;

/** Encodes documents of one collection for storage, and rejects those that exceed the bounds of the store's options. */
final class DocumentEncoding {

    private static final MapDocumentCodec MAPS = new MapDocumentCodec();

    private final String collection;
    private final StoreOptions options;

    DocumentEncoding(String collection, StoreOptions options) {
        this.collection = collection;
        this.options = options;
    }

    <T> byte[] encode(CollectionEngine engine, DocumentCodec<T> codec, T document, Object id) {
        return valid(engine, engine.encode(writer -> codec.write(document, id, writer)));
    }

    byte[] encode(CollectionEngine engine, Map<String, @Nullable Object> fields, Object id) {
        return encode(engine, MAPS, fields, id);
    }

    private byte[] valid(CollectionEngine engine, byte[] bytes) {
        DocumentValidator validator = options.validators().get(collection);
        if (validator != null) {
            List<DocumentViolation> violations = validator.validate(EncodedValue.document(bytes, engine.dictionary()));
            if (!violations.isEmpty()) {
                throw new DocumentViolationException(collection, violations);
            }
        }
        return bytes;
    }
}
