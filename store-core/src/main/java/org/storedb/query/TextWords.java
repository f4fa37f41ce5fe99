package org.storedb.query;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Goes over the words of a text, by the one rule that conditions on words and indexes on words have. For one thread.
 *
 * <p>A word begins with a letter or a digit and goes on over letters, digits and combining marks, as {@link Character}
 * tells them by code point; everything else separates words. Words are in lower case, letter by letter, by the
 * language-neutral locale; a Greek final sigma is like any other. Of a longer word only the first
 * {@value #WORD_CHARACTERS_MAX} characters count. Nothing else is done to words: an accent is a letter's own or a mark
 * behind it, as it is stored, and a language that puts no space between words has few of them.
 */
public final class TextWords {

    /** How many characters, counted as code points in lower case, tell words apart. */
    public static final int WORD_CHARACTERS_MAX = 64;

    private static final int WANTED_MAX = 100;

    private static final char SIGMA = '\u03c3';
    private static final char FINAL_SIGMA = '\u03c2';

    private final String text;
    private int start;
    private int end;

    /** Stands before the first word. */
    public TextWords(String text) {
        this.text = text;
    }

    /** Goes on to the next word; false if there is none. */
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

    /** The word that {@link #next} went on to, as words are compared. */
    public String word() {
        String lowerCase = beginning(text.substring(start, Math.min(end, start + 2 * WORD_CHARACTERS_MAX)))
                .toLowerCase(Locale.ROOT)
                .replace(FINAL_SIGMA, SIGMA); // So that the beginning of a word is the same whatever follows.
        return beginning(lowerCase); // A letter can become several characters.
    }

    /** As many characters as count. */
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
     * The different words that are asked for, in their order; those with a {@code *} right behind them stand for all words
     * that begin so.
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
                    "A condition on words needs at least one, which begins with a letter or a digit, but there is none");
        }
        if (wanted.size() > WANTED_MAX) {
            throw new IllegalArgumentException(
                    "A condition asks for " + WANTED_MAX + " different words at the most, not for " + wanted.size());
        }
        return List.copyOf(wanted);
    }

    /**
     * A word that is asked for.
     *
     * @param word as {@link TextWords#word} gives it
     * @param prefix whether all words that begin so are meant
     */
    public record Wanted(String word, boolean prefix) {

        /**
         * Whether a word is meant.
         *
         * @param other as {@link TextWords#word} gives it
         */
        public boolean matches(String other) {
            return prefix ? other.startsWith(word) : other.equals(word);
        }

        /** As it is written in a condition. */
        @Override
        public String toString() {
            return prefix ? word + "*" : word;
        }
    }
}
