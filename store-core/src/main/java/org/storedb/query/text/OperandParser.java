package org.storedb.query.text;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.storedb.error.QuerySyntaxException;
import org.storedb.query.text.Token.Kind;

/** Parses the values of conditions and clauses: literals and parameters. */
final class OperandParser {

    private final TokenReader tokens;
    private final ParameterCollector parameters;

    OperandParser(TokenReader tokens, ParameterCollector parameters) {
        this.tokens = tokens;
        this.parameters = parameters;
    }

    /** Returns any value, including null. */
    Operand value() {
        if (tokens.skipWord("null")) {
            return new Operand.Literal(null);
        }
        return presentValue();
    }

    /** Returns any value except null. */
    Operand presentValue() {
        Operand parameter = parameter();
        if (parameter != null) {
            return parameter;
        }
        if (tokens.skipWord("true")) {
            return new Operand.Literal(true);
        }
        if (tokens.skipWord("false")) {
            return new Operand.Literal(false);
        }
        if (tokens.peek().is(Kind.NUMBER)) {
            return new Operand.Literal(tokens.next().number());
        }
        if (tokens.peek().is(Kind.STRING)) {
            return new Operand.Literal(tokens.next().content());
        }
        throw noValue();
    }

    /** Returns values in parentheses, separated by commas; there may be none. */
    List<Operand> values(Supplier<Operand> value) {
        List<Operand> values = new ArrayList<>();
        tokens.expectSign("(", "an opening parenthesis");
        if (tokens.skipSign(")")) {
            return values;
        }
        do {
            values.add(value.get());
        } while (tokens.skipSign(","));
        tokens.expectSign(")", "a comma or a closing parenthesis");
        return List.copyOf(values);
    }

    /** Returns a parameter that stands for several values. */
    Operand list() {
        Operand parameter = parameter();
        if (parameter == null) {
            throw tokens.unexpected("values in parentheses, or a parameter");
        }
        return new Operand.ListParameter(parameter);
    }

    Operand number() {
        Operand parameter = parameter();
        if (parameter != null) {
            return parameter;
        }
        if (tokens.peek().is(Kind.NUMBER)) {
            return new Operand.Literal(tokens.next().number());
        }
        throw tokens.unexpected("a number, or a parameter");
    }

    Operand text() {
        Operand parameter = parameter();
        if (parameter != null) {
            return parameter;
        }
        if (tokens.peek().is(Kind.STRING)) {
            return new Operand.Literal(tokens.next().content());
        }
        throw tokens.unexpected("a string such as 'abc', or a parameter");
    }

    /** Returns a whole number of at least 0. */
    Operand count() {
        Operand parameter = parameter();
        if (parameter != null) {
            return parameter;
        }
        Token token = tokens.peek();
        if (token.number() instanceof Long count && count >= 0) {
            tokens.next();
            return new Operand.Literal(count);
        }
        throw tokens.unexpected("a whole number from 0 to " + Long.MAX_VALUE + ", or a parameter");
    }

    /** Returns a parameter, or {@code null} if none comes next. */
    @Nullable
    Operand parameter() {
        return ParameterCollector.isParameter(tokens.peek()) ? parameters.parameter(tokens.next()) : null;
    }

    private QuerySyntaxException noValue() {
        Token token = tokens.peek();
        String expected = "a value: a string such as 'abc', a number, true, false, or a parameter such as :name";
        if (token.isWord("null")) {
            return tokens.unexpected(expected, "null is neither smaller nor greater than anything, nor an element");
        }
        if (token.is(Kind.WORD) || token.is(Kind.QUOTED_NAME)) {
            return tokens.unexpected(expected, "strings are written in single quotes, and fields only on the left");
        }
        return token.isSign("=") ? tokens.unexpected(expected, "equality is a single =") : tokens.unexpected(expected);
    }
}
