package org.storedb.query.text;

import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.storedb.error.InvalidQueryException;
import org.storedb.query.Filter;
import org.storedb.query.Filter.Operator;
import org.storedb.query.GeoPoint;
import org.storedb.query.GeoPolygon;
import org.storedb.query.GeoShape;

/** Writes filters as text. */
final class FilterPrinter {

    private static final int NESTING_MAX = 400; // More than any executable query has.

    private final ValuePrinter text;
    private final UnaryOperator<String> names;
    private int elements;

    /**
     * Creates a printer of filters.
     *
     * @param names how a field is written
     */
    FilterPrinter(ValuePrinter text, UnaryOperator<String> names) {
        this.text = text;
        this.names = names;
    }

    void print(Filter filter) {
        print(filter, 1);
    }

    private void print(Filter filter, int depth) {
        if (depth > NESTING_MAX) {
            throw new InvalidQueryException("Filters are nested deeper than " + NESTING_MAX + " levels");
        }
        if (filter instanceof Filter.Comparison comparison) {
            name(comparison.field())
                    .append(" ")
                    .append(Words.written(comparison.operator()))
                    .append(" ");
            text.value(comparison.value());
            printIgnoringCase(comparison.ignoreCase());
        } else if (filter instanceof Filter.In in) {
            print(in, "");
        } else if (filter instanceof Filter.Exists exists) {
            text.append("exists(");
            name(exists.field()).append(")");
        } else if (filter instanceof Filter.HasType has) {
            name(has.field()).append(" is of type ").append(Words.written(has.type()));
        } else if (filter instanceof Filter.IsNull isNull) {
            name(isNull.field()).append(" is null");
        } else if (filter instanceof Filter.StringMatch match) {
            String operator = match.operator().name().toLowerCase(Locale.ROOT).replace('_', ' ');
            name(match.field()).append(" ").append(operator).append(" ").value(match.text());
            printIgnoringCase(match.ignoreCase());
        } else if (filter instanceof Filter.Regex regex) {
            name(regex.field()).append(" matches ").value(regex.regex());
            printIgnoringCase(regex.ignoreCase());
        } else if (filter instanceof Filter.Text words) {
            text.append("text(");
            name(words.field()).append(", ").value(words.words()).append(")");
        } else if (filter instanceof Filter.Near near) {
            print(near);
        } else if (filter instanceof Filter.Within within) {
            name(within.field()).append(" within ");
            print(within.shape());
        } else {
            printNested(filter, depth);
        }
    }

    /** Writes filters on arrays, and those that contain other filters. */
    private void printNested(Filter filter, int depth) {
        if (filter instanceof Filter.HasElement has) {
            name(has.field()).append(" has ").value(has.element());
        } else if (filter instanceof Filter.HasAllElements has) {
            name(has.field()).append(" has all ").list(has.elements());
        } else if (filter instanceof Filter.HasSize has) {
            text.append("size(");
            name(has.field()).append(") ").append(Words.written(has.operator())).append(" ");
            text.value(has.size());
        } else if (filter instanceof Filter.ElementMatch match) {
            name(match.field()).append(" has element (");
            elements++;
            print(match.filter(), depth + 1);
            elements--;
            text.append(")");
        } else if (filter instanceof Filter.And and) {
            print(and, depth);
        } else if (filter instanceof Filter.Or or) {
            printJoined(or.filters(), " or ", "false", depth);
        } else if (filter instanceof Filter.Not not) {
            printNegated(not.filter(), depth);
        }
    }

    private ValuePrinter name(String field) {
        if (elements == 0) {
            return text.append(names.apply(field));
        }
        return field.equals(Filter.ELEMENT) ? text.append("element") : text.name(field);
    }

    private void print(Filter.In in, String negation) {
        name(in.field()).append(negation).append(" in ").list(in.values());
        printIgnoringCase(in.ignoreCase());
    }

    private void print(Filter.Near near) {
        name(near.field()).append(" near ").point(near.center());
        if (near.fromMeters() == 0) {
            text.append(" within ").value(near.toMeters());
        } else {
            text.append(" between ").value(near.fromMeters()).append(" and ").value(near.toMeters());
        }
    }

    private void print(GeoShape shape) {
        if (shape instanceof GeoShape.Circle circle) {
            text.append("circle(").point(circle.center()).append(", ").value(circle.radiusMeters());
        } else if (shape instanceof GeoShape.Box box) {
            text.append("box(").point(GeoPoint.of(box.south(), box.west()));
            text.append(", ").point(GeoPoint.of(box.north(), box.east()));
        } else {
            String before = "polygon(";
            for (GeoPoint corner : ((GeoPolygon) shape).corners()) {
                text.append(before).point(corner);
                before = ", ";
            }
        }
        text.append(")");
    }

    private void print(Filter.And and, int depth) {
        if (!isBetween(and)) {
            printJoined(and.filters(), " and ", "true", depth);
            return;
        }
        Filter.Comparison from = (Filter.Comparison) and.filters().get(0);
        name(from.field()).append(" between ").value(from.value());
        text.append(" and ").value(((Filter.Comparison) and.filters().get(1)).value());
        printIgnoringCase(from.ignoreCase());
    }

    private static boolean isBetween(Filter.And and) {
        return and.filters().size() == 2
                && and.filters().get(0) instanceof Filter.Comparison from
                && and.filters().get(1) instanceof Filter.Comparison to
                && from.operator() == Operator.GTE
                && to.operator() == Operator.LTE
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
            name(isNull.field()).append(" is not null");
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
}
