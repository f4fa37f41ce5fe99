package org.storedb.query.text;

import java.util.Locale;
import org.storedb.query.Filter;
import org.storedb.query.Query;
import org.storedb.query.Sort;
import org.storedb.query.Sort.Direction;
import org.storedb.query.Sort.NullOrder;

/** Writes a query as text. */
final class QueryPrinter {

    private final ValuePrinter text = new ValuePrinter();

    PrintedQuery print(BoundQuery bound) {
        text.append(bound.kind().word()).append(" ").name(bound.collection());
        print(bound.query(), bound.kind() == QueryKind.DELETE);
        return text.toQuery();
    }

    /** The clauses after the collection. */
    private void print(Query query, boolean needsWhere) {
        if (needsWhere || !query.filter().equals(Filter.all())) {
            text.append(" where ");
            new FilterPrinter(text).print(query.filter());
        }
        print(query.sort());
        if (query.limit() != Long.MAX_VALUE) {
            text.append(" limit ").append(query.limit());
        }
        if (query.offset() != 0) {
            text.append(" offset ").append(query.offset());
        }
    }

    private void print(Sort sort) {
        String before = " order by ";
        for (Sort.Order order : sort.orders()) {
            text.append(before).name(order.field()).append(order.ignoreCase() ? " ignoring case" : "");
            if (order.direction() == Direction.DESCENDING) {
                text.append(" desc");
            }
            if (order.nulls() != NullOrder.NATURAL) {
                text.append(" nulls ").append(order.nulls().name().toLowerCase(Locale.ROOT));
            }
            before = ", ";
        }
    }
}
