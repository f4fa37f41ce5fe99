package org.storedb.query.text;

import java.util.Locale;

/** What a query does with the matching documents. */
public enum QueryKind {
    FIND,
    COUNT,
    EXISTS,
    DELETE;

    /** Returns the word that a query of this kind begins with. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
