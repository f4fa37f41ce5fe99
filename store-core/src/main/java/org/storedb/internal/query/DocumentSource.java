package org.storedb.internal.query;

import org.jspecify.annotations.Nullable;

/** Documents that a plan leads to, one after the other. */
interface DocumentSource {

    /** The next one, or {@code null} if there is none. */
    @Nullable
    FoundDocument next();
}
