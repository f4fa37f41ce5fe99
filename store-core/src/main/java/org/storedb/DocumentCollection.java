package org.storedb;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.storedb.document.DocumentPatch;
import org.storedb.error.IndexConflictException;
import org.storedb.index.IndexDefinition;
import org.storedb.maintenance.OperationMonitor;
import org.storedb.query.Aggregation;
import org.storedb.query.Page;
import org.storedb.query.Query;
import org.storedb.query.QueryExplanation;
import org.storedb.query.Row;
import org.storedb.view.View;
import org.storedb.view.ViewFunction;

/**
 * A collection of documents, each with an id and a revision. The id is a {@code String}, a {@code Long}, an
 * {@code Integer} or a {@code UUID} (which is the same id as its text) and is stored in the document's field
 * {@code id}. The revision starts at 0 and is incremented by each change.
 *
 * <p>A document may expire. From then on it is absent: no method finds it, no index contains it, and its id and unique
 * values are free for others. A write of a whole document (insert, save, replace) sets its expiry again: to that of the
 * call, or else that of the collection's {@link #setExpiryPolicy policy}, or else never. {@link #update} and
 * {@link #patch} leave it unchanged, unless the policy takes it from a field. A query, transaction or snapshot reads
 * what had not expired when it began.
 *
 * <p>As thread-safe as the context it was taken from. Every method that takes an id throws
 * {@link org.storedb.error.InvalidDocumentException} for an id of another type; every method that takes a query throws
 * {@link org.storedb.error.InvalidQueryException} for one that does not fit the documents.
 */
public interface DocumentCollection<T> {

    String name();

    /**
     * Stores a new document. Without an id it gets a time-ordered UUID.
     *
     * @return the document with its id
     * @throws org.storedb.error.DuplicateIdException if a document has this id
     * @throws org.storedb.error.UniqueIndexViolationException if another document has a value that must be unique
     * @throws org.storedb.error.LimitExceededException if the document is too large
     */
    T insert(T document);

    /** Stores a new document that expires; see {@link #insert(Object)}. */
    T insert(T document, Expiry expiry);

    /**
     * Stores new documents, either all or none. If one of them is rejected, as by {@link #insert(Object)}, the message
     * begins with its position from 0 on and, unless it was to be generated, its id.
     *
     * @return the documents with their ids, in the same order
     */
    List<T> insertAll(Iterable<? extends T> documents);

    /**
     * Stores a document, replacing any with its id. Without an id it gets a new one.
     *
     * @return the document with its id
     */
    T save(T document);

    /** Stores a document that expires, replacing any with its id; see {@link #save(Object)}. */
    T save(T document, Expiry expiry);

    /**
     * Stores several documents as {@link #save(Object)} does, either all or none. If one of them is rejected, the
     * message begins as that of {@link #insertAll}.
     */
    List<T> saveAll(Iterable<? extends T> documents);

    Optional<T> get(Object id);

    /** Returns the document with its id and revision. */
    Optional<Versioned<T>> getVersioned(Object id);

    boolean exists(Object id);

    /**
     * Replaces the document that has this one's id.
     *
     * @return the document with its new revision
     * @throws org.storedb.error.DocumentNotFoundException if there is none
     */
    Versioned<T> replace(T document);

    /**
     * Replaces the document that has this one's id if it still has the expected revision.
     *
     * @return the document with its new revision
     * @throws org.storedb.error.DocumentNotFoundException if there is none
     * @throws org.storedb.error.RevisionConflictException if it has another revision
     */
    Versioned<T> replace(T document, long expectedRevision);

    /**
     * Changes a document: reads it, applies {@code change} and stores the result, which must keep the id. Outside a
     * transaction this is retried after a concurrent change, so {@code change} may run more than once; it must not
     * write this document through another call.
     *
     * @return the changed document, or empty if there is none with this id
     * @throws org.storedb.error.RevisionConflictException if {@code change} itself has written the document, in the
     *     same transaction
     */
    Optional<Versioned<T>> update(Object id, UnaryOperator<T> change);

