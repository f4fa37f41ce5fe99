package org.storedb.internal.query;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.storedb.internal.query.QueryPlanner.PricedPlan;
import org.storedb.query.Filter;
import org.storedb.query.Query;
import org.storedb.query.QueryExplanation;
import org.storedb.query.text.QueryKind;

/** Answers queries over one collection, which must have been validated. For one thread. */
public final class PlanExecutor {

    private final CollectionView collection;

    public PlanExecutor(CollectionView collection) {
        this.collection = collection;
    }

    /** The matches in the query's order, read as the iterator gets to them. */
    public Iterator<FoundDocument> find(Query query) {
        PricedPlan chosen = plans(QueryKind.FIND, query).get(0);
        return new FoundDocuments(new PlanRunner(collection, null).open((QueryPlan.Documents) chosen.plan()));
    }

    /** All matches of a filter, in any order, read as the iterator gets to them. */
    Iterator<FoundDocument> findInAnyOrder(Filter filter) {
        PricedPlan chosen = new QueryPlanner(Query.where(filter), collection)
                .findInAnyOrder()
                .get(0);
        return new FoundDocuments(new PlanRunner(collection, null).open((QueryPlan.Documents) chosen.plan()));
    }

    /** Number of matches; offset and limit count. */
    public long count(Query query) {
        PricedPlan chosen = plans(QueryKind.COUNT, query).get(0);
        return new PlanRunner(collection, null).count((QueryPlan.Count) chosen.plan());
    }

    /** Whether {@link #count} is more than 0. */
    public boolean exists(Query query) {
        return count(query.limit(Math.min(query.limit(), 1))) > 0;
    }

    /** Number of documents for each value of a field, see {@link ValueCounts}. */
    public Map<@Nullable Object, Long> countBy(String field) {
        return new ValueCounts(collection, this).of(field);
    }

    /** Queries whose results are no documents. */
    public RowQueries rows() {
        return new RowQueries(collection, this);
    }

    /** How a query of a kind, find or count, would be answered. */
    public QueryExplanation explain(QueryKind kind, Query query) {
        return new Explanations(kind, collection.name(), query).of(plans(kind, query));
    }

    /** Runs a query of a kind, find or count, to its end, and says what that took. */
    public QueryExplanation profile(QueryKind kind, Query query, LongSupplier nanoTicker) {
        long start = nanoTicker.getAsLong();
        List<PricedPlan> plans = plans(kind, query);
        PlanMeters meters = new PlanMeters(nanoTicker);
        PlanRunner runner = new PlanRunner(collection, meters);
        QueryPlan plan = plans.get(0).plan();
        long result = kind == QueryKind.COUNT
                ? runner.count((QueryPlan.Count) plan)
                : runner.count(new QueryPlan.CountRows(plan));
        long nanos = nanoTicker.getAsLong() - start;
        return new Explanations(kind, collection.name(), query).of(plans, meters, result, nanos);
    }

    /** What {@link #explain} says of a collection that was never written. */
    public static QueryExplanation explainNothing(QueryKind kind, String collection, Query query) {
        return new Explanations(kind, collection, query).of(QueryPlanner.NOTHING);
    }

    /** What {@link #profile} says of a collection that was never written. */
    public static QueryExplanation profileNothing(QueryKind kind, String collection, Query query) {
        return new Explanations(kind, collection, query).of(QueryPlanner.NOTHING, new PlanMeters(() -> 0), 0, 0);
    }

    private List<PricedPlan> plans(QueryKind kind, Query query) {
        QueryPlanner planner = new QueryPlanner(query, collection);
        return kind == QueryKind.COUNT ? planner.count() : planner.find();
    }

    /** Every document of the collection, by id. */
    Iterator<FoundDocument> everything() {
        return find(Query.all());
    }

    /** A source as an iterator. */
    private static final class FoundDocuments implements Iterator<FoundDocument> {

        private final DocumentSource source;
        private @Nullable FoundDocument next;
        private boolean ended;

        FoundDocuments(DocumentSource source) {
            this.source = source;
        }

        @Override
        public boolean hasNext() {
            if (next == null && !ended) {
                next = source.next();
                ended = next == null;
            }
            return next != null;
        }

        @Override
        public FoundDocument next() {
            if (!hasNext() || next == null) {
                throw new NoSuchElementException();
            }
            FoundDocument found = next;
            next = null;
            return found;
        }
    }
}
