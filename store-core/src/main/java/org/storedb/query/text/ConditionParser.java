package org.storedb.query.text;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.storedb.document.ValueType;
import org.storedb.error.InvalidQueryException;
import org.storedb.query.Filter;
import org.storedb.query.Filter.Operator;

/**
 * Parses conditions. {@code or} binds weakest, then {@code and}, then {@code not}; conditions joined by the same word
 * become one filter, and parentheses form a separate one. Only {@code not} and parentheses recurse.
 */
final class ConditionParser {

    private static final int NESTING_MAX = 100;

    /** The words that join conditions; those of greater power bind more tightly. */
    private enum Junction {
        OR("or", 1) {
            @Override
            Filter join(List<Filter> filters) {
                return new Filter.Or(filters);
            }
        },
        AND("and", 2) {
            @Override
            Filter join(List<Filter> filters) {
                return new Filter.And(filters);
            }
        };

        private final String word;
        private final int power;

        Junction(String word, int power) {
            this.word = word;
            this.power = power;
        }

        abstract Filter join(List<Filter> filters);
    }

    private final TokenReader tokens;
    private final OperandParser operands;
    private final FieldNames fields;
    private final FieldTestParser tests;
    private int nesting;
    private int elements;

    /**
     * Creates a parser for the conditions of one query.
     *
     * @param fields parses the names of fields
     */
    ConditionParser(TokenReader tokens, OperandParser operands, FieldNames fields) {
        this.tokens = tokens;
        this.operands = operands;
        this.fields = fields;
        this.tests = new FieldTestParser(tokens, operands, this);
    }

    Condition condition() {
        return condition(0);
    }

    /** Returns a condition and those joined to it by words that bind more tightly than {@code power}. */
    private Condition condition(int power) {
        Condition left = single();
        for (Junction junction = junction(); junction != null && junction.power > power; junction = junction()) {
            List<Condition> parts = new ArrayList<>(List.of(left));
            while (tokens.skipWord(junction.word)) {
                parts.add(condition(junction.power));
            }
            left = joined(junction, List.copyOf(parts));
        }
        return left;
    }

    private @Nullable Junction junction() {
        for (Junction junction : Junction.values()) {
            if (tokens.peek().isWord(junction.word)) {
                return junction;
            }
        }
        return null;
    }

    private static Condition joined(Junction junction, List<Condition> parts) {
        return arguments -> {
            List<Filter> filters = new ArrayList<>(parts.size());
            for (Condition part : parts) {
                filters.add(part.bind(arguments));
            }
            return junction.join(filters);
        };
    }

    private Condition single() {
        Token token = tokens.peek();
        if (token.isWord("not")) {
            enter();
            Condition negated = negated(single());
            nesting--;
            return negated;
        }
        if (token.isSign("(")) {
            return inParentheses();
        }
        if (tokens.skipWord("true")) {
            return arguments -> Filter.all();
        }
        if (tokens.skipWord("false")) {
            return arguments -> Filter.anyOf();
        }
        if (token.isWord("exists") && tokens.peekSecond().isSign("(")) {
            return exists();
        }
        if (token.isWord("size") && tokens.peekSecond().isSign("(")) {
            return size();
        }
        if (token.isWord("text") && tokens.peekSecond().isSign("(")) {
            return text();
        }
        return onField();
    }

    private Condition inParentheses() {
        enter();
        Condition inner = condition(0);
        nesting--;
        tokens.expectSign(")", "'and', 'or' or a closing parenthesis");
        return inner;
    }

    /** Returns a condition on the elements of an array, in parentheses. */
    Condition ofElements() {
        if (!tokens.peek().isSign("(")) {
            throw tokens.unexpected("a condition in parentheses after 'has element'");
        }
        elements++;
        Condition inner = inParentheses();
        elements--;
        return inner;
    }

    private void enter() {
        Token token = tokens.next();
        nesting++;
        if (nesting > NESTING_MAX) {
            throw tokens.error(token, "conditions are nested deeper than " + NESTING_MAX + " levels");
        }
    }

    private Condition exists() {
        tokens.next();
        tokens.next();
        String field = field("the name of a field");
        tokens.expectSign(")", "a closing parenthesis after the field");
        return arguments -> Filter.exists(field);
    }

