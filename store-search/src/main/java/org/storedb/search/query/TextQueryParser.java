package org.storedb.search.query;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.storedb.error.InvalidQueryException;
import org.storedb.error.QuerySyntaxException;

/**
 * Parses one text query.
 *
 * <pre>
 * any     = all { "OR" all }
 * all     = part { [ "AND" ] part }
 * part    = [ "NOT" | "-" ] boosted
 * boosted = match [ "^" number ]
 * match   = [ field ":" ] ( "(" any ")" | phrase [ "~" whole ] | word [ "*" | "~" [ whole ] ] | "*" )
 * </pre>
 */
final class TextQueryParser {

    private static final int NESTING_MAX = 100;
    private static final String SPECIAL = "\"():^~*\\";

    private final String text;
    private int place;
    private int depth;

    TextQueryParser(String text) {
        this.text = text;
    }

    TextQuery parse() {
        skipSpaces();
        if (atEnd()) {
            throw failure(place, "a search term is missing");
        }
        TextQuery query = any();
        if (!atEnd()) {
            throw failure(place, "a \")\" has no opening parenthesis; put a \\ before it to search for the character");
        }
        return query;
    }

    private TextQuery any() {
        deeper();
        List<TextQuery> parts = new ArrayList<>();
        parts.add(all());
        while (takeKeyword("OR")) {
            parts.add(all());
        }
        depth--;
        return parts.size() == 1 ? parts.get(0) : new TextQuery.Any(parts);
    }

    private void deeper() {
        if (++depth > NESTING_MAX) {
            throw failure(place, "it is nested deeper than " + NESTING_MAX + " levels");
        }
    }

    private TextQuery all() {
        List<TextQuery> parts = new ArrayList<>();
        parts.add(part());
        while (true) {
            boolean and = takeKeyword("AND");
            if (!and && (atEnd() || peek() == ')' || isKeyword("OR"))) {
                return parts.size() == 1 ? parts.get(0) : new TextQuery.All(parts);
            }
            parts.add(part());
        }
    }

    private TextQuery part() {
        if (takeKeyword("NOT")) {
            return new TextQuery.Not(boosted());
        }
        if (!atEnd() && peek() == '-') {
            place++;
            return new TextQuery.Not(boosted());
        }
        return boosted();
    }

    private TextQuery boosted() {
        TextQuery query = match();
        if (!atEnd() && peek() == '^') {
            int start = ++place;
            query = at(start, query, TextQueryParser::boosted, number());
        }
        skipSpaces();
        return query;
    }

    private TextQuery match() {
        requireMore();
        char first = peek();
        if (first == '(') {
            return group();
        }
        if (first == '"') {
            return phrase();
        }
        if (first == '*') {
            place++;
            return TextQuery.everything();
        }
        int start = place;
        String word = word();
        if (!atEnd() && peek() == ':') {
            place++;
            if (atEnd() || isSpace(peek())) {
                throw failure(
                        place,
                        "the search term for \"" + word
                                + "\" is missing after the colon; put a \\ before it to search for the character");
            }
            deeper();
            TextQuery query = match().in(word);
            depth--;
            return query;
        }
        if (!atEnd() && peek() == '*') {
            place++;
            requireEndOfWord();
            return TextQuery.prefix(word);
        }
        if (!atEnd() && peek() == '~') {
            place++;
            TextQuery fuzzy = hasDigit()
                    ? at(start, TextQuery.everything(), (ignored, edits) -> TextQuery.fuzzy(word, (int) edits), whole())
                    : TextQuery.fuzzy(word);
            requireEndOfWord();
            return fuzzy;
        }
        return TextQuery.words(word);
    }

    private TextQuery group() {
        int open = place++;
        skipSpaces();
        if (!atEnd() && peek() == ')') {
            throw failure(place, "there is nothing between the parentheses");
        }
        TextQuery query = any();
        if (atEnd()) {
            throw failure(open, "this \"(\" is never closed");
        }
        place++;
        return query;
    }

