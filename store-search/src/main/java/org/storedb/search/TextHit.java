package org.storedb.search;

import java.util.List;
import org.storedb.query.Continuation;
import org.storedb.search.query.Passage;

/**
 * A document that was found.
 *
 * @param id a {@code String} or a {@code Long}
 * @param score how well it matches; comparable only within one result
 * @param passages the requested passages of its text, field by field
 */
public record TextHit<T>(Object id, long revision, float score, T document, List<Passage> passages) {

    public TextHit {
        passages = List.copyOf(passages);
    }

    /** Returns the position in an unsorted search, from which {@link TextSearch#after} continues. */
    public Continuation position() {
        return new Continuation(List.of(score), id);
    }
}
