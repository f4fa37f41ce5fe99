package org.storedb.query.text;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.storedb.error.InvalidQueryException;
import org.storedb.query.Filter;
import org.storedb.query.Query;
import org.storedb.query.Sort;
import org.storedb.query.Sort.Direction;
import org.storedb.query.Sort.NullOrder;

/** Writes a query as text. */
final class QueryPrinter {

    private static final int NESTING_MAX = 400; // More than any query has that can be run.

    private final StringBuilder text = new StringBuilder();
    private final List<Object> arguments = new ArrayList<>();

    PrintedQuery print(BoundQuery bound) {
        Query query = bound.query();
        text.append(bound.kind().word()).append(' ').append(Words.written(bound.collection()));
        if (bound.kind() == QueryKind.DELETE || !query.filter().equals(Filter.all())) {
            text.append(" where ");
            print(query.filter(), 1);
        }
        print(query.sort());
        if (query.limit() != Long.MAX_VALUE) {
            text.append(" limit ").append(query.limit());
        }
        if (query.offset() != 0) {
            text.append(" offset ").append(query.offset());
        }
        return new PrintedQuery(text.toString(), arguments);
    }

    private void print(Sort sort) {
        String before = " order by ";
        for (Sort.Order order : sort.orders()) {
            text.append(before).append(Words.written(order.field()));
            printIgnoringCase(order.ignoreCase());
            if (order.direction() == Direction.DESCENDING) {
                text.append(" desc");
            }
            if (order.nulls() != NullOrder.NATURAL) {
                text.append(" nulls ").append(order.nulls().name().toLowerCase(Locale.ROOT));
            }
            before = ", ";
        }
    }

    private void print(Filter filter, int depth) {
        if (depth > NESTING_MAX) {
            throw new InvalidQueryException("Filters are nested deeper than " + NESTING_MAX + " levels");
        }
        if (filter instanceof Filter.Comparison comparison) {
            print(comparison);
        } else if (filter instanceof Filter.In in) {
            print(in, "");
        } else if (filter instanceof Filter.Exists exists) {
            text.append("exists(").append(Words.written(exists.field())).append(')');
        } else if (filter instanceof Filter.IsNull isNull) {
            text.append(Words.written(isNull.field())).append(" is null");
        } else if (filter instanceof Filter.StringMatch match) {
            String operator = match.operator().name().toLowerCase(Locale.ROOT).replace('_', ' ');
            text.append(Words.written(match.field()))
                    .append(' ')
                    .append(operator)
                    .append(' ');
            printString(match.text());
            printIgnoringCase(match.ignoreCase());
        } else if (filter instanceof Filter.HasElement has) {
            text.append(Words.written(has.field())).append(" has ");
            printValue(has.element());
        } else if (filter instanceof Filter.And and) {
            print(and, depth);
        } else if (filter instanceof Filter.Or or) {
            printJoined(or.filters(), " or ", "false", depth);
        } else if (filter instanceof Filter.Not not) {
            printNegated(not.filter(), depth);
        }
    }

    private void print(Filter.Comparison comparison) {
        String sign = switch (comparison.operator()) {
            case EQ -> " = ";
            case NE -> " != ";
            case LT -> " < ";
            case LTE -> " <= ";
            case GT -> " > ";
            case GTE -> " >= ";
        };
        text.append(Words.written(comparison.field())).append(sign);
        printValue(comparison.value());
        printIgnoringCase(comparison.ignoreCase());
    }

    private void print(Filter.In in, String negation) {
        text.append(Words.written(in.field())).append(negation).append(" in ");
        if (in.values().stream().anyMatch(value -> literal(value) == null)) {
            printArgument(in.values());
        } else {
            List<String> literals = in.values().stream()
                    .map(QueryPrinter::literal)
                    .map(String::valueOf)
                    .toList();
            text.append('(').append(String.join(", ", literals)).append(')');
        }
        printIgnoringCase(in.ignoreCase());
    }

    private void print(Filter.And and, int depth) {
        if (!isBetween(and)) {
            printJoined(and.filters(), " and ", "true", depth);
            return;
        }
        Filter.Comparison from = (Filter.Comparison) and.filters().get(0);
        text.append(Words.written(from.field())).append(" between ");
        printValue(from.value());
        text.append(" and ");
        printValue(((Filter.Comparison) and.filters().get(1)).value());
        printIgnoringCase(from.ignoreCase());
    }

    private static boolean isBetween(Filter.And and) {
        return and.filters().size() == 2
                && and.filters().get(0) instanceof Filter.Comparison from
                && and.filters().get(1) instanceof Filter.Comparison to
                && from.operator() == Filter.Operator.GTE
                && to.operator() == Filter.Operator.LTE
                && from.field().equals(to.field())
                && from.ignoreCase() == to.ignoreCase();
    }

    private void printJoined(List<Filter> filters, String word, String none, int depth) {
        if (filters.isEmpty()) {
            text.append(none);
        }
        String before = "";
        for (Filter filter : filters) {
            text.append(before);
            boolean stronger = word.equals(" or ") && filter instanceof Filter.And;
            if (filters.size() == 1 || stronger) {
                print(filter, depth + 1);
            } else {
                printOperand(filter, depth + 1);
            }
            before = word;
        }
    }

    private void printNegated(Filter filter, int depth) {
        if (filter instanceof Filter.In in) {
            print(in, " not");
        } else if (filter instanceof Filter.IsNull isNull) {
            text.append(Words.written(isNull.field())).append(" is not null");
        } else {
            text.append("not ");
            printOperand(filter, depth + 1);
        }
    }

    /** Writes a part of another filter, in parentheses if it has parts itself. */
    private void printOperand(Filter filter, int depth) {
        boolean joined = (filter instanceof Filter.And and && !and.filters().isEmpty() && !isBetween(and))
                || (filter instanceof Filter.Or or && !or.filters().isEmpty());
        text.append(joined ? "(" : "");
        print(filter, depth);
        text.append(joined ? ")" : "");
    }

    private void printIgnoringCase(boolean ignoreCase) {
        text.append(ignoreCase ? " ignoring case" : "");
    }

    private void printValue(Object value) {
        String literal = literal(value);
        if (literal != null) {
            text.append(literal);
        } else {
            printArgument(value);
        }
    }

    private void printArgument(Object value) {
        arguments.add(value);
        text.append('?').append(arguments.size());
    }

    private void printString(String value) {
        text.append(quoted(value));
    }

    /** The value as a query writes it, or {@code null} if only a parameter can stand for it. */
    private static @Nullable String literal(Object value) {
        if (value instanceof String || value instanceof Character || value instanceof UUID) {
            return quoted(value.toString());
        }
        if (value instanceof Enum<?> constant) {
            return quoted(constant.name());
        }
        if (value instanceof Number number) {
            return literal(number);
        }
        return value instanceof Boolean ? value.toString() : null;
    }

    private static @Nullable String literal(Number number) {
        String digits = number.toString();
        if (digits.length() > NumberLiterals.CHARACTERS_MAX) {
            return null;
        }
        if (number instanceof BigDecimal) {
            return digits + "m";
        }
        if (number instanceof Double || number instanceof Float) {
            return Double.isFinite(number.doubleValue()) ? digits : null;
        }
        boolean whole = number instanceof Long
                || number instanceof Integer
                || number instanceof Short
                || number instanceof Byte
                || number instanceof BigInteger;
        return whole ? digits : null;
    }

    private static String quoted(String value) {
        return "'" + value.replace("'", "''") + "'";
    }
}
