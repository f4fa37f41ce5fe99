package org.storedb.sample.web;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.Sort;

/**
 * The page of a result that a client requests. Spring Data would silently correct an invalid page; here it is an error,
 * so that nobody mistakes a part for the whole.
 *
 * @param page the number of the page, from 0; 0 if absent
 * @param size the maximum number of entries; 20 if absent
 */
public record PageParameters(
        @Nullable @Min(0) Integer page,
        @Nullable @Min(1) @Max(200) Integer size) {

    private static final int DEFAULT_SIZE = 20;

    public Pageable sortedBy(Sort sort) {
        return PageRequest.of(page == null ? 0 : page, size == null ? DEFAULT_SIZE : size, sort);
    }
}
