package org.storedb.spring.data.core.convert;

import java.util.List;
import org.storedb.query.Filter;

/**
 * A property as queries ask for it, which may stand inside the elements of collections.
 *
 * @param arrays the fields of the collections that the path leads through, each from the element of the one before
 * @param field the property, from the innermost element
 */
public record FieldPath(List<String> arrays, QueryField field) {

    public FieldPath {
        arrays = List.copyOf(arrays);
    }

    public boolean isInElements() {
        return !arrays.isEmpty();
    }

    /** Matches where one element, of each of the collections, has what {@code filter} asks of {@link #field()}. */
    public Filter whereOneElement(Filter filter) {
        Filter whole = filter;
        for (int at = arrays.size() - 1; at >= 0; at--) {
            whole = Filter.elementMatches(arrays.get(at), whole);
        }
        return whole;
    }
}
