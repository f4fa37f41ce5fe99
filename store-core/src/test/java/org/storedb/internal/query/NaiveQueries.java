package org.storedb.internal.query;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.storedb.query.Filter;
import org.storedb.query.Query;
import org.storedb.query.Sort;

/** Queries over plain maps, written from the public contract alone: no keys, no trees, no encoded values. */
final class NaiveQueries {

    static final Object MISSING = new Object();

    private NaiveQueries() {}

    static List<Map<String, @Nullable Object>> find(List<Map<String, @Nullable Object>> documents, Query query) {
        List<Map<String, @Nullable Object>> matches = new ArrayList<>();
        for (Map<String, @Nullable Object> document : documents) {
            if (matches(document, query.filter())) {
                matches.add(document);
            }
        }
        matches.sort(comparator(query.sort()));
        int from = (int) Math.min(query.offset(), matches.size());
        int to = from + (int) Math.min(query.limit(), matches.size() - from);
        return matches.subList(from, to);
    }

    static @Nullable Object valueOf(Map<String, @Nullable Object> document, String field) {
        Object value = lookUp(document, field);
        return value == MISSING ? null : value;
    }

    static boolean matches(Map<String, @Nullable Object> document, Filter filter) {
        if (filter instanceof Filter.And and) {
            return and.filters().stream().allMatch(part -> matches(document, part));
        }
        if (filter instanceof Filter.Or or) {
            return or.filters().stream().anyMatch(part -> matches(document, part));
        }
        if (filter instanceof Filter.Not not) {
            return !matches(document, not.filter());
        }
        if (filter instanceof Filter.Exists exists) {
            return lookUp(document, exists.field()) != MISSING;
        }
        if (filter instanceof Filter.IsNull isNull) {
            return valueOf(document, isNull.field()) == null;
        }
        if (filter instanceof Filter.Comparison comparison) {
            boolean matches = compares(valueOf(document, comparison.field()), comparison);
            return (comparison.operator() == Filter.Operator.NE) != matches;
        }
        if (filter instanceof Filter.In in) {
            Object value = valueOf(document, in.field());
            return value != null && in.values().stream().anyMatch(each -> same(value, each, in.ignoreCase()));
        }
        if (filter instanceof Filter.HasElement has) {
            return valueOf(document, has.field()) instanceof List<?> list
                    && list.stream().anyMatch(each -> each != null && compare(each, has.element()) == 0);
        }
        if (filter instanceof Filter.StringMatch match) {
            return valueOf(document, match.field()) instanceof String text && matches(text, match);
        }
        return NaiveTests.matches(lookUp(document, NaiveTests.fieldOf(filter)), filter);
    }

    private static boolean compares(@Nullable Object value, Filter.Comparison comparison) {
        if (value == null || rank(value) != rank(comparison.value())) {
            return false;
        }
        int order = compare(lower(value, comparison.ignoreCase()), lower(comparison.value(), comparison.ignoreCase()));
        return switch (comparison.operator()) {
            case EQ, NE -> order == 0;
            case LT -> order < 0;
            case LTE -> order <= 0;
            case GT -> order > 0;
            case GTE -> order >= 0;
        };
    }

    private static boolean same(Object first, Object second, boolean ignoreCase) {
        return compare(lower(first, ignoreCase), lower(second, ignoreCase)) == 0;
    }

    private static boolean matches(String value, Filter.StringMatch match) {
        String text = String.valueOf(lower(value, match.ignoreCase()));
        String wanted = String.valueOf(lower(match.text(), match.ignoreCase()));
        return switch (match.operator()) {
            case STARTS_WITH -> text.startsWith(wanted);
            case ENDS_WITH -> text.endsWith(wanted);
            case CONTAINS -> text.contains(wanted);
            case LIKE -> like(wanted).matcher(text).matches();
        };
    }

