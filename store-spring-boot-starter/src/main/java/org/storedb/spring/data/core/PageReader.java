package org.storedb.spring.data.core;

import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.Slice;
import org.springframework.data.domain.SliceImpl;
import org.springframework.data.support.PageableExecutionUtils;
import org.storedb.query.Query;

/**
 * Reader of the matches of a query page by page. The query's own offset and limit apply to all pages together.
 *
 * @param reader reads the matches of a query
 * @param counter counts the matches of a query
 */
record PageReader<R>(Function<Query, List<R>> reader, ToLongFunction<Query> counter) {

    /** Returns a page with the number of matches, which are counted only if the page does not reveal it. */
    Page<R> page(Query query, Pageable pageable) {
        return PageableExecutionUtils.getPage(
                reader.apply(paged(query, pageable)), pageable, () -> counter.applyAsLong(query));
    }

    /** Returns a page that tells whether there is a next one. */
    Slice<R> slice(Query query, Pageable pageable) {
        if (pageable.isUnpaged()) {
            return new SliceImpl<>(reader.apply(query), pageable, false);
        }
        Query page = paged(query, pageable);
        long left = Math.max(0, query.limit() - pageable.getOffset());
        boolean mayHaveNext = left > page.limit();
        List<R> results = reader.apply(mayHaveNext ? page.limit(page.limit() + 1) : page);
        boolean hasNext = results.size() > pageable.getPageSize();
        List<R> content = hasNext ? results.subList(0, pageable.getPageSize()) : results;
        return new SliceImpl<>(content, pageable, hasNext);
    }

    private static Query paged(Query query, Pageable pageable) {
        if (pageable.isUnpaged()) {
            return query;
        }
        long left = Math.max(0, query.limit() - pageable.getOffset());
        return query.offset(query.offset() + pageable.getOffset()).limit(Math.min(left, pageable.getPageSize()));
    }
}
