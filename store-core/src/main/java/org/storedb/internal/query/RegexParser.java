package org.storedb.internal.query;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import org.storedb.error.InvalidQueryException;
import org.storedb.internal.query.RegexNode.Repeat;
import org.storedb.internal.query.RegexProgram.Anchor;

/**
 * Parses a regular expression: characters, classes, groups, {@code |}, quantifiers, {@code ^}, {@code $} and
 * {@code \b}. Classes are those of {@link java.util.regex.Pattern}, which is only used for one character at a time.
 */
final class RegexParser {

    private static final int CHARACTERS_MAX = 10_000;
    private static final int NESTING_MAX = 100;
    private static final int REPETITIONS_MAX = 1_000;
    private static final int END = -1;

    private final String regex;
    private final RegexCharacters characters;
    private int at;
    private int nesting;

    RegexParser(String regex, boolean ignoreCase) {
        this.regex = regex;
        this.characters = new RegexCharacters(ignoreCase);
    }

    RegexNode parse() {
        if (regex.length() > CHARACTERS_MAX) {
            throw new InvalidQueryException(
                    "A regular expression may have at most " + CHARACTERS_MAX + " characters, not " + regex.length());
        }
        RegexNode node = choice();
        if (at < regex.length()) {
            throw error(at, "this parenthesis closes no group; for the character write \\)");
        }
        return node;
    }

    private RegexNode choice() {
        List<RegexNode> parts = new ArrayList<>(List.of(sequence()));
        while (peek() == '|') {
            at++;
            parts.add(sequence());
        }
        return RegexNode.choice(List.copyOf(parts));
    }

    private RegexNode sequence() {
        List<RegexNode> parts = new ArrayList<>();
        while (peek() != END && peek() != '|' && peek() != ')') {
            parts.add(repeated(single()));
        }
        return RegexNode.sequence(parts);
    }

    private RegexNode single() {
        int start = at;
        int character = next();
        return switch (character) {
            case '(' -> group(start);
            case '[' -> one(characters.ofClass(characterClass(start), this, start));
            case '.' -> one(characters.ofClass(".", this, start));
            case '^' -> new RegexNode.At(Anchor.START);
            case '$' -> new RegexNode.At(Anchor.END);
            case '\\' -> escaped(start);
            case '*', '+', '?', '{' ->
                throw error(
                        start,
                        "there is nothing to repeat before it; for the character write \\"
                                + Character.toString(character));
            default -> one(characters.of(character));
        };
    }

    private static RegexNode one(IntPredicate test) {
        return new RegexNode.One(test);
    }

    private RegexNode group(int start) {
        if (peek() == '?') {
            groupKind(start);
        }
        nesting++;
        if (nesting > NESTING_MAX) {
            throw error(start, "groups are nested deeper than " + NESTING_MAX + " levels");
        }
        RegexNode inner = choice();
        if (peek() != ')') {
            throw error(start, "this group has no closing parenthesis");
        }
        at++;
        nesting--;
        return inner;
    }

    /** Skips {@code ?:} or {@code ?<name>}, which make no difference here. */
    private void groupKind(int start) {
        int name = regex.indexOf('>', at);
        if (regex.startsWith("?:", at)) {
            at += 2;
        } else if (regex.startsWith("?<", at) && name > 0 && isName(regex.substring(at + 2, name))) {
            at = name + 1;
        } else {
            throw error(
                    start,
                    "only the groups (…), (?:…) and (?<name>…) are supported, not lookaround, flags or atomic groups");
        }
    }

    private static boolean isName(String name) {
        return !name.isEmpty()
                && Character.isLetter(name.charAt(0))
                && name.chars().allMatch(character -> character < 128 && Character.isLetterOrDigit(character));
    }

