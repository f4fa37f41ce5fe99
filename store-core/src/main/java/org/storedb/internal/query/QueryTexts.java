package org.storedb.internal.query;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.storedb.query.Aggregation;
import org.storedb.query.Filter;
import org.storedb.query.GeoPoint;
import org.storedb.query.Query;
import org.storedb.query.Sort;
import org.storedb.query.text.BoundAggregation;
import org.storedb.query.text.BoundQuery;
import org.storedb.query.text.QueryKind;
import org.storedb.query.text.QueryText;

/** Writes queries and parts of them as readable text, optionally without their values. */
final class QueryTexts {

    private static final String WHERE = " where ";

    /** Names, limits and offsets, which remain; strings and numbers, which are values. */
    private static final Pattern VALUE = Pattern.compile(
            "(`(?:[^`]|``)*`|(?:limit|offset) \\d+|[\\p{L}_$][\\p{L}\\p{M}\\p{N}_$]*)|'(?:[^']|'')*'|\\?\\d+|-?\\d[\\d.]*(?:[eE][+-]?\\d+)?[mM]?");

    private static final int TEXT_MAX = 2_000;

    private final boolean withValues;

    QueryTexts(boolean withValues) {
        this.withValues = withValues;
    }

    String query(QueryKind kind, String collection, Query query) {
        String text =
                shown(QueryText.print(new BoundQuery(kind, collection, query)).text());
        if (query.continuation() == null) {
            return text;
        }
        return text
                + (query.backward() ? " before " : " after ")
                + (withValues ? query.continuation().id() : "?");
    }

    String aggregation(String collection, Aggregation aggregation) {
        return shown(
                QueryText.print(new BoundAggregation(collection, aggregation)).text());
    }

    String filter(List<Filter> filters) {
        Filter filter = filters.size() == 1 ? filters.get(0) : new Filter.And(filters);
        Query query = Query.where(filter);
        String text =
                QueryText.print(new BoundQuery(QueryKind.FIND, "c", query)).text();
        int where = text.indexOf(WHERE);
        return where < 0 ? "true" : shown(text.substring(where + WHERE.length()));
    }

    String order(List<Sort.Order> orders) {
        if (orders.isEmpty()) {
            return "id";
        }
        List<String> parts = new ArrayList<>();
        for (Sort.Order order : orders) {
            StringBuilder part = new StringBuilder(order.origin() == null ? order.field() : distance(order));
            part.append(order.ignoreCase() ? " ignoring case" : "");
            part.append(order.direction() == Sort.Direction.DESCENDING ? " desc" : "");
            boolean isUsual = order.origin() != null && order.nulls() == Sort.NullOrder.LAST;
            if (order.nulls() != Sort.NullOrder.NATURAL && !isUsual) {
                part.append(order.nulls() == Sort.NullOrder.FIRST ? " nulls first" : " nulls last");
            }
            parts.add(part.toString());
        }
        return String.join(", ", parts);
    }

    private String distance(Sort.Order order) {
        GeoPoint origin = Objects.requireNonNull(order.origin());
        String point = withValues ? "(" + origin.latitude() + ", " + origin.longitude() + ")" : "(?, ?)";
        return "distance of " + order.field() + " from " + point;
    }

    private String shown(String text) {
        String shown = withValues
                ? text
                : VALUE.matcher(text).replaceAll(match -> match.group(1) == null ? "?" : escaped(match.group()));
        return shown.length() <= TEXT_MAX ? shown : shown.substring(0, TEXT_MAX) + "…";
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("$", "\\$");
    }
}
