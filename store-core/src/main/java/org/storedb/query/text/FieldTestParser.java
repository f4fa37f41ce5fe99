package org.storedb.query.text;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.storedb.query.Filter;
import org.storedb.query.Filter.Ends;

/** Parses conditions on one field that have a word between the field and the values. */
final class FieldTestParser {

    private final TokenReader tokens;
    private final OperandParser operands;
    private final PlaceParser places;
    private final ConditionParser conditions;

    FieldTestParser(TokenReader tokens, OperandParser operands, ConditionParser conditions) {
        this.tokens = tokens;
        this.operands = operands;
        this.places = new PlaceParser(tokens, operands);
        this.conditions = conditions;
    }

    /**
     * Returns the condition that follows a field.
     *
     * @param negative whether it was preceded by {@code not}
     */
    Condition test(String field, boolean negative) {
        if (tokens.skipWord("between")) {
            return conditions.perhapsIgnoringCase(between(field));
        }
        if (tokens.skipWord("in")) {
            return conditions.perhapsIgnoringCase(in(field));
        }
        if (tokens.skipWord("has")) {
            return has(field);
        }
        if (tokens.skipWord("near")) {
            return places.near(field);
        }
        if (tokens.skipWord("within")) {
            return places.within(field);
        }
        Condition text = text(field);
        if (text != null) {
            return conditions.perhapsIgnoringCase(text);
        }
        throw tokens.unexpected(
                negative
                        ? "'between', 'in', 'like', 'matches', 'starts with', 'ends with', 'contains', 'has', 'near' or"
                                + " 'within' after 'not'"
                        : "a comparison such as =, <, between, in, like or is null after the field");
    }

    /** Returns a condition on a string, or {@code null} if none comes next. */
    private @Nullable Condition text(String field) {
        if (tokens.skipWord("starts")) {
            tokens.expectWord("with", "starts");
            Operand prefix = operands.text();
            return arguments -> Filter.startsWith(field, prefix.text(arguments));
        }
        if (tokens.skipWord("ends")) {
            tokens.expectWord("with", "ends");
            Operand suffix = operands.text();
            return arguments -> Filter.endsWith(field, suffix.text(arguments));
        }
        if (tokens.skipWord("contains")) {
            Operand part = operands.text();
            return arguments -> Filter.contains(field, part.text(arguments));
        }
        if (tokens.skipWord("like")) {
            Operand pattern = operands.text();
            return arguments -> Filter.like(field, pattern.text(arguments));
        }
        if (tokens.skipWord("matches")) {
            Operand regex = operands.text();
            return arguments -> Filter.matches(field, regex.text(arguments));
        }
        return null;
    }

    private Condition between(String field) {
        Operand from = conditions.compared(field, operands.presentValue(), false);
        boolean fromIncluded = !tokens.skipWord("exclusive");
        tokens.expectWord("and", "between …");
        Operand to = conditions.compared(field, operands.presentValue(), false);
        boolean toIncluded = !tokens.skipWord("exclusive");
        Ends ends = fromIncluded
                ? (toIncluded ? Ends.CLOSED : Ends.CLOSED_OPEN)
                : (toIncluded ? Ends.OPEN_CLOSED : Ends.OPEN);
        return arguments -> Filter.between(field, from.present(arguments), to.present(arguments), ends);
    }

    private Condition in(String field) {
        List<Operand> values = list(operands::value);
        values.forEach(value -> conditions.compared(field, value, true));
        return arguments -> {
            List<@Nullable Object> given = new ArrayList<>();
            values.forEach(value -> value.addTo(given, arguments));
            return Filter.in(field, given);
        };
    }

    private Condition has(String field) {
        if (tokens.skipWord("all")) {
            List<Operand> elements = list(operands::presentValue);
            return arguments -> {
                List<Object> given = new ArrayList<>();
                elements.forEach(element -> element.addPresentTo(given, arguments));
                return Filter.hasAllElements(field, given);
            };
        }
        if (tokens.skipWord("element")) {
            Condition condition = conditions.ofElements();
            return arguments -> Filter.elementMatches(field, condition.bind(arguments));
        }
        Operand element = operands.presentValue();
        return arguments -> Filter.hasElement(field, element.present(arguments));
    }

    /** Returns the values in parentheses, or one parameter that stands for all of them. */
    private List<Operand> list(Supplier<Operand> value) {
        return tokens.peek().isSign("(") ? operands.values(value) : List.of(operands.list());
    }
}
