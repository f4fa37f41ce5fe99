package org.storedb;

import java.util.Spliterator;
import org.jspecify.annotations.Nullable;

/**
 * A scan over entries of a snapshot, whose number is known. It does not split: a parallel stream reads the entries on
 * one thread and processes them on many. Not thread-safe.
 *
 * @param <T> the type that an entry is converted to
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
