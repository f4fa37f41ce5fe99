package org.storedb.spring.data.search;

import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.storedb.search.TextHit;
import org.storedb.search.TextResults;
import org.storedb.search.TextSearch;
import org.storedb.search.query.TextQuery;

/** Full-text search for entities of one class. */
public final class EntityTextSearch<T> implements TextSearchExecutor<T> {

    private final StoreTextSearch search;
    private final Class<T> type;

    /**
     * Opens the index of the class, unless it is open.
     *
     * @throws org.springframework.dao.InvalidDataAccessApiUsageException if the class has no text
     */
    public EntityTextSearch(StoreTextSearch search, Class<T> type) {
        this.search = search;
        this.type = type;
        search.index(type);
    }

    @Override
    public TextResults<T> search(TextSearch wanted) {
        return search.search(wanted, type);
    }

    @Override
    public Page<TextHit<T>> search(TextQuery query, Pageable pageable) {
        return search.search(query, pageable, type);
    }

    @Override
    public long count(TextSearch wanted) {
        return search.count(wanted, type);
    }
}
