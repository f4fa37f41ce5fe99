package org.storedb.spring.modulith;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.modulith.events.EventPublication.Status;
import org.springframework.modulith.events.core.EventSerializer;
import org.springframework.modulith.events.core.PublicationTargetIdentifier;
import org.springframework.modulith.events.core.TargetEventPublication;
import org.springframework.util.ClassUtils;
import org.storedb.document.DocumentCodec;

/** Mapper of event publications to and from documents. */
final class EventPublicationMapper {

    static final String EVENT = "event";
    static final String LISTENER = "listener";
    static final String PUBLISHED_AT = "publishedAt";
    static final String STATUS = "status";
    static final String ATTEMPTS = "attempts";
    static final String RESUBMITTED_AT = "resubmittedAt";
    static final String COMPLETED_AT = "completedAt";

    private static final String TYPE = "type";
    private static final long NANOS_PER_SECOND = 1_000_000_000;
    private static final Log LOGGER = LogFactory.getLog(StoreEventPublicationRepository.class);

    private final EventSerializer serializer;
    private final @Nullable ClassLoader classLoader;

    EventPublicationMapper(EventSerializer serializer, @Nullable ClassLoader classLoader) {
        this.serializer = serializer;
        this.classLoader = classLoader;
    }

    Map<String, @Nullable Object> document(TargetEventPublication publication) {
        Map<String, @Nullable Object> document = new HashMap<>();
        document.put(DocumentCodec.ID_FIELD, publication.getIdentifier().toString());
        document.put(EVENT, serialized(publication.getEvent()));
        document.put(TYPE, publication.getEvent().getClass().getName());
        document.put(LISTENER, publication.getTargetIdentifier().getValue());
        document.put(PUBLISHED_AT, nanos(publication.getPublicationDate()));
        document.put(STATUS, publication.getStatus().name());
        document.put(ATTEMPTS, publication.getCompletionAttempts());
        Instant resubmittedAt = publication.getLastResubmissionDate();
        document.put(RESUBMITTED_AT, resubmittedAt == null ? null : nanos(resubmittedAt));
        return document;
    }

    /** Returns the publication in a document; empty if the class of its event no longer exists. */
    Optional<TargetEventPublication> publication(Map<String, @Nullable Object> document) {
        String type = text(document, TYPE);
        if (!ClassUtils.isPresent(type, classLoader)) {
            LOGGER.warn("The publication " + document.get(DocumentCodec.ID_FIELD) + " is skipped: there is no class "
                    + type);
            return Optional.empty();
        }
        Class<?> eventType = ClassUtils.resolveClassName(type, classLoader);
        String event = text(document, EVENT);
        return Optional.of(new StoredEventPublication(
                identifier(document),
                PublicationTargetIdentifier.of(text(document, LISTENER)),
                () -> serializer.deserialize(event, eventType),
                Objects.requireNonNull(instant(document.get(PUBLISHED_AT))),
                status(document),
                ((Number) Objects.requireNonNull(document.get(ATTEMPTS))).intValue(),
                instant(document.get(RESUBMITTED_AT)),
                instant(document.get(COMPLETED_AT))));
    }

    static UUID identifier(Map<String, @Nullable Object> document) {
        return UUID.fromString(text(document, DocumentCodec.ID_FIELD));
    }

    static Status status(Map<String, @Nullable Object> document) {
        return Status.valueOf(text(document, STATUS));
    }

    String serialized(Object event) {
        return serializer.serialize(event).toString();
    }

    /** Returns a time as nanoseconds since 1970, which sort chronologically and suffice until the year 2262. */
    static long nanos(Instant time) {
        return Math.addExact(Math.multiplyExact(time.getEpochSecond(), NANOS_PER_SECOND), time.getNano());
    }

    private static @Nullable Instant instant(@Nullable Object nanos) {
        return nanos == null ? null : Instant.EPOCH.plusNanos(((Number) nanos).longValue());
    }

    private static String text(Map<String, @Nullable Object> document, String field) {
        return (String) Objects.requireNonNull(document.get(field), field);
    }
}
