package org.storedb.internal.document;

import java.util.Locale;

/** The form in which strings are compared when case is ignored. */
public final class LetterCase {

    private static final char SIGMA = '\u03c3';
    private static final char FINAL_SIGMA = '\u03c2';

    private LetterCase() {}

    /** Returns the lower case. No letter of it depends on those around it: a part of a text has a part of its form. */
    public static String fold(String text) {
        return text.toLowerCase(Locale.ROOT).replace(FINAL_SIGMA, SIGMA);
    }
}
