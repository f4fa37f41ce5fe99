package org.storedb;

import org.storedb.error.InvalidNameException;

/** The rules for names of keyspaces, collections and indexes. */
final class Names {

    /** The prefix of the names of the store's own keyspaces. */
    static final String INTERNAL_PREFIX = "_";

    private static final int CHARACTERS_MAX = 128;

    private Names() {}

    /** Returns {@code name} if it is allowed. */
    static String require(String what, String name) {
        if (name == null) {
            throw new NullPointerException("The name of " + withArticle(what) + " is null");
        }
        if (name.isEmpty() || name.length() > CHARACTERS_MAX || !isLetterOrDigit(name.charAt(0))) {
            throw invalid(what, name);
        }
        for (int i = 1; i < name.length(); i++) {
            char c = name.charAt(i);
            if (!isLetterOrDigit(c) && c != '_' && c != '-' && c != '.') {
                throw invalid(what, name);
            }
        }
        return name;
    }

    /** Returns whether this name is reserved for the store itself; users cannot choose such names. */
    static boolean isInternal(String name) {
        return name.startsWith(INTERNAL_PREFIX);
    }

    private static boolean isLetterOrDigit(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }

    private static InvalidNameException invalid(String what, String name) {
        return new InvalidNameException("'" + shown(name) + "' cannot be the name of " + withArticle(what)
                + ": use 1 to " + CHARACTERS_MAX
                + " characters of a-z, A-Z, 0-9, '_', '-' and '.', beginning with a letter or digit");
    }

    private static String withArticle(String noun) {
        return ("aeiou".indexOf(noun.charAt(0)) < 0 ? "a " : "an ") + noun;
    }

    private static String shown(String name) {
        return name.length() <= CHARACTERS_MAX ? name : name.substring(0, CHARACTERS_MAX) + "…";
    }
}
