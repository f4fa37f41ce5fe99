package org.storedb.sample.web;

import java.util.Map;
import java.util.Objects;
import org.springframework.data.domain.Sort;

/**
 * The fields that clients may sort by.
 *
 * @param properties the property of the entity behind each of them
 */
public record SortFields(Map<String, String> properties) {

    /**
     * The same order in terms of the entity.
     *
     * @throws UnknownSortFieldException if a client must not sort by one of the fields
     */
    public Sort resolve(Sort sort) {
        return Sort.by(sort.stream()
                .map(order -> order.withProperty(propertyFor(order.getProperty())))
                .toList());
    }

    private String propertyFor(String field) {
        if (!properties.containsKey(field)) {
            throw new UnknownSortFieldException(field, properties.keySet());
        }
        return Objects.requireNonNull(properties.get(field));
    }
}
