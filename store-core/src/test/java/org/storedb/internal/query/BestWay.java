package org.storedb.internal.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.storedb.internal.query.QueryPlanner.PricedPlan;
import org.storedb.query.Query;
import org.storedb.query.QueryExplanation;
import org.storedb.query.text.QueryKind;

/** What a planner leaves out that looks for the best way only. */
final class BestWay {

    private BestWay() {}

    /** It is the way that would have been taken among all. */
    static void assertSame(Query query, CollectionView collection) {
        QueryPlanner best = QueryPlanner.ofBestWay(query, collection);
        QueryPlanner all = QueryPlanner.ofAllWays(query, collection);
        assertSame(QueryKind.FIND, query, best.find(), all.find());
        assertSame(QueryKind.COUNT, query, best.count(), all.count());
        assertSame(QueryKind.FIND, query, best.findInAnyOrder(), all.findInAnyOrder());
    }

    private static void assertSame(QueryKind kind, Query query, List<PricedPlan> best, List<PricedPlan> all) {
        assertThat(best).as("%s", query).hasSizeLessThanOrEqualTo(all.size());
        assertThat(first(kind, query, best)).as("%s %s", kind, query).isEqualTo(first(kind, query, all));
    }

    private static QueryExplanation first(QueryKind kind, Query query, List<PricedPlan> plans) {
        return new Explanations(kind, "places", query, true).of(plans.subList(0, 1));
    }
}
