package org.storedb.query.text;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.storedb.document.DocumentPatch;
import org.storedb.query.text.QueryParser.Statement;
import org.storedb.query.text.Token.Kind;

/** Parses what follows {@code update}: the changes, and which documents they apply to. */
final class UpdateParser {

    private static final Set<String> VERBS = Set.of("set", "unset", "rename", "push", "add", "pull");

    private final TokenReader tokens;
    private final OperandParser operands;
    private final FieldNames fields;

    UpdateParser(TokenReader tokens, OperandParser operands, FieldNames fields) {
        this.tokens = tokens;
        this.operands = operands;
        this.fields = fields;
    }

    /** A change whose parameters are not bound yet. */
    private interface Step {
        DocumentPatch addTo(DocumentPatch patch, Arguments arguments);
    }

    Statement parse() {
        String collection = tokens.path("the name of a collection after 'update'");
        if (!comesVerb()) {
            throw tokens.unexpected("'set', 'unset', 'rename', 'push', 'add' or 'pull' after the collection");
        }
        List<Step> steps = new ArrayList<>();
        do {
            steps.add(change());
        } while (tokens.skipSign(","));
        if (!tokens.peek().isWord("where")) {
            throw tokens.unexpected("a comma and another change, or 'where'; 'where true' changes all documents");
        }
        ClauseParser clauses = new ClauseParser(tokens, operands);
        clauses.where(fields);
        clauses.orderBy(fields);
        clauses.page();
        return new Statement(
                collection,
                arguments -> new BoundUpdate(collection, clauses.query(arguments), patch(steps, arguments)));
    }

    private static DocumentPatch patch(List<Step> steps, Arguments arguments) {
        DocumentPatch patch = DocumentPatch.empty();
        for (Step step : steps) {
            patch = step.addTo(patch, arguments);
        }
        return patch;
    }

    /** Returns whether a verb comes next, rather than a field of that name. */
    private boolean comesVerb() {
        Token token = tokens.peek();
        return token.is(Kind.WORD)
                && VERBS.contains(token.content())
                && !tokens.peekSecond().isSign("=")
                && !tokens.peekSecond().isSign(".");
    }

    private Step change() {
        String verb = comesVerb() ? tokens.next().content() : "set";
        return switch (verb) {
            case "unset" -> {
                String field = fields.next("the name of a field after 'unset'");
                yield (patch, arguments) -> patch.unset(field);
            }
            case "rename" -> {
                String field = fields.next("the name of a field after 'rename'");
                tokens.expectWord("to", "rename …");
                String newField = fields.next("the new name after 'to'");
                yield (patch, arguments) -> patch.rename(field, newField);
            }
            case "push", "add" -> append(verb);
            case "pull" -> {
                Operand element = operands.value();
                tokens.expectWord("from", "pull …");
                String field = fields.next("the name of a field after 'from'");
                yield (patch, arguments) -> patch.pull(field, element.value(arguments));
            }
            default -> assignment();
        };
    }

    private Step append(String verb) {
        Operand element = operands.value();
        tokens.expectWord("to", verb + " …");
        String field = fields.next("the name of a field after 'to'");
        return verb.equals("push")
                ? (patch, arguments) -> patch.push(field, element.value(arguments))
                : (patch, arguments) -> patch.addToSet(field, element.value(arguments));
    }

    private Step assignment() {
        String field = fields.next("the name of a field to set");
        tokens.expectSign("=", "= after the field");
        Token token = tokens.peek();
        boolean isLeast = token.isWord("least");
        if ((isLeast || token.isWord("greatest")) && tokens.peekSecond().isSign("(")) {
            return limited(field, isLeast);
        }
        if (isName(token)) {
            return computed(field);
        }
        Operand value = operands.value();
        return (patch, arguments) -> patch.set(field, value.value(arguments));
    }

    private static boolean isName(Token token) {
        return token.is(Kind.QUOTED_NAME) || (token.is(Kind.WORD) && !Words.isReserved(token.content()));
    }

    private Step limited(String field, boolean isLeast) {
        tokens.next();
        tokens.next();
        itself(field);
        tokens.expectSign(",", "a comma after the field");
        Operand value = operands.presentValue();
        tokens.expectSign(")", "a closing parenthesis");
        return isLeast
                ? (patch, arguments) -> patch.min(field, value.present(arguments))
                : (patch, arguments) -> patch.max(field, value.present(arguments));
    }

    private Step computed(String field) {
        itself(field);
        Token sign = tokens.peek();
        if (sign.is(Kind.NUMBER) && sign.content().startsWith("-")) { // n -5
            Operand amount = operands.number();
            return (patch, arguments) -> patch.increment(field, amount.instance(Number.class, arguments));
        }
        if (tokens.skipSign("+")) {
            Operand amount = operands.number();
            return (patch, arguments) -> patch.increment(field, amount.instance(Number.class, arguments));
        }
        if (tokens.skipSign("-")) {
            Operand amount = operands.number();
            return (patch, arguments) -> patch.increment(field, negated(amount.instance(Number.class, arguments)));
        }
        if (tokens.skipSign("*")) {
            Operand factor = operands.number();
            return (patch, arguments) -> patch.multiply(field, factor.instance(Number.class, arguments));
        }
        throw tokens.unexpected("+, - or * and a number");
    }

    /** Parses the field that is being set; a new value can be computed only from the old one. */
    private void itself(String field) {
        Token token = tokens.peek();
        if (!tokens.path("the field itself").equals(field)) {
            throw tokens.error(
                    token,
                    "expected a value, or " + Words.written(field)
                            + " itself with +, - or * and a number; strings are written in single quotes");
        }
    }

    /**
     * Negates a number. One of a class that documents cannot hold is returned as it is: adding it is rejected later.
     */
    private static Number negated(Number number) {
        if (number instanceof Double) {
            return -number.doubleValue();
        }
        if (number instanceof Float) {
            return -number.floatValue();
        }
        if (number instanceof BigDecimal decimal) {
            return decimal.negate();
        }
        boolean small = number instanceof Long
                || number instanceof Integer
                || number instanceof Short
                || number instanceof Byte
                || number instanceof AtomicInteger
                || number instanceof AtomicLong;
        if (!small && !(number instanceof BigInteger)) {
            return number;
        }
        BigInteger integer = number instanceof BigInteger large ? large : BigInteger.valueOf(number.longValue());
        BigInteger negated = integer.negate();
        return negated.bitLength() < Long.SIZE ? (Number) negated.longValue() : negated;
    }
}
