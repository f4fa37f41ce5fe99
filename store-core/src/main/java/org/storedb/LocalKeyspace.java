package org.storedb;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.storedb.error.LimitExceededException;
import org.storedb.internal.document.CatalogEntry;
import org.storedb.internal.document.CatalogEntry.Kind;
import org.storedb.internal.expiry.ExpiryRenewal;
import org.storedb.internal.index.CountedTree;
import org.storedb.internal.index.TreeCursor;
import org.storedb.internal.index.TreeRange;
import org.storedb.internal.log.RecordExpiry;
import org.storedb.internal.transaction.ActiveTransaction;
import org.storedb.internal.transaction.RecordPointer;
import org.storedb.internal.transaction.RecordScan;
import org.storedb.internal.transaction.StoredRecord;
import org.storedb.internal.transaction.TreeView;

/** A keyspace of a local store, seen through a session. */
final class LocalKeyspace implements Keyspace {

    private final Session session;
    private final String name;

    LocalKeyspace(Session session, String name) {
        this.session = session;
        this.name = name;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public byte @Nullable [] get(byte[] key) {
        TreeView view = session.keyView();
        CatalogEntry entry = session.findEntry(view, Kind.KEYSPACE, name);
        if (entry == null) {
            return null;
        }
        view.noteKeyRead(entry.treeId(), key);
        if (view.isExpiring(entry.treeId())) {
            RecordPointer pointer = view.find(entry.treeId(), key);
            return pointer == null ? null : use(view, entry, key, pointer);
        }
        return view.readValue(entry.treeId(), key);
    }

    private byte[] use(TreeView view, CatalogEntry entry, byte[] key, RecordPointer pointer) {
        StoredRecord record = view.read(key, pointer);
        session.used(entry.treeId(), key, record.expiry());
        return record.value();
    }

    @Override
    public boolean exists(byte[] key) {
        TreeView view = session.keyView();
        CatalogEntry entry = session.findEntry(view, Kind.KEYSPACE, name);
        if (entry == null) {
            return false;
        }
        view.noteKeyRead(entry.treeId(), key);
        return view.find(entry.treeId(), key) != null;
    }

    @Override
    public void put(byte[] key, byte[] value) {
        put(key, value, Expiry.never());
    }

    @Override
    public void put(byte[] key, byte[] value, Expiry expiry) {
        session.writeUnseen(transaction -> {
            put(transaction, treeId(transaction), key.clone(), value.clone(), expiry.toRecordExpiry(clock()));
            return true;
        });
    }

    @Override
    public boolean expire(byte[] key, Expiry expiry) {
        return changeExpiry(key, old -> expiry.toRecordExpiry(clock()));
    }

    @Override
    public boolean touch(byte[] key) {
        return changeExpiry(key, old -> ExpiryRenewal.renewed(old, clock().millis()));
    }

    private boolean changeExpiry(byte[] key, UnaryOperator<RecordExpiry> change) {
        return session.write(transaction -> {
            int treeId = treeId(transaction);
            transaction.noteKeyRead(treeId, key);
            RecordPointer pointer = transaction.find(treeId, key);
            if (pointer == null) {
                return false;
            }
            StoredRecord record = transaction.read(key, pointer);
            RecordExpiry changed = change.apply(record.expiry());
            if (!changed.equals(record.expiry())) {
                transaction.putExpiry(treeId, key.clone(), pointer, record, changed);
            }
            return true;
        });
    }

    @Override
    public Optional<Instant> expiresAt(byte[] key) {
        TreeView view = session.keyView();
        CatalogEntry entry = session.findEntry(view, Kind.KEYSPACE, name);
        if (entry == null) {
            return Optional.empty();
        }
        view.noteKeyRead(entry.treeId(), key);
        RecordPointer pointer = view.find(entry.treeId(), key);
        RecordExpiry expiry =
                pointer == null ? RecordExpiry.NEVER : view.read(key, pointer).expiry();
        return expiry.isNever() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(expiry.millis()));
    }

    private InstantSource clock() {
        return session.engine().environment().clock();
    }

