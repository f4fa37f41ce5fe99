package org.storedb.query.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.storedb.query.Filter;

/**
 * Reads conditions. {@code or} binds weakest, then {@code and}, then {@code not}; conditions with the same word between
 * them become one filter, and parentheses one of their own. Only {@code not} and parentheses recurse.
 */
final class ConditionParser {

    private static final int NESTING_MAX = 100;

    /** Words that join conditions; those of greater power bind stronger. */
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
    private final Set<String> fields;
    private int nesting;

    /**
     * A reader of the conditions of one query.
     *
     * @param fields receives the paths of the fields
     */
    ConditionParser(TokenReader tokens, OperandParser operands, Set<String> fields) {
        this.tokens = tokens;
        this.operands = operands;
        this.fields = fields;
    }

    Condition condition() {
        return condition(0);
    }

    /** A condition and what is joined to it by words that bind stronger than {@code power}. */
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
            enter();
            Condition inner = condition(0);
            nesting--;
            tokens.expectSign(")", "'and', 'or' or a closing parenthesis");
            return inner;
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
        return onField();
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

    private Condition onField() {
        String field = field("a condition, which begins with the name of a field");
        if (tokens.skipWord("is")) {
            boolean negative = tokens.skipWord("not");
            tokens.expectWord("null", negative ? "is not" : "is");
            Condition isNull = arguments -> Filter.isNull(field);
            return negative ? negated(isNull) : isNull;
        }
        Condition comparison = comparison(field);
        if (comparison != null) {
            return perhapsIgnoringCase(comparison);
        }
        boolean negative = tokens.skipWord("not");
        Condition test = test(field, negative);
        return negative ? negated(test) : test;
    }

    private String field(String expected) {
        String field = tokens.path(expected);
        fields.add(field);
        return field;
    }

    /** A condition with a sign in it, or {@code null} if none comes. */
    private @Nullable Condition comparison(String field) {
        if (tokens.skipSign("=")) {
            Operand value = operands.value();
            return arguments -> Filter.eq(field, value.value(arguments));
        }
        if (tokens.skipSign("!=") || tokens.skipSign("<>")) {
            Operand value = operands.value();
            return arguments -> Filter.ne(field, value.value(arguments));
        }
        if (tokens.skipSign("<=")) {
            Operand value = operands.presentValue();
            return arguments -> Filter.lte(field, value.present(arguments));
        }
        if (tokens.skipSign(">=")) {
            Operand value = operands.presentValue();
            return arguments -> Filter.gte(field, value.present(arguments));
        }
        if (tokens.skipSign("<")) {
            Operand value = operands.presentValue();
            return arguments -> Filter.lt(field, value.present(arguments));
        }
        if (tokens.skipSign(">")) {
            Operand value = operands.presentValue();
            return arguments -> Filter.gt(field, value.present(arguments));
        }
        return null;
    }

    /** A condition with a word in it, after which {@code not} may have stood. */
    private Condition test(String field, boolean negative) {
        if (tokens.skipWord("between")) {
            return perhapsIgnoringCase(between(field));
        }
        if (tokens.skipWord("in")) {
            return perhapsIgnoringCase(in(field));
        }
        if (tokens.skipWord("starts")) {
            tokens.expectWord("with", "starts");
            Operand prefix = operands.text();
            return perhapsIgnoringCase(arguments -> Filter.startsWith(field, prefix.text(arguments)));
        }
        if (tokens.skipWord("ends")) {
            tokens.expectWord("with", "ends");
            Operand suffix = operands.text();
            return perhapsIgnoringCase(arguments -> Filter.endsWith(field, suffix.text(arguments)));
        }
        if (tokens.skipWord("contains")) {
            Operand part = operands.text();
            return perhapsIgnoringCase(arguments -> Filter.contains(field, part.text(arguments)));
        }
        if (tokens.skipWord("like")) {
            Operand pattern = operands.text();
            return perhapsIgnoringCase(arguments -> Filter.like(field, pattern.text(arguments)));
        }
        if (tokens.skipWord("has")) {
            Operand element = operands.presentValue();
            return arguments -> Filter.hasElement(field, element.present(arguments));
        }
        throw tokens.unexpected(
                negative
                        ? "'between', 'in', 'like', 'starts with', 'ends with', 'contains' or 'has' after 'not'"
                        : "a comparison such as =, <, between, in, like or is null after the field");
    }

    private Condition between(String field) {
        Operand from = operands.presentValue();
        tokens.expectWord("and", "between …");
        Operand to = operands.presentValue();
        return arguments -> Filter.between(field, from.present(arguments), to.present(arguments));
    }

    private Condition in(String field) {
        if (!tokens.peek().isSign("(")) {
            Operand list = operands.list();
            return arguments -> Filter.in(field, list.elements(arguments));
        }
        List<Operand> values = operands.values();
        return arguments -> {
            List<@Nullable Object> given = new ArrayList<>(values.size());
            values.forEach(value -> value.addTo(given, arguments));
            return Filter.in(field, given);
        };
    }

    private Condition perhapsIgnoringCase(Condition condition) {
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
