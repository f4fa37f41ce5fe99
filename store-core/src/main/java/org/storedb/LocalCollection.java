package org.storedb;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.storedb.document.DocumentCodec;
import org.storedb.document.DocumentPatch;
import org.storedb.index.IndexDefinition;
import org.storedb.internal.document.CatalogEntry;
import org.storedb.internal.document.CatalogEntry.Kind;
import org.storedb.internal.document.CollectionEngine;
import org.storedb.internal.document.DocumentId;
import org.storedb.internal.document.EncodedValue;
import org.storedb.internal.document.StoredDocument;
import org.storedb.internal.query.CollectionShape;
import org.storedb.internal.query.FoundDocument;
import org.storedb.internal.query.PlanExecutor;
import org.storedb.internal.query.QueryServices;
import org.storedb.internal.query.QueryValidator;
import org.storedb.internal.transaction.TreeView;
import org.storedb.maintenance.OperationMonitor;
import org.storedb.query.Aggregation;
import org.storedb.query.Page;
import org.storedb.query.Query;
import org.storedb.query.QueryExplanation;
import org.storedb.query.Row;
import org.storedb.query.text.QueryKind;
import org.storedb.view.View;
import org.storedb.view.ViewFunction;

/** A collection of a local store, seen through a session: converts documents and delegates the rest to the engine. */
final class LocalCollection<T> implements DocumentCollection<T> {

    private final Session session;
    private final String name;
    private final DocumentCodec<T> codec;
    private final DocumentDecoding<T> decoding;
    private final CollectionDefinition definition;
    private final DocumentWrites<T> writes;

