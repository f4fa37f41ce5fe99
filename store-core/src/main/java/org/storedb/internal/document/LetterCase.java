package org.storedb.internal.document;

import java.util.Locale;

/** The form in which strings are compared when case is ignored. */
public final class LetterCase {

    private LetterCase() {}

    public static String fold(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
