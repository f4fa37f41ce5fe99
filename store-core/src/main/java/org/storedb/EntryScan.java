package org.storedb;

import org.storedb.internal.index.TreeCursor;
import org.storedb.internal.transaction.RecordPointer;
import org.storedb.internal.transaction.TreeView;

/** Reads keys and values. */
final class EntryScan extends CursorScan<KeyValue> {

    private final TreeView view;

    EntryScan(TreeView view, TreeCursor<RecordPointer> cursor) {
        super(cursor);
        this.view = view;
    }

    @Override
    KeyValue read(TreeCursor<RecordPointer> entry) {
        byte[] key = entry.key();
        return new KeyValue(key, view.readValue(key, entry.value()));
    }
}
