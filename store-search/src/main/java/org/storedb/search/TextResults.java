package org.storedb.search;

import java.util.List;
import java.util.OptionalLong;

/**
 * What was found, all as of one moment.
 *
 * @param total how many documents match, whatever offset and limit; empty unless asked for
 * @param sequence the last commit of the store that was looked at
 * @param plan how it was found, for people; its form may change
 */
public record TextResults<T>(List<TextHit<T>> hits, OptionalLong total, long sequence, String plan) {

    public TextResults {
        hits = List.copyOf(hits);
    }

    /** The documents alone. */
    public List<T> documents() {
        return hits.stream().map(TextHit::document).toList();
    }
}
