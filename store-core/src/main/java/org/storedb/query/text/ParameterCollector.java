package org.storedb.query.text;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.storedb.query.text.Token.Kind;

/** Collects the parameters of a query while it is parsed; all must be of the same kind as the first one. */
final class ParameterCollector {

    private static final int NUMBER_DIGITS_MAX = 4;

    private enum Style {
        NAMED("names (:name)"),
        NUMBERED("numbers (?1)"),
        SEQUENTIAL("question marks (?)");

        private final String description;

        Style(String description) {
            this.description = description;
        }
    }

    private final TokenReader tokens;
    private final Set<String> names = new LinkedHashSet<>();
    private final TreeSet<Integer> numbers = new TreeSet<>();
    private @Nullable Style style;
    private @Nullable Token greatest;

    ParameterCollector(TokenReader tokens) {
        this.tokens = tokens;
    }

    static boolean isParameter(Token token) {
        return token.is(Kind.NAMED_PARAMETER) || token.is(Kind.POSITIONAL_PARAMETER);
    }

    /** Returns the parameter that a token stands for. */
    Operand parameter(Token token) {
        requireStyle(token);
        if (token.is(Kind.NAMED_PARAMETER)) {
            names.add(token.content());
            return new Operand.Parameter(token.content(), false);
        }
        int number = token.content().isEmpty() ? numbers.size() + 1 : number(token);
        if (numbers.isEmpty() || number > numbers.last()) {
            greatest = token;
        }
        numbers.add(number);
        return new Operand.Parameter(Integer.toString(number), true);
    }

    /** Returns all parameters, after the whole query was parsed. */
    Parameters parameters() {
        if (greatest != null && numbers.last() != numbers.size()) {
            int missing = 1;
            while (numbers.contains(missing)) {
                missing++;
            }
            throw tokens.error(
                    greatest, "parameters are numbered without gaps, but there is no ?" + missing + " in the query");
        }
        if (numbers.isEmpty()) {
            return new Parameters(List.copyOf(names), false);
        }
        List<String> numbered = new ArrayList<>();
        numbers.forEach(number -> numbered.add(number.toString()));
        return new Parameters(numbered, true);
    }

    private void requireStyle(Token token) {
        Style wanted = token.is(Kind.NAMED_PARAMETER)
                ? Style.NAMED
                : token.content().isEmpty() ? Style.SEQUENTIAL : Style.NUMBERED;
        if (style != null && style != wanted) {
            throw tokens.error(
                    token,
                    "the parameters before this one have " + style.description + ", but this one is of another kind;"
                            + " use only one kind in a query");
        }
        style = wanted;
    }

    private int number(Token token) {
        String digits = token.content();
        if (digits.length() > NUMBER_DIGITS_MAX || digits.startsWith("0")) {
            throw tokens.error(token, "parameters are numbered from ?1 to ?9999");
        }
        return Integer.parseInt(digits);
    }
}
