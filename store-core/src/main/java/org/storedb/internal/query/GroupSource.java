package org.storedb.internal.query;

import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.storedb.query.Aggregation;

/** A way to the groups of an aggregation and their figures: from documents, or from what an index knows. */
interface GroupSource {

    /**
     * Returns every group that has documents, once, in the order of their keys; exactly one if there are no fields to
     * group by. Only the filter, the fields and the measures of the aggregation are used.
     */
    Iterator<Group> groups(Aggregation aggregation);

    /**
     * A group.
     *
     * @param key the ordered forms of the values of its fields, concatenated
     * @param figures one for each measure
     */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record Group(byte[] key, List<@Nullable Object> figures) {}
}
