package org.storedb.query.text;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.storedb.document.DocumentPatch;
import org.storedb.document.DocumentPatch.Change;
import org.storedb.query.Aggregation;
import org.storedb.query.Filter;
import org.storedb.query.GeoPoint;
import org.storedb.query.Measure;
import org.storedb.query.Query;
import org.storedb.query.Sort;
import org.storedb.query.Sort.Direction;
import org.storedb.query.Sort.NullOrder;

/** Writes one statement, or a part of one, as text. */
public final class QueryPrinter {

    private final ValuePrinter text;

    /**
     * Creates a printer for one text.
     *
     * @param withValues whether values are written; otherwise {@code ?} stands for each of them, to hide them
     */
    public QueryPrinter(boolean withValues) {
        this.text = new ValuePrinter(withValues);
    }

    /** Writes a statement, see {@link QueryText#print}. */
    public PrintedQuery print(BoundStatement statement) {
        if (statement instanceof BoundQuery bound) {
            text.append(bound.kind().word()).append(" ").name(bound.collection());
            print(bound.query(), bound.kind() == QueryKind.DELETE);
        } else if (statement instanceof BoundSelection selection) {
            text.append("select ").append(listed(selection.fields(), Words::written));
            text.append(" from ").name(selection.collection());
            print(selection.query(), false);
        } else if (statement instanceof BoundAggregation bound) {
            print(bound.collection(), bound.aggregation());
        } else if (statement instanceof BoundUpdate update) {
            text.append("update ").name(update.collection());
            print(update.patch());
            print(update.query(), true);
        }
        return text.toQuery();
    }

    /** Writes a filter as it stands after {@code where}. */
    public PrintedQuery print(Filter filter) {
        new FilterPrinter(text, Words::written).print(filter);
        return text.toQuery();
    }

    /** Writes orders as they stand after {@code order by}. */
    public PrintedQuery print(List<Sort.Order> orders) {
        print(orders, Words::written);
        return text.toQuery();
    }

    /** Writes the clauses after the collection. */
    private void print(Query query, boolean needsWhere) {
        printWhere(query.filter(), needsWhere);
        printOrderBy(query.sort(), Words::written);
        printPage(query.limit(), query.offset());
    }

    private void printWhere(Filter filter, boolean needed) {
        if (needed || !filter.equals(Filter.all())) {
            text.append(" where ");
            new FilterPrinter(text, Words::written).print(filter);
        }
    }

    private void printOrderBy(Sort sort, UnaryOperator<String> names) {
        if (!sort.isUnsorted()) {
            text.append(" order by ");
            print(sort.orders(), names);
        }
    }

    private void print(List<Sort.Order> orders, UnaryOperator<String> names) {
        String before = "";
        for (Sort.Order order : orders) {
            text.append(before);
            print(order, names.apply(order.field()));
            before = ", ";
        }
    }

    private void print(Sort.Order order, String name) {
        GeoPoint origin = order.origin();
        if (origin == null) {
            text.append(name);
        } else {
            text.append("distance(" + name + ", ").point(origin).append(")");
        }
        text.append(order.ignoreCase() ? " ignoring case" : "");
        text.append(order.direction() == Direction.DESCENDING ? " desc" : "");
        if (order.nulls() == NullOrder.FIRST) {
            text.append(" nulls first");
        } else if (order.nulls() == NullOrder.LAST && origin == null) {
            text.append(" nulls last");
        }
    }

    private void printPage(long limit, long offset) {
        if (limit != Long.MAX_VALUE) {
            text.append(" limit ").append(limit);
        }
        if (offset != 0) {
            text.append(" offset ").append(offset);
        }
    }

    private void print(String collection, Aggregation aggregation) {
        boolean distinct = aggregation.measures().isEmpty();
        List<String> columns = new ArrayList<>();
        aggregation.groupBy().forEach(field -> columns.add(Words.written(field)));
        aggregation.measures().forEach(measure -> columns.add(column(measure)));
        text.append(distinct ? "select distinct " : "select ").append(String.join(", ", columns));
        text.append(" from ").name(collection);
        printWhere(aggregation.filter(), false);
        if (!distinct && !aggregation.groupBy().isEmpty()) {
            text.append(" group by ").append(listed(aggregation.groupBy(), Words::written));
        }
        UnaryOperator<String> names = name -> reference(name, aggregation);
        if (!aggregation.having().equals(Filter.all())) {
            text.append(" having ");
            new FilterPrinter(text, names).print(aggregation.having());
        }
        printOrderBy(aggregation.sort(), names);
        printPage(aggregation.limit(), aggregation.offset());
    }

    private static String column(Measure measure) {
        String written = Words.written(measure);
        return measure.hasOwnName() ? written + " as " + Words.written(measure.name()) : written;
    }

    /** Returns a reference to a column in a later clause: a measure without an explicit name is repeated. */
    private static String reference(String name, Aggregation aggregation) {
        for (Measure measure : aggregation.measures()) {
            if (measure.name().equals(name) && !measure.hasOwnName()) {
                return Words.written(measure);
            }
        }
        return Words.written(name);
    }

    private static String listed(List<String> names, UnaryOperator<String> written) {
        return String.join(", ", names.stream().map(written).toList());
    }

    private void print(DocumentPatch patch) {
        String before = " ";
        for (Change change : patch.changes()) {
            text.append(before);
            print(change);
            before = ", ";
        }
    }

    private void print(Change change) {
        String field = Words.written(change.field());
        if (change instanceof Change.Set set) {
            text.append("set ").append(field).append(" = ").value(set.value());
        } else if (change instanceof Change.Increment increment) {
            text.append("set " + field + " = " + field + " + ").value(increment.amount());
        } else if (change instanceof Change.Multiply multiply) {
            text.append("set " + field + " = " + field + " * ").value(multiply.factor());
        } else if (change instanceof Change.Min min) {
            text.append("set " + field + " = least(" + field + ", ")
                    .value(min.value())
                    .append(")");
        } else if (change instanceof Change.Max max) {
            text.append("set " + field + " = greatest(" + field + ", ")
                    .value(max.value())
                    .append(")");
        } else if (change instanceof Change.Unset) {
            text.append("unset ").append(field);
        } else if (change instanceof Change.Rename rename) {
            text.append("rename " + field + " to ").name(rename.newField());
        } else if (change instanceof Change.Push push) {
            text.append("push ").value(push.element()).append(" to " + field);
        } else if (change instanceof Change.AddToSet add) {
            text.append("add ").value(add.element()).append(" to " + field);
        } else if (change instanceof Change.Pull pull) {
            text.append("pull ").value(pull.element()).append(" from " + field);
        }
    }
}
