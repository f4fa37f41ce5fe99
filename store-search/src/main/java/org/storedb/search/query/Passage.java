package org.storedb.search.query;

import java.util.List;

/**
 * A part of a document's text with its matches.
 *
 * @param field the path of the field
 * @param text the text as in the document
 * @param matches the matches in the text, in order, without overlaps
 */
public record Passage(String field, String text, List<Range> matches) {

    public Passage {
        matches = List.copyOf(matches);
    }

    /** Returns the text with markers before and after each match. */
    public String marked(String before, String behind) {
        StringBuilder marked = new StringBuilder();
        int copied = 0;
        for (Range match : matches) {
            marked.append(text, copied, match.from()).append(before);
            marked.append(text, match.from(), match.to()).append(behind);
            copied = match.to();
        }
        return marked.append(text, copied, text.length()).toString();
    }

    /**
     * Returns the text as HTML: everything in it is escaped, and each match is enclosed in an element of this name,
     * such as {@code mark}.
     */
    public String html(String element) {
        StringBuilder html = new StringBuilder();
        int copied = 0;
        for (Range match : matches) {
            html.append(escaped(text.substring(copied, match.from())));
            html.append('<').append(element).append('>');
            html.append(escaped(text.substring(match.from(), match.to())));
            html.append("</").append(element).append('>');
            copied = match.to();
        }
        return html.append(escaped(text.substring(copied))).toString();
    }

    private static String escaped(String part) {
        return part.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    /**
     * A part of a text, in {@code char}s.
     *
     * @param from the start
     * @param to the end, exclusive
     */
    public record Range(int from, int to) {}
}
