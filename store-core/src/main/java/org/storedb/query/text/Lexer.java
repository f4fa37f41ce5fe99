package org.storedb.query.text;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.storedb.error.QuerySyntaxException;
import org.storedb.query.text.Token.Kind;

/** Splits the text of a query into tokens. */
final class Lexer {

    private static final int TOKENS_MAX = 10_000;
    private static final List<String> SIGNS =
            List.of("<=", ">=", "<>", "!=", "=", "<", ">", "(", ")", ",", ".", "*", "+", "-");

    private final SourceText source;
    private int at;
    private int endOfLast;
    private int count;

    Lexer(SourceText source) {
        this.source = source;
    }

    /** Returns the next token; after the last one, always one of kind {@link Kind#END}. */
    Token next() {
        skipBlanks();
        if (at == source.length()) {
            return new Token(Kind.END, endOfLast, endOfLast, "", null);
        }
        count++;
        if (count > TOKENS_MAX) {
            throw source.error(
                    at, "the query has more than " + TOKENS_MAX + " words and signs; pass lists as parameters");
        }
        Token token = token();
        endOfLast = at;
        return token;
    }

    private void skipBlanks() {
        int character = source.characterAt(at);
        while (Character.isWhitespace(character) || Character.isSpaceChar(character)) {
            at += Character.charCount(character);
            character = source.characterAt(at);
        }
    }

    private Token token() {
        int start = at;
        int character = source.characterAt(at);
        if (Words.startsName(character)) {
            skipName();
            return token(Kind.WORD, start, Words.normalized(source.between(start, at)));
        }
        if (character == '\'') {
            return token(Kind.STRING, start, quoted('\'', "string"));
        }
        if (character == '`') {
            return quotedName();
        }
        if (isDigit(character) || (character == '-' && isDigit(source.characterAt(at + 1)))) {
            return number();
        }
        if (character == ':') {
            at++;
            skipName();
            return token(Kind.NAMED_PARAMETER, start, nameAfterColon(start));
        }
        if (character == '?') {
            at++;
            skipDigits();
            return token(Kind.POSITIONAL_PARAMETER, start, source.between(start + 1, at));
        }
        return sign();
    }

    private Token token(Kind kind, int start, String content) {
        return new Token(kind, start, at, content, null);
    }

    private void skipName() {
        int character = source.characterAt(at);
        while (character >= 0 && Words.continuesName(character)) {
            at += Character.charCount(character);
            character = source.characterAt(at);
        }
    }

    private String nameAfterColon(int start) {
        if (!Words.startsName(source.characterAt(start + 1))) {
            throw source.error(start, "expected the name of a parameter right after the colon, such as :name");
        }
        return source.between(start + 1, at);
    }

    private Token quotedName() {
        int start = at;
        String name = quoted('`', "name");
        if (name.isEmpty()) {
            throw source.error(start, "a name in back quotes must not be empty");
        }
        return token(Kind.QUOTED_NAME, start, name);
    }

    /** Returns the quoted text; a quote in it is doubled. */
    private String quoted(char quote, String what) {
        int start = at;
        StringBuilder content = new StringBuilder();
        while (true) {
            int end = source.text().indexOf(quote, at + 1);
            if (end < 0) {
                throw source.error(start, "the " + what + " that begins here has no closing " + quote);
            }
            content.append(source.text(), at + 1, end);
            at = end + 1;
            if (source.characterAt(at) != quote) {
                return content.toString();
            }
            content.append(quote);
        }
    }

    private Token number() {
        int start = at;
        at++;
        skipDigits();
        boolean fraction = source.characterAt(at) == '.' && isDigit(source.characterAt(at + 1));
        if (fraction) {
            at++;
            skipDigits();
        }
        boolean exponent = skipExponent();
        String digits = source.between(start, at);
        boolean exact = isOneOf(source.characterAt(at), 'm', 'M');
        if (exact) {
            at++;
        }
        if (source.characterAt(at) >= 0 && Words.continuesName(source.characterAt(at))) {
            throw source.error(
                    start,
                    "a name that begins with a digit must be in back quotes, and a number must be followed by a blank");
        }
        Number value = value(start, digits, fraction || exponent, exact);
        return new Token(Kind.NUMBER, start, at, digits, value);
    }

    private boolean skipExponent() {
        if (!isOneOf(source.characterAt(at), 'e', 'E')) {
            return false;
        }
        int digits = isOneOf(source.characterAt(at + 1), '+', '-') ? at + 2 : at + 1;
        if (!isDigit(source.characterAt(digits))) {
            return false;
        }
        at = digits;
        skipDigits();
        return true;
    }

    private Number value(int start, String digits, boolean broken, boolean exact) {
        if (!NumberLiterals.isAllowed(digits)) {
            throw source.error(start, "the number is too long, or its exponent too large; pass it as a parameter");
        }
        if (exact) {
            return NumberLiterals.exact(digits);
        }
        Number value = broken ? NumberLiterals.broken(digits) : NumberLiterals.whole(digits);
        if (value == null) {
            throw source.error(start, "no double is close to this number; append m to keep it exact");
        }
        return value;
    }

    private void skipDigits() {
        while (isDigit(source.characterAt(at))) {
            at++;
        }
    }

    private Token sign() {
        for (String sign : SIGNS) {
            if (source.text().startsWith(sign, at)) {
                int start = at;
                at += sign.length();
                return token(Kind.SIGN, start, sign);
            }
        }
        throw unknownSign();
    }

    private QuerySyntaxException unknownSign() {
        int character = source.characterAt(at);
        String hint = hint(character);
        String shown = source.shown(at, at + Character.charCount(character));
        return source.error(at, shown + " has no meaning here" + (hint == null ? "" : "; " + hint));
    }

    private static @Nullable String hint(int character) {
        return switch (character) {
            case '"', '\u2018', '\u2019', '\u201C', '\u201D' ->
                "strings are written in single quotes ' and unusual names in back quotes `";
            case '&' -> "write 'and'";
            case '|' -> "write 'or'";
            case '!' -> "write 'not' or !=";
            case ';' -> "a query does not end with a semicolon";
            default -> null;
        };
    }

    private static boolean isDigit(int character) {
        return character >= '0' && character <= '9';
    }

    private static boolean isOneOf(int character, char first, char second) {
        return character == first || character == second;
    }
}
