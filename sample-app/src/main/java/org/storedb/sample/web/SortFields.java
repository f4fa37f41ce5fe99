package org.storedb.sample.web;

import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.springframework.data.domain.Sort;

/**
 * The fields that clients may sort by.
 *
 * @param exact the fields whose values are compared as they are
 * @param ignoringCase the fields whose values are compared ignoring case
 */
public record SortFields(Set<String> exact, Set<String> ignoringCase) {

    /**
     * Returns the order that a client requests.
     *
     * @throws UnknownSortFieldException if clients must not sort by one of the fields
     */
    public Sort resolve(Sort sort) {
        return Sort.by(sort.stream().map(this::resolve).toList());
    }

    private Sort.Order resolve(Sort.Order order) {
        if (ignoringCase.contains(order.getProperty())) {
            return order.ignoreCase();
        }
        if (!exact.contains(order.getProperty())) {
            SortedSet<String> all = new TreeSet<>(exact);
            all.addAll(ignoringCase);
            throw new UnknownSortFieldException(order.getProperty(), all);
        }
        return order;
    }
}
