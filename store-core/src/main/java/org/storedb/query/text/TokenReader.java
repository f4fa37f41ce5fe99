package org.storedb.query.text;

import org.jspecify.annotations.Nullable;
import org.storedb.error.QuerySyntaxException;
import org.storedb.query.text.Token.Kind;

/** Iterates over the tokens of a query, and reports what was expected when something else comes. */
final class TokenReader {

    private final SourceText source;
    private final Lexer lexer;
    private Token current;
    private @Nullable Token second;

    TokenReader(SourceText source) {
        this.source = source;
        lexer = new Lexer(source);
        current = lexer.next();
    }

    Token peek() {
        return current;
    }

    /** Returns the token after the next one. */
    Token peekSecond() {
        if (second == null) {
            second = lexer.next();
        }
        return second;
    }

    Token next() {
        Token token = current;
        current = second == null ? lexer.next() : second;
        second = null;
        return token;
    }

    /** Skips a word if it comes next. */
    boolean skipWord(String word) {
        boolean found = peek().isWord(word);
        if (found) {
            next();
        }
        return found;
    }

    /** Skips a sign if it comes next. */
    boolean skipSign(String sign) {
        boolean found = peek().isSign(sign);
        if (found) {
            next();
        }
        return found;
    }

    void expectWord(String word, String before) {
        if (!skipWord(word)) {
            throw unexpected("'" + word + "' after '" + before + "'");
        }
    }

    void expectSign(String sign, String expected) {
        if (!skipSign(sign)) {
            throw unexpected(expected);
        }
    }

    /** Skips one of two words if it comes next; returns 1 for the first, -1 for the second, 0 for neither. */
    int skipEither(String first, String second) {
        return skipWord(first) ? 1 : skipWord(second) ? -1 : 0;
    }

    /** Returns a name, or several separated by dots. */
    String path(String expected) {
        StringBuilder path = new StringBuilder(name(expected));
        while (skipSign(".")) {
            path.append('.').append(name("a name after the dot"));
        }
        return path.toString();
    }

    private String name(String expected) {
        Token token = peek();
        if (token.is(Kind.QUOTED_NAME)) {
            return next().content();
        }
        if (!token.is(Kind.WORD)) {
            throw unexpected(expected);
        }
        if (Words.isReserved(token.content())) {
            throw unexpected(expected, "this word must be in back quotes to be used as a name");
        }
        next();
        return source.between(token.start(), token.end());
    }

    /** Returns an error about the next token. */
    QuerySyntaxException unexpected(String expected) {
        Token token = peek();
        if (token.isSign("-")) {
            return unexpected(expected, "names that contain a minus must be in back quotes");
        }
        String found = token.is(Kind.END) ? "the query ends here" : "found " + source.shown(token.start(), token.end());
        return source.error(token.start(), "expected " + expected + ", but " + found);
    }

    /** Returns an error about the next token, with advice. */
    QuerySyntaxException unexpected(String expected, String advice) {
        Token token = peek();
        if (token.is(Kind.END)) {
            return unexpected(expected);
        }
        String found = source.shown(token.start(), token.end());
        return source.error(token.start(), "expected " + expected + ", but found " + found + "; " + advice);
    }

    /** Returns an error about a token. */
    QuerySyntaxException error(Token token, String problem) {
        return source.error(token.start(), problem);
    }
}
