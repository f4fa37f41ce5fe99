package org.storedb.query.text;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.storedb.document.ValueType;
import org.storedb.query.Filter.Operator;

/** Which words have a meaning in queries, and what can be a name without quotes. */
final class Words {

    /** Words that begin or end conditions, so that as names they need quotes. */
    private static final Set<String> RESERVED = Set.of("and", "false", "not", "null", "or", "true", "where");

    /** Words that mean something in some places and are names in others, where they are written in quotes. */
    private static final Set<String> CONTEXTUAL = Set.of(
            "all",
            "asc",
            "between",
            "by",
            "case",
            "contains",
            "count",
            "delete",
            "desc",
            "element",
            "ends",
            "exists",
            "find",
            "first",
            "has",
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
            "starts",
            "with",
            "within");

    /** Words that mean something only where no name can stand, or only before a parenthesis. */
    private static final Set<String> HARMLESS = Set.of(
            "array",
            "binary",
            "boolean",
            "box",
            "circle",
            "exclusive",
            "number",
            "object",
            "of",
            "polygon",
            "size",
            "string",
            "type");

    private Words() {}

    static Set<String> keywords() {
        Set<String> keywords = new HashSet<>(RESERVED);
        keywords.addAll(CONTEXTUAL);
        keywords.addAll(HARMLESS);
        return keywords;
    }

    static String written(ValueType type) {
        return normalized(type.name());
    }

    /** The sign of a comparison. */
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

    /** The form in which words are compared: their case does not matter. */
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

    /** A path as a query writes it: in back quotes if one of its names is unusual or a word with a meaning. */
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
