package org.storedb.internal.query;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.storedb.internal.document.CatalogEntry.IndexEntry;
import org.storedb.internal.query.QueryPlanner.PricedPlan;
import org.storedb.query.Aggregation;
import org.storedb.query.PlanStep;
import org.storedb.query.PlanStep.Kind;
import org.storedb.query.Query;
import org.storedb.query.QueryExplanation;

/**
 * The groups of an aggregation, from an index if one has everything that it requests, and how they are found. For one
 * thread.
 */
final class AggregationRun {

    private final Aggregation aggregation;
    private final CollectionView collection;
    private final @Nullable IndexGroups keys;
    private final List<PricedPlan> plans;

    // Measurements, once it has run.
    private PlanMeters meters = new PlanMeters(null);
    private long groupCount;
    private @Nullable Duration time;

    /** Chooses the way to find the groups. */
    AggregationRun(Aggregation aggregation, CollectionView collection) {
        this.aggregation = aggregation;
        this.collection = collection;
        this.keys = IndexGroups.of(aggregation, collection);
        this.plans = keys != null
                ? QueryPlanner.NOTHING
                : QueryPlanner.ofAllWays(Query.where(aggregation.filter()), collection)
                        .findInAnyOrder();
    }

    /** Finds the groups, without measuring. */
    List<GroupSource.Group> groups() {
        return groups(null);
    }

    /**
     * Finds the groups, and measures the work.
     *
     * @param steps whether the time of each step is measured, too
     */
    List<GroupSource.Group> watchedGroups(LongSupplier nanoTicker, boolean steps) {
        meters = new PlanMeters(steps ? nanoTicker : null);
        long start = nanoTicker.getAsLong();
        List<GroupSource.Group> groups = groups(meters);
        time = Duration.ofNanos(nanoTicker.getAsLong() - start);
        groupCount = groups.size();
        return groups;
    }

    private List<GroupSource.Group> groups(@Nullable PlanMeters counting) {
        GroupSource source = keys != null
                ? keys
                : new DocumentGroups(
                        filter -> PlanExecutor.iterator(new PlanRunner(collection, counting)
                                .open((QueryPlan.Documents) plans.get(0).plan())),
                        collection.dictionary());
        List<GroupSource.Group> groups = new ArrayList<>();
        source.groups(aggregation).forEachRemaining(groups::add);
        return groups;
    }

    /** Returns how the groups are found and, after {@link #watchedGroups}, the work that it took. */
    QueryExplanation explanation(boolean withValues) {
        String text = new QueryTexts(withValues).aggregation(collection.name(), aggregation);
        if (keys != null) {
            AccessPath path = keys.path();
            PlanStep step = step("from keys: " + path.way(), path.index(), path.rows(), List.of());
            return explanation(text, step, PlanCosts.ofKeys(path.rows()), List.of(), keys.keysRead(), 0);
        }
        Explanations explanations = new Explanations(text, withValues);
        QueryExplanation found =
                time == null ? explanations.of(plans) : explanations.of(plans, meters, groupCount, time.toNanos());
        PlanStep step = step("of documents", null, found.plan().estimatedRows(), List.of(found.plan()));
        QueryExplanation.Execution execution = found.execution();
        return execution == null
                ? explanation(text, step, found.estimatedCost(), found.alternatives(), 0, 0)
                : explanation(
                        text,
                        step,
                        found.estimatedCost(),
                        found.alternatives(),
                        execution.keysRead(),
                        execution.documentsRead());
    }

    private QueryExplanation explanation(
            String text,
            PlanStep step,
            double cost,
            List<QueryExplanation.Alternative> alternatives,
            long keysRead,
            long documentsRead) {
        return new QueryExplanation(
                text,
                step,
                cost,
                alternatives,
                time == null ? null : new QueryExplanation.Execution(groupCount, keysRead, documentsRead, time));
    }

    /**
     * Returns the step that makes the groups; their number is not known in advance, only that it does not exceed that
     * of the rows.
     */
    private PlanStep step(String from, @Nullable IndexEntry index, long rows, List<PlanStep> inputs) {
        List<String> fields = aggregation.groupBy();
        String what = fields.isEmpty() ? "one group " : "groups by " + String.join(", ", fields) + " ";
        return new PlanStep(
                Kind.GROUP,
                what + from,
                index == null ? null : index.definition().name(),
                fields.isEmpty() ? 1 : rows,
                time == null ? null : new PlanStep.Actual(groupCount, meters.areTimed() ? time : null),
                inputs);
    }
}
