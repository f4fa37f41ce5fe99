package org.storedb.spring.data.core;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.storedb.document.DocumentCodec;
import org.storedb.document.DocumentPatch;
import org.storedb.document.DocumentValue;
import org.storedb.document.DocumentWriter;
import org.storedb.document.FieldType;
import org.storedb.spring.data.core.convert.MappingDocumentCodec;
import org.storedb.spring.data.core.event.StoreAfterConvertCallback;

/** A codec that passes each entity it reads, however it was requested, to the application's callbacks. */
final class CallbackCodec<T> implements DocumentCodec<T> {

    private final MappingDocumentCodec<T> codec;
    private final LifecycleCallbacks callbacks;

    CallbackCodec(MappingDocumentCodec<T> codec, LifecycleCallbacks callbacks) {
        this.codec = codec;
        this.callbacks = callbacks;
    }

    @Override
    public T read(DocumentValue document, long revision) {
        T entity = codec.read(document, revision);
        return callbacks.call(
                StoreAfterConvertCallback.class, entity, codec.entity().getCollectionName());
    }

    @Override
    public @Nullable Object id(T object) {
        return codec.id(object);
    }

    @Override
    public void write(T object, Object id, DocumentWriter writer) {
        codec.write(object, id, writer);
    }

    @Override
    public T stored(T object, Object id, long revision) {
        return codec.stored(object, id, revision);
    }

    @Override
    public void verifyPatched(DocumentValue document, DocumentPatch patch) {
        codec.verifyPatched(document, patch);
    }

    @Override
    public @Nullable FieldType fieldType(String path) {
        return codec.fieldType(path);
    }

    @Override
    public List<String> knownFields() {
        return codec.knownFields();
    }
}
