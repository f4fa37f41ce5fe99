package org.storedb.internal.query;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.storedb.document.ValueType;
import org.storedb.internal.document.EncodedValue;
import org.storedb.internal.document.FieldDictionary;
import org.storedb.internal.document.FieldReader;
import org.storedb.internal.document.KeyEncoder;
import org.storedb.internal.document.LetterCase;
import org.storedb.internal.document.PlainValues;
import org.storedb.internal.document.StoredPoints;
import org.storedb.internal.document.StoredWords;
import org.storedb.query.Filter;
import org.storedb.query.Filter.Operator;
import org.storedb.query.GeoPoint;
import org.storedb.query.TextWords.Wanted;

/** A filter, compiled for the documents of one collection: paths are split and values prepared once per query. */
public final class FilterMatcher {

    private final FieldDictionary dictionary;
    private final boolean ofElements;
    private final UnaryOperator<String> paths;

    /**
     * Creates a compiler of filters.
     *
     * @param ofElements whether elements of an array, named {@link Filter#ELEMENT}, are tested, and not documents
     * @param paths returns the path for a field that a filter names
     */
    private FilterMatcher(FieldDictionary dictionary, boolean ofElements, UnaryOperator<String> paths) {
        this.dictionary = dictionary;
        this.ofElements = ofElements;
        this.paths = paths;
    }

    /** Returns a test of whether a document matches {@code filter}; safe for use by many threads. */
    public static Predicate<EncodedValue> compile(Filter filter, FieldDictionary dictionary) {
        return compile(filter, dictionary, UnaryOperator.identity());
    }

    /** Like {@link #compile(Filter, FieldDictionary)}, for a filter whose names stand for other paths. */
    static Predicate<EncodedValue> compile(Filter filter, FieldDictionary dictionary, UnaryOperator<String> paths) {
        return new FilterMatcher(dictionary, false, paths).compile(filter);
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
        if (filter instanceof Filter.Regex regex) {
            RegexProgram program = RegexProgram.compile(regex.regex(), regex.ignoreCase());
            return onField(
                    regex.field(), value -> value.type() == ValueType.STRING && program.isFoundIn(value.asString()));
        }
        if (filter instanceof Filter.Text text) {
            return onField(text.field(), words(text.wanted()));
        }
        if (filter instanceof Filter.Exists exists) {
            return onField(exists.field(), value -> true);
        }
        if (filter instanceof Filter.HasType has) {
            return onField(has.field(), value -> value.type() == has.type());
        }
        if (filter instanceof Filter.IsNull isNull) {
            return onField(isNull.field(), value -> value.type() != ValueType.NULL)
                    .negate();
        }
        if (filter instanceof Filter.Near near) {
            return onPoint(near.field(), point -> {
                double distance = near.center().distanceMeters(point);
                return distance >= near.fromMeters() && distance <= near.toMeters();
            });
        }
        if (filter instanceof Filter.Within within) {
            return onPoint(within.field(), within.shape()::contains);
        }
        return compileNested(filter);
    }

