package org.storedb.spring.data.core;

import org.springframework.data.domain.Pageable;

/**
 * The part of the results that is on a page.
 *
 * @param offset the number of results before it
 * @param limit the maximum number of results on it
 */
public record PageBounds(long offset, long limit) {

    /**
     * Returns the bounds of a page.
     *
     * @param limit the maximum number of results on all pages together
     */
    public static PageBounds of(Pageable pageable, long limit) {
        return pageable.isUnpaged() ? new PageBounds(0, limit) : of(pageable, pageable.getPageSize(), limit);
    }

    /** Returns the bounds of a page and of the first result after it. */
    static PageBounds withNext(Pageable pageable, long limit) {
        return pageable.isUnpaged() ? new PageBounds(0, limit) : of(pageable, pageable.getPageSize() + 1L, limit);
    }

    private static PageBounds of(Pageable pageable, long size, long limit) {
        return new PageBounds(pageable.getOffset(), Math.min(Math.max(0, limit - pageable.getOffset()), size));
    }
}
