package org.storedb.query;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of the documents that a query finds, and where to continue. Immutable.
 *
 * @param documents in the query's order
 * @param first the position of the first document, for {@link Query#before}; {@code null} if there is none
 * @param last the position of the last document, for {@link Query#after}; {@code null} if there is none
 * @param hasMore whether there are more documents in the direction of the query, which is toward the start after
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
