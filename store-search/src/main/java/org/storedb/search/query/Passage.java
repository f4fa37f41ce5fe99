package org.storedb.search.query;

import java.util.List;

/**
 * A part of a document's text with what was looked for in it.
 *
 * @param field the path of the field
 * @param text as it stands in the document
 * @param matches where in it, in order, without overlaps
 */
public record Passage(String field, String text, List<Range> matches) {

    public Passage {
        matches = List.copyOf(matches);
    }

    /** The text with something before and behind each match. */
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
     * The text for a page: everything in it is escaped, and each match stands in an element of this name, as {@code mark}.
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
     * @param from its first
     * @param to the first behind it
     */
    public record Range(int from, int to) {}
}