    /**
     * Changes some fields of a document and leaves the rest unchanged.
     *
     * @return the changed document, or empty if there is none with this id
     * @throws org.storedb.error.InvalidQueryException if it writes a field that the documents do not have
     * @throws org.storedb.error.InvalidDocumentException if a change does not fit the document; the message names both
     */
    Optional<Versioned<T>> patch(Object id, DocumentPatch patch);

    /**
     * Changes some fields of every matching document, either all or none; offset and limit apply. The matching
     * documents are determined before the first one is changed. They are changed one after another in the query's
     * order, so unique values that all move up need a descending order.
     *
     * @return how many documents were changed
     * @throws org.storedb.error.InvalidQueryException if the query does not fit the documents, or the patch writes a field
     *     that they do not have
     * @throws org.storedb.error.UniqueIndexViolationException if a document gets a unique value that another one has at
     *     that time; the message names both documents
     * @throws org.storedb.error.InvalidDocumentException if a change does not fit a document; the message names both
     */
    long update(Query query, DocumentPatch patch);

    /**
     * Removes a document.
     *
     * @return whether it existed
     */
    boolean delete(Object id);

    /**
     * Removes a document if it still has the expected revision.
     *
     * @throws org.storedb.error.DocumentNotFoundException if there is none
     * @throws org.storedb.error.RevisionConflictException if it has another revision
     */
    void delete(Object id, long expectedRevision);

    /**
     * Changes when a document expires; its revision is unchanged.
     *
     * @return whether it exists
     */
    boolean expire(Object id, Expiry expiry);

    /**
     * Makes a document never expire.
     *
     * @return whether it exists
     */
    default boolean persist(Object id) {
        return expire(id, Expiry.never());
    }

    /**
     * Marks a document as used without reading it: if it expires when unused, it now expires later.
     *
     * @return whether it exists
     */
    boolean touch(Object id);

    /** Returns when a document expires; empty if it does not, or if there is none with this id. */
    Optional<Instant> expiresAt(Object id);

    /**
     * Removes every matching document, either all or none; offset and limit apply.
     *
     * @return how many documents were removed
     */
    long delete(Query query);

    /**
     * Returns the matching documents, from one snapshot taken now (in a transaction: with its writes so far). Documents
     * are decoded as the stream reaches them. The stream need not be closed.
     */
    Stream<T> find(Query query);

    /** Returns the matching documents with their ids and revisions; see {@link #find}. */
    Stream<Versioned<T>> findVersioned(Query query);

    /**
     * Returns the matching documents with their positions in the order, from which {@link Query#after} and
     * {@link Query#before} continue: this stays correct when documents are added and removed, and costs the same on
     * every page.
     *
     * <pre>{@code
     * Page<Place> page = places.findPage(query.limit(20));
     * Page<Place> next = places.findPage(query.limit(20).after(page.last()));
     * }</pre>
     */
    Page<T> findPage(Query query);

    /** Returns the first matching document in the query's order. */
    Optional<T> findOne(Query query);

    /**
     * Returns some fields of the matching documents, from one snapshot as with {@link #find}; nothing else is decoded.
     * A field that a document does not have is null in its row.
     *
     * @param fields paths of the fields, at least one, which name the columns of the rows
     */
    Stream<Row> findFields(Query query, String... fields);

    /** Returns the distinct values of {@code field} in all documents; see {@link #distinct(String, Query)}. */
    List<@Nullable Object> distinct(String field);

    /**
     * Returns the distinct values of {@code field} in the matching documents, in the order of the values; offset and
     * limit apply. Documents without the field, or with null there, contribute one null. Arrays are compared as whole
     * values. A number is returned in its simplest class, whatever it was written as.
     */
    List<@Nullable Object> distinct(String field, Query query);

    /** Computes an aggregation over groups of documents; only the groups are held in memory. */
    List<Row> aggregate(Aggregation aggregation);

    /** Returns the number of documents, in constant time. */
    long count();

