package org.storedb.internal.query;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.storedb.internal.document.EncodedValue;
import org.storedb.internal.document.FieldReader;
import org.storedb.internal.query.QueryPlanner.PricedPlan;
import org.storedb.query.Continuation;
import org.storedb.query.Filter;
import org.storedb.query.Page;
import org.storedb.query.Query;
import org.storedb.query.QueryExplanation;
import org.storedb.query.Sort;
import org.storedb.query.text.QueryKind;

/** Answers queries over one collection, which must have been validated. For one thread. */
public final class PlanExecutor {

    private final CollectionView collection;
    private final @Nullable SlowQueryLog slowQueries;
    private final @Nullable ResultCache results;

    PlanExecutor(CollectionView collection) {
        this(collection, QueryServices.NONE);
    }

    public PlanExecutor(CollectionView collection, QueryServices services) {
        this.collection = collection;
        this.slowQueries = services.slowQueries();
        // Reads of a transaction must be noted, and its own writes change the trees.
        this.results = collection.neverChanges() ? services.results() : null;
    }

    /** Returns the matches in the query's order, read as the iterator advances. */
    public Iterator<FoundDocument> find(Query query) {
        if (query.backward()) {
            List<FoundDocument> documents = new ArrayList<>();
            find(Position.turned(query)).forEachRemaining(documents::add);
            Collections.reverse(documents);
            return documents.iterator();
        }
        CachedQuery cached = results == null ? null : CachedQuery.of(query, collection, results);
        if (cached != null) {
            KeySource known = cached.keys();
            return known == null
                    ? new FoundDocuments(cached.collected(source(query)))
                    : new FoundDocuments(new PlanRunner(collection, null).read(known));
        }
        return new FoundDocuments(source(query));
    }

    private DocumentSource source(Query query) {
        if (slowQueries == null) {
            return new PlanRunner(collection, null)
                    .open(documents(plans(QueryKind.FIND, QueryPlanner.ofBestWay(turned(query), collection))));
        }
        SlowQueryLog.Watch watch = slowQueries.watch(QueryKind.FIND, collection.name(), query);
        List<PricedPlan> plans = plans(QueryKind.FIND, query);
        watch.planned(plans);
        DocumentSource source = new PlanRunner(collection, watch.meters()).open(documents(plans));
        watch.pause(false);
        return watch.watched(source);
    }

    /** Returns the watch on queries, or {@code null}. */
    @Nullable
    SlowQueryLog slowQueries() {
        return slowQueries;
    }

    /** Returns all matches of a filter, in any order, read as the iterator advances. */
    Iterator<FoundDocument> findInAnyOrder(Filter filter) {
        PricedPlan chosen = QueryPlanner.ofBestWay(Query.where(filter), collection)
                .findInAnyOrder()
                .get(0);
        return new FoundDocuments(new PlanRunner(collection, null).open((QueryPlan.Documents) chosen.plan()));
    }

    /** Returns the number of matches, subject to offset and limit. */
    public long count(Query query) {
        CachedQuery cached = results == null ? null : CachedQuery.of(query, collection, results);
        Long known = cached == null ? null : cached.count();
        if (known != null) {
            return known;
        }
        long count = counted(query);
        if (cached != null) {
            cached.putCount(count);
        }
        return count;
    }

    private long counted(Query query) {
        if (slowQueries == null) {
            return new PlanRunner(collection, null)
                    .count(number(plans(QueryKind.COUNT, QueryPlanner.ofBestWay(turned(query), collection))));
        }
        SlowQueryLog.Watch watch = slowQueries.watch(QueryKind.COUNT, collection.name(), query);
        List<PricedPlan> plans = plans(QueryKind.COUNT, query);
        watch.planned(plans);
        long count = new PlanRunner(collection, watch.meters()).count(number(plans));
        watch.finish(count);
        return count;
    }

    private static QueryPlan.Documents documents(List<PricedPlan> plans) {
        return (QueryPlan.Documents) plans.get(0).plan();
    }

    private static QueryPlan.Count number(List<PricedPlan> plans) {
        return (QueryPlan.Count) plans.get(0).plan();
    }

    /** Returns the documents that {@link #find} returns, and their position. */
    public Page<FoundDocument> page(Query query) {
        boolean bounded = query.limit() < Long.MAX_VALUE;
        List<FoundDocument> documents = new ArrayList<>();
        find(bounded ? query.limit(query.limit() + 1) : query).forEachRemaining(documents::add);
        boolean more = bounded && documents.size() > query.limit();
        if (more) {
            documents.remove(query.backward() ? 0 : documents.size() - 1);
        }
        int count = documents.size();
        return new Page<>(
                documents,
                count == 0 ? null : continuation(documents.get(0), query),
                count == 0 ? null : continuation(documents.get(count - 1), query),
                more);
    }

    private Continuation continuation(FoundDocument found, Query query) {
        List<@Nullable Object> values = new ArrayList<>();
        for (Sort.Order order : query.sort().orders()) {
            EncodedValue value =
                    FieldReader.of(order.field(), collection.dictionary()).read(found.document());
            values.add(SortKeys.sortedBy(order, value));
        }
        return new Continuation(values, found.id());
    }

    /** Returns whether {@link #count} is above 0. */
    public boolean exists(Query query) {
        return count(query.limit(Math.min(query.limit(), 1))) > 0;
    }

    /** Returns the number of documents for each value of a field, see {@link ValueCounts}. */
    public Map<@Nullable Object, Long> countBy(String field) {
        return new ValueCounts(rows()).of(field);
    }

    /** Returns the queries whose results are not documents. */
    public RowQueries rows() {
        return new RowQueries(collection, this);
    }

    /** Explains how a query of a kind, find or count, would be answered. */
    public QueryExplanation explain(QueryKind kind, Query query) {
        return new Explanations(kind, collection.name(), query, true).of(plans(kind, query));
    }

    /** Runs a query of a kind, find or count, to its end, and returns measurements. */
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
        return new Explanations(kind, collection.name(), query, true).of(plans, meters, result, nanos);
    }

    /** Returns the result of {@link #explain} for a collection that was never written. */
    public static QueryExplanation explainNothing(QueryKind kind, String collection, Query query) {
        return new Explanations(kind, collection, query, true).of(QueryPlanner.NOTHING);
    }

    /** Returns the result of {@link #profile} for a collection that was never written. */
    public static QueryExplanation profileNothing(QueryKind kind, String collection, Query query) {
        return new Explanations(kind, collection, query, true).of(QueryPlanner.NOTHING, new PlanMeters(() -> 0), 0, 0);
    }

    /** Returns an iterator over the documents of a source. */
    static Iterator<FoundDocument> iterator(DocumentSource source) {
        return new FoundDocuments(source);
    }

    /** Returns all ways to answer a query, the chosen one first. */
    private List<PricedPlan> plans(QueryKind kind, Query query) {
        return plans(kind, QueryPlanner.ofAllWays(turned(query), collection));
    }

    private static List<PricedPlan> plans(QueryKind kind, QueryPlanner planner) {
        return kind == QueryKind.COUNT ? planner.count() : planner.find();
    }

    private static Query turned(Query query) {
        return query.backward() ? Position.turned(query) : query;
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
