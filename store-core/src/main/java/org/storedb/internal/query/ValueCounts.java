package org.storedb.internal.query;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.storedb.internal.document.KeyDecoder;
import org.storedb.query.Aggregation;
import org.storedb.query.Measure;

/** Counts documents by the value of a field. */
final class ValueCounts {

    private final RowQueries rows;

    ValueCounts(RowQueries rows) {
        this.rows = rows;
    }

    /** Returns the counts in the order of the values; null, which missing values count as, comes first. */
    Map<@Nullable Object, Long> of(String field) {
        Map<@Nullable Object, Long> counts = new LinkedHashMap<>();
        Aggregation aggregation = Aggregation.of(Measure.count()).groupBy(field);
        rows.groups(aggregation)
                .forEachRemaining(group -> counts.put(
                        KeyDecoder.decode(group.key()), (Long) group.figures().get(0)));
        return Collections.unmodifiableMap(counts);
    }
}
