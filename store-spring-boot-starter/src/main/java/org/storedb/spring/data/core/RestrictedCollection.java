package org.storedb.spring.data.core;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.storedb.DocumentCollection;
import org.storedb.Expiry;
import org.storedb.ExpiryPolicy;
import org.storedb.Versioned;
import org.storedb.document.DocumentCodec;
import org.storedb.document.DocumentPatch;
import org.storedb.index.IndexDefinition;
import org.storedb.maintenance.OperationMonitor;
import org.storedb.query.Aggregation;
import org.storedb.query.Filter;
import org.storedb.query.Measure;
import org.storedb.query.Page;
import org.storedb.query.Query;
import org.storedb.query.QueryExplanation;
import org.storedb.query.Row;
import org.storedb.query.Sort;
import org.storedb.view.View;
import org.storedb.view.ViewFunction;

/**
 * The documents of a collection that match a filter: those of one class among several that share the collection. The
 * others are neither read, counted nor changed; the caller is responsible for what is inserted or saved.
 */
final class RestrictedCollection<T> implements DocumentCollection<T> {

    private final DocumentCollection<T> all;
    private final Filter own;

    RestrictedCollection(DocumentCollection<T> all, Filter own) {
        this.all = all;
        this.own = own;
    }

    private Query own(Query query) {
        return new Query(
                own.and(query.filter()),
                query.sort(),
                query.offset(),
                query.limit(),
                query.continuation(),
                query.backward());
    }

    private Aggregation own(Aggregation aggregation) {
        return aggregation.where(own.and(aggregation.filter()));
    }

    private Query withId(Object id) {
        return Query.where(own.and(Filter.eq(DocumentCodec.ID_FIELD, id)));
    }

    @Override
    public String name() {
        return all.name();
    }

    @Override
    public T insert(T document) {
        return all.insert(document);
    }

    @Override
    public T insert(T document, Expiry expiry) {
        return all.insert(document, expiry);
    }

    @Override
    public List<T> insertAll(Iterable<? extends T> documents) {
        return all.insertAll(documents);
    }

    @Override
    public T save(T document) {
        return all.save(document);
    }

    @Override
    public T save(T document, Expiry expiry) {
        return all.save(document, expiry);
    }

    @Override
    public List<T> saveAll(Iterable<? extends T> documents) {
        return all.saveAll(documents);
    }

    @Override
    public Optional<T> get(Object id) {
        return exists(id) ? all.get(id) : Optional.empty();
    }

    @Override
    public Optional<Versioned<T>> getVersioned(Object id) {
        return exists(id) ? all.getVersioned(id) : Optional.empty();
    }

    @Override
    public boolean exists(Object id) {
        return all.exists(withId(id));
    }

    @Override
    public Versioned<T> replace(T document) {
        return all.replace(document);
    }

    @Override
    public Versioned<T> replace(T document, long expectedRevision) {
        return all.replace(document, expectedRevision);
    }

    @Override
    public Optional<Versioned<T>> update(Object id, UnaryOperator<T> change) {
        return exists(id) ? all.update(id, change) : Optional.empty();
    }

    @Override
    public Optional<Versioned<T>> patch(Object id, DocumentPatch patch) {
        return exists(id) ? all.patch(id, patch) : Optional.empty();
    }

    @Override
    public long update(Query query, DocumentPatch patch) {
        return all.update(own(query), patch);
    }

    @Override
    public boolean delete(Object id) {
        return all.delete(withId(id)) > 0;
    }

    @Override
    public void delete(Object id, long expectedRevision) {
        all.delete(id, expectedRevision);
    }

    @Override
    public boolean expire(Object id, Expiry expiry) {
        return exists(id) && all.expire(id, expiry);
    }

    @Override
    public boolean touch(Object id) {
        return exists(id) && all.touch(id);
    }

    @Override
    public Optional<Instant> expiresAt(Object id) {
        return exists(id) ? all.expiresAt(id) : Optional.empty();
    }

    @Override
    public long delete(Query query) {
        return all.delete(own(query));
    }

    @Override
    public Stream<T> find(Query query) {
        return all.find(own(query));
    }

    @Override
    public Stream<Versioned<T>> findVersioned(Query query) {
        return all.findVersioned(own(query));
    }

    @Override
    public Page<T> findPage(Query query) {
        return all.findPage(own(query));
    }

    @Override
    public Optional<T> findOne(Query query) {
        return all.findOne(own(query));
    }

    @Override
    public Stream<Row> findFields(Query query, String... fields) {
        return all.findFields(own(query), fields);
    }

    @Override
    public List<@Nullable Object> distinct(String field) {
        return distinct(field, Query.all());
    }

    @Override
    public List<@Nullable Object> distinct(String field, Query query) {
        return all.distinct(field, own(query));
    }

    @Override
    public List<Row> aggregate(Aggregation aggregation) {
        return all.aggregate(own(aggregation));
    }

    @Override
    public long count() {
        return all.count(Query.where(own));
    }

    @Override
    public long count(Query query) {
        return all.count(own(query));
    }

    @Override
    public boolean exists(Query query) {
        return all.exists(own(query));
    }

    @Override
    public Map<@Nullable Object, Long> countBy(String field) {
        Measure count = Measure.count();
        Map<@Nullable Object, Long> counts = new LinkedHashMap<>();
        for (Row row : aggregate(Aggregation.of(count).groupBy(field).sort(Sort.by(field)))) {
            counts.put(row.value(field), row.asLong(count.name()));
        }
        return Collections.unmodifiableMap(counts);
    }

    @Override
    public QueryExplanation explain(Query query) {
        return all.explain(own(query));
    }

    @Override
    public QueryExplanation explainCount(Query query) {
        return all.explainCount(own(query));
    }

    @Override
    public QueryExplanation explain(Aggregation aggregation) {
        return all.explain(own(aggregation));
    }

    @Override
    public QueryExplanation profile(Query query) {
        return all.profile(own(query));
    }

    @Override
    public QueryExplanation profileCount(Query query) {
        return all.profileCount(own(query));
    }

    @Override
    public QueryExplanation profile(Aggregation aggregation) {
        return all.profile(own(aggregation));
    }

    @Override
    public void setExpiryPolicy(ExpiryPolicy policy) {
        all.setExpiryPolicy(policy);
    }

    @Override
    public ExpiryPolicy expiryPolicy() {
        return all.expiryPolicy();
    }

    @Override
    public void createIndex(IndexDefinition definition, OperationMonitor monitor) {
        all.createIndex(definition, monitor);
    }

    @Override
    public boolean dropIndex(String indexName) {
        return all.dropIndex(indexName);
    }

    @Override
    public List<IndexDefinition> indexes() {
        return new ArrayList<>(all.indexes());
    }

    @Override
    public View<T> view(String name, int version, ViewFunction<T> function) {
        throw new UnsupportedOperationException(
                "A view covers a whole collection, but '%s' is restricted to the documents of one class"
                        .formatted(name()));
    }
}
