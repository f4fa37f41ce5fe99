package org.storedb;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.storedb.document.DocumentCodec;
import org.storedb.document.DocumentPatch;
import org.storedb.error.DuplicateIdException;
import org.storedb.error.InvalidDocumentException;
import org.storedb.error.LimitExceededException;
import org.storedb.error.UniqueIndexViolationException;
import org.storedb.internal.document.CatalogEntry.Kind;
import org.storedb.internal.document.CollectionEngine;
import org.storedb.internal.document.DocumentId;
import org.storedb.internal.document.DocumentPatcher;
import org.storedb.internal.document.EncodedValue;
import org.storedb.internal.document.MapDocumentCodec;
import org.storedb.internal.document.StoredDocument;
import org.storedb.internal.log.RecordExpiry;
import org.storedb.internal.transaction.ActiveTransaction;

/**
 * The write operations of one collection, each in a transaction that its caller begins and commits. Ids are already
 * normalized. Safe for use by many threads if its codec is.
 */
final class DocumentWrites<T> {

    private static final MapDocumentCodec MAPS = new MapDocumentCodec();

    private final Engine engine;
    private final String collection;
    private final DocumentCodec<T> codec;
    private final ExpirySettings expiries;
    private final DocumentEncoding encoding;
    private final DocumentDecoding<T> decoding;

    DocumentWrites(Engine engine, String collection, DocumentCodec<T> codec) {
        this.engine = engine;
        this.collection = collection;
        this.codec = codec;
        this.expiries = new ExpirySettings(engine);
        this.encoding = new DocumentEncoding(collection, engine.options());
        this.decoding = new DocumentDecoding<>(collection, codec);
    }

    /** Returns the id of a document, or a new one. */
    Object idOf(T document) {
        Object id = codec.id(document);
        return id == null ? engine.ids().next() : DocumentId.normalize(id);
    }

    /** Returns the id of a document that will replace an existing one. */
    Object requiredId(T document) {
        Object id = codec.id(document);
        if (id == null) {
            throw new InvalidDocumentException("A document without an id cannot replace one in collection '"
                    + collection + "'; set the field 'id', or use insert");
        }
        return DocumentId.normalize(id);
    }

    /** Returns the collection, creating it if it does not exist. */
    CollectionEngine collectionIn(ActiveTransaction transaction) {
        return engine.collections().of(engine.catalog().findOrCreate(transaction.base(), Kind.COLLECTION, collection));
    }

    /** Inserts a document, which expires as the collection's policy says if {@code expiry} is {@code null}. */
    T insert(ActiveTransaction transaction, Object id, T document, @Nullable Expiry expiry) {
        CollectionEngine target = collectionIn(transaction);
        byte[] bytes = encoding.encode(target, codec, document, id);
        target.insert(transaction, id, bytes, expiries.ofNew(target, bytes, expiry));
        return codec.stored(document, id, 0);
    }

    /** Stores a document, replacing any that has its id. */
    T save(ActiveTransaction transaction, Object id, T document, @Nullable Expiry expiry) {
        CollectionEngine target = collectionIn(transaction);
        byte[] bytes = encoding.encode(target, codec, document, id);
        long revision = target.save(transaction, id, bytes, expiries.ofNew(target, bytes, expiry));
        return codec.stored(document, id, revision);
    }

    /** Replaces a document that must exist, with the expected revision unless that is {@code null}. */
    Versioned<T> replace(ActiveTransaction transaction, Object id, T document, @Nullable Long expectedRevision) {
        CollectionEngine target = collectionIn(transaction);
        byte[] bytes = encoding.encode(target, codec, document, id);
        long revision = target.replace(transaction, id, bytes, expectedRevision, expiries.ofNew(target, bytes, null));
        return new Versioned<>(id, revision, codec.stored(document, id, revision));
    }

    /** Replaces a document by the result of {@code change}, if it exists. */
    Optional<Versioned<T>> update(ActiveTransaction transaction, Object id, UnaryOperator<T> change) {
        CollectionEngine target = collectionIn(transaction);
        StoredDocument old = target.get(transaction, id);
        if (old == null) {
            return Optional.empty();
        }
        T read = decoding.decode(old.document(), old.revision(), () -> id);
        T changed = Objects.requireNonNull(change.apply(read), "A change must return a document");
        if (!id.equals(requiredId(changed))) {
            throw new InvalidDocumentException("A change must keep the id '" + id + "', but set it to '"
                    + codec.id(changed) + "'; insert a new document and delete this one instead");
        }
        byte[] bytes = encoding.encode(target, codec, changed, id);
        RecordExpiry expiry = expiries.ofChanged(target, bytes, old);
        long revision = target.replace(transaction, id, bytes, old.revision(), expiry);
        return Optional.of(new Versioned<>(id, revision, codec.stored(changed, id, revision)));
    }

    /**
     * Changes fields of a document; {@code null} if there is none.
     *
     * @param target the result of {@link #collectionIn}, which can be used for any number of documents
     */
    @Nullable
    StoredDocument patch(ActiveTransaction transaction, CollectionEngine target, Object id, DocumentPatch patch) {
        StoredDocument old = target.get(transaction, id);
        return old == null
                ? null
                : about(
                        () -> DocumentDecoding.subject(collection, id),
                        () -> patched(transaction, target, id, old, patch));
    }

    private StoredDocument patched(
            ActiveTransaction transaction,
            CollectionEngine target,
            Object id,
            StoredDocument old,
            DocumentPatch patch) {
        Map<String, @Nullable Object> fields = MAPS.read(old.document(), old.revision());
        DocumentPatcher.apply(patch, fields);
        byte[] bytes = encoding.encode(target, fields, id);
        EncodedValue changed = EncodedValue.document(bytes, target.dictionary());
        codec.verifyPatched(changed, patch);
        RecordExpiry expiry = expiries.ofChanged(target, bytes, old);
        long revision = target.replace(transaction, id, bytes, null, expiry);
        return new StoredDocument(revision, changed, expiry);
    }

    /** Does work on one of several documents, and names it in an exception that it causes. */
    static <R> R about(Supplier<String> document, Supplier<R> work) {
        try {
            return work.get();
        } catch (InvalidDocumentException
                | DuplicateIdException
                | UniqueIndexViolationException
                | LimitExceededException e) {
            e.about(document.get());
            throw e;
        }
    }

    /** Sets when a document expires, if it exists. */
    boolean expire(ActiveTransaction transaction, Object id, Expiry expiry) {
        return collectionIn(transaction).expire(transaction, id, old -> expiries.of(expiry));
    }

    /** Postpones the expiry of a document that expires when unused, if it exists. */
    boolean touch(ActiveTransaction transaction, Object id) {
        return collectionIn(transaction).expire(transaction, id, expiries::renewed);
    }
}
