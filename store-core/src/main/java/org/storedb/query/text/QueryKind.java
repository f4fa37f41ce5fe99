package org.storedb.query.text;

import java.util.Locale;

/** What is to be done with the documents that match. */
public enum QueryKind {
    FIND,
    COUNT,
    EXISTS,
    DELETE;

    /** The word that such a query begins with. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