    private static Pattern like(String pattern) {
        StringBuilder regex = new StringBuilder();
        boolean escaped = false;
        for (int character : pattern.codePoints().toArray()) {
            if (escaped || "\\%_".indexOf(character) < 0) {
                regex.append(Pattern.quote(Character.toString(character)));
                escaped = false;
            } else if (character == '\\') {
                escaped = true;
            } else {
                regex.append(character == '%' ? ".*" : ".");
            }
        }
        return Pattern.compile(regex.toString(), Pattern.DOTALL);
    }

    static Comparator<Map<String, @Nullable Object>> comparator(Sort sort) {
        return (first, second) -> {
            for (Sort.Order order : sort.orders()) {
                int compared = compare(sortedBy(first, order), sortedBy(second, order), order);
                if (compared != 0) {
                    return compared;
                }
            }
            return compare(first.get("id"), second.get("id"));
        };
    }

    private static @Nullable Object sortedBy(Map<String, @Nullable Object> document, Sort.Order order) {
        Object value = valueOf(document, order.field());
        return order.origin() == null ? value : NaiveTests.distance(order.origin(), value);
    }

    private static int compare(@Nullable Object first, @Nullable Object second, Sort.Order order) {
        if ((first == null || second == null) && order.nulls() != Sort.NullOrder.NATURAL) {
            int nullsFirst = Boolean.compare(first != null, second != null);
            return order.nulls() == Sort.NullOrder.FIRST ? nullsFirst : -nullsFirst;
        }
        int ascending = compare(lower(first, order.ignoreCase()), lower(second, order.ignoreCase()));
        return order.direction() == Sort.Direction.ASCENDING ? ascending : -ascending;
    }

    private static @Nullable Object lower(@Nullable Object value, boolean ignoreCase) {
        return ignoreCase && value instanceof String text ? text.toLowerCase(Locale.ROOT) : value;
    }

    static int compare(@Nullable Object first, @Nullable Object second) {
        int byType = Integer.compare(rank(first), rank(second));
        if (byType != 0 || first == null || second == null) {
            return byType;
        }
        if (first instanceof Boolean truth) {
            return truth.compareTo((Boolean) second);
        }
        if (first instanceof Number number) {
            return decimal(number).compareTo(decimal((Number) second));
        }
        if (first instanceof String text) {
            return Arrays.compare(
                    text.codePoints().toArray(), ((String) second).codePoints().toArray());
        }
        if (first instanceof byte[] bytes) {
            return Arrays.compareUnsigned(bytes, (byte[]) second);
        }
        return compareLists(flat(first), flat(second));
    }

    private static int compareLists(List<?> first, List<?> second) {
        for (int at = 0; at < Math.min(first.size(), second.size()); at++) {
            int order = compare(first.get(at), second.get(at));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(first.size(), second.size());
    }

    private static List<?> flat(Object value) {
        if (!(value instanceof Map<?, ?> map)) {
            return (List<?>) value;
        }
        List<@Nullable Object> flat = new ArrayList<>();
        map.keySet().stream().sorted(NaiveQueries::compare).forEach(name -> {
            flat.add(name);
            flat.add(map.get(name));
        });
        return flat;
    }

    private static int rank(@Nullable Object value) {
        if (value == null) {
            return 0;
        }
        if (value instanceof Boolean) {
            return 1;
        }
        if (value instanceof Number) {
            return 2;
        }
        if (value instanceof String) {
            return 3;
        }
        return value instanceof byte[] ? 4 : value instanceof List ? 5 : 6;
    }

    private static BigDecimal decimal(Number number) {
        if (number instanceof Double) {
            return new BigDecimal(number.doubleValue());
        }
        if (number instanceof BigInteger integer) {
            return new BigDecimal(integer);
        }
        return number instanceof BigDecimal exact ? exact : BigDecimal.valueOf(number.longValue());
    }

    private static @Nullable Object lookUp(Map<String, @Nullable Object> document, String field) {
        if (field.equals(Filter.ELEMENT)) {
            return document.containsKey(field) ? document.get(field) : MISSING;
        }
        Object value = document;
        for (String name : field.split("\\.", -1)) {
            if (!(value instanceof Map<?, ?> map) || !map.containsKey(name)) {
                return MISSING;
            }
            value = map.get(name);
        }
        return value;
    }
}
