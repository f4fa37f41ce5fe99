package org.storedb.spring.data.core.convert;

import java.util.List;
import org.storedb.query.Filter;

/**
 * A property as used in queries, possibly inside the elements of collections.
 *
 * @param arrays the fields of the collections on the path, each relative to an element of the previous one
 * @param field the property, relative to an element of the innermost collection
 */
public record FieldPath(List<String> arrays, QueryField field) {

    public FieldPath {
        arrays = List.copyOf(arrays);
    }

    public boolean isInElements() {
        return !arrays.isEmpty();
    }

    /**
     * Returns a filter that matches if one element, of each of the collections, matches {@code filter} on
     * {@link #field()}.
     */
    public Filter whereOneElement(Filter filter) {
        Filter whole = filter;
        for (int at = arrays.size() - 1; at >= 0; at--) {
            whole = Filter.elementMatches(arrays.get(at), whole);
        }
        return whole;
    }
}
