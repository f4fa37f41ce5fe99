package org.storedb.query.text;

import java.util.List;

/**
 * A query as text, and the values that have no literal form.
 *
 * @param text the text, which refers to the values as {@code ?1}, {@code ?2} and so on
 * @param arguments the values, in order; most queries have none
 */
public record PrintedQuery(String text, List<Object> arguments) {

    public PrintedQuery {
        arguments = List.copyOf(arguments);
    }
}
