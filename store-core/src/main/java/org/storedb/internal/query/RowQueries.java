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

/** Answers queries whose results are no documents, over one collection; they must have been validated. For one thread. */
public final class RowQueries {

    private final CollectionView collection;
    private final PlanExecutor executor;

    RowQueries(CollectionView collection, PlanExecutor executor) {
        this.collection = collection;
        this.executor = executor;
    }

    /** Some fields of the documents that a query finds, read as the iterator gets to them. */
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

    /** The different values of a field among the documents that a query finds, in the order of the values. */
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

    /** The rows of an aggregation, in order. What is held in memory is the groups. */
    public List<Row> aggregate(Aggregation aggregation) {
        return new GroupRows(aggregation).of(groups(aggregation));
    }

    /** What {@link #aggregate} gives for a collection that was never written. */
    public static List<Row> aggregateNothing(Aggregation aggregation) {
        GroupSource nothing = new DocumentGroups(filter -> Collections.emptyIterator(), GroupRows.NO_NAMES);
        return new GroupRows(aggregation).of(nothing.groups(aggregation));
    }

    /** How {@link #aggregate} is answered. */
    public QueryExplanation explain(Aggregation aggregation) {
        return new AggregationRun(aggregation, collection).explanation(true);
    }

    /** Runs {@link #aggregate}, and says what that took. */
    public QueryExplanation profile(Aggregation aggregation, LongSupplier nanoTicker) {
        AggregationRun run = new AggregationRun(aggregation, collection);
        new GroupRows(aggregation).of(run.watchedGroups(nanoTicker, true).iterator());
        return run.explanation(true);
    }

    /** What {@link #explain} says of a collection that was never written. */
    public static QueryExplanation explainNothing(String collection, Aggregation aggregation) {
        return new Explanations(new QueryTexts(true).aggregation(collection, aggregation), true)
                .of(QueryPlanner.NOTHING);
    }

    /** What {@link #profile} says of a collection that was never written. */
    public static QueryExplanation profileNothing(String collection, Aggregation aggregation) {
        int rows = aggregateNothing(aggregation).size();
        return new Explanations(new QueryTexts(true).aggregation(collection, aggregation), true)
                .of(QueryPlanner.NOTHING, new PlanMeters(() -> 0), rows, 0);
    }

    /** The groups of an aggregation. */
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