    private Condition size() {
        tokens.next();
        tokens.next();
        String field = field("the name of a field");
        tokens.expectSign(")", "a closing parenthesis after the field");
        Operator operator = operator();
        if (operator == null) {
            throw tokens.unexpected("a comparison of the size such as =, < or >=");
        }
        Operand size = operands.count();
        return arguments -> Filter.hasSize(field, operator, size.count(arguments));
    }

    private Condition text() {
        tokens.next();
        tokens.next();
        String field = field("the name of a field");
        tokens.expectSign(",", "a comma and the words after the field");
        Token start = tokens.peek();
        Operand words = operands.text();
        if (words instanceof Operand.Literal) {
            try {
                Filter.text(field, words.text(Arguments.NONE));
            } catch (IllegalArgumentException e) {
                throw tokens.error(start, String.valueOf(e.getMessage()));
            }
        }
        tokens.expectSign(")", "a closing parenthesis after the words");
        return arguments -> words(field, words, arguments);
    }

    private static Filter words(String field, Operand words, Arguments arguments) {
        try {
            return Filter.text(field, words.text(arguments));
        } catch (IllegalArgumentException e) {
            throw new InvalidQueryException(words.label() + " has invalid words: " + e.getMessage());
        }
    }

    private Condition onField() {
        String field = field("a condition, which begins with the name of a field");
        if (tokens.skipWord("is")) {
            boolean negative = tokens.skipWord("not");
            Condition is = is(field, negative);
            return negative ? negated(is) : is;
        }
        Operator operator = operator();
        if (operator != null) {
            return perhapsIgnoringCase(comparison(field, operator));
        }
        boolean negative = tokens.skipWord("not");
        Condition test = tests.test(field, negative);
        return negative ? negated(test) : test;
    }

    private String field(String expected) {
        if (elements > 0 && tokens.peek().isWord("element")) {
            tokens.next();
            return tokens.skipSign(".") ? tokens.path("a name after the dot") : Filter.ELEMENT;
        }
        return elements > 0 ? tokens.path(expected) : fields.next(expected);
    }

    private Condition is(String field, boolean negative) {
        if (!tokens.skipWord("of")) {
            tokens.expectWord("null", negative ? "is not" : "is");
            return arguments -> Filter.isNull(field);
        }
        tokens.expectWord("type", "of");
        for (ValueType type : ValueType.values()) {
            if (tokens.skipWord(Words.written(type))) {
                return arguments -> Filter.hasType(field, type);
            }
        }
        throw tokens.unexpected("a type: null, boolean, number, string, binary, array or object");
    }

    /** Returns the operator that comes next, or {@code null} if none does. */
    private @Nullable Operator operator() {
        for (Operator operator : Operator.values()) {
            if (tokens.skipSign(Words.written(operator))) {
                return operator;
            }
        }
        return tokens.skipSign("<>") ? Operator.NE : null;
    }

    private Condition comparison(String field, Operator operator) {
        if (operator == Operator.EQ) {
            Operand value = compared(field, operands.value(), false);
            return arguments -> Filter.eq(field, value.value(arguments));
        }
        if (operator == Operator.NE) {
            Operand value = compared(field, operands.value(), false);
            return arguments -> Filter.ne(field, value.value(arguments));
        }
        Operand value = compared(field, operands.presentValue(), false);
        return arguments -> new Filter.Comparison(field, operator, value.present(arguments), false);
    }

    /** Returns a value after noting that a field is compared with it. That of an element has no path that leads to it. */
    Operand compared(String field, Operand value, boolean several) {
        if (elements == 0) {
            fields.compared(field, value, several);
        }
        return value;
    }

    Condition perhapsIgnoringCase(Condition condition) {
        if (!tokens.skipWord("ignoring")) {
            return condition;
        }
        tokens.expectWord("case", "ignoring");
        return changed(condition, Filter::ignoringCase);
    }

    private static Condition negated(Condition condition) {
        return changed(condition, Filter::not);
    }

    private static Condition changed(Condition condition, UnaryOperator<Filter> change) {
        return arguments -> change.apply(condition.bind(arguments));
    }
}
