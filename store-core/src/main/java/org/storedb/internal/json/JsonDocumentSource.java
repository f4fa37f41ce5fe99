package org.storedb.internal.json;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A source of documents, read one after another. For one thread. */
public interface JsonDocumentSource {

    /**
     * Returns the next document, or {@code null} at the end. A document that cannot be read is returned with its
     * problem if those after it can be read.
     *
     * @throws MalformedJsonException if nothing more can be read
     */
    @Nullable
    JsonDocument next() throws IOException;
}
