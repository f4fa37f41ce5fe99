package org.storedb.view;

import java.math.BigDecimal;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.storedb.maintenance.OperationMonitor;

/**
 * The rows that a {@link ViewFunction} emits for the documents of a collection, in the order of their keys.
 *
 * <p>A view always reflects the documents visible in the context it was taken from: the current ones, those of a
 * snapshot, or those of a transaction with its writes so far. Reading it first brings it up to date with the documents
 * that have changed since it was last read; commits do not update it. It lives in the memory of this process: the first
 * read after the store was opened builds it from all documents.
 *
 * <p>A serializable transaction that has read a view depends on all documents of the collection. As thread-safe as that
 * context.
 *
 * @param <T> the documents of the collection
 */
public interface View<T> {

    String name();

    int version();

    /** Returns a page of rows; set a limit in the query. */
    ViewPage<T> page(ViewQuery query);

    /** Returns the rows as a stream, all as of this moment. The stream need not be closed. */
    Stream<ViewRow<T>> stream(ViewQuery query);

    /** Returns the number of rows within the bounds, in constant time. Start index and limit apply. */
    long count(ViewQuery query);

    /**
     * Returns the number of rows for each key within the bounds, in the order of the keys; start index and limit do not
     * apply.
     */
    Map<@Nullable Object, Long> countByKey(ViewQuery query);

    /** Returns the exact sum of all values that are numbers. Reads the rows but no documents. */
    BigDecimal sum(ViewQuery query);

    /** Returns statistics of all values that are numbers. Reads the rows but no documents. */
    ViewStatistics statistics(ViewQuery query);

    /** Returns the rows and failures as of now. */
    ViewStatus status();

    /**
     * Brings the view up to date, as reading does; {@code monitor} counts documents.
     *
     * @throws org.storedb.error.OperationCancelledException if the monitor cancels it; the work done so far is lost
     */
    void refresh(OperationMonitor monitor);
}
