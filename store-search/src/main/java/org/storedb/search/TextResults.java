package org.storedb.search;

import java.util.List;
import java.util.OptionalLong;

/**
 * The results of a search, all as of one moment.
 *
 * @param total how many documents match, regardless of offset and limit; empty unless requested
 * @param sequence the last commit of the store that was considered
 * @param plan how the search was executed, for people; its format may change
 */
public record TextResults<T>(List<TextHit<T>> hits, OptionalLong total, long sequence, String plan) {

    public TextResults {
        hits = List.copyOf(hits);
    }

    /** Returns only the documents. */
    public List<T> documents() {
        return hits.stream().map(TextHit::document).toList();
    }
}
