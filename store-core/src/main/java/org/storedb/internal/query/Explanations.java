package org.storedb.internal.query;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.storedb.internal.document.CatalogEntry.IndexEntry;
import org.storedb.internal.query.PlanMeters.Meter;
import org.storedb.internal.query.QueryPlan.Slice;
import org.storedb.internal.query.QueryPlanner.PricedPlan;
import org.storedb.query.PlanStep;
import org.storedb.query.PlanStep.Kind;
import org.storedb.query.Query;
import org.storedb.query.QueryExplanation;
import org.storedb.query.text.QueryKind;

/** Describes the plans for one query, with the measurements if one of them ran. */
final class Explanations {

    private static final int ALTERNATIVES_MAX = 10;

    private final QueryTexts texts;
    private final String queryText;
    private @Nullable PlanMeters meters;

    /**
     * Creates explanations of one query.
     *
     * @param withValues whether the values of conditions are shown
     */
    Explanations(QueryKind kind, String collection, Query query, boolean withValues) {
        this(new QueryTexts(withValues).query(kind, collection, query), withValues);
    }

    /** Creates explanations of the query with this text. */
    Explanations(String queryText, boolean withValues) {
        this.texts = new QueryTexts(withValues);
        this.queryText = queryText;
    }

    /** Returns the expectations for plans, the first of which is chosen. */
    QueryExplanation of(List<PricedPlan> plans) {
        return explanation(plans, null);
    }

    /** Returns the measurements of the first plan. */
    QueryExplanation of(List<PricedPlan> plans, PlanMeters measured, long result, long nanos) {
        meters = measured;
        QueryPlan plan = plans.get(0).plan();
        var execution = new QueryExplanation.Execution(
                result, keysRead(plan, measured), measured.documentsRead(), Duration.ofNanos(nanos));
        return explanation(plans, execution);
    }

    private QueryExplanation explanation(List<PricedPlan> plans, QueryExplanation.@Nullable Execution execution) {
        PricedPlan chosen = plans.get(0);
        List<QueryExplanation.Alternative> alternatives = plans.stream()
                .skip(1)
                .limit(ALTERNATIVES_MAX)
                .map(plan -> new QueryExplanation.Alternative(summary(plan.plan()), plan.cost()))
                .toList();
        return new QueryExplanation(queryText, step(chosen.plan()), chosen.cost(), alternatives, execution);
    }

    /** Returns how a plan reaches the documents, and whether it sorts. */
    private static String summary(QueryPlan plan) {
        if (plan instanceof QueryPlan.Access access) {
            return access.path().way() + access.keyOrder().description();
        }
        if (plan instanceof QueryPlan.CountRanges count) {
            return count.path().way();
        }
        if (plan instanceof QueryPlan.Nearest nearest) {
            return summary(nearest.within()) + " within a circle, or else " + summary(nearest.otherwise());
        }
        boolean sorts = plan instanceof QueryPlan.SortDocuments || plan instanceof QueryPlan.SortKeys;
        String order = sorts ? ", sorted" : plan instanceof QueryPlan.Merge ? ", merged by id" : "";
        List<String> ways = plan.inputs().stream().map(Explanations::summary).toList();
        return String.join(plan instanceof QueryPlan.Union ? " or " : " and ", ways) + order;
    }

    private static long keysRead(QueryPlan plan, PlanMeters measured) {
        long keys = plan instanceof QueryPlan.Access ? measured.of(plan).rows() : 0;
        for (QueryPlan input : plan.inputs()) {
            keys += keysRead(input, measured);
        }
        return keys;
    }

    private PlanStep step(QueryPlan plan) {
        return new PlanStep(
                kind(plan),
                description(plan),
                index(plan),
                Math.round(plan.rows()),
                actual(plan),
                plan.inputs().stream().map(this::step).toList());
    }

    private PlanStep.@Nullable Actual actual(QueryPlan plan) {
        if (meters == null) {
            return null;
        }
        Meter meter = meters.of(plan);
        return new PlanStep.Actual(meter.rows(), meter.time());
    }

