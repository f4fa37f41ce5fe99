package org.storedb.internal.io;

import java.io.Closeable;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Closes several things, even if closing some of them fails. The first failure is thrown; later ones are suppressed by
 * it, and never hide it.
 */
public final class Closing {

    private Closing() {}

    /** Closes, or otherwise ends, one step after another. */
    public static void inOrder(Closeable... steps) throws IOException {
        all(List.of(steps));
    }

    /** Closes all of these. */
    public static void all(Collection<? extends Closeable> parts) throws IOException {
        Throwable failure = null;
        for (Closeable part : parts) {
            if (failure != null) {
                after(failure, part);
            } else {
                failure = failureOf(part);
            }
        }
        if (failure instanceof IOException e) {
            throw e;
        }
        if (failure instanceof RuntimeException e) {
            throw e;
        }
        if (failure instanceof Error e) {
            throw e;
        }
    }

    private static @Nullable Throwable failureOf(Closeable part) {
        try {
            part.close();
            return null;
        } catch (IOException | RuntimeException | Error e) {
            return e;
        }
    }

    /**
     * Closes something because of {@code failure}, which the caller throws: it may be a lack of memory, so nothing is
     * allocated.
     */
    public static void after(Throwable failure, Closeable part) {
        try {
            part.close();
        } catch (IOException | RuntimeException | Error e) {
            if (failure != e) { // An exception cannot suppress itself.
                failure.addSuppressed(e);
            }
        }
    }

    /** Closes all of these because of {@code failure}, which the caller throws. */
    public static void after(Throwable failure, Collection<? extends Closeable> parts) {
        for (Closeable part : parts) {
            after(failure, part);
        }
    }
}
