package org.storedb;

import java.util.Spliterator;
import org.jspecify.annotations.Nullable;

/**
 * Entries of a snapshot, whose number is known. They are not split: a parallel stream reads them in one thread, and
 * works on them in many. For one thread.
 *
 * @param <T> what is made of an entry
 */
abstract class SizedScan<T> implements Spliterator<T> {

    @Override
    public final @Nullable Spliterator<T> trySplit() {
        return null;
    }

    @Override
    public final int characteristics() {
        return ORDERED | NONNULL | DISTINCT | IMMUTABLE | SIZED | SUBSIZED;
    }
}
