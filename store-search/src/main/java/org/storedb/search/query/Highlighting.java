package org.storedb.search.query;

import java.util.List;
import org.storedb.error.InvalidQueryException;

/**
 * Which passages to show of each document.
 *
 * @param fields paths of fields of the index; empty for all
 * @param passagesMax how many of each field at the most, the best ones; at least 1
 * @param passageChars about how long each is; it ends where a sentence does. 0 for the whole text of a field's value, whose
 *     first million characters are looked at
 */
public record Highlighting(List<String> fields, int passagesMax, int passageChars) {

    public Highlighting {
        fields = List.copyOf(fields);
        if (passagesMax < 1 || passageChars < 0) {
            throw new InvalidQueryException(
                    "At least 1 passage of 0 or more characters is shown, not " + passagesMax + " of " + passageChars);
        }
    }

    /** Up to three passages of about 120 characters of each of some fields, or of all if none is named. */
    public static Highlighting of(String... fields) {
        return new Highlighting(List.of(fields), 3, 120);
    }

    /** The same with other passages. */
    public Highlighting passages(int newPassagesMax, int newPassageChars) {
        return new Highlighting(fields, newPassagesMax, newPassageChars);
    }

    /** The same with values as a whole: for titles and names. */
    public Highlighting wholeValues() {
        return new Highlighting(fields, passagesMax, 0);
    }
}
