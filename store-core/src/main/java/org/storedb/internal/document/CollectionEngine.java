package org.storedb.internal.document;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.storedb.document.DocumentWriter;
import org.storedb.error.DocumentNotFoundException;
import org.storedb.error.DuplicateIdException;
import org.storedb.error.LimitExceededException;
import org.storedb.error.RevisionConflictException;
import org.storedb.error.UniqueIndexViolationException;
import org.storedb.internal.bytes.ByteKey;
import org.storedb.internal.document.CatalogEntry.IndexEntry;
import org.storedb.internal.document.IndexKeys.IndexKey;
import org.storedb.internal.index.Presence;
import org.storedb.internal.index.TreeCursor;
import org.storedb.internal.index.TreeRange;
import org.storedb.internal.log.RecordExpiry;
import org.storedb.internal.transaction.ActiveTransaction;
import org.storedb.internal.transaction.CommitOutcome;
import org.storedb.internal.transaction.RecordPointer;
import org.storedb.internal.transaction.StoredRecord;
import org.storedb.internal.transaction.TreeView;

/**
 * Reads and writes the encoded documents of one collection and maintains its indexes, as of one catalog entry. An
 * operation that throws has changed nothing. Safe for use by many threads, each with its own transaction.
 */
public final class CollectionEngine {

    private final CatalogEntry entry;
    private final FieldDictionary dictionary;
    private final int keyBytesMax;
    private final List<IndexKeys> indexKeys;
    private final SpareEncoder encoder;

    public CollectionEngine(CatalogEntry entry, FieldDictionary dictionary, int keyBytesMax, DocumentBounds bounds) {
        this.entry = entry;
        this.encoder = new SpareEncoder(dictionary, bounds);
        this.dictionary = dictionary;
        this.keyBytesMax = keyBytesMax;
        this.indexKeys = entry.indexes().stream()
                .map(index -> new IndexKeys(index.definition(), dictionary, keyBytesMax))
                .toList();
    }

    public CatalogEntry entry() {
        return entry;
    }

    public FieldDictionary dictionary() {
        return dictionary;
    }

    /**
     * Returns the stored form of a document.
     *
     * @param content writes the document; it must not use the writer afterwards
     */
    public byte[] encode(Consumer<? super DocumentWriter> content) {
        return encoder.encode(content);
    }

    /** Returns whether there is a document with this id. */
    public boolean exists(TreeView view, Object id) {
        byte[] key = DocumentId.encode(id);
        view.noteKeyRead(entry.treeId(), key);
        return view.find(entry.treeId(), key) != null;
    }

    /** Returns the document with this id, or {@code null}. */
    public @Nullable StoredDocument get(TreeView view, Object id) {
        byte[] key = DocumentId.encode(id);
        view.noteKeyRead(entry.treeId(), key);
        return read(view, key);
    }

    /**
     * Stores a new document.
     *
     * @throws DuplicateIdException if a document with this id exists
     */
    public void insert(ActiveTransaction transaction, Object id, byte[] document, RecordExpiry expiry) {
        restore(transaction, id, document, 0, expiry);
    }

    /**
     * Stores a document with the revision that it had elsewhere.
     *
     * @throws DuplicateIdException if a document with this id exists
     */
    public void restore(ActiveTransaction transaction, Object id, byte[] document, long revision, RecordExpiry expiry) {
        byte[] key = DocumentId.encode(id);
        if (transaction.find(entry.treeId(), key) != null) {
            transaction.noteKeyRead(entry.treeId(), key); // A caller may catch this and rely on it.
            throw new DuplicateIdException(entry.name(), id);
        }
        write(transaction, key, null, document, revision, expiry);
    }

    /**
     * Stores a document whether or not one with this id exists.
     *
     * @return its revision
     */
    public long save(ActiveTransaction transaction, Object id, byte[] document, RecordExpiry expiry) {
        byte[] key = DocumentId.encode(id);
        StoredDocument old = read(transaction, key);
        long revision = old == null ? 0 : old.revision() + 1;
        write(transaction, key, old, document, revision, expiry);
        return revision;
    }

