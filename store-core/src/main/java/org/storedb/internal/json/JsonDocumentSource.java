package org.storedb.internal.json;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Documents as they are read, one after the other. For one thread. */
public interface JsonDocumentSource {

    /**
     * The next document, or {@code null} at the end. One that cannot be read is returned with its problem if the ones after
     * it can be.
     *
     * @throws MalformedJsonException if nothing can be read from here on
     */
    @Nullable
    JsonDocument next() throws IOException;
}
