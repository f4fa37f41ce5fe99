package org.storedb.spring.data.search;

import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.storedb.search.TextHit;
import org.storedb.search.TextResults;
import org.storedb.search.TextSearch;
import org.storedb.search.query.TextQuery;

/**
 * Fragment interface for repositories that find their entities by the text of properties annotated with
 * {@link TextIndexed}. Names are those of properties. A search sees what was committed before it began.
 *
 * @param <T> the type of the repository's entities
 */
public interface TextSearchExecutor<T> {

    /** Finds entities, with their scores and, if requested, passages of their text. */
    TextResults<T> search(TextSearch search);

    /** Returns a page of the matches, the best first unless the page has an order. */
    Page<TextHit<T>> search(TextQuery query, Pageable pageable);

    /** Returns the number of matching entities, ignoring offset and limit. */
    long count(TextSearch search);
}
