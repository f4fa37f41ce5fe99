package org.storedb.view;

import java.math.BigDecimal;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.storedb.maintenance.OperationMonitor;

/**
 * The rows that a {@link ViewFunction} emits for the documents of a collection, in the order of their keys.
 *
 * <p>A view always shows the documents that the context it was taken from sees: those of now, of a snapshot, or of a
 * transaction with its writes so far. Whoever reads it first brings it up to date, by the documents that have changed since
 * somebody read it last; commits have nothing to do with it. It lives in the memory of this process: the first to read it
 * after the store was opened has it made from all documents.
 *
 * <p>A serializable transaction that has read a view depends on all documents of the collection. As safe for threads as
 * that context.
 *
 * @param <T> the documents of the collection
 */
public interface View<T> {

    String name();

    int version();

    /** Some rows, to be shown page by page; give a limit. */
    ViewPage<T> page(ViewQuery query);

    /** Rows as they are taken, all from this moment. The stream needs no closing. */
    Stream<ViewRow<T>> stream(ViewQuery query);

    /** Number of rows within the bounds; costs the same for any number. Start index and limit count. */
    long count(ViewQuery query);

    /** Number of rows for each key within the bounds, in the order of the keys; start index and limit do not count. */
    Map<@Nullable Object, Long> countByKey(ViewQuery query);

    /** The sum of all values that are numbers, exact. Reads the rows but no document. */
    BigDecimal sum(ViewQuery query);

    /** Figures of all values that are numbers. Reads the rows but no document. */
    ViewStatistics statistics(ViewQuery query);

    /** Rows and failures as of now. */
    ViewStatus status();

    /**
     * Brings the view up to date, as reading it does; {@code monitor} counts documents.
     *
     * @throws org.storedb.error.OperationCancelledException if the monitor wants it; what was done is lost
     */
    void refresh(OperationMonitor monitor);
}
