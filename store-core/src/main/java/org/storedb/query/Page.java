package org.storedb.query;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some of the documents that a query finds, and where to go on. Immutable.
 *
 * @param documents in the query's order
 * @param first the place of the first document, for {@link Query#before}; {@code null} if there is none
 * @param last the place of the last document, for {@link Query#after}; {@code null} if there is none
 * @param hasMore whether there are more documents in the direction in which the query went, which is toward the start after
 *     {@link Query#before}
 */
public record Page<T>(
        List<T> documents,
        @Nullable Continuation first,
        @Nullable Continuation last,
        boolean hasMore) {

    public Page {
        documents = List.copyOf(documents);
    }
}
