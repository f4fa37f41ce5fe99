package org.storedb.spring.data.core;

import java.util.List;
import java.util.stream.Stream;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.Slice;
import org.springframework.data.domain.SliceImpl;
import org.springframework.data.support.PageableExecutionUtils;
import org.storedb.query.Query;

/**
 * Reads the matches of a query page by page. Queries have the names and values that documents have; a limit of their own
 * counts over all pages together.
 */
public final class PageReader {

    private final StoreOperations operations;

    public PageReader(StoreOperations operations) {
        this.operations = operations;
    }

    /** A page and how many matches there are; they are counted only if the page does not tell. */
    public <T> Page<T> page(Query query, Pageable pageable, Class<T> type) {
        return PageableExecutionUtils.getPage(
                list(paged(query, pageable), type),
                pageable,
                () -> operations.execute(type, collection -> collection.count(query)));
    }

    /** A page and whether there is another one. */
    public <T> Slice<T> slice(Query query, Pageable pageable, Class<T> type) {
        if (pageable.isUnpaged()) {
            return new SliceImpl<>(list(query, type), pageable, false);
        }
        Query page = paged(query, pageable);
        long left = Math.max(0, query.limit() - pageable.getOffset());
        boolean mayHaveNext = left > page.limit();
        List<T> results = list(mayHaveNext ? page.limit(page.limit() + 1) : page, type);
        boolean hasNext = results.size() > pageable.getPageSize();
        List<T> content = hasNext ? results.subList(0, pageable.getPageSize()) : results;
        return new SliceImpl<>(content, pageable, hasNext);
    }

    /** The matches of a query. */
    public <T> List<T> list(Query query, Class<T> type) {
        return operations.execute(type, collection -> asList(collection.find(query)));
    }

    /** The part of a query's results that makes up a page. */
    public static Query paged(Query query, Pageable pageable) {
        if (pageable.isUnpaged()) {
            return query;
        }
        long left = Math.max(0, query.limit() - pageable.getOffset());
        return query.offset(pageable.getOffset()).limit(Math.min(left, pageable.getPageSize()));
    }

    private static <T> List<T> asList(Stream<T> stream) {
        return stream.toList();
    }
}
