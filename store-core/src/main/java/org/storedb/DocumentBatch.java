package org.storedb;

import java.util.ArrayList;
import java.util.List;
import org.storedb.document.DocumentCodec;
import org.storedb.internal.transaction.ActiveTransaction;

/**
 * Documents to be written in one transaction. Their ids are assigned beforehand: a write that is repeated after a
 * conflict must not create new ones.
 */
final class DocumentBatch<T> {

    private final DocumentCodec<T> codec;
    private final List<Identified<T>> documents = new ArrayList<>();

    DocumentBatch(Iterable<? extends T> documents, DocumentCodec<T> codec, DocumentWrites<T> writes) {
        this.codec = codec;
        for (T document : documents) {
            int position = this.documents.size();
            this.documents.add(DocumentWrites.about(
                    () -> "documents[" + position + "]",
                    () -> new Identified<>(position, writes.idOf(document), document)));
        }
    }

    /** Writes all documents, in order, and returns them as the caller should see them. */
    List<T> write(ActiveTransaction transaction, DocumentWrite<T> write) {
        return documents.stream()
                .map(each -> DocumentWrites.about(
                        () -> named(each), () -> write.in(transaction, each.id(), each.document())))
                .toList();
    }

    /** Names a document by its position and, unless it was generated, its id. */
    private String named(Identified<T> each) {
        Object ownId = codec.id(each.document());
        return "documents[" + each.position() + "]" + (ownId == null ? "" : " with id '" + ownId + "'");
    }

    private record Identified<T>(int position, Object id, T document) {}
}