    LocalCollection(Session session, String name, DocumentCodec<T> codec) {
        this.session = session;
        this.name = name;
        this.codec = codec;
        this.decoding = new DocumentDecoding<>(name, codec);
        this.definition = new CollectionDefinition(session, name);
        this.writes = new DocumentWrites<>(session.engine(), name, codec);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public T insert(T document) {
        return write(document, inserting(null));
    }

    @Override
    public T insert(T document, Expiry expiry) {
        return write(document, inserting(Objects.requireNonNull(expiry, "expiry")));
    }

    @Override
    public List<T> insertAll(Iterable<? extends T> documents) {
        return writeAll(documents, inserting(null));
    }

    @Override
    public T save(T document) {
        return write(document, saving(null));
    }

    @Override
    public T save(T document, Expiry expiry) {
        return write(document, saving(Objects.requireNonNull(expiry, "expiry")));
    }

    @Override
    public List<T> saveAll(Iterable<? extends T> documents) {
        return writeAll(documents, saving(null));
    }

    @Override
    public Optional<T> get(Object id) {
        return getVersioned(id).map(Versioned::document);
    }

    @Override
    public Optional<Versioned<T>> getVersioned(Object id) {
        Object normalized = DocumentId.normalize(id);
        TreeView view = session.view();
        CollectionEngine engine = forReading(view);
        StoredDocument found = engine == null ? null : engine.get(view, normalized);
        if (engine != null && found != null && found.expiry().isSliding()) {
            session.used(engine.entry().treeId(), DocumentId.encode(normalized), found.expiry());
        }
        return Optional.ofNullable(found).map(stored -> decode(normalized, stored.revision(), stored.document()));
    }

    @Override
    public boolean exists(Object id) {
        Object normalized = DocumentId.normalize(id);
        TreeView view = session.view();
        CollectionEngine engine = forReading(view);
        return engine != null && engine.exists(view, normalized);
    }

    @Override
    public Versioned<T> replace(T document) {
        return replaceExpecting(document, null);
    }

    @Override
    public Versioned<T> replace(T document, long expectedRevision) {
        return replaceExpecting(document, expectedRevision);
    }

    @Override
    public Optional<Versioned<T>> update(Object id, UnaryOperator<T> change) {
        Object normalized = DocumentId.normalize(id);
        return session.write(transaction -> writes.update(transaction, normalized, change));
    }

    @Override
    public Optional<Versioned<T>> patch(Object id, DocumentPatch patch) {
        Object normalized = DocumentId.normalize(id);
        validator().validate(patch);
        return session.write(transaction -> {
            CollectionEngine engine = writes.collectionIn(transaction);
            StoredDocument changed = writes.patch(transaction, engine, normalized, patch);
            return Optional.ofNullable(changed).map(stored -> decode(normalized, stored.revision(), stored.document()));
        });
    }

    @Override
    public long update(Query query, DocumentPatch patch) {
        validator().validate(patch);
        return session.writeAll(transaction -> {
            CollectionEngine engine = writes.collectionIn(transaction);
            List<Object> ids = idsOf(query, transaction, engine);
            ids.forEach(id -> writes.patch(transaction, engine, id, patch));
            return (long) ids.size();
        });
    }

    @Override
    public boolean delete(Object id) {
        Object normalized = DocumentId.normalize(id);
        return session.write(transaction -> writes.collectionIn(transaction).delete(transaction, normalized));
    }

    @Override
    public void delete(Object id, long expectedRevision) {
        Object normalized = DocumentId.normalize(id);
        session.write(transaction -> {
            writes.collectionIn(transaction).delete(transaction, normalized, expectedRevision);
            return true;
        });
    }

    @Override
    public long delete(Query query) {
        return session.writeAll(transaction -> {
            CollectionEngine engine = writes.collectionIn(transaction);
            List<Object> ids = idsOf(query, transaction, engine);
            ids.forEach(id -> engine.delete(transaction, id));
            return (long) ids.size();
        });
    }

    @Override
    public boolean expire(Object id, Expiry expiry) {
        Object normalized = DocumentId.normalize(id);
        Objects.requireNonNull(expiry, "expiry");
        return session.write(transaction -> writes.expire(transaction, normalized, expiry));
    }

    @Override
    public boolean touch(Object id) {
        Object normalized = DocumentId.normalize(id);
        return session.write(transaction -> writes.touch(transaction, normalized));
    }

    @Override
    public Optional<Instant> expiresAt(Object id) {
        Object normalized = DocumentId.normalize(id);
        TreeView view = session.view();
        CollectionEngine engine = forReading(view);
        StoredDocument found = engine == null ? null : engine.get(view, normalized);
        return found == null || found.expiry().isNever()
                ? Optional.empty()
                : Optional.of(Instant.ofEpochMilli(found.expiry().millis()));
    }

    @Override
    public Stream<T> find(Query query) {
        return found(query).map(this::read);
    }

    @Override
    public Stream<Versioned<T>> findVersioned(Query query) {
        return found(query).map(found -> decode(found.id(), found.revision(), found.document()));
    }

    @Override
    public Page<T> findPage(Query query) {
        return queries().page(query, this::read);
    }

    @Override
    public Optional<T> findOne(Query query) {
        // Backward, a limit of 1 would leave the last one.
        Query first = query.backward() ? query : query.limit(Math.min(1, query.limit()));
        return find(first).findFirst();
    }

    @Override
    public Stream<Row> findFields(Query query, String... fields) {
        return queries().findFields(query, List.of(fields));
    }

    @Override
    public List<@Nullable Object> distinct(String field) {
        return distinct(field, Query.all());
    }

    @Override
    public List<@Nullable Object> distinct(String field, Query query) {
        return queries().distinct(field, query);
    }

    @Override
    public List<Row> aggregate(Aggregation aggregation) {
        return queries().aggregate(aggregation);
    }

    @Override
    public long count() {
        return count(Query.all());
    }

    @Override
    public long count(Query query) {
        return queries().count(query);
    }

    @Override
    public boolean exists(Query query) {
        return queries().exists(query);
    }

    @Override
    public Map<@Nullable Object, Long> countBy(String field) {
        return queries().countBy(field);
    }

    @Override
    public QueryExplanation explain(Query query) {
        return explain(QueryKind.FIND, query);
    }

    @Override
    public QueryExplanation explainCount(Query query) {
        return explain(QueryKind.COUNT, query);
    }

    @Override
    public QueryExplanation profile(Query query) {
        return profile(QueryKind.FIND, query);
    }

    @Override
    public QueryExplanation profileCount(Query query) {
        return profile(QueryKind.COUNT, query);
    }

    @Override
    public QueryExplanation explain(Aggregation aggregation) {
        return queries().explain(aggregation);
    }

    @Override
    public QueryExplanation profile(Aggregation aggregation) {
        return queries().profile(aggregation, session.engine().environment().nanoTicker());
    }

    @Override
    public void setExpiryPolicy(ExpiryPolicy policy) {
        if (policy.rule().hasField()) {
            validator().validateExpiryField(policy.rule().field());
        }
        definition.setExpiryPolicy(policy);
    }

    @Override
    public ExpiryPolicy expiryPolicy() {
        return definition.expiryPolicy();
    }

    @Override
    public void createIndex(IndexDefinition index, OperationMonitor monitor) {
        session.requireWritable();
        validator().validate(index);
        definition.createIndex(index, monitor);
    }

    @Override
    public boolean dropIndex(String indexName) {
        return definition.dropIndex(indexName);
    }

    @Override
    public List<IndexDefinition> indexes() {
        return definition.indexes();
    }

    @Override
    public View<T> view(String viewName, int version, ViewFunction<T> function) {
        session.requireUsable();
        Names.require("view", viewName);
        return new LocalView<>(
                session, name, codec, session.engine().views().register(name, viewName, version, function, codec));
    }

    private T write(T document, DocumentWrite<T> write) {
        Object id = writes.idOf(document);
        return session.write(transaction -> write.in(transaction, id, document));
    }

    private List<T> writeAll(Iterable<? extends T> documents, DocumentWrite<T> write) {
        DocumentBatch<T> batch = new DocumentBatch<>(documents, codec, writes);
        return session.writeAll(transaction -> batch.write(transaction, write));
    }

    private DocumentWrite<T> inserting(@Nullable Expiry expiry) {
        return (transaction, id, document) -> writes.insert(transaction, id, document, expiry);
    }

    private DocumentWrite<T> saving(@Nullable Expiry expiry) {
        return (transaction, id, document) -> writes.save(transaction, id, document, expiry);
    }

    private Versioned<T> replaceExpecting(T document, @Nullable Long expectedRevision) {
        Object id = writes.requiredId(document);
        return session.write(transaction -> writes.replace(transaction, id, document, expectedRevision));
    }

    /** Collects all ids before anything is changed. */
    private List<Object> idsOf(Query query, TreeView view, CollectionEngine engine) {
        return queries(view, engine).find(query).map(FoundDocument::id).toList();
    }

    private Stream<FoundDocument> found(Query query) {
        return queries().find(query);
    }

    private QueryExplanation explain(QueryKind kind, Query query) {
        return queries().explain(kind, query);
    }

    private QueryExplanation profile(QueryKind kind, Query query) {
        return queries().profile(kind, query, session.engine().environment().nanoTicker());
    }

    private T read(FoundDocument found) {
        return decoding.decode(found.document(), found.revision(), found::id);
    }

    private Versioned<T> decode(Object id, long revision, EncodedValue document) {
        return new Versioned<>(id, revision, decoding.decode(document, revision, () -> id));
    }

    /** Returns the engine to read with; {@code null} for a collection that was never written. */
    private @Nullable CollectionEngine forReading(TreeView view) {
        CatalogEntry entry = session.findEntry(view, Kind.COLLECTION, name);
        return entry == null ? null : session.engine().collections().of(entry);
    }

    private CollectionQueries queries() {
        TreeView view = session.view();
        return queries(view, forReading(view));
    }

    private CollectionQueries queries(TreeView view, @Nullable CollectionEngine engine) {
        PlanExecutor executor = engine == null ? null : executor(view, engine);
        return new CollectionQueries(name, validator(), executor);
    }

    private QueryValidator validator() {
        return new QueryValidator(name, codec);
    }

    private PlanExecutor executor(TreeView view, CollectionEngine engine) {
        QueryServices services = session.engine().queryServices();
        CollectionShape shape = services.shapes().of(engine.entry(), engine.dictionary());
        return new PlanExecutor(shape.in(view, services.scans()), services);
    }
}
