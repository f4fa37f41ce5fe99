package org.storedb.search.definition;

import java.util.regex.Pattern;

/**
 * A field whose text is searched: a string, the strings in an array, and, where the path leads through an array of
 * objects, those of each object. Other values have no text.
 *
 * @param path the names, separated by dots
 * @param boost how much more a match in this field counts than one in a field with 1; above 0
 */
public record TextField(String path, TextAnalyzer analyzer, float boost) {

    private static final Pattern PATH = Pattern.compile("[^.]+(\\.[^.]+)*");

    public TextField {
        if (!PATH.matcher(path).matches()) {
            throw new IllegalArgumentException(
                    "'" + path + "' is not the path of a field: use names separated by single dots");
        }
        if (!(boost > 0 && Float.isFinite(boost))) {
            throw new IllegalArgumentException("The boost of a field must be above 0 and finite, not " + boost);
        }
    }
}
