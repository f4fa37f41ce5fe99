package org.storedb.search.query;

import java.util.List;
import org.storedb.error.InvalidQueryException;

/**
 * Which passages to show of each document.
 *
 * @param fields paths of fields of the index; empty for all
 * @param passagesMax maximum number of passages of each field, of which the best are shown; at least 1
 * @param passageChars approximate length of each; it ends at the end of a sentence. 0 for the whole text of a field's
 *     value, of which the first million characters are examined
 */
public record Highlighting(List<String> fields, int passagesMax, int passageChars) {

    public Highlighting {
        fields = List.copyOf(fields);
        if (passagesMax < 1 || passageChars < 0) {
            throw new InvalidQueryException("passagesMax must be at least 1 and passageChars 0 or more, not "
                    + passagesMax + " and " + passageChars);
        }
    }

    /**
     * Returns a highlighting with up to three passages of about 120 characters from each of some fields, or from all if
     * none is named.
     */
    public static Highlighting of(String... fields) {
        return new Highlighting(List.of(fields), 3, 120);
    }

    /** Returns this highlighting with another number and length of passages. */
    public Highlighting passages(int newPassagesMax, int newPassageChars) {
        return new Highlighting(fields, newPassagesMax, newPassageChars);
    }

    /** Returns this highlighting with whole values: for titles and names. */
    public Highlighting wholeValues() {
        return new Highlighting(fields, passagesMax, 0);
    }
}
