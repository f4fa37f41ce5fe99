package org.storedb;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.storedb.document.DocumentPatch;
import org.storedb.document.IndexDefinition;
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
 * {@code Integer} or a {@code UUID} (which is the same id as its text) and stands in the document's field {@code id}. The
 * revision is 0 at first and grows by one with each change.
 *
 * <p>A document may expire. From then on it is not there: no method finds it, no index has it, its id and its values are free
 * for others. A write of a whole document (insert, save, replace) says anew when it expires: as the call says, or else the
 * collection's {@link #setExpiryPolicy policy}, or else never. {@link #update} and {@link #patch} leave it as it was, unless
 * the policy takes it from a field. What is read in one query, transaction or snapshot
 * is what had not expired when that began.
 *
 * <p>As safe for threads as the context it was taken from. Every method that takes an id throws
 * {@link org.storedb.error.InvalidDocumentException} for an id of another type, every method that takes a query
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
     * @throws org.storedb.error.LimitExceededException if it is too large
     */
    T insert(T document);

    /** {@link #insert(Object)} of a document that expires. */
    T insert(T document, Expiry expiry);

    /**
     * Stores new documents, all or none.
     *
     * @return the documents with their ids, in the same order
     */
    List<T> insertAll(Iterable<? extends T> documents);

    /**
     * Stores a document whether or not there is one with its id. Without an id it gets one.
     *
     * @return the document with its id
     */
    T save(T document);

    /** {@link #save(Object)} of a document that expires. */
    T save(T document, Expiry expiry);

    /** {@link #save(Object)} for several documents, all or none. */
    List<T> saveAll(Iterable<? extends T> documents);

    Optional<T> get(Object id);

    /** The document with its id and revision. */
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
     * transaction it is tried again when another change comes between, so {@code change} may run more than once; it must not
     * write this document by another call.
     *
     * @return the changed document, or empty if there is none with this id
     * @throws org.storedb.error.RevisionConflictException if {@code change} itself has written the document, in the same
     *     transaction
     */
    Optional<Versioned<T>> update(Object id, UnaryOperator<T> change);

    /**
     * Changes some fields of a document and leaves the rest alone.
     *
     * @return the changed document, or empty if there is none with this id
     */
    Optional<Versioned<T>> patch(Object id, DocumentPatch patch);

    /**
     * Changes some fields of every document that matches, all or none; offset and limit count. Which documents these are
     * is found out before the first one changes. They change one after the other in the query's order, so values that
     * must be unique and move up together move in descending order.
     *
     * @return how many were changed
     * @throws org.storedb.error.UniqueIndexViolationException if a document gets a value that another one has just then
     * @throws org.storedb.error.InvalidDocumentException if a change does not fit a document; the message names both
     */
    long update(Query query, DocumentPatch patch);

    /**
     * Removes a document.
     *
     * @return whether it was there
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
     * Changes when a document expires; its revision stays the same.
     *
     * @return whether it is there
     */
    boolean expire(Object id, Expiry expiry);

    /**
     * Lets a document be there for ever.
     *
     * @return whether it is there
     */
    default boolean persist(Object id) {
        return expire(id, Expiry.never());
    }

    /**
     * Uses a document without reading it: what expires when it is not used expires later.
     *
     * @return whether it is there
     */
    boolean touch(Object id);

    /** When a document expires; empty if it does not, or if there is none with this id. */
    Optional<Instant> expiresAt(Object id);

    /**
     * Removes every document that matches, all or none; offset and limit count.
     *
     * @return how many were removed
     */
    long delete(Query query);

    /**
     * The documents that match, from one snapshot taken now (in a transaction: with its writes so far). Documents are
     * decoded as the stream gets to them. The stream needs no closing.
     */
    Stream<T> find(Query query);

    /** {@link #find} with id and revision of each document. */
    Stream<Versioned<T>> findVersioned(Query query);

    /**
     * The documents that match, with their places in the order, to go on from by {@link Query#after} and {@link
     * Query#before}: that stays right when documents come and go, and costs the same however far one has come.
     *
     * <pre>{@code
     * Page<Place> page = places.findPage(query.limit(20));
     * Page<Place> next = places.findPage(query.limit(20).after(page.last()));
     * }</pre>
     */
    Page<T> findPage(Query query);

    /** The first document that matches in the query's order. */
    Optional<T> findOne(Query query);

    /**
     * Some fields of the documents that match, from one snapshot as with {@link #find}; nothing else is decoded. A field
     * that a document does not have is null in its row.
     *
     * @param fields paths of the fields, at least one, which name the columns of the rows
     */
    Stream<Row> findFields(Query query, String... fields);

    /** {@link #distinct(String, Query)} among all documents. */
    List<@Nullable Object> distinct(String field);

    /**
     * The different values of {@code field} among the documents that match, in the order of the values; offset and limit
     * count. Documents without the field, or with null there, add one null. Arrays are values as a whole. A number is in
     * its simplest class, whatever it was written as.
     */
    List<@Nullable Object> distinct(String field, Query query);

    /** Figures about groups of documents; only the groups are held in memory. */
    List<Row> aggregate(Aggregation aggregation);

    /** Number of documents; costs the same for any number. */
    long count();

    /** Number of documents that match; offset and limit count. */
    long count(Query query);

    boolean exists(Query query);

    /**
     * Number of documents for each value of {@code field}, in the order of the values; documents without the field, or
     * with null there, are counted under {@code null}. With an index on the field no document is read.
     */
    Map<@Nullable Object, Long> countBy(String field);

    /** How {@link #find(Query)} is answered as of now, without running it. */
    QueryExplanation explain(Query query);

    /** How {@link #count(Query)} is answered as of now, without running it. */
    QueryExplanation explainCount(Query query);

    /**
     * How {@link #aggregate} is answered as of now, without running it. {@link #distinct} and {@link #countBy} are answered
     * as the aggregations are that they stand for; what is changed or deleted by a query is found as {@link #explain(Query)}
     * says.
     */
    QueryExplanation explain(Aggregation aggregation);

    /** Runs {@link #find(Query)} to its end, and says how it was answered and what each step took. */
    QueryExplanation profile(Query query);

    /** Runs {@link #count(Query)}, and says how it was answered and what each step took. */
    QueryExplanation profileCount(Query query);

    /** Runs {@link #aggregate}, and says how it was answered and what each step took. */
    QueryExplanation profile(Aggregation aggregation);

    /**
     * Sets when documents expire that are written from now on; those that are there stay as they are. The policy is stored
     * with the collection.
     */
    void setExpiryPolicy(ExpiryPolicy policy);

    /** When documents of this collection expire, unless their write says so. */
    ExpiryPolicy expiryPolicy();

    /**
     * Adds an index, built from the documents there are. Does nothing if the same one exists. Takes effect at once, also
     * when the collection was taken from a transaction. Others can write while it is built; queries use it when it is
     * complete. Whatever ends it before leaves nothing behind.
     *
     * @throws org.storedb.error.IndexConflictException if another one of that name exists
     * @throws org.storedb.error.UniqueIndexViolationException if it is to be unique and the documents are not; there is
     *     no index then
     * @throws org.storedb.error.LimitExceededException if a document's values make a longer key than the store allows
     */
    default void createIndex(IndexDefinition definition) {
        createIndex(definition, OperationMonitor.none());
    }

    /**
     * {@link #createIndex(IndexDefinition)} that can be watched and ended; {@code monitor} counts documents.
     *
     * @throws org.storedb.error.OperationCancelledException if the monitor wants it
     */
    void createIndex(IndexDefinition definition, OperationMonitor monitor);

    /**
     * Removes an index. One that is still being built is not there yet.
     *
     * @return whether it was there
     */
    boolean dropIndex(String indexName);

    /** The indexes of this collection, by name. */
    List<IndexDefinition> indexes();

    /**
     * A view of this collection: the rows that a function emits for its documents, by key. The function is part of the
     * program, not of the store: give it again after each start. Whoever gives one first for a version is heard; a higher
     * version replaces the view, whose rows are then made anew.
     *
     * @param name unique within the collection
     * @param version to be raised when the function changes what it emits
     * @throws org.storedb.error.ViewVersionException if the view has a higher version already
     */
    View<T> view(String name, int version, ViewFunction<T> function);
}
