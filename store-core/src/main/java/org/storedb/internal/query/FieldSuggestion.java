package org.storedb.internal.query;

import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** The part of an error message that helps with the name of a field that does not exist. */
final class FieldSuggestion {

    /** The greatest distance of a name that was probably meant. */
    private static final int DISTANCE_MAX = 2;

    private static final int NAMED_FIELDS_MAX = 12;

    private FieldSuggestion() {}

    /** Returns the name that was probably meant, or else the names that exist; empty if none is known. */
    static String of(String field, List<String> known) {
        if (known.isEmpty()) {
            return "";
        }
        String nearest = Collections.min(known, Comparator.comparingInt(name -> distance(field, name)));
        if (distance(field, nearest) <= DISTANCE_MAX) {
            return "; did you mean \"" + nearest + "\"?";
        }
        String more = known.size() > NAMED_FIELDS_MAX ? ", …" : "";
        return "; it has " + String.join(", ", known.subList(0, Math.min(known.size(), NAMED_FIELDS_MAX))) + more;
    }

    /** Returns the edit distance of two names, ignoring case: insertions, deletions and replacements of characters. */
    private static int distance(String one, String other) {
        String first = one.toLowerCase(Locale.ROOT);
        String second = other.toLowerCase(Locale.ROOT);
        int[] previous = new int[second.length() + 1];
        for (int column = 0; column <= second.length(); column++) {
            previous[column] = column;
        }
        for (int row = 1; row <= first.length(); row++) {
            int[] current = new int[second.length() + 1];
            current[0] = row;
            for (int column = 1; column <= second.length(); column++) {
                int replace = first.charAt(row - 1) == second.charAt(column - 1) ? 0 : 1;
                current[column] =
                        Math.min(previous[column - 1] + replace, Math.min(previous[column], current[column - 1]) + 1);
            }
            previous = current;
        }
        return previous[second.length()];
    }
}
