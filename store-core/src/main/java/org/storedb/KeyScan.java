package org.storedb;

import java.util.function.Consumer;
import org.storedb.internal.index.TreeCursor;

/** The keys of a scan, without their values. */
final class KeyScan extends SizedScan<byte[]> {

    private final TreeCursor<?> cursor;

    KeyScan(TreeCursor<?> cursor) {
        this.cursor = cursor;
    }

    @Override
    public boolean tryAdvance(Consumer<? super byte[]> action) {
        if (!cursor.next()) {
            return false;
        }
        action.accept(cursor.key());
        return true;
    }

    @Override
    public void forEachRemaining(Consumer<? super byte[]> action) {
        while (cursor.next()) {
            action.accept(cursor.key());
        }
    }

    @Override
    public long estimateSize() {
        return cursor.remaining();
    }
}