    private static Kind kind(QueryPlan plan) {
        if (plan instanceof QueryPlan.Access access) {
            return kind(access.path());
        }
        if (plan instanceof QueryPlan.Union) {
            return Kind.UNION;
        }
        if (plan instanceof QueryPlan.Intersection) {
            return Kind.INTERSECTION;
        }
        if (plan instanceof QueryPlan.Read) {
            return Kind.READ;
        }
        if (plan instanceof QueryPlan.Test) {
            return Kind.FILTER;
        }
        if (plan instanceof QueryPlan.SortDocuments
                || plan instanceof QueryPlan.SortKeys
                || plan instanceof QueryPlan.Merge) {
            return Kind.SORT;
        }
        if (plan instanceof QueryPlan.Nearest) {
            return Kind.NEAREST;
        }
        if (plan instanceof QueryPlan.SliceKeys || plan instanceof QueryPlan.SliceDocuments) {
            return Kind.SLICE;
        }
        if (plan instanceof QueryPlan.CountRanges) {
            return Kind.COUNT_ENTRIES;
        }
        if (plan instanceof QueryPlan.CountRows) {
            return Kind.COUNT;
        }
        if (plan instanceof QueryPlan.Nothing) {
            return Kind.NOTHING;
        }
        throw new IllegalStateException("No such plan: " + plan);
    }

    private static Kind kind(AccessPath path) {
        if (path.index() != null) {
            return Kind.INDEX;
        }
        if (path.boundColumns().isEmpty()) {
            return Kind.FULL_SCAN;
        }
        return path.points() ? Kind.ID_LOOKUP : Kind.ID_RANGE;
    }

    private static @Nullable String index(QueryPlan plan) {
        AccessPath path = null;
        if (plan instanceof QueryPlan.Access access) {
            path = access.path();
        } else if (plan instanceof QueryPlan.CountRanges count) {
            path = count.path();
        }
        IndexEntry index = path == null ? null : path.index();
        return index == null ? null : index.definition().name();
    }

    private String description(QueryPlan plan) {
        if (plan instanceof QueryPlan.Access access) {
            String skipped = access.skip() == 0 ? "" : ", without the first " + access.skip();
            return access.path().way() + access.keyOrder().description() + skipped;
        }
        if (plan instanceof QueryPlan.Union union) {
            return (union.steps().size() == 1 ? "each key once, by id" : "keys of any, by id")
                    + (union.descending() ? ", backward" : "");
        }
        if (plan instanceof QueryPlan.Intersection intersection) {
            return "keys of all, by id" + (intersection.descending() ? ", backward" : "");
        }
        if (plan instanceof QueryPlan.Read) {
            return "read documents";
        }
        if (plan instanceof QueryPlan.Test test) {
            return "filter " + texts.filter(test.filters());
        }
        if (plan instanceof QueryPlan.SortDocuments sort) {
            return "sort by " + texts.order(sort.orders()) + described(sort.slice(), ", keep ");
        }
        if (plan instanceof QueryPlan.Merge merge) {
            return "merge by id, keys of " + merge.values().size() + " values";
        }
        if (plan instanceof QueryPlan.Nearest nearest) {
            return "the nearest within " + Math.round(nearest.radiusMeters()) + " m, if they are enough";
        }
        if (plan instanceof QueryPlan.SortKeys sort) {
            return "sort by id" + described(sort.slice(), ", keep ");
        }
        if (plan instanceof QueryPlan.SliceKeys slice) {
            return described(slice.slice(), "");
        }
        if (plan instanceof QueryPlan.SliceDocuments slice) {
            return described(slice.slice(), "");
        }
        if (plan instanceof QueryPlan.CountRanges count) {
            return "count entries: " + count.path().way();
        }
        return plan instanceof QueryPlan.CountRows ? "count" : "nothing: no document can match";
    }

    private static String described(Slice slice, String before) {
        if (slice.isAll()) {
            return "";
        }
        String limit = slice.limit() == Long.MAX_VALUE ? "all" : "the first " + slice.limit();
        return before + limit + (slice.offset() == 0 ? "" : " after " + slice.offset());
    }
}