    /** Returns the number of matching documents; offset and limit apply. */
    long count(Query query);

    boolean exists(Query query);

    /**
     * Returns the number of documents for each value of {@code field}, in the order of the values; documents without
     * the field, or with null there, are counted under {@code null}. With an index on the field no document is read.
     */
    Map<@Nullable Object, Long> countBy(String field);

    /** Returns how {@link #find(Query)} is answered as of now, without running it. */
    QueryExplanation explain(Query query);

    /** Returns how {@link #count(Query)} is answered as of now, without running it. */
    QueryExplanation explainCount(Query query);

    /**
     * Returns how {@link #aggregate} is answered as of now, without running it. {@link #distinct} and {@link #countBy}
     * are answered like the aggregations that they stand for; documents to change or delete by a query are found as
     * {@link #explain(Query)} shows.
     */
    QueryExplanation explain(Aggregation aggregation);

    /** Runs {@link #find(Query)} to its end, and reports how it was answered and what each step cost. */
    QueryExplanation profile(Query query);

    /** Runs {@link #count(Query)}, and reports how it was answered and what each step cost. */
    QueryExplanation profileCount(Query query);

    /** Runs {@link #aggregate}, and reports how it was answered and what each step cost. */
    QueryExplanation profile(Aggregation aggregation);

    /**
     * Sets when documents written from now on expire; existing ones are unchanged. The policy is stored with the
     * collection.
     *
     * @throws org.storedb.error.InvalidQueryException if it names a field that the documents do not have, or that
     *     cannot hold a time
     */
    void setExpiryPolicy(ExpiryPolicy policy);

    /** Returns when documents of this collection expire, unless their write sets an expiry. */
    ExpiryPolicy expiryPolicy();

    /**
     * Creates an index, built from the existing documents. Does nothing if the same index exists. Takes effect at once,
     * even when the collection was taken from a transaction. Others can write while it is built; queries use it once it
     * is complete. If the build ends early, for whatever reason, nothing is left behind.
     *
     * @throws org.storedb.error.InvalidQueryException if the documents cannot have one of its fields, or not with the
     *     values that it is on
     * @throws org.storedb.error.IndexConflictException if a different index of that name exists
     * @throws org.storedb.error.UniqueIndexViolationException if the index is unique and the documents are not; no
     *     index is created
     * @throws org.storedb.error.LimitExceededException if a document's values produce a longer key than the store
     *     allows
     */
    default void createIndex(IndexDefinition definition) {
        createIndex(definition, OperationMonitor.none());
    }

    /**
     * Creates an index like {@link #createIndex(IndexDefinition)}, with a monitor that counts documents and can cancel
     * it.
     *
     * @throws org.storedb.error.OperationCancelledException if the monitor cancels it
     */
    void createIndex(IndexDefinition definition, OperationMonitor monitor);

    /**
     * Creates an index, as {@link #createIndex(IndexDefinition)} does, in place of another one of the same name. That one
     * is dropped first: if the new one cannot be built, neither exists afterwards. Does nothing if the same index exists.
     */
    default void replaceIndex(IndexDefinition definition) {
        try {
            createIndex(definition);
        } catch (IndexConflictException e) {
            dropIndex(definition.name());
            createIndex(definition);
        }
    }

    /**
     * Removes an index. One that is still being built does not exist yet.
     *
     * @return whether it existed
     */
    boolean dropIndex(String indexName);

    /** Returns the indexes of this collection, ordered by name. */
    List<IndexDefinition> indexes();

    /**
     * Returns a view of this collection: the rows that a function emits for its documents, by key. The function is part
     * of the program, not of the store: register it again after each start. The first function given for a version is
     * used; a higher version replaces the view, whose rows are then rebuilt.
     *
     * @param name unique within the collection
     * @param version to be increased when the function changes what it emits
     * @throws org.storedb.error.ViewVersionException if the view has a higher version already
     */
    View<T> view(String name, int version, ViewFunction<T> function);
}
