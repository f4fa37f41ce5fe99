package org.storedb.transfer;

import org.jspecify.annotations.Nullable;
import org.storedb.document.DocumentCodec;
import org.storedb.document.DocumentValue;
import org.storedb.document.DocumentWriter;
import org.storedb.document.ValueType;

/** A codec for documents as they are stored, without decoding them. */
final class RawDocuments implements DocumentCodec<DocumentValue> {

    @Override
    public @Nullable Object id(DocumentValue document) {
        DocumentValue id = document.field(ID_FIELD);
        if (id == null) {
            return null;
        }
        return id.type() == ValueType.NUMBER ? (Object) id.asLong() : id.toObject();
    }

    @Override
    public void write(DocumentValue document, Object id, DocumentWriter writer) {
        writer.writeValue(document);
    }

    @Override
    public DocumentValue read(DocumentValue document, long revision) {
        return document;
    }

    @Override
    public DocumentValue stored(DocumentValue document, Object id, long revision) {
        return document;
    }
}
