package org.storedb.query;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.storedb.error.InvalidQueryException;

/**
 * Computes measures over groups of documents that have the same values in some fields. Without such fields all
 * documents form one group, and there is one row even if there are no documents. A field that is null or missing counts
 * as null. Immutable; each method returns a changed copy.
 *
 * <pre>{@code
 * Aggregation.of(Measure.count().as("places"), Measure.avg("population").as("average"))
 *         .where(Filter.gt("population", 0))
 *         .groupBy("country")
 *         .having(Filter.gt("places", 10))
 *         .sort(Sort.by("average").descending())
 *         .limit(20);
 * }</pre>
 *
 * <p>{@code having} and {@code sort} name the columns of the rows as they are, dots included: the fields of the groups
 * and the names of the measures. Unsorted rows, and those that compare equal, come in the order of their groups.
 *
 * @param filter which documents are included
 * @param groupBy paths of the fields; without measures, the rows are the distinct values of these fields
 * @param having which rows are kept
 * @param offset how many rows to skip at the start, at least 0
 * @param limit maximum number of rows, at least 0; {@link Long#MAX_VALUE} means all
 */
public record Aggregation(
        Filter filter,
        List<String> groupBy,
        List<Measure> measures,
        Filter having,
        Sort sort,
        long offset,
        long limit) {

    public Aggregation {
        groupBy = List.copyOf(groupBy);
        measures = List.copyOf(measures);
        if (offset < 0 || limit < 0) {
            throw new InvalidQueryException(
                    "offset and limit must not be negative, but are " + offset + " and " + limit);
        }
        if (groupBy.isEmpty() && measures.isEmpty()) {
            throw new InvalidQueryException("An aggregation needs a measure, or a field to group by");
        }
        Set<String> columns = new LinkedHashSet<>(groupBy);
        measures.forEach(measure -> columns.add(measure.name()));
        if (columns.size() < groupBy.size() + measures.size()) {
            throw new InvalidQueryException("Two columns of an aggregation have the same name; the fields are "
                    + groupBy + ", the measures "
                    + measures.stream().map(Measure::name).toList() + "; rename one with Measure.as");
        }
    }

    /** Returns an aggregation of these measures over all documents. */
    public static Aggregation of(Measure... measures) {
        return new Aggregation(
                Filter.all(), List.of(), List.of(measures), Filter.all(), Sort.unsorted(), 0, Long.MAX_VALUE);
    }

    /** Returns an aggregation of the distinct values, or combinations of values, of these fields. */
    public static Aggregation distinct(String... fields) {
        return new Aggregation(
                Filter.all(), List.of(fields), List.of(), Filter.all(), Sort.unsorted(), 0, Long.MAX_VALUE);
    }

    public Aggregation where(Filter newFilter) {
        return new Aggregation(newFilter, groupBy, measures, having, sort, offset, limit);
    }

    public Aggregation groupBy(String... fields) {
        return new Aggregation(filter, List.of(fields), measures, having, sort, offset, limit);
    }

    public Aggregation having(Filter newHaving) {
        return new Aggregation(filter, groupBy, measures, newHaving, sort, offset, limit);
    }

    public Aggregation sort(Sort newSort) {
        return new Aggregation(filter, groupBy, measures, having, newSort, offset, limit);
    }

    public Aggregation offset(long newOffset) {
        return new Aggregation(filter, groupBy, measures, having, sort, newOffset, limit);
    }

    public Aggregation limit(long newLimit) {
        return new Aggregation(filter, groupBy, measures, having, sort, offset, newLimit);
    }

    /** Returns the names of the columns: the fields of the groups, then the measures. */
    public List<String> columns() {
        List<String> columns = new ArrayList<>(groupBy);
        measures.forEach(measure -> columns.add(measure.name()));
        return columns;
    }
}
