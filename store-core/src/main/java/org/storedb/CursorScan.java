package org.storedb;

import java.util.Spliterator;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.storedb.internal.index.TreeCursor;
import org.storedb.internal.transaction.RecordPointer;

/**
 * The entries that a cursor has yet to come to, whose number is known. They are not split: a parallel stream reads them
 * in one thread. For one thread.
 *
 * @param <T> what is made of an entry
 */
abstract class CursorScan<T> implements Spliterator<T> {

    private final TreeCursor<RecordPointer> cursor;

    CursorScan(TreeCursor<RecordPointer> cursor) {
        this.cursor = cursor;
    }

    /** What the cursor stands at. */
    abstract T read(TreeCursor<RecordPointer> entry);

    @Override
    public final boolean tryAdvance(Consumer<? super T> action) {
        if (!cursor.next()) {
            return false;
        }
        action.accept(read(cursor));
        return true;
    }

    @Override
    public final void forEachRemaining(Consumer<? super T> action) {
        while (cursor.next()) {
            action.accept(read(cursor));
        }
    }

    @Override
    public final @Nullable Spliterator<T> trySplit() {
        return null;
    }

    @Override
    public final long estimateSize() {
        return cursor.remaining();
    }

    @Override
    public final int characteristics() {
        return ORDERED | NONNULL | DISTINCT | IMMUTABLE | SIZED | SUBSIZED;
    }
}