    /** Compiles filters of arrays, and those that contain other filters. */
    private Predicate<EncodedValue> compileNested(Filter filter) {
        if (filter instanceof Filter.HasElement has) {
            return onField(has.field(), element(Operand.of(has.element(), false)::equalTo));
        }
        if (filter instanceof Filter.HasAllElements has) {
            NavigableSet<byte[]> wanted = keys(has.elements(), false);
            return onField(has.field(), value -> value.type() == ValueType.ARRAY && hasAll(value, wanted));
        }
        if (filter instanceof Filter.HasSize has) {
            return size(has);
        }
        if (filter instanceof Filter.ElementMatch match) {
            return onField(
                    match.field(),
                    element(new FilterMatcher(dictionary, true, UnaryOperator.identity()).compile(match.filter())));
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
        NavigableSet<byte[]> keys = keys(in.values(), in.ignoreCase());
        return onField(in.field(), value -> {
            boolean lower = in.ignoreCase() && value.type() == ValueType.STRING;
            return keys.contains(
                    lower ? KeyEncoder.encode(LetterCase.fold(value.asString())) : KeyEncoder.encode(value));
        });
    }

    private static Predicate<EncodedValue> text(Filter.StringMatch match) {
        boolean ignoreCase = match.ignoreCase();
        String text = ignoreCase ? LetterCase.fold(match.text()) : match.text();
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        Predicate<EncodedValue> test = switch (match.operator()) {
            case STARTS_WITH ->
                ignoreCase
                        ? value -> LetterCase.fold(value.asString()).startsWith(text)
                        : value -> value.startsWithText(utf8);
            case ENDS_WITH ->
                ignoreCase
                        ? value -> LetterCase.fold(value.asString()).endsWith(text)
                        : value -> value.endsWithText(utf8);
            case CONTAINS ->
                ignoreCase
                        ? value -> LetterCase.fold(value.asString()).contains(text)
                        : value -> value.asString().contains(text);
            case LIKE -> {
                LikePattern pattern = LikePattern.compile(text);
                yield ignoreCase
                        ? value -> pattern.matches(LetterCase.fold(value.asString()))
                        : value -> pattern.matches(value.asString());
            }
        };
        return value -> value.type() == ValueType.STRING && test.test(value);
    }

    private static Predicate<EncodedValue> words(List<Wanted> wanted) {
        return value -> {
            List<Wanted> missing = new ArrayList<>(wanted);
            return StoredWords.anyMatch(value, word -> {
                missing.removeIf(each -> each.matches(word));
                return missing.isEmpty();
            });
        };
    }

    /** Returns the ordered forms of values. */
    private static NavigableSet<byte[]> keys(List<Object> values, boolean ignoreCase) {
        NavigableSet<byte[]> keys = new TreeSet<>(Arrays::compareUnsigned);
        for (Object value : values) {
            Object plain = PlainValues.of(value);
            boolean lower = ignoreCase && plain instanceof String;
            keys.add(KeyEncoder.encode(lower ? LetterCase.fold(String.valueOf(plain)) : plain));
        }
        return keys;
    }

    private static Predicate<EncodedValue> element(Predicate<EncodedValue> test) {
        return value -> {
            if (value.type() != ValueType.ARRAY) {
                return false;
            }
            int size = value.size();
            for (int index = 0; index < size; index++) {
                if (test.test(value.element(index))) {
                    return true;
                }
            }
            return false;
        };
    }

    private static boolean hasAll(EncodedValue array, NavigableSet<byte[]> wanted) {
        int size = array.size();
        if (size < wanted.size()) {
            return false;
        }
        Set<byte[]> missing = new TreeSet<>(wanted);
        for (int index = 0; index < size && !missing.isEmpty(); index++) {
            missing.remove(KeyEncoder.encode(array.element(index)));
        }
        return missing.isEmpty();
    }

    private Predicate<EncodedValue> size(Filter.HasSize has) {
        long wanted = has.size();
        IntPredicate test = switch (has.operator()) {
            case EQ, NE -> size -> size == wanted;
            case LT -> size -> size < wanted;
            case LTE -> size -> size <= wanted;
            case GT -> size -> size > wanted;
            case GTE -> size -> size >= wanted;
        };
        Predicate<EncodedValue> onField =
                onField(has.field(), value -> value.type() == ValueType.ARRAY && test.test(value.size()));
        return has.operator() == Operator.NE ? onField.negate() : onField;
    }

    private Predicate<EncodedValue> onPoint(String field, Predicate<GeoPoint> test) {
        return onField(field, value -> {
            GeoPoint point = StoredPoints.of(value);
            return point != null && test.test(point);
        });
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
        if (ofElements && field.equals(Filter.ELEMENT)) {
            return test;
        }
        FieldReader reader = FieldReader.of(paths.apply(field), dictionary);
        return document -> {
            EncodedValue value = reader.read(document);
            return value != null && test.test(value);
        };
    }
}
