package org.storedb.internal.recovery;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.storedb.error.StoreException;
import org.storedb.internal.bytes.ByteKey;
import org.storedb.internal.index.CountedTree;
import org.storedb.internal.index.Presence;
import org.storedb.internal.index.TreeCursor;
import org.storedb.internal.index.TreeEditor;
import org.storedb.internal.index.TreeRange;
import org.storedb.internal.log.RecordExpiry;
import org.storedb.internal.transaction.Expiries;
import org.storedb.internal.transaction.RecordPointer;
import org.storedb.internal.transaction.RecordReader;
import org.storedb.internal.transaction.StoreState;

/** Determines when the records of one tree expire: from a checkpoint and the records that changed since. */
final class ExpiryReplay {

    private final StoreState state;
    private final CountedTree<RecordPointer> records;

    ExpiryReplay(StoreState state, int treeId) {
        this.state = state;
        this.records = state.records().get(treeId);
    }

    /** Returns the expiries of all records. */
    CountedTree<Presence> ofAll() {
        TreeEditor<Presence> upcoming = CountedTree.empty(Presence.LAYOUT).edit();
        TreeCursor<RecordPointer> cursor = records.cursor(TreeRange.all());
        while (cursor.next()) {
            add(upcoming, cursor.key(), cursor.value());
        }
        return upcoming.build();
    }

    /**
     * Returns the expiries, based on earlier ones. Outdated ones are found by their key: their records may no longer
     * exist.
     *
     * @param earlier {@code null} if there were none
     * @param changed the keys whose records may have changed since, or {@code null} if all may
     */
    CountedTree<Presence> updated(@Nullable CountedTree<Presence> earlier, @Nullable Set<ByteKey> changed) {
        if (changed == null) {
            return ofAll();
        }
        CountedTree<Presence> before = earlier == null ? CountedTree.empty(Presence.LAYOUT) : earlier;
        TreeEditor<Presence> upcoming = before.edit();
        TreeCursor<Presence> cursor = before.cursor(TreeRange.all());
        while (cursor.next()) {
            byte[] entry = cursor.key();
            if (changed.contains(new ByteKey(Expiries.recordKey(entry)))) {
                upcoming.remove(entry);
            }
        }
        for (ByteKey key : changed) {
            RecordPointer pointer = records.get(key.bytes());
            if (pointer != null) {
                add(upcoming, key.bytes(), pointer);
            }
        }
        return upcoming.build();
    }

    private void add(TreeEditor<Presence> upcoming, byte[] key, RecordPointer pointer) {
        RecordExpiry expiry = expiry(key, pointer);
        if (!expiry.isNever()) {
            upcoming.put(Expiries.entryKey(expiry.millis(), key), Presence.PRESENT);
        }
    }

    /** Reads an expiry. A damaged record stays, so that reading it reports the damage. */
    private RecordExpiry expiry(byte[] key, RecordPointer pointer) {
        try {
            return RecordReader.readVerified(state.segments(), key, pointer).expiry();
        } catch (StoreException e) {
            return RecordExpiry.NEVER;
        }
    }
}
