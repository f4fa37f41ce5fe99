package org.storedb.spring.data.core;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.KeysetScrollPosition;
import org.springframework.data.domain.OffsetScrollPosition;
import org.springframework.data.domain.ScrollPosition;
import org.springframework.data.domain.Sort;
import org.springframework.data.domain.Window;
import org.storedb.query.Filter;
import org.storedb.query.Query;
import org.storedb.query.Row;

/**
 * Reader of the matches of a query window by window. A window starts after the position of an entity already seen:
 * after its offset in the order, or after the values it is sorted by. The latter stays correct when entities are added
 * or removed, and its cost does not grow with the distance from the start.
 */
public final class WindowReader {

    private final StoreOperations operations;
    private final StoreQueryMapper queryMapper;

    public WindowReader(StoreOperations operations) {
        this.operations = operations;
        this.queryMapper = new StoreQueryMapper(operations.getConverter());
    }

    /**
     * Returns the next window.
     *
     * @param filter the filter, with the names and values used in documents
     * @param limit the maximum number of entities
     * @throws org.springframework.dao.InvalidDataAccessApiUsageException if the position does not fit the sort
     */
    public <T> Window<T> read(Filter filter, Sort sort, long limit, ScrollPosition position, Class<T> type) {
        if (limit == 0) {
            return Window.from(List.of(), index -> position, false);
        }
        return position instanceof KeysetScrollPosition keys
                ? afterKeys(filter, sort, limit, keys, type)
                : afterOffset(filter, sort, limit, (OffsetScrollPosition) position, type);
    }

    private <T> Window<T> afterOffset(
            Filter filter, Sort sort, long limit, OffsetScrollPosition position, Class<T> type) {
        long start = position.isInitial() ? 0 : position.getOffset() + 1;
        Query query = Query.where(filter)
                .sort(queryMapper.toStored(sort, type))
                .offset(start)
                .limit(limit);
        List<T> found = list(query, type);
        return Window.from(upTo(limit, found), OffsetScrollPosition.positionFunction(start), found.size() > limit);
    }

    private <T> Window<T> afterKeys(
            Filter filter, Sort sort, long limit, KeysetScrollPosition position, Class<T> type) {
        Keyset<T> keyset = Keyset.of(sort, type, operations.getConverter(), queryMapper);
        boolean backward = position.scrollsBackward();
        Keyset<T> directed = backward ? keyset.reversed() : keyset;
        Filter remaining = position.isInitial() ? filter : filter.and(directed.after(position.getKeys()));
        Query query = Query.where(remaining).sort(directed.sort()).limit(limit);
        List<T> found = list(query, type);
        List<T> content = new ArrayList<>(upTo(limit, found));
        if (backward) {
            Collections.reverse(content);
        }
        return Window.from(
                content,
                index -> ScrollPosition.of(keysOf(content.get(index), keyset, type), position.getDirection()),
                found.size() > limit);
    }

    /**
     * Returns the position of an entity. Its document is read again, but only for the few whose position is requested.
     */
    private <T> Map<String, @Nullable Object> keysOf(T entity, Keyset<T> keyset, Class<T> type) {
        String[] paths = keyset.paths().toArray(String[]::new);
        if (paths.length == 0) {
            return keyset.keysOf(entity, null, false);
        }
        Query self = Query.where(keyset.isDocumentOf(entity));
        Optional<Row> stored = operations.execute(
                type, collection -> collection.findFields(self, paths).findFirst());
        return keyset.keysOf(entity, stored.orElse(null), operations.completesEntities());
    }

    /** Reads one more than the query's limit, to determine whether there are more. */
    private <T> List<T> list(Query query, Class<T> type) {
        Query oneMore = query.limit() == Long.MAX_VALUE ? query : query.limit(query.limit() + 1);
        return operations.execute(type, collection -> asList(collection.find(oneMore)));
    }

    private static <T> List<T> asList(Stream<T> stream) {
        return stream.toList();
    }

    private static <T> List<T> upTo(long limit, List<T> found) {
        return found.size() > limit ? found.subList(0, (int) limit) : found;
    }
}
