package org.storedb.internal.query;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.storedb.document.ValueType;
import org.storedb.internal.document.EncodedValue;
import org.storedb.internal.document.FieldDictionary;
import org.storedb.internal.document.FieldReader;
import org.storedb.internal.document.KeyEncoder;
import org.storedb.internal.document.PlainValues;
import org.storedb.query.Filter;
import org.storedb.query.Filter.Operator;

/** A filter, compiled for the documents of one collection: paths are split and values prepared once per query. */
final class FilterMatcher {

    private final FieldDictionary dictionary;

    private FilterMatcher(FieldDictionary dictionary) {
        this.dictionary = dictionary;
    }

    /** What tells whether a document matches {@code filter}. */
    static Predicate<EncodedValue> compile(Filter filter, FieldDictionary dictionary) {
        return new FilterMatcher(dictionary).compile(filter);
    }

    private Predicate<EncodedValue> compile(Filter filter) {
        if (filter instanceof Filter.Comparison comparison) {
            return comparison(comparison);
        }
        if (filter instanceof Filter.In in) {
            return in(in);
        }
        if (filter instanceof Filter.StringMatch match) {
            return onField(match.field(), text(match));
        }
        if (filter instanceof Filter.HasElement has) {
            return onField(has.field(), element(Operand.of(has.element(), false)));
        }
        if (filter instanceof Filter.Exists exists) {
            FieldReader reader = reader(exists.field());
            return document -> reader.read(document) != null;
        }
        if (filter instanceof Filter.IsNull isNull) {
            FieldReader reader = reader(isNull.field());
            return document -> {
                EncodedValue value = reader.read(document);
                return value == null || value.type() == ValueType.NULL;
            };
        }
        if (filter instanceof Filter.And and) {
            return all(and.filters().stream().map(this::compile).toList());
        }
        if (filter instanceof Filter.Or or) {
            return any(or.filters().stream().map(this::compile).toList());
        }
        return compile(((Filter.Not) filter).filter()).negate();
    }

    private Predicate<EncodedValue> comparison(Filter.Comparison comparison) {
        Operand operand = Operand.of(comparison.value(), comparison.ignoreCase());
        Predicate<EncodedValue> test = switch (comparison.operator()) {
            case EQ, NE -> operand::equalTo;
            case LT -> value -> operand.isComparableTo(value) && operand.orderOf(value) < 0;
            case LTE -> value -> operand.isComparableTo(value) && operand.orderOf(value) <= 0;
            case GT -> value -> operand.isComparableTo(value) && operand.orderOf(value) > 0;
            case GTE -> value -> operand.isComparableTo(value) && operand.orderOf(value) >= 0;
        };
        Predicate<EncodedValue> onField = onField(comparison.field(), test);
        return comparison.operator() == Operator.NE ? onField.negate() : onField;
    }

    private Predicate<EncodedValue> in(Filter.In in) {
        NavigableSet<byte[]> keys = new TreeSet<>(Arrays::compareUnsigned);
        for (Object value : in.values()) {
            Object plain = PlainValues.of(value);
            boolean lower = in.ignoreCase() && plain instanceof String;
            keys.add(KeyEncoder.encode(lower ? Operand.lowerCase(String.valueOf(plain)) : plain));
        }
        return onField(in.field(), value -> {
            boolean lower = in.ignoreCase() && value.type() == ValueType.STRING;
            return keys.contains(
                    lower ? KeyEncoder.encode(Operand.lowerCase(value.asString())) : KeyEncoder.encode(value));
        });
    }

    private static Predicate<EncodedValue> text(Filter.StringMatch match) {
        boolean ignoreCase = match.ignoreCase();
        String text = ignoreCase ? Operand.lowerCase(match.text()) : match.text();
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        Predicate<EncodedValue> test = switch (match.operator()) {
            case STARTS_WITH ->
                ignoreCase
                        ? value -> Operand.lowerCase(value.asString()).startsWith(text)
                        : value -> value.startsWithText(utf8);
            case ENDS_WITH ->
                ignoreCase
                        ? value -> Operand.lowerCase(value.asString()).endsWith(text)
                        : value -> value.endsWithText(utf8);
            case CONTAINS ->
                ignoreCase
                        ? value -> Operand.lowerCase(value.asString()).contains(text)
                        : value -> value.asString().contains(text);
            case LIKE -> {
                LikePattern pattern = LikePattern.compile(text);
                yield ignoreCase
                        ? value -> pattern.matches(Operand.lowerCase(value.asString()))
                        : value -> pattern.matches(value.asString());
            }
        };
        return value -> value.type() == ValueType.STRING && test.test(value);
    }

    private static Predicate<EncodedValue> element(Operand operand) {
        return value -> {
            if (value.type() != ValueType.ARRAY) {
                return false;
            }
            for (int index = 0; index < value.size(); index++) {
                if (operand.equalTo(value.element(index))) {
                    return true;
                }
            }
            return false;
        };
    }

    private static Predicate<EncodedValue> all(List<Predicate<EncodedValue>> tests) {
        return document -> {
            for (Predicate<EncodedValue> test : tests) {
                if (!test.test(document)) {
                    return false;
                }
            }
            return true;
        };
    }

    private static Predicate<EncodedValue> any(List<Predicate<EncodedValue>> tests) {
        return document -> {
            for (Predicate<EncodedValue> test : tests) {
                if (test.test(document)) {
                    return true;
                }
            }
            return false;
        };
    }

    private Predicate<EncodedValue> onField(String field, Predicate<EncodedValue> test) {
        FieldReader reader = reader(field);
        return document -> {
            EncodedValue value = reader.read(document);
            return value != null && test.test(value);
        };
    }

    private FieldReader reader(String field) {
        return FieldReader.of(field, dictionary);
    }
}