    /**
     * Replaces a document.
     *
     * @param expectedRevision the revision that it must have, or {@code null} for any
     * @param expiry the expiry of the new document
     * @return its new revision
     * @throws DocumentNotFoundException if it does not exist
     * @throws RevisionConflictException if it has another revision
     */
    public long replace(
            ActiveTransaction transaction,
            Object id,
            byte[] document,
            @Nullable Long expectedRevision,
            RecordExpiry expiry) {
        byte[] key = DocumentId.encode(id);
        StoredDocument old = required(transaction, id, key, expectedRevision);
        long revision = old.revision() + 1;
        write(transaction, key, old, document, revision, expiry);
        return revision;
    }

    /**
     * Changes when a document expires, and nothing else; it keeps its revision.
     *
     * @return whether the document exists
     */
    public boolean expire(ActiveTransaction transaction, Object id, UnaryOperator<RecordExpiry> change) {
        byte[] key = DocumentId.encode(id);
        transaction.noteKeyRead(entry.treeId(), key);
        RecordPointer pointer = transaction.find(entry.treeId(), key);
        if (pointer == null) {
            return false;
        }
        StoredRecord record = transaction.read(key, pointer);
        RecordExpiry expiry = change.apply(record.expiry());
        if (!expiry.equals(record.expiry())) {
            transaction.putExpiry(entry.treeId(), key, pointer, record, expiry);
        }
        return true;
    }

    /**
     * Removes a document.
     *
     * @return whether the document existed
     */
    public boolean delete(ActiveTransaction transaction, Object id) {
        byte[] key = DocumentId.encode(id);
        transaction.noteKeyRead(entry.treeId(), key);
        StoredDocument old = read(transaction, key);
        if (old != null) {
            remove(transaction, key, old);
        }
        return old != null;
    }

    /**
     * Removes a document that must have a given revision.
     *
     * @throws DocumentNotFoundException if it does not exist
     * @throws RevisionConflictException if it has another revision
     */
    public void delete(ActiveTransaction transaction, Object id, long expectedRevision) {
        byte[] key = DocumentId.encode(id);
        remove(transaction, key, required(transaction, id, key, expectedRevision));
    }

    /** Returns the exception for a commit that was refused because of an index of this collection, or {@code null}. */
    public static @Nullable UniqueIndexViolationException violation(
            CatalogEntry collection, CommitOutcome.NotUnique outcome) {
        for (IndexEntry index : collection.indexes()) {
            if (index.treeId() == outcome.indexTreeId()) {
                return UniqueViolations.exception(
                        collection.name(), index.definition(), outcome.key(), outcome.existingKey());
            }
        }
        return null;
    }

    private StoredDocument required(
            ActiveTransaction transaction, Object id, byte[] key, @Nullable Long expectedRevision) {
        transaction.noteKeyRead(entry.treeId(), key);
        StoredDocument old = read(transaction, key);
        if (old == null) {
            throw new DocumentNotFoundException(
                    "Collection '" + entry.name() + "' has no document with id '" + id + "'");
        }
        if (expectedRevision != null && old.revision() != expectedRevision) {
            throw new RevisionConflictException(entry.name(), id, expectedRevision, old.revision());
        }
        return old;
    }

    private @Nullable StoredDocument read(TreeView view, byte[] key) {
        StoredRecord record = view.read(entry.treeId(), key);
        return record == null
                ? null
                : new StoredDocument(
                        record.revision(), EncodedValue.document(record.value(), dictionary), record.expiry());
    }

    private void write(
            ActiveTransaction transaction,
            byte[] key,
            @Nullable StoredDocument old,
            byte[] document,
            long revision,
            RecordExpiry expiry) {
        if (old == null) {
            requireShortEnough(key);
        }
        List<EntryChange> changes = changes(key, old, EncodedValue.document(document, dictionary));
        changes.forEach(change -> change.requireUnique(transaction));
        pin(transaction);
        transaction.put(entry.treeId(), key, document, revision, false, expiry);
        changes.forEach(change -> change.apply(transaction));
    }

