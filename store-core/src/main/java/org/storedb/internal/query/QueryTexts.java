package org.storedb.internal.query;

import java.util.List;
import org.storedb.query.Aggregation;
import org.storedb.query.Filter;
import org.storedb.query.Query;
import org.storedb.query.Sort;
import org.storedb.query.text.BoundAggregation;
import org.storedb.query.text.BoundQuery;
import org.storedb.query.text.PrintedQuery;
import org.storedb.query.text.QueryKind;
import org.storedb.query.text.QueryPrinter;

/** Writes queries and parts of them as readable text, optionally without their values. */
final class QueryTexts {

    private static final int TEXT_MAX = 2_000;

    private final boolean withValues;

    QueryTexts(boolean withValues) {
        this.withValues = withValues;
    }

    String query(QueryKind kind, String collection, Query query) {
        String text = shown(printer().print(new BoundQuery(kind, collection, query)));
        if (query.continuation() == null) {
            return text;
        }
        return text
                + (query.backward() ? " before " : " after ")
                + (withValues ? query.continuation().id() : "?");
    }

    String aggregation(String collection, Aggregation aggregation) {
        return shown(printer().print(new BoundAggregation(collection, aggregation)));
    }

    String filter(List<Filter> filters) {
        return shown(printer().print(filters.size() == 1 ? filters.get(0) : new Filter.And(filters)));
    }

    String order(List<Sort.Order> orders) {
        return orders.isEmpty() ? "id" : shown(printer().print(orders));
    }

    private QueryPrinter printer() {
        return new QueryPrinter(withValues);
    }

    private static String shown(PrintedQuery printed) {
        String text = printed.text();
        return text.length() <= TEXT_MAX ? text : text.substring(0, TEXT_MAX) + "…";
    }
}
