package org.storedb.spring.data.core;

import java.util.List;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.Slice;
import org.springframework.data.domain.SliceImpl;
import org.springframework.data.support.PageableExecutionUtils;

/**
 * Reader of results page by page.
 *
 * @param limit the maximum number of results on all pages together
 * @param reader reads a part of the results
 * @param counter counts the results
 */
public record PageReader<R>(long limit, Function<PageBounds, List<R>> reader, LongSupplier counter) {

    /** Returns a page with the number of results, which are counted only if the page does not reveal it. */
    public Page<R> page(Pageable pageable) {
        return PageableExecutionUtils.getPage(reader.apply(PageBounds.of(pageable, limit)), pageable, counter);
    }

    /** Returns a page that tells whether there is a next one. */
    public Slice<R> slice(Pageable pageable) {
        List<R> results = reader.apply(PageBounds.withNext(pageable, limit));
        boolean hasNext = pageable.isPaged() && results.size() > pageable.getPageSize();
        List<R> content = hasNext ? results.subList(0, pageable.getPageSize()) : results;
        return new SliceImpl<>(content, pageable, hasNext);
    }
}
