package org.storedb.internal.document;

import java.util.Locale;

/** What strings are compared by where their case does not matter. */
public final class LetterCase {

    private LetterCase() {}

    public static String fold(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
