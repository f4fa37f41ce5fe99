package org.storedb.query.text;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.storedb.document.ValueType;
import org.storedb.query.Filter.Operator;
import org.storedb.query.Measure;
import org.storedb.query.Measure.Function;

/** The words that have a meaning in queries, and the rules for names without quotes. */
final class Words {

    /** Words that begin or end conditions, so that as names they need quotes. */
    private static final Set<String> RESERVED = Set.of("and", "false", "not", "null", "or", "true", "where");

    /** Words that mean something in some positions and are names in others, where they are printed in quotes. */
    private static final Set<String> CONTEXTUAL = Set.of(
            "add",
            "all",
            "as",
            "asc",
            "between",
            "by",
            "case",
            "contains",
            "count",
            "delete",
            "desc",
            "distinct",
            "element",
            "ends",
            "exists",
            "find",
            "first",
            "from",
            "group",
            "has",
            "having",
            "ignoring",
            "in",
            "is",
            "last",
            "like",
            "limit",
            "matches",
            "near",
            "nulls",
            "offset",
            "order",
            "pull",
            "push",
            "rename",
            "select",
            "set",
            "starts",
            "to",
            "unset",
            "update",
            "with",
            "within");

    /** Words that mean something only where a name cannot occur, or only before a parenthesis. */
    private static final Set<String> HARMLESS = Set.of(
            "array",
            "avg",
            "binary",
            "boolean",
            "box",
            "circle",
            "distance",
            "exclusive",
            "greatest",
            "least",
            "max",
            "min",
            "number",
            "object",
            "of",
            "polygon",
            "size",
            "string",
            "sum",
            "text",
            "type");

    private Words() {}

    static Set<String> keywords() {
        Set<String> keywords = new HashSet<>(RESERVED);
        keywords.addAll(CONTEXTUAL);
        keywords.addAll(HARMLESS);
        return keywords;
    }

    /** Returns the function that comes next, with its parenthesis; {@code null} if none does. */
    static @Nullable Function function(TokenReader tokens) {
        for (Function function : Function.values()) {
            if (tokens.peek().isWord(normalized(function.name()))
                    && tokens.peekSecond().isSign("(")) {
                return function;
            }
        }
        return null;
    }

    static Measure measure(Function function, String field) {
        return switch (function) {
            case COUNT -> Measure.count(field);
            case SUM -> Measure.sum(field);
            case MIN -> Measure.min(field);
            case MAX -> Measure.max(field);
            case AVG -> Measure.avg(field);
        };
    }

    /** Returns a measure as written in a query, without its name. */
    static String written(Measure measure) {
        String field = measure.field();
        return normalized(measure.function().name()) + "(" + (field == null ? "*" : written(field)) + ")";
    }

    static String written(ValueType type) {
        return normalized(type.name());
    }

    /** Returns the sign of a comparison operator. */
    static String written(Operator operator) {
        return switch (operator) {
            case EQ -> "=";
            case NE -> "!=";
            case LT -> "<";
            case LTE -> "<=";
            case GT -> ">";
            case GTE -> ">=";
        };
    }

    /** Returns the form in which words are compared: their case does not matter. */
    static String normalized(String word) {
        return word.toLowerCase(Locale.ROOT);
    }

    static boolean isReserved(String word) {
        return RESERVED.contains(normalized(word));
    }

    static boolean startsName(int character) {
        return Character.isLetter(character) || character == '_' || character == '$';
    }

    static boolean continuesName(int character) {
        int type = Character.getType(character);
        return startsName(character)
                || Character.isDigit(character)
                || type == Character.NON_SPACING_MARK
                || type == Character.COMBINING_SPACING_MARK;
    }

    /**
     * Returns a path as written in a query: in back quotes if one of its names is unusual or has a meaning as a word.
     */
    static String written(String path) {
        for (String name : path.split("\\.", -1)) {
            String normalized = normalized(name);
            if (!isPlain(name) || RESERVED.contains(normalized) || CONTEXTUAL.contains(normalized)) {
                return "`" + path.replace("`", "``") + "`";
            }
        }
        return path;
    }

    private static boolean isPlain(String name) {
        return !name.isEmpty()
                && startsName(name.codePointAt(0))
                && name.codePoints().allMatch(Words::continuesName);
    }
}
