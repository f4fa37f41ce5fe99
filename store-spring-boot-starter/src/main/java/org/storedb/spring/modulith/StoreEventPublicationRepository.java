package org.storedb.spring.modulith;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.modulith.events.EventPublication.Status;
import org.springframework.modulith.events.core.EventPublicationRepository;
import org.springframework.modulith.events.core.EventSerializer;
import org.springframework.modulith.events.core.PublicationTargetIdentifier;
import org.springframework.modulith.events.core.TargetEventPublication;
import org.springframework.modulith.events.support.CompletionMode;
import org.springframework.util.ClassUtils;
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

    private static final Log LOGGER = LogFactory.getLog(StoreEventPublicationRepository.class);

    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private static final Filter INCOMPLETE = Filter.ne("status", Status.COMPLETED.name());
    private static final Filter COMPLETED = Filter.eq("status", Status.COMPLETED.name());
    private static final Sort OLDEST_FIRST = Sort.by("publishedAt");

    private final Store store;
    private final EventSerializer serializer;
    private final CompletionMode completionMode;
    private final @Nullable ClassLoader classLoader;

    /** Creates a repository and the indexes that it needs, unless the store is read-only. */
    public StoreEventPublicationRepository(
            Store store, EventSerializer serializer, CompletionMode completionMode, @Nullable ClassLoader classLoader) {
        this.store = store;
        this.serializer = serializer;
        this.completionMode = completionMode;
        this.classLoader = classLoader;
        if (!store.isReadOnly()) {
            store.collection(COLLECTION).createIndex(IndexDefinition.on("status", "publishedAt"));
            store.collection(COLLECTION).createIndex(IndexDefinition.on("listener"));
        }
    }

    @Override
    public TargetEventPublication create(TargetEventPublication publication) {
        Map<String, @Nullable Object> document = new HashMap<>();
        document.put("id", publication.getIdentifier().toString());
        document.put("event", serialized(publication.getEvent()));
        document.put("type", publication.getEvent().getClass().getName());
        document.put("listener", publication.getTargetIdentifier().getValue());
        document.put("publishedAt", nanos(publication.getPublicationDate()));
        document.put("status", publication.getStatus().name());
        document.put("attempts", publication.getCompletionAttempts());
        document.put("resubmittedAt", nanos(publication.getLastResubmissionDate()));
        writable().collection(COLLECTION).insert(document);
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
                        .set("resubmittedAt", nanos(resubmissionDate))
                        .increment("attempts", 1));
    }

    /**
     * Returns whether the status was changed. Of two concurrent calls for the same status, one returns {@code true}.
     */
    private boolean changeStatus(UUID identifier, Status status, DocumentPatch further) {
        return inTransaction(context -> {
            DocumentCollection<Map<String, @Nullable Object>> publications = context.collection(COLLECTION);
            Map<String, @Nullable Object> document =
                    publications.get(identifier.toString()).orElse(null);
            if (document == null || status.name().equals(document.get("status"))) {
                return false;
            }
            publications.patch(identifier.toString(), further.set("status", status.name()));
            return true;
        });
    }

    @Override
    public void markCompleted(Object event, PublicationTargetIdentifier identifier, Instant completionDate) {
        documents(publicationsOf(event, identifier))
                .forEach(document -> markCompleted(UUID.fromString(text(document, "id")), completionDate));
    }

    @Override
    public void markCompleted(UUID identifier, Instant completionDate) {
        String id = identifier.toString();
        DocumentPatch completed =
                DocumentPatch.empty().set("status", Status.COMPLETED.name()).set("completedAt", nanos(completionDate));
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
        return publications(Filter.allOf(INCOMPLETE, before("publishedAt", instant)));
    }

    @Override
    public Optional<TargetEventPublication> findIncompletePublicationsByEventAndTargetIdentifier(
            Object event, PublicationTargetIdentifier targetIdentifier) {
        return publications(publicationsOf(event, targetIdentifier)).stream().findFirst();
    }

    private Filter publicationsOf(Object event, PublicationTargetIdentifier target) {
        return Filter.allOf(
                Filter.eq("listener", target.getValue()), INCOMPLETE, Filter.eq("event", serialized(event)));
    }

    @Override
    public List<TargetEventPublication> findCompletedPublications() {
        return findByStatus(Status.COMPLETED);
    }

    @Override
    public List<TargetEventPublication> findFailedPublications(FailedCriteria criteria) {
        Filter failed = Filter.eq("status", Status.FAILED.name());
        Instant before = criteria.getPublicationDateReference();
        Query query = Query.where(before == null ? failed : Filter.allOf(failed, before("publishedAt", before)))
                .sort(OLDEST_FIRST);
        Stream<TargetEventPublication> publications =
                readable(store.collection(COLLECTION).find(query));
        long most = criteria.getMaxItemsToRead(); // publications that are left out do not count
        return (most < 0 ? publications : publications.limit(most)).toList();
    }

    @Override
    public List<TargetEventPublication> findByStatus(Status status) {
        return readable(collectionOf(status).find(withStatus(status).sort(OLDEST_FIRST)))
                .toList();
    }

    @Override
    public int countByStatus(Status status) {
        return Math.toIntExact(collectionOf(status).count(withStatus(status)));
    }

    private DocumentCollection<Map<String, @Nullable Object>> collectionOf(Status status) {
        return store.collection(status == Status.COMPLETED ? completedCollection() : COLLECTION);
    }

    private String completedCollection() {
        return completionMode == CompletionMode.ARCHIVE ? ARCHIVE : COLLECTION;
    }

    private static Query withStatus(Status status) {
        return Query.where(Filter.eq("status", status.name()));
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
        deleteCompleted(before("completedAt", instant));
    }

    private void deleteCompleted(Filter filter) {
        writable().collection(completedCollection()).delete(Query.where(Filter.allOf(COMPLETED, filter)));
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
        return documents.flatMap(document -> publication(document).stream());
    }

    /** Returns the publication; empty if the class of the event no longer exists. */
    private Optional<TargetEventPublication> publication(Map<String, @Nullable Object> document) {
        String type = text(document, "type");
        if (!ClassUtils.isPresent(type, classLoader)) {
            LOGGER.warn("The publication " + document.get("id") + " is left out: there is no class " + type);
            return Optional.empty();
        }
        Class<?> eventType = ClassUtils.resolveClassName(type, classLoader);
        String event = text(document, "event");
        return Optional.of(new StoredEventPublication(
                UUID.fromString(text(document, "id")),
                PublicationTargetIdentifier.of(text(document, "listener")),
                () -> serializer.deserialize(event, eventType),
                Objects.requireNonNull(instant(document.get("publishedAt"))),
                Status.valueOf(text(document, "status")),
                ((Number) Objects.requireNonNull(document.get("attempts"))).intValue(),
                instant(document.get("resubmittedAt")),
                instant(document.get("completedAt"))));
    }

    /** Returns a time as nanoseconds since 1970, which sort chronologically and suffice until the year 2262. */
    private static @Nullable Long nanos(@Nullable Instant time) {
        return time == null
                ? null
                : Math.addExact(Math.multiplyExact(time.getEpochSecond(), NANOS_PER_SECOND), time.getNano());
    }

    private static @Nullable Instant instant(@Nullable Object nanos) {
        return nanos == null ? null : Instant.EPOCH.plusNanos(((Number) nanos).longValue());
    }

    private static Filter before(String field, Instant time) {
        return Filter.lt(field, Objects.requireNonNull(nanos(time)));
    }

    private String serialized(Object event) {
        return serializer.serialize(event).toString();
    }

    private static String text(Map<String, @Nullable Object> document, String field) {
        return (String) Objects.requireNonNull(document.get(field), field);
    }
}
