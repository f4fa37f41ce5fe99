package org.storedb.spring.data.core;

import java.util.List;
import org.springframework.data.domain.Sort;
import org.storedb.document.DocumentPatch;
import org.storedb.query.Filter;
import org.storedb.query.Query;

/** The matching documents of an entity class, to be updated or removed. */
record MatchingDocuments<T>(StoreOperations operations, Class<T> type, Filter filter, Sort sort, long max)
        implements EntityUpdate, EntityRemoval<T> {

    static <T> MatchingDocuments<T> all(StoreOperations operations, Class<T> type) {
        return new MatchingDocuments<>(operations, type, Filter.all(), Sort.unsorted(), Long.MAX_VALUE);
    }

    @Override
    public MatchingDocuments<T> matching(Filter more) {
        Filter both = filter.and(mapper().toStored(more, type));
        return new MatchingDocuments<>(operations, type, both, sort, max);
    }

    @Override
    public MatchingDocuments<T> sort(Sort more) {
        return new MatchingDocuments<>(operations, type, filter, sort.and(more), max);
    }

    @Override
    public MatchingDocuments<T> limit(long newMax) {
        return new MatchingDocuments<>(operations, type, filter, sort, newMax);
    }

    @Override
    public long apply(DocumentPatch changes) {
        DocumentPatch stored = mapper().toStored(changes, type);
        return operations.execute(type, collection -> collection.update(query(), stored));
    }

    @Override
    public long all() {
        return operations.execute(type, collection -> collection.delete(query()));
    }

    @Override
    public List<T> andReturn() {
        return operations.executeAtomically(type, collection -> {
            List<T> found = collection.find(query()).toList();
            collection.delete(query());
            return found;
        });
    }

    private Query query() {
        return Query.where(filter).sort(mapper().toStored(sort, type)).limit(max);
    }

    private StoreQueryMapper mapper() {
        return new StoreQueryMapper(operations.getConverter());
    }
}
