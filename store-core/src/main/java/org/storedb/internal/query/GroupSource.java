package org.storedb.internal.query;

import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.storedb.query.Aggregation;

/** A way to the groups of an aggregation and the figures about them: from documents, or from what an index knows. */
interface GroupSource {

    /**
     * Every group that has documents, each once, in the order of their keys; without fields to group by exactly one.
     * Of the aggregation only the filter, the fields and the measures count.
     */
    Iterator<Group> groups(Aggregation aggregation);

    /**
     * A group.
     *
     * @param key the ordered forms of the values of its fields, one after the other
     * @param figures one for each measure
     */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record Group(byte[] key, List<@Nullable Object> figures) {}
}
