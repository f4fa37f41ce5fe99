package org.storedb;

import org.storedb.internal.index.TreeCursor;
import org.storedb.internal.transaction.RecordPointer;

/** Reads keys alone. */
final class KeyScan extends CursorScan<byte[]> {

    KeyScan(TreeCursor<RecordPointer> cursor) {
        super(cursor);
    }

    @Override
    byte[] read(TreeCursor<RecordPointer> entry) {
        return entry.key();
    }
}
