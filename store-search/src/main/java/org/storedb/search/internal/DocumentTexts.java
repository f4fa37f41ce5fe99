package org.storedb.search.internal;

import java.util.List;

/**
 * The text of one document. Immutable.
 *
 * @param revision the revision of the document
 * @param values the strings of each field, in the order of the fields
 */
public record DocumentTexts(long revision, List<List<String>> values) {

    public DocumentTexts {
        values = List.copyOf(values);
    }
}