    @Override
    public boolean delete(byte[] key) {
        return session.write(transaction -> delete(transaction, treeId(transaction), key.clone()));
    }

    @Override
    public void write(WriteBatch batch) {
        if (isBlind() && batch.isPutsOnly()) {
            session.writeUnseen(transaction -> write(transaction, batch));
        } else {
            session.writeAll(transaction -> write(transaction, batch));
        }
    }

    private boolean write(ActiveTransaction transaction, WriteBatch batch) {
        int treeId = treeId(transaction);
        for (WriteBatch.Operation operation : batch.operations()) {
            byte[] value = operation.value();
            if (value == null) {
                delete(transaction, treeId, operation.key());
            } else {
                put(transaction, treeId, operation.key(), value, RecordExpiry.NEVER);
            }
        }
        return true;
    }

    @Override
    public long count() {
        return count(KeyRange.all());
    }

    @Override
    public long count(KeyRange range) {
        TreeView view = session.view();
        CatalogEntry entry = session.findEntry(view, Kind.KEYSPACE, name);
        if (entry == null) {
            return 0;
        }
        TreeRange treeRange = range.toTreeRange();
        view.noteRangeRead(entry.treeId(), treeRange);
        return view.records(entry.treeId()).count(treeRange);
    }

    @Override
    public Stream<KeyValue> scan(KeyRange range, Direction direction) {
        TreeView view = session.view();
        TreeCursor<RecordPointer> cursor = cursor(view, range, direction);
        if (cursor == null) {
            return Stream.empty();
        }
        RecordScan records =
                new RecordScan(view, cursor, session.engine().queryServices().scans());
        return StreamSupport.stream(new EntryScan(records), false);
    }

    @Override
    public Stream<byte[]> keys(KeyRange range, Direction direction) {
        TreeCursor<RecordPointer> cursor = cursor(session.view(), range, direction);
        return cursor == null ? Stream.empty() : StreamSupport.stream(new KeyScan(cursor), false);
    }

    private @Nullable TreeCursor<RecordPointer> cursor(TreeView view, KeyRange range, Direction direction) {
        CatalogEntry entry = session.findEntry(view, Kind.KEYSPACE, name);
        if (entry == null) {
            return null;
        }
        TreeRange treeRange = range.toTreeRange();
        view.noteRangeRead(entry.treeId(), treeRange);
        CountedTree<RecordPointer> tree = view.records(entry.treeId());
        return direction == Direction.ASCENDING ? tree.cursor(treeRange) : tree.descendingCursor(treeRange);
    }

    /**
     * Returns whether a write replaces its key whatever its value: one through the store itself does; one in a
     * transaction conflicts with what others wrote to the key since the transaction began.
     */
    private boolean isBlind() {
        return session instanceof LocalStore;
    }

    private int treeId(ActiveTransaction transaction) {
        return session.engine()
                .catalog()
                .findOrCreate(transaction.base(), Kind.KEYSPACE, name)
                .treeId();
    }

    private void put(ActiveTransaction transaction, int treeId, byte[] key, byte[] value, RecordExpiry expiry) {
        requireLength("key", key.length, session.engine().options().keyBytesMax(), "keyBytesMax");
        requireLength("value", value.length, session.engine().options().valueBytesMax(), "valueBytesMax");
        if (key.length == 0) {
            throw new LimitExceededException("A key of keyspace '" + name + "' needs at least one byte");
        }
        transaction.put(treeId, key, value, 0, isBlind(), expiry);
    }

    private boolean delete(ActiveTransaction transaction, int treeId, byte[] key) {
        if (transaction.find(treeId, key) == null) {
            transaction.noteKeyRead(treeId, key);
            return false;
        }
        transaction.delete(treeId, key, false);
        return true;
    }

    private void requireLength(String what, int bytes, int most, String option) {
        if (bytes > most) {
            throw new LimitExceededException("A " + what + " of " + bytes + " bytes is too long for keyspace '" + name
                    + "': at most " + most + " are allowed, see " + option);
        }
    }
}
