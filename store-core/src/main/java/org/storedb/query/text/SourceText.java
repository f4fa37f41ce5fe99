package org.storedb.query.text;

import org.storedb.error.QuerySyntaxException;

/** The text of a query, which creates errors that point into it. */
final class SourceText {

    static final int CHARACTERS_MAX = 65_536;

    private static final int SHOWN_BEFORE = 60;
    private static final int SHOWN_AFTER = 40;
    private static final int QUOTED_MAX = 40;

    private final String text;

    SourceText(String text) {
        this.text = text;
        if (text.length() > CHARACTERS_MAX) {
            throw error(
                    CHARACTERS_MAX,
                    "the query is longer than " + CHARACTERS_MAX + " characters; pass long values as parameters");
        }
    }

    String text() {
        return text;
    }

    int length() {
        return text.length();
    }

    /** Returns the character at a position; beyond the end, one that no text contains. */
    int characterAt(int at) {
        return at < text.length() ? text.codePointAt(at) : -1;
    }

    String between(int start, int end) {
        return text.substring(start, end);
    }

    /** Returns a part of the text in a form for messages: not too long, and on one line. */
    String shown(int start, int end) {
        int cut = Math.min(end, start + QUOTED_MAX);
        return printable(text.substring(start, cut)) + (cut < end ? "…" : "");
    }

    /** Returns an error that shows its line, with a caret below the position. */
    QuerySyntaxException error(int offset, String problem) {
        int lineStart = startOfLine(offset);
        int line = lineNumber(lineStart);
        int column = text.codePointCount(lineStart, offset) + 1;
        int from = Math.max(lineStart, offset - SHOWN_BEFORE);
        int to = endOfLine(offset, offset + SHOWN_AFTER);
        String before = (from > lineStart ? "…" : "") + printable(text.substring(from, offset));
        String after = printable(text.substring(offset, to)) + (to < endOfLine(offset, to + 1) ? "…" : "");
        String blank = " ".repeat(before.codePointCount(0, before.length()));
        String message =
                "Line " + line + ", column " + column + ": " + problem + "\n  " + before + after + "\n  " + blank + "^";
        return new QuerySyntaxException(message, offset, line, column);
    }

    private int startOfLine(int offset) {
        int start = offset;
        while (start > 0 && !endsLine(start - 1)) {
            start--;
        }
        return start;
    }

    /** Returns where the line ends, or {@code max} if that comes before. */
    private int endOfLine(int offset, int max) {
        int end = offset;
        while (end < Math.min(max, text.length()) && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
            end++;
        }
        return end;
    }

    private int lineNumber(int lineStart) {
        int line = 1;
        for (int at = 0; at < lineStart; at++) {
            if (endsLine(at)) {
                line++;
            }
        }
        return line;
    }

    /** Returns whether a line ends with the character there: a CR counts unless an LF follows. */
    private boolean endsLine(int at) {
        char character = text.charAt(at);
        return character == '\n' || (character == '\r' && (at + 1 == text.length() || text.charAt(at + 1) != '\n'));
    }

    /**
     * Replaces each control character by a space or a replacement character, so that a message cannot forge log lines.
     */
    private static String printable(String part) {
        StringBuilder shown = new StringBuilder(part.length());
        part.codePoints().forEach(character -> {
            int type = Character.getType(character);
            boolean hidden = type == Character.CONTROL
                    || type == Character.FORMAT
                    || type == Character.SURROGATE
                    || type == Character.LINE_SEPARATOR
                    || type == Character.PARAGRAPH_SEPARATOR;
            shown.appendCodePoint(character == '\t' ? ' ' : hidden ? '\uFFFD' : character);
        });
        return shown.toString();
    }
}
