package org.storedb.internal.query;

import java.util.Arrays;
import org.storedb.error.InvalidQueryException;

/**
 * A compiled LIKE pattern. Matching takes at most as many steps as the product of the lengths of text and pattern: a
 * {@code %} never has to be retried once a later one was reached.
 */
final class LikePattern {

    private static final int ANY = -1;
    private static final int ONE = -2;

    private final int[] tokens; // code points, ANY or ONE

    private LikePattern(int[] tokens) {
        this.tokens = tokens;
    }

    /**
     * Compiles a pattern.
     *
     * @throws InvalidQueryException for a backslash before a character without special meaning, or at the end
     */
    static LikePattern compile(String pattern) {
        int[] characters = pattern.codePoints().toArray();
        int[] tokens = new int[characters.length];
        int count = 0;
        for (int at = 0; at < characters.length; at++) {
            int character = characters[at];
            if (character == '\\') {
                at++;
                if (at == characters.length || "\\%_".indexOf(characters[at]) < 0) {
                    throw new InvalidQueryException("In the LIKE pattern \"" + pattern
                            + "\" a backslash is not followed by %, _ or another backslash; write it twice");
                }
                tokens[count++] = characters[at];
            } else if (character == '%') {
                if (count == 0 || tokens[count - 1] != ANY) {
                    tokens[count++] = ANY;
                }
            } else {
                tokens[count++] = character == '_' ? ONE : character;
            }
        }
        return new LikePattern(Arrays.copyOf(tokens, count));
    }

    boolean matches(String text) {
        int[] characters = text.codePoints().toArray();
        int token = 0;
        int at = 0;
        int lastAny = -1; // the last ANY that was passed
        int resume = 0; // where to try next what follows it
        while (at < characters.length) {
            if (token < tokens.length && (tokens[token] == ONE || tokens[token] == characters[at])) {
                token++;
                at++;
            } else if (token < tokens.length && tokens[token] == ANY) {
                lastAny = token++;
                resume = at;
            } else if (lastAny >= 0) {
                token = lastAny + 1;
                at = ++resume;
            } else {
                return false;
            }
        }
        while (token < tokens.length && tokens[token] == ANY) {
            token++;
        }
        return token == tokens.length;
    }

    /** Returns the text that every match begins with. */
    String prefix() {
        return new String(tokens, 0, prefixLength());
    }

    /** Returns whether only the prefix itself matches. */
    boolean isLiteral() {
        return prefixLength() == tokens.length;
    }

    /** Returns whether everything that begins with the prefix matches. */
    boolean isPrefix() {
        return prefixLength() == tokens.length - 1 && tokens[tokens.length - 1] == ANY;
    }

    private int prefixLength() {
        int length = 0;
        while (length < tokens.length && tokens[length] >= 0) {
            length++;
        }
        return length;
    }
}
