package org.storedb.internal.document;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.storedb.document.ValueType;
import org.storedb.query.Filter;

/**
 * Decides which documents have entries in a partial index. The result for a filter and a document is part of the
 * format: it is kept apart from the evaluation of queries, which may evolve, and knows values only by their ordered
 * form.
 */
final class IndexCondition {

    private final FieldDictionary dictionary;

    private IndexCondition(FieldDictionary dictionary) {
        this.dictionary = dictionary;
    }

    /** Returns a test of whether a document has entries. */
    static Predicate<EncodedValue> compile(@Nullable Filter filter, FieldDictionary dictionary) {
        return filter == null ? document -> true : new IndexCondition(dictionary).compile(filter);
    }

    private Predicate<EncodedValue> compile(Filter filter) {
        if (filter instanceof Filter.And and) {
            List<Predicate<EncodedValue>> tests =
                    and.filters().stream().map(this::compile).toList();
            return document -> tests.stream().allMatch(test -> test.test(document));
        }
        if (filter instanceof Filter.Or or) {
            List<Predicate<EncodedValue>> tests =
                    or.filters().stream().map(this::compile).toList();
            return document -> tests.stream().anyMatch(test -> test.test(document));
        }
        if (filter instanceof Filter.Not not) {
            return compile(not.filter()).negate();
        }
        return condition(filter);
    }

    private Predicate<EncodedValue> condition(Filter filter) {
        if (filter instanceof Filter.Comparison comparison) {
            return comparison(comparison);
        }
        if (filter instanceof Filter.In in) {
            NavigableSet<byte[]> keys = new TreeSet<>(Arrays::compareUnsigned);
            in.values().forEach(value -> keys.add(key(value, in.ignoreCase())));
            return onField(in.field(), value -> keys.contains(key(value, in.ignoreCase())));
        }
        if (filter instanceof Filter.Exists exists) {
            return onField(exists.field(), value -> true);
        }
        if (filter instanceof Filter.IsNull isNull) {
            return onField(isNull.field(), value -> value.type() != ValueType.NULL)
                    .negate();
        }
        if (filter instanceof Filter.StringMatch match) {
            return onField(match.field(), value -> value.type() == ValueType.STRING && matches(match, value));
        }
        if (filter instanceof Filter.HasElement has) {
            byte[] element = KeyEncoder.encode(has.element());
            return onField(has.field(), value -> hasElement(value, element));
        }
        throw new IllegalStateException("An index cannot have the filter " + filter);
    }

    private Predicate<EncodedValue> comparison(Filter.Comparison comparison) {
        byte[] operand = key(comparison.value(), comparison.ignoreCase());
        ValueType type = KeyFormat.typeOf(operand[0]);
        return switch (comparison.operator()) {
            case EQ -> compared(comparison, type, operand, order -> order == 0);
            case NE -> compared(comparison, type, operand, order -> order == 0).negate();
            case LT -> compared(comparison, type, operand, order -> order < 0);
            case LTE -> compared(comparison, type, operand, order -> order <= 0);
            case GT -> compared(comparison, type, operand, order -> order > 0);
            case GTE -> compared(comparison, type, operand, order -> order >= 0);
        };
    }

    private Predicate<EncodedValue> compared(
            Filter.Comparison comparison, ValueType type, byte[] operand, Predicate<Integer> order) {
        return onField(
                comparison.field(),
                value -> value.type() == type
                        && order.test(Arrays.compareUnsigned(key(value, comparison.ignoreCase()), operand)));
    }

    private static boolean matches(Filter.StringMatch match, EncodedValue value) {
        boolean ignoreCase = match.ignoreCase();
        String stored = ignoreCase ? LetterCase.fold(value.asString()) : value.asString();
        String text = ignoreCase ? LetterCase.fold(match.text()) : match.text();
        return switch (match.operator()) {
            case STARTS_WITH -> stored.startsWith(text);
            case ENDS_WITH -> stored.endsWith(text);
            case CONTAINS -> stored.contains(text);
            default -> throw new IllegalStateException("An index cannot have the filter " + match);
        };
    }

    private static boolean hasElement(EncodedValue value, byte[] element) {
        return elements(value).stream().anyMatch(other -> Arrays.equals(key(other, false), element));
    }

    /** Returns the elements of an array; none for anything else. */
    static List<EncodedValue> elements(@Nullable EncodedValue value) {
        List<EncodedValue> elements = new ArrayList<>();
        if (value != null && value.type() == ValueType.ARRAY) {
            for (int index = 0; index < value.size(); index++) {
                elements.add(value.element(index));
            }
        }
        return elements;
    }

    private static byte[] key(EncodedValue value, boolean folded) {
        KeyEncoder encoder = new KeyEncoder();
        return (folded ? encoder.appendFolded(value) : encoder.append(value)).toBytes();
    }

    private static byte[] key(Object value, boolean folded) {
        return folded ? KeyEncoder.encodeFolded(value) : KeyEncoder.encode(value);
    }

    private Predicate<EncodedValue> onField(String field, Predicate<EncodedValue> test) {
        FieldReader reader = FieldReader.of(field, dictionary);
        return document -> {
            EncodedValue value = reader.read(document);
            return value != null && test.test(value);
        };
    }
}