    private void requireShortEnough(byte[] key) {
        if (key.length > keyBytesMax) {
            throw new LimitExceededException("An id of " + key.length + " bytes is too long for collection '"
                    + entry.name() + "': at most " + keyBytesMax + " are allowed, see keyBytesMax");
        }
    }

    private void remove(ActiveTransaction transaction, byte[] key, StoredDocument old) {
        List<EntryChange> changes = changes(key, old, null);
        pin(transaction);
        transaction.delete(entry.treeId(), key, false);
        changes.forEach(change -> change.apply(transaction));
    }

    /**
     * Pins the catalog entry: the index entries were computed for the current indexes, which must still be the same at
     * the commit.
     */
    private void pin(ActiveTransaction transaction) {
        transaction.pin(CatalogFormat.TREE_ID, entry.key(), entry.sequence());
    }

    private List<EntryChange> changes(byte[] key, @Nullable StoredDocument old, @Nullable EncodedValue document) {
        List<EntryChange> changes = new ArrayList<>(indexKeys.size());
        KeyEncoder encoder = new KeyEncoder();
        for (int i = 0; i < indexKeys.size(); i++) {
            IndexKeys keys = indexKeys.get(i);
            List<IndexKey> before = old == null ? List.of() : keys.ofStored(old.document(), key, encoder);
            List<IndexKey> after = document == null ? List.of() : keys.of(document, key, encoder);
            List<IndexKey> removed = without(before, after);
            List<IndexKey> added = without(after, before);
            if (!removed.isEmpty() || !added.isEmpty()) {
                changes.add(new EntryChange(entry.indexes().get(i), removed, added));
            }
        }
        return changes;
    }

    private static List<IndexKey> without(List<IndexKey> keys, List<IndexKey> others) {
        if (keys.isEmpty() || others.isEmpty()) {
            return keys;
        }
        if (keys.size() == 1 && others.size() == 1) {
            return keys.get(0).isSame(others.get(0)) ? List.of() : keys;
        }
        Set<ByteKey> left = new HashSet<>();
        others.forEach(other -> left.add(new ByteKey(other.key())));
        return keys.stream()
                .filter(key -> !left.contains(new ByteKey(key.key())))
                .toList();
    }

    /** The effect of a changed document on one index: entries that it loses, and others that it gains. */
    private final class EntryChange {

        private final IndexEntry index;
        private final List<IndexKey> removed;
        private final List<IndexKey> added;

        EntryChange(IndexEntry index, List<IndexKey> removed, List<IndexKey> added) {
            this.index = index;
            this.removed = removed;
            this.added = added;
        }

        void apply(ActiveTransaction transaction) {
            removed.forEach(key -> transaction.removeIndexEntry(index.treeId(), key.key()));
            for (IndexKey key : added) {
                boolean unique = index.definition().unique() && key.complete();
                transaction.addIndexEntry(index.treeId(), key.key(), unique ? key.valueBytes() : 0);
            }
        }

        /** Refuses at once what the commit would refuse, so that the caller learns which document it was. */
        void requireUnique(ActiveTransaction transaction) {
            if (index.definition().unique()) {
                added.stream().filter(IndexKey::complete).forEach(key -> requireUnique(transaction, key));
            }
        }

        private void requireUnique(ActiveTransaction transaction, IndexKey key) {
            TreeRange range = TreeRange.prefix(key.values());
            if (!transaction.hasIndexEntry(index.treeId(), range)) {
                return;
            }
            TreeCursor<Presence> cursor = transaction.index(index.treeId()).cursor(range);
            while (cursor.next()) {
                if (!Arrays.equals(
                        cursor.key(), key.key())) { // An entry of another document, or they would be the same.
                    transaction.noteRangeRead(index.treeId(), range); // A caller may catch this and rely on it.
                    throw UniqueViolations.exception(entry.name(), index.definition(), key.key(), cursor.key());
                }
            }
        }
    }
}
