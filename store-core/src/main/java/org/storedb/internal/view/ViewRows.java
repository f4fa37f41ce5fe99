package org.storedb.internal.view;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import org.storedb.internal.document.DocumentId;
import org.storedb.internal.document.KeyDecoder;
import org.storedb.internal.document.PlainValues;
import org.storedb.internal.index.CountedTree;
import org.storedb.internal.index.Presence;
import org.storedb.internal.index.TreeCursor;
import org.storedb.internal.index.TreeRange;
import org.storedb.internal.transaction.RecordPointer;
import org.storedb.view.ViewQuery;
import org.storedb.view.ViewStatistics;
import org.storedb.view.ViewStatus;

/** The rows of a view at one moment. Immutable. */
public final class ViewRows {

    /** The rows of no documents. */
    public static final ViewRows NONE = new ViewRows(ViewTrees.empty());

    private final ViewTrees trees;

    ViewRows(ViewTrees trees) {
        this.trees = trees;
    }

    /** Returns the documents of the rows. */
    public CountedTree<RecordPointer> records() {
        return trees.records();
    }

    /** Returns the number of rows within the bounds of a query, ignoring start index and limit. */
    public long total(ViewQuery query) {
        return trees.rows().count(RowFormat.range(query));
    }

    /** Returns the rows that a query finds, decoded as the iterator advances. */
    public Iterator<Row> rows(ViewQuery query) {
        TreeCursor<Presence> cursor = cursor(query);
        return new Iterator<>() {
            private long left = Math.min(query.limit(), cursor.remaining());

            @Override
            public boolean hasNext() {
                return left > 0;
            }

            @Override
            public Row next() {
                if (left == 0 || !cursor.next()) {
                    throw new NoSuchElementException();
                }
                left--;
                RowFormat.Row row = RowFormat.decode(cursor.key());
                return new Row(row.recordKey(), row.id(), row.key(), row.value());
            }
        };
    }

    private TreeCursor<Presence> cursor(ViewQuery query) {
        TreeRange range = RowFormat.range(query);
        TreeCursor<Presence> cursor = query.isDescending()
                ? trees.rows().descendingCursor(range)
                : trees.rows().cursor(range);
        cursor.skip(query.startIndex());
        return cursor;
    }

    /** Returns the number of rows for each key within the bounds, jumping from key to key. */
    public Map<@Nullable Object, Long> countByKey(ViewQuery query) {
        TreeRange range = RowFormat.range(query);
        Map<@Nullable Object, Long> counts = new LinkedHashMap<>();
        TreeCursor<Presence> cursor = trees.rows().cursor(range);
        while (cursor.next()) {
            byte[] key = RowFormat.key(cursor.key());
            TreeRange sameKey = TreeRange.prefix(key);
            counts.put(KeyDecoder.decode(key), trees.rows().count(sameKey));
            cursor = trees.rows().cursor(new TreeRange(sameKey.to(), range.to()));
        }
        return counts;
    }

    /** Returns figures of the rows that a query finds. */
    public ViewStatistics statistics(ViewQuery query) {
        TreeCursor<Presence> cursor = cursor(query);
        long rows = Math.min(query.limit(), cursor.remaining());
        long numbers = 0;
        BigDecimal sum = BigDecimal.ZERO;
        BigDecimal min = null;
        BigDecimal max = null;
        for (long left = rows; left > 0 && cursor.next(); left--) {
            if (RowFormat.value(cursor.key()) instanceof Number value) {
                BigDecimal number = PlainValues.exact(value);
                numbers++;
                sum = sum.add(number);
                min = min == null ? number : min.min(number);
                max = max == null ? number : max.max(number);
            }
        }
        return new ViewStatistics(rows, numbers, sum, min, max);
    }

    public ViewStatus status(String name, int version) {
        List<ViewStatus.Failure> failures = new ArrayList<>();
        TreeCursor<Presence> cursor = trees.failures().cursor(TreeRange.all());
        while (failures.size() < ViewStatus.FAILURES_MAX && cursor.next()) {
            byte[] failure = cursor.key();
            int reasonPosition = new KeyDecoder(failure).skip().position();
            Object id = DocumentId.decode(Arrays.copyOf(failure, reasonPosition));
            String reason =
                    new String(failure, reasonPosition, failure.length - reasonPosition, StandardCharsets.UTF_8);
            failures.add(new ViewStatus.Failure(id, reason));
        }
        return new ViewStatus(
                name, version, trees.rows().size(), trees.failures().size(), failures);
    }

    /**
     * A row.
     *
     * @param recordKey record key of the document
     * @param id the id of the document, a {@code String} or a {@code Long}
     */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    public record Row(
            byte[] recordKey,
            Object id,
            @Nullable Object key,
            @Nullable Object value) {}
}
