package org.storedb.search.internal;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The generation of an index that searches read, until it is replaced by a newer one. Safe for use by many threads, of
 * which one at a time replaces it.
 */
final class CurrentGeneration {

    private volatile @Nullable Generation generation;

    /** Returns the generation, which the caller must close; {@code null} if there is none. */
    @Nullable
    Generation hold() {
        while (true) {
            Generation held = generation;
            if (held == null || held.hold()) {
                return held;
            }
        }
    }

    /** Returns the generation, for the thread that may replace it; {@code null} if there is none. */
    @Nullable
    Generation get() {
        return generation;
    }

    /** Closes the generation, once no search reads it any more, and sets the next one. */
    void replace(@Nullable Generation next) {
        Generation before = generation;
        generation = next;
        if (before != null) {
            release(before);
        }
    }

    /** Closes a generation that was held. */
    static void release(Generation generation) {
        try {
            generation.close();
        } catch (IOException e) {
            System.getLogger(CurrentGeneration.class.getName())
                    .log(System.Logger.Level.DEBUG, "Files of a text index cannot be closed", e);
        }
    }
}