    private RegexNode escaped(int start) {
        int character = next();
        return switch (character) {
            case END -> throw error(start, "nothing follows the backslash; for the character write it twice");
            case 'b' -> new RegexNode.At(Anchor.WORD_EDGE);
            case 'B' -> new RegexNode.At(Anchor.NO_WORD_EDGE);
            case 'A' -> new RegexNode.At(Anchor.START);
            case 'z' -> new RegexNode.At(Anchor.END);
            case 'p', 'P', 'x' -> {
                skipBraces(character == 'x' ? 2 : 1);
                yield one(characters.ofClass(regex.substring(start, at), this, start));
            }
            case 'd', 'D', 'w', 'W', 's', 'S', 'h', 'H', 'v', 'V', 't', 'n', 'r', 'f', 'a', 'e' ->
                one(characters.ofClass(regex.substring(start, at), this, start));
            default -> {
                if (character < 128 && Character.isLetterOrDigit(character)) {
                    throw error(
                            start,
                            "\\" + Character.toString(character) + " has no meaning here"
                                    + (Character.isDigit(character) ? "; back references are not supported" : ""));
                }
                yield one(characters.of(character));
            }
        };
    }

    /** Skips the content of braces, or this many characters if there are none. */
    private void skipBraces(int withoutBraces) {
        int end = peek() == '{' ? regex.indexOf('}', at) + 1 : Math.min(regex.length(), at + withoutBraces);
        at = end == 0 ? regex.length() : end;
    }

    /** Returns the text of a class, whose opening bracket was read; it may contain nested classes. */
    private String characterClass(int start) {
        int depth = 1;
        while (depth > 0) {
            int character = next();
            switch (character) {
                case END -> throw error(start, "this class has no closing bracket");
                case '[' -> depth++;
                case ']' -> depth--;
                case '\\' -> {
                    if (next() == 'Q') {
                        throw error(at - 2, "\\Q has no meaning in a class here");
                    }
                }
                default -> {}
            }
        }
        return regex.substring(start, at);
    }

    private RegexNode repeated(RegexNode part) {
        int start = at;
        RegexNode repeated;
        switch (peek()) {
            case '*' -> repeated = quantified(part, 0, Repeat.ENDLESS);
            case '+' -> repeated = quantified(part, 1, Repeat.ENDLESS);
            case '?' -> repeated = quantified(part, 0, 1);
            case '{' -> repeated = counted(part);
            default -> {
                return part;
            }
        }
        if (peek() == '+') {
            throw error(start, "possessive quantifiers are not supported");
        }
        if (peek() == '?') {
            at++; // The length of a match makes no difference here.
        }
        return repeated;
    }

    private RegexNode quantified(RegexNode part, int min, int max) {
        at++;
        return RegexNode.repeat(part, min, max);
    }

    private RegexNode counted(RegexNode part) {
        int start = at++;
        int min = number(start);
        int max = min;
        if (peek() == ',') {
            at++;
            max = peek() == '}' ? Repeat.ENDLESS : number(start);
        }
        if (next() != '}' || max < min) {
            throw error(start, "repetitions are written {2}, {2,} or {2,5}; for the character write \\{");
        }
        return RegexNode.repeat(part, min, max);
    }

    private int number(int start) {
        int from = at;
        int number = 0;
        while (peek() >= '0' && peek() <= '9' && number <= REPETITIONS_MAX) {
            number = 10 * number + next() - '0';
        }
        if (at == from) {
            throw error(start, "repetitions are written {2}, {2,} or {2,5}; for the character write \\{");
        }
        if (number > REPETITIONS_MAX) {
            throw error(start, "at most " + REPETITIONS_MAX + " repetitions are allowed");
        }
        return number;
    }

    private int peek() {
        return at < regex.length() ? regex.codePointAt(at) : END;
    }

    private int next() {
        int character = peek();
        at += character == END ? 0 : Character.charCount(character);
        return character;
    }

    /** Returns the error at a position in the expression. */
    InvalidQueryException error(int position, String problem) {
        return new InvalidQueryException(
                "In the regular expression \"" + regex + "\", at character " + (position + 1) + ": " + problem);
    }
}
