package org.storedb.internal.document;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.storedb.error.InvalidDocumentException;
import org.storedb.internal.bytes.ByteReader;
import org.storedb.internal.bytes.ByteWriter;
import org.storedb.internal.bytes.MalformedBytesException;
import org.storedb.query.Filter;
import org.storedb.query.Filter.Operator;
import org.storedb.query.Filter.StringOperator;

/**
 * Layout of the filter of a partial index.
 *
 * <pre>
 * comparison   [ 1 ] [ operator 1: 0 =, 1 not =, 2 &lt;, 3 &lt;=, 4 >, 5 >= ] [ ignore case 1 ] [ field ] [ value ]
 * in           [ 2 ] [ ignore case 1 ] [ field ] [ number of values varint ] [ value ] …
 * exists       [ 3 ] [ field ]
 * is null      [ 4 ] [ field ]
 * string       [ 5 ] [ operator 1: 0 starts with, 1 ends with, 2 contains ] [ ignore case 1 ] [ field ] [ text ]
 * has element  [ 6 ] [ field ] [ value ]
 * and, or      [ 7 or 8 ] [ number of filters varint ] [ filter ] …
 * not          [ 9 ] [ filter ]
 * </pre>
 *
 * <p>Fields and texts are UTF-8, values are in ordered form ({@link KeyFormat}), each preceded by its length as a
 * varint.
 */
final class IndexFilterFormat {

    private static final int COMPARISON = 1;
    private static final int IN = 2;
    private static final int EXISTS = 3;
    private static final int IS_NULL = 4;
    private static final int STRING = 5;
    private static final int HAS_ELEMENT = 6;
    private static final int AND = 7;
    private static final int OR = 8;
    private static final int NOT = 9;

    private static final List<Operator> OPERATORS =
            List.of(Operator.EQ, Operator.NE, Operator.LT, Operator.LTE, Operator.GT, Operator.GTE);
    private static final List<StringOperator> STRING_OPERATORS =
            List.of(StringOperator.STARTS_WITH, StringOperator.ENDS_WITH, StringOperator.CONTAINS);

    private static final int NESTING_MAX = 64; // More than the definition of an index allows.

    private IndexFilterFormat() {}

    static void write(Filter filter, ByteWriter target) {
        if (filter instanceof Filter.Comparison comparison) {
            target.putByte(COMPARISON).putByte(OPERATORS.indexOf(comparison.operator()));
            putFlag(target, comparison.ignoreCase());
            CatalogFormat.putText(target, comparison.field());
            putValue(target, comparison.value());
        } else if (filter instanceof Filter.In in) {
            putFlag(target.putByte(IN), in.ignoreCase());
            CatalogFormat.putText(target, in.field());
            target.putVarint(in.values().size());
            in.values().forEach(value -> putValue(target, value));
        } else if (filter instanceof Filter.Exists exists) {
            CatalogFormat.putText(target.putByte(EXISTS), exists.field());
        } else if (filter instanceof Filter.IsNull isNull) {
            CatalogFormat.putText(target.putByte(IS_NULL), isNull.field());
        } else if (filter instanceof Filter.StringMatch match) {
            target.putByte(STRING).putByte(STRING_OPERATORS.indexOf(match.operator()));
            putFlag(target, match.ignoreCase());
            CatalogFormat.putText(target, match.field());
            CatalogFormat.putText(target, match.text());
        } else if (filter instanceof Filter.HasElement has) {
            CatalogFormat.putText(target.putByte(HAS_ELEMENT), has.field());
            putValue(target, has.element());
        } else if (filter instanceof Filter.And and) {
            putAll(target.putByte(AND), and.filters());
        } else if (filter instanceof Filter.Or or) {
            putAll(target.putByte(OR), or.filters());
        } else if (filter instanceof Filter.Not not) {
            write(not.filter(), target.putByte(NOT));
        } else {
            throw new IllegalArgumentException("An index cannot have the filter " + filter);
        }
    }

    private static void putAll(ByteWriter target, List<Filter> filters) {
        target.putVarint(filters.size());
        filters.forEach(filter -> write(filter, target));
    }

    private static void putFlag(ByteWriter target, boolean flag) {
        target.putByte(flag ? 1 : 0);
    }

    private static void putValue(ByteWriter target, Object value) {
        target.putLengthAndBytes(KeyEncoder.encode(value));
    }

    /**
     * Reads a filter.
     *
     * @throws MalformedBytesException if there is none
     */
    static Filter read(ByteReader source) {
        return read(source, 1);
    }

    private static Filter read(ByteReader source, int depth) {
        if (depth > NESTING_MAX) {
            throw new MalformedBytesException("A filter is nested deeper than " + NESTING_MAX + " levels");
        }
        int kind = source.readByte();
        return switch (kind) {
            case COMPARISON -> comparison(source);
            case IN -> in(source);
            case EXISTS -> new Filter.Exists(CatalogFormat.readText(source));
            case IS_NULL -> new Filter.IsNull(CatalogFormat.readText(source));
            case STRING -> string(source);
            case HAS_ELEMENT -> new Filter.HasElement(CatalogFormat.readText(source), readValue(source));
            case AND -> new Filter.And(readAll(source, depth));
            case OR -> new Filter.Or(readAll(source, depth));
            case NOT -> new Filter.Not(read(source, depth + 1));
            default -> throw new MalformedBytesException("Unknown filter kind " + kind);
        };
    }

    private static Filter comparison(ByteReader source) {
        Operator operator = oneOf(OPERATORS, source);
        boolean ignoreCase = readFlag(source);
        return new Filter.Comparison(CatalogFormat.readText(source), operator, readValue(source), ignoreCase);
    }

    private static Filter in(ByteReader source) {
        boolean ignoreCase = readFlag(source);
        String field = CatalogFormat.readText(source);
        List<Object> values = new ArrayList<>();
        for (int left = source.readVarintAsInt(); left > 0; left--) {
            values.add(readValue(source));
        }
        return new Filter.In(field, values, ignoreCase);
    }

    private static Filter string(ByteReader source) {
        StringOperator operator = oneOf(STRING_OPERATORS, source);
        boolean ignoreCase = readFlag(source);
        String field = CatalogFormat.readText(source);
        return new Filter.StringMatch(field, operator, CatalogFormat.readText(source), ignoreCase);
    }

    private static List<Filter> readAll(ByteReader source, int depth) {
        List<Filter> filters = new ArrayList<>();
        for (int left = source.readVarintAsInt(); left > 0; left--) {
            filters.add(read(source, depth + 1));
        }
        return filters;
    }

    private static <E> E oneOf(List<E> operators, ByteReader source) {
        int code = source.readByte();
        if (code >= operators.size()) {
            throw new MalformedBytesException("Unknown operator code " + code);
        }
        return operators.get(code);
    }

    private static boolean readFlag(ByteReader source) {
        int flag = source.readByte();
        if (flag > 1) {
            throw new MalformedBytesException("A flag must be 0 or 1, not " + flag);
        }
        return flag == 1;
    }

    private static Object readValue(ByteReader source) {
        byte[] key = source.readLengthAndBytes();
        try {
            Object value = KeyDecoder.decode(key);
            if (value == null || !Arrays.equals(KeyEncoder.encode(value), key)) {
                throw new MalformedBytesException("A condition compares with null, or with an invalid key");
            }
            return value;
        } catch (MalformedDocumentException | InvalidDocumentException e) {
            throw new MalformedBytesException(String.valueOf(e.getMessage()));
        }
    }
}
