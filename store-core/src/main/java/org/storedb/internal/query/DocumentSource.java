package org.storedb.internal.query;

import org.jspecify.annotations.Nullable;

/** The documents that a plan produces, one after another. */
interface DocumentSource {

    /** Returns the next document, or {@code null} if there is none. */
    @Nullable
    FoundDocument next();
}
