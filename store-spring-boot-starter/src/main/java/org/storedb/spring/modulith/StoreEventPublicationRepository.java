package org.storedb.spring.modulith;

import static org.storedb.spring.modulith.EventPublicationMapper.ATTEMPTS;
import static org.storedb.spring.modulith.EventPublicationMapper.COMPLETED_AT;
import static org.storedb.spring.modulith.EventPublicationMapper.EVENT;
import static org.storedb.spring.modulith.EventPublicationMapper.LISTENER;
import static org.storedb.spring.modulith.EventPublicationMapper.PUBLISHED_AT;
import static org.storedb.spring.modulith.EventPublicationMapper.RESUBMITTED_AT;
import static org.storedb.spring.modulith.EventPublicationMapper.STATUS;
import static org.storedb.spring.modulith.EventPublicationMapper.nanos;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.modulith.events.EventPublication.Status;
import org.springframework.modulith.events.core.EventPublicationRepository;
import org.springframework.modulith.events.core.EventSerializer;
import org.springframework.modulith.events.core.PublicationTargetIdentifier;
import org.springframework.modulith.events.core.TargetEventPublication;
import org.springframework.modulith.events.support.CompletionMode;
import org.storedb.DocumentCollection;
import org.storedb.Store;
import org.storedb.StoreContext;
import org.storedb.document.DocumentPatch;
import org.storedb.index.IndexDefinition;
import org.storedb.query.Filter;
import org.storedb.query.Query;
import org.storedb.query.Sort;
import org.storedb.spring.transaction.StoreTransactions;

/**
 * Repository of event publications in the collection {@value #COLLECTION} of a store. Writes take part in the running
 * transaction of the store, so that a publication exists if and only if the data that it announces does. Queries see
 * what has been committed: in the transaction they would conflict with every other one that publishes.
 */
public class StoreEventPublicationRepository implements EventPublicationRepository {

    /** Collection of publications. */
    public static final String COLLECTION = "modulith.publications";

    /** Collection of completed publications with {@code spring.modulith.events.completion-mode=archive}. */
    public static final String ARCHIVE = "modulith.publications.archive";

    private static final Filter INCOMPLETE = Filter.ne(STATUS, Status.COMPLETED.name());
    private static final Sort OLDEST_FIRST = Sort.by(PUBLISHED_AT);

    private final Store store;
    private final EventPublicationMapper mapper;
    private final CompletionMode completionMode;

    /** Creates a repository and the indexes that it needs, unless the store is read-only. */
    public StoreEventPublicationRepository(
            Store store, EventSerializer serializer, CompletionMode completionMode, @Nullable ClassLoader classLoader) {
        this.store = store;
        this.mapper = new EventPublicationMapper(serializer, classLoader);
        this.completionMode = completionMode;
        if (!store.isReadOnly()) {
            store.collection(COLLECTION).createIndex(IndexDefinition.on(STATUS, PUBLISHED_AT));
            store.collection(COLLECTION).createIndex(IndexDefinition.on(LISTENER));
        }
    }

    @Override
    public TargetEventPublication create(TargetEventPublication publication) {
        writable().collection(COLLECTION).insert(mapper.document(publication));
        return publication;
    }

    @Override
    public void markProcessing(UUID identifier) {
        changeStatus(identifier, Status.PROCESSING, DocumentPatch.empty());
    }

    @Override
    public void markFailed(UUID identifier) {
        changeStatus(identifier, Status.FAILED, DocumentPatch.empty());
    }

    @Override
    public boolean markResubmitted(UUID identifier, Instant resubmissionDate) {
        return changeStatus(
                identifier,
                Status.RESUBMITTED,
                DocumentPatch.empty()
                        .set(RESUBMITTED_AT, nanos(resubmissionDate))
                        .increment(ATTEMPTS, 1));
    }

    /**
     * Returns whether the status was changed. Of two concurrent calls for the same status, one returns {@code true}. A
     * completed publication remains so, as when it was completed after the caller has read it.
     */
    private boolean changeStatus(UUID identifier, Status status, DocumentPatch further) {
        return inTransaction(context -> {
            DocumentCollection<Map<String, @Nullable Object>> publications = context.collection(COLLECTION);
            Status current = publications
                    .get(identifier.toString())
                    .map(EventPublicationMapper::status)
                    .orElse(Status.COMPLETED);
            if (current == status || current == Status.COMPLETED) {
                return false;
            }
            publications.patch(identifier.toString(), further.set(STATUS, status.name()));
            return true;
        });
    }

    @Override
    public void markCompleted(Object event, PublicationTargetIdentifier identifier, Instant completionDate) {
        documents(publicationsOf(event, identifier))
                .forEach(document -> markCompleted(EventPublicationMapper.identifier(document), completionDate));
    }

