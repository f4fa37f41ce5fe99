package org.storedb.internal.query;

import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Tests of single characters, as {@link Pattern} defines them. */
final class RegexCharacters {

    private static final int ASCII = 128;

    private final boolean ignoreCase;

    RegexCharacters(boolean ignoreCase) {
        this.ignoreCase = ignoreCase;
    }

    IntPredicate of(int character) {
        if (!ignoreCase) {
            return given -> given == character;
        }
        int folded = folded(character);
        return given -> given == character || folded(given) == folded;
    }

    /**
     * Returns what a class matches. For ASCII this is determined at once, for other characters when they occur.
     *
     * @param regex a class in brackets, an escaped class or character, or a dot
     */
    IntPredicate ofClass(String regex, RegexParser parser, int position) {
        Predicate<String> matches = compiled(regex, parser, position).asMatchPredicate();
        boolean[] ascii = new boolean[ASCII];
        for (int character = 0; character < ASCII; character++) {
            ascii[character] = matches.test(Character.toString(character));
        }
        return given -> given < ASCII ? ascii[given] : matches.test(Character.toString(given));
    }

    private Pattern compiled(String regex, RegexParser parser, int position) {
        try {
            return Pattern.compile(regex, ignoreCase ? Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE : 0);
        } catch (PatternSyntaxException e) {
            throw parser.error(position, "\"" + regex + "\" is not a character class: " + e.getDescription());
        }
    }

    /** Folds case like {@link Pattern#UNICODE_CASE}. */
    private static int folded(int character) {
        return Character.toLowerCase(Character.toUpperCase(character));
    }
}
