package org.storedb.query;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * An iterator over the words of a text, by the rule shared by conditions on words and indexes on words. Not
 * thread-safe.
 *
 * <p>A word begins with a letter or a digit and continues with letters, digits and combining marks, as
 * {@link Character} classifies code points; everything else separates words. Words are converted to lower case, letter
 * by letter, in the root locale; a Greek final sigma is treated like any other. Only the first
 * {@value #WORD_CHARACTERS_MAX} characters of a longer word are significant. Words are not normalized further: accented
 * letters are compared as stored, composed or decomposed, and a language without spaces between words has few of them.
 */
public final class TextWords {

    /** How many characters of a word, counted as code points in lower case, are significant. */
    public static final int WORD_CHARACTERS_MAX = 64;

    private static final int WANTED_MAX = 100;

    private static final char SIGMA = '\u03c3';
    private static final char FINAL_SIGMA = '\u03c2';

    private final String text;
    private int start;
    private int end;

    /** Creates an iterator positioned before the first word. */
    public TextWords(String text) {
        this.text = text;
    }

    /** Advances to the next word; returns false if there is none. */
    public boolean next() {
        start = end;
        while (start < text.length() && !Character.isLetterOrDigit(text.codePointAt(start))) {
            start += Character.charCount(text.codePointAt(start));
        }
        end = start;
        while (end < text.length() && continuesWord(text.codePointAt(end))) {
            end += Character.charCount(text.codePointAt(end));
        }
        return start < end;
    }

    /** Returns the current word, in the form in which words are compared. */
    public String word() {
        String lowerCase = beginning(text.substring(start, Math.min(end, start + 2 * WORD_CHARACTERS_MAX)))
                .toLowerCase(Locale.ROOT)
                .replace(FINAL_SIGMA, SIGMA); // So that a prefix of a word is the same whatever follows.
        return beginning(lowerCase); // One letter can become several characters.
    }

    /** Returns the significant characters. */
    private static String beginning(String word) {
        return word.length() <= WORD_CHARACTERS_MAX || word.codePointCount(0, word.length()) <= WORD_CHARACTERS_MAX
                ? word
                : word.substring(0, word.offsetByCodePoints(0, WORD_CHARACTERS_MAX));
    }

    private boolean hasStarBehind() {
        return end < text.length() && text.charAt(end) == '*';
    }

    private static boolean continuesWord(int codePoint) {
        return Character.isLetterOrDigit(codePoint)
                || switch (Character.getType(codePoint)) {
                    case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK -> true;
                    default -> false;
                };
    }

    /**
     * Returns the distinct words of a condition, in order; one directly followed by {@code *} stands for all words with
     * that prefix.
     *
     * @throws IllegalArgumentException if there are none, or more than 100
     */
    static List<Wanted> wanted(String asked) {
        Set<Wanted> wanted = new LinkedHashSet<>();
        for (TextWords words = new TextWords(asked); words.next(); ) {
            wanted.add(new Wanted(words.word(), words.hasStarBehind()));
        }
        if (wanted.isEmpty()) {
            throw new IllegalArgumentException(
                    "A condition on words needs at least one word, which begins with a letter or a digit");
        }
        if (wanted.size() > WANTED_MAX) {
            throw new IllegalArgumentException(
                    "A condition may have at most " + WANTED_MAX + " different words, not " + wanted.size());
        }
        return List.copyOf(wanted);
    }

    /**
     * A word of a condition.
     *
     * @param word as returned by {@link TextWords#word}
     * @param prefix whether it stands for all words with this prefix
     */
    public record Wanted(String word, boolean prefix) {

        /**
         * Returns whether a word matches.
         *
         * @param other as returned by {@link TextWords#word}
         */
        public boolean matches(String other) {
            return prefix ? other.startsWith(word) : other.equals(word);
        }

        /** Returns the word as written in a condition. */
        @Override
        public String toString() {
            return prefix ? word + "*" : word;
        }
    }
}