    @Override
    public void markCompleted(UUID identifier, Instant completionDate) {
        String id = identifier.toString();
        DocumentPatch completed =
                DocumentPatch.empty().set(STATUS, Status.COMPLETED.name()).set(COMPLETED_AT, nanos(completionDate));
        switch (completionMode) {
            case UPDATE -> writable().collection(COLLECTION).patch(id, completed);
            case DELETE -> writable().collection(COLLECTION).delete(id);
            case ARCHIVE ->
                inTransaction(context -> {
                    context.collection(COLLECTION)
                            .patch(id, completed)
                            .ifPresent(
                                    publication -> context.collection(ARCHIVE).save(publication.document()));
                    return context.collection(COLLECTION).delete(id);
                });
        }
    }

    @Override
    public List<TargetEventPublication> findIncompletePublications() {
        return publications(INCOMPLETE);
    }

    @Override
    public List<TargetEventPublication> findIncompletePublicationsPublishedBefore(Instant instant) {
        return publications(Filter.allOf(INCOMPLETE, before(PUBLISHED_AT, instant)));
    }

    @Override
    public Optional<TargetEventPublication> findIncompletePublicationsByEventAndTargetIdentifier(
            Object event, PublicationTargetIdentifier targetIdentifier) {
        return publications(publicationsOf(event, targetIdentifier)).stream().findFirst();
    }

    private Filter publicationsOf(Object event, PublicationTargetIdentifier target) {
        return Filter.allOf(
                Filter.eq(LISTENER, target.getValue()), INCOMPLETE, Filter.eq(EVENT, mapper.serialized(event)));
    }

    @Override
    public List<TargetEventPublication> findCompletedPublications() {
        return findByStatus(Status.COMPLETED);
    }

    @Override
    public List<TargetEventPublication> findFailedPublications(FailedCriteria criteria) {
        Filter failed = withStatus(Status.FAILED);
        Instant before = criteria.getPublicationDateReference();
        Filter wanted = before == null ? failed : Filter.allOf(failed, before(PUBLISHED_AT, before));
        Stream<TargetEventPublication> publications = readable(documents(wanted));
        long most = criteria.getMaxItemsToRead(); // publications that are left out do not count
        return (most < 0 ? publications : publications.limit(most)).toList();
    }

    @Override
    public List<TargetEventPublication> findByStatus(Status status) {
        return readable(collectionOf(status)
                        .find(Query.where(withStatus(status)).sort(OLDEST_FIRST)))
                .toList();
    }

    @Override
    public int countByStatus(Status status) {
        return Math.toIntExact(collectionOf(status).count(Query.where(withStatus(status))));
    }

    private DocumentCollection<Map<String, @Nullable Object>> collectionOf(Status status) {
        return store.collection(status == Status.COMPLETED ? completedCollection() : COLLECTION);
    }

    private String completedCollection() {
        return completionMode == CompletionMode.ARCHIVE ? ARCHIVE : COLLECTION;
    }

    private static Filter withStatus(Status status) {
        return Filter.eq(STATUS, status.name());
    }

    @Override
    public void deletePublications(List<UUID> identifiers) {
        inTransaction(context -> {
            for (UUID identifier : identifiers) {
                if (!context.collection(COLLECTION).delete(identifier.toString())) {
                    context.collection(completedCollection()).delete(identifier.toString());
                }
            }
            return true;
        });
    }

    @Override
    public void deleteCompletedPublications() {
        deleteCompleted(Filter.all());
    }

    @Override
    public void deleteCompletedPublicationsBefore(Instant instant) {
        deleteCompleted(before(COMPLETED_AT, instant));
    }

    private void deleteCompleted(Filter filter) {
        Query completed = Query.where(Filter.allOf(withStatus(Status.COMPLETED), filter));
        writable().collection(completedCollection()).delete(completed);
    }

    private StoreContext writable() {
        return StoreTransactions.currentContext(store);
    }

    private boolean inTransaction(Predicate<StoreContext> work) {
        StoreContext current = writable();
        return current == store ? store.inTransaction(work::test) : work.test(current);
    }

    private Stream<Map<String, @Nullable Object>> documents(Filter filter) {
        return store.collection(COLLECTION).find(Query.where(filter).sort(OLDEST_FIRST));
    }

    private List<TargetEventPublication> publications(Filter filter) {
        return readable(documents(filter)).toList();
    }

    private Stream<TargetEventPublication> readable(Stream<Map<String, @Nullable Object>> documents) {
        return documents.flatMap(document -> mapper.publication(document).stream());
    }

    private static Filter before(String field, Instant time) {
        return Filter.lt(field, nanos(time));
    }
}