    private TextQuery phrase() {
        int open = place++;
        StringBuilder words = new StringBuilder();
        while (!atEnd() && peek() != '"') {
            words.append(character());
        }
        if (atEnd()) {
            throw failure(open, "this quotation mark is never closed");
        }
        place++;
        int slop = 0;
        if (!atEnd() && peek() == '~') {
            place++;
            slop = whole();
        }
        return TextQuery.phrase(words.toString(), slop);
    }

    private String word() {
        StringBuilder word = new StringBuilder();
        int start = place;
        while (!atEnd() && !isSpace(peek()) && (peek() == '\\' || SPECIAL.indexOf(peek()) < 0)) {
            word.append(character());
        }
        if (place == start) {
            throw failure(place, "a word is expected, not \"" + peek() + "\"; put a \\ before it to search for it");
        }
        if (List.of("AND", "OR", "NOT").contains(text.substring(start, place))) {
            throw failure(
                    start, "there is nothing for " + word + " to join; put a \\ before it to search for the word");
        }
        return word.toString();
    }

    /** Returns one character; after a backslash, any character is taken literally. */
    private char character() {
        if (peek() == '\\' && ++place == text.length()) {
            throw failure(place - 1, "a character is missing after the \\");
        }
        return text.charAt(place++);
    }

    private boolean hasDigit() {
        return !atEnd() && Character.isDigit(peek());
    }

    private int whole() {
        int start = place;
        double number = number();
        if (number != Math.rint(number) || number > Integer.MAX_VALUE) {
            throw failure(start, "a whole number is expected");
        }
        return (int) number;
    }

    private double number() {
        int start = place;
        while (!atEnd() && (Character.isDigit(peek()) || peek() == '.')) {
            place++;
        }
        try {
            return Double.parseDouble(text.substring(start, place));
        } catch (NumberFormatException e) {
            throw failure(start, "a number is expected, such as 2 or 0.5");
        }
    }

    /** Applies a number to a query; if it is rejected, the error shows the position. */
    private TextQuery at(int start, TextQuery query, Numbered change, double number) {
        try {
            return change.apply(query, number);
        } catch (InvalidQueryException e) {
            throw failure(start, e.getMessage());
        }
    }

    private static TextQuery boosted(TextQuery query, double factor) {
        return query.boostedBy(factor);
    }

    private boolean takeKeyword(String keyword) {
        if (!isKeyword(keyword)) {
            return false;
        }
        place += keyword.length();
        skipSpaces();
        requireMore();
        return true;
    }

    private boolean isKeyword(String keyword) {
        int end = place + keyword.length();
        return text.startsWith(keyword, place)
                && (end == text.length() || isSpace(text.charAt(end)) || text.charAt(end) == '(');
    }

    private void requireMore() {
        if (atEnd() || isSpace(peek())) {
            throw failure(place, "a search term is missing");
        }
    }

    private void requireEndOfWord() {
        if (!atEnd() && !isSpace(peek()) && peek() != ')' && peek() != '^') {
            throw failure(place, "a word ends after * and ~; put a \\ before them to search for the characters");
        }
    }

    private void skipSpaces() {
        while (!atEnd() && isSpace(peek())) {
            place++;
        }
    }

    /** Returns whether a character is a space of any kind, even one at which no line is broken. */
    private static boolean isSpace(char character) {
        return Character.isWhitespace(character) || Character.isSpaceChar(character);
    }

    private char peek() {
        return text.charAt(place);
    }

    private boolean atEnd() {
        return place == text.length();
    }

    private QuerySyntaxException failure(int offset, @Nullable String problem) {
        int lineStart = text.lastIndexOf('\n', offset - 1) + 1;
        int lineEnd = text.indexOf('\n', lineStart) < 0 ? text.length() : text.indexOf('\n', lineStart);
        int line = 1
                + (int) text.substring(0, lineStart)
                        .chars()
                        .filter(c -> c == '\n')
                        .count();
        int column = 1 + text.codePointCount(lineStart, offset);
        String message = "The text query cannot be read: " + problem + " (line " + line + ", column " + column + ")\n"
                + text.substring(lineStart, lineEnd) + "\n" + " ".repeat(column - 1) + "^";
        return new QuerySyntaxException(message, offset, line, column);
    }

    /** Creates a query from another one and a number. */
    private interface Numbered {
        TextQuery apply(TextQuery query, double number);
    }
}
