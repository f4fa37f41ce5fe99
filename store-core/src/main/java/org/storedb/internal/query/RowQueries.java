package org.storedb.internal.query;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.storedb.internal.document.EncodedValue;
import org.storedb.internal.document.FieldReader;
import org.storedb.internal.document.KeyDecoder;
import org.storedb.internal.document.KeyEncoder;
import org.storedb.query.Aggregation;
import org.storedb.query.Query;
import org.storedb.query.QueryExplanation;
import org.storedb.query.Row;

/**
 * Answers queries over one collection whose results are not documents; they must have been validated. For one thread.
 */
public final class RowQueries {

    private final CollectionView collection;
    private final PlanExecutor executor;

    RowQueries(CollectionView collection, PlanExecutor executor) {
        this.collection = collection;
        this.executor = executor;
    }

    /** Returns some fields of the documents that a query finds, read as the iterator advances. */
    public Iterator<Row> fields(Query query, List<String> fields) {
        List<FieldReader> readers = fields.stream().map(this::reader).toList();
        Iterator<FoundDocument> found = executor.find(query);
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return found.hasNext();
            }

            @Override
            public Row next() {
                EncodedValue document = found.next().document();
                List<@Nullable Object> values = new ArrayList<>(readers.size());
                for (FieldReader reader : readers) {
                    EncodedValue value = reader.read(document);
                    values.add(value == null ? null : value.toObject());
                }
                return Row.of(fields, values);
            }
        };
    }

    /** Returns the distinct values of a field among the documents that a query finds, in the order of the values. */
    public List<@Nullable Object> distinct(String field, Query query) {
        TreeSet<byte[]> keys = new TreeSet<>(Arrays::compareUnsigned);
        boolean everything = query.offset() == 0 && query.limit() == Long.MAX_VALUE && query.continuation() == null;
        if (everything) {
            Aggregation all = Aggregation.distinct(field).where(query.filter());
            groups(all).forEachRemaining(group -> keys.add(group.key()));
            return decoded(keys);
        }
        FieldReader reader = reader(field);
        for (Iterator<FoundDocument> found = executor.find(query); found.hasNext(); ) {
            keys.add(KeyEncoder.encode(reader.read(found.next().document())));
        }
        return decoded(keys);
    }

    private static List<@Nullable Object> decoded(Collection<byte[]> keys) {
        List<@Nullable Object> values = new ArrayList<>(keys.size());
        keys.forEach(key -> values.add(KeyDecoder.decode(key)));
        return Collections.unmodifiableList(values);
    }

    /** Returns the rows of an aggregation, in order. The groups are held in memory. */
    public List<Row> aggregate(Aggregation aggregation) {
        return new GroupRows(aggregation).of(groups(aggregation));
    }

    /** Returns the result of {@link #aggregate} for a collection that was never written. */
    public static List<Row> aggregateNothing(Aggregation aggregation) {
        GroupSource nothing = new DocumentGroups(filter -> Collections.emptyIterator(), GroupRows.NO_NAMES);
        return new GroupRows(aggregation).of(nothing.groups(aggregation));
    }

    /** Explains how {@link #aggregate} is answered. */
    public QueryExplanation explain(Aggregation aggregation) {
        return new AggregationRun(aggregation, collection).explanation(true);
    }

    /** Runs {@link #aggregate}, and returns measurements. */
    public QueryExplanation profile(Aggregation aggregation, LongSupplier nanoTicker) {
        AggregationRun run = new AggregationRun(aggregation, collection);
        new GroupRows(aggregation).of(run.watchedGroups(nanoTicker, true).iterator());
        return run.explanation(true);
    }

    /** Returns the result of {@link #explain} for a collection that was never written. */
    public static QueryExplanation explainNothing(String collection, Aggregation aggregation) {
        return new Explanations(new QueryTexts(true).aggregation(collection, aggregation), true)
                .of(QueryPlanner.NOTHING);
    }

    /** Returns the result of {@link #profile} for a collection that was never written. */
    public static QueryExplanation profileNothing(String collection, Aggregation aggregation) {
        int rows = aggregateNothing(aggregation).size();
        return new Explanations(new QueryTexts(true).aggregation(collection, aggregation), true)
                .of(QueryPlanner.NOTHING, new PlanMeters(() -> 0), rows, 0);
    }

    /** Returns the groups of an aggregation. */
    Iterator<GroupSource.Group> groups(Aggregation aggregation) {
        AggregationRun run = new AggregationRun(aggregation, collection);
        SlowQueryLog slowQueries = executor.slowQueries();
        List<GroupSource.Group> groups = slowQueries == null ? run.groups() : slowQueries.watchedGroups(run);
        return groups.iterator();
    }

    private FieldReader reader(String field) {
        return FieldReader.of(field, collection.dictionary());
    }
}
