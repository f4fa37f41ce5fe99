package org.storedb.spring.data.search;

import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.storedb.search.TextHit;
import org.storedb.search.TextResults;
import org.storedb.search.TextSearch;
import org.storedb.search.query.TextQuery;

/**
 * What a repository extends to find its entities by the text of their properties with {@link TextIndexed}. Names are those
 * of properties. A search sees what was committed before it began.
 *
 * @param <T> the repository's entities
 */
public interface TextSearchExecutor<T> {

    /** Finds entities, with their scores and, if wanted, passages of their text. */
    TextResults<T> search(TextSearch search);

    /** A page of what matches, the best first unless the page has an order. */
    Page<TextHit<T>> search(TextQuery query, Pageable pageable);

    /** How many entities match; offset and limit do not count. */
    long count(TextSearch search);
}
