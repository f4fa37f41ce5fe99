package org.storedb.internal.json;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Thrown if text is not JSON in such a way that it is unclear where the next document begins. */
public final class MalformedJsonException extends IOException {

    private static final long serialVersionUID = 1L;

    private final long line;

    MalformedJsonException(long line, String reason, @Nullable Throwable cause) {
        super(reason, cause);
        this.line = line;
    }

    /** Returns the line of the problem, from 1. */
    public long line() {
        return line;
    }
}
