package org.storedb.sample.web;

import java.util.SortedSet;

/** Thrown when a client requests an order by a field that it cannot sort by. */
public class UnknownSortFieldException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public UnknownSortFieldException(String field, SortedSet<String> knownFields) {
        super("Cannot sort by '%s'; sortable fields are %s".formatted(field, String.join(", ", knownFields)));
    }
}
