package org.storedb.spring.modulith;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.modulith.events.core.PublicationTargetIdentifier;
import org.springframework.modulith.events.core.TargetEventPublication;
import org.springframework.util.function.SingletonSupplier;

/** A publication read from the store. */
final class StoredEventPublication implements TargetEventPublication {

    private final UUID identifier;
    private final PublicationTargetIdentifier target;
    private final SingletonSupplier<Object> event;
    private final Instant publishedAt;
    private final int attempts;
    private final @Nullable Instant resubmittedAt;
    private Status status;
    private @Nullable Instant completedAt;

    StoredEventPublication(
            UUID identifier,
            PublicationTargetIdentifier target,
            Supplier<Object> event,
            Instant publishedAt,
            Status status,
            int attempts,
            @Nullable Instant resubmittedAt,
            @Nullable Instant completedAt) {
        this.identifier = identifier;
        this.target = target;
        this.event = SingletonSupplier.of(event);
        this.publishedAt = publishedAt;
        this.status = status;
        this.attempts = attempts;
        this.resubmittedAt = resubmittedAt;
        this.completedAt = completedAt;
    }

    @Override
    public UUID getIdentifier() {
        return identifier;
    }

    /**
     * Deserializes the event on first use, so that an unreadable one does not affect others. Always returns the same
     * object.
     */
    @Override
    public Object getEvent() {
        return event.obtain();
    }

    @Override
    public PublicationTargetIdentifier getTargetIdentifier() {
        return target;
    }

    @Override
    public Instant getPublicationDate() {
        return publishedAt;
    }

    @Override
    public Optional<Instant> getCompletionDate() {
        return Optional.ofNullable(completedAt);
    }

    @Override
    public Status getStatus() {
        return status;
    }

    @Override
    public @Nullable Instant getLastResubmissionDate() {
        return resubmittedAt;
    }

    @Override
    public int getCompletionAttempts() {
        return attempts;
    }

    @Override
    public void markCompleted(Instant instant) {
        status = Status.COMPLETED;
        completedAt = instant;
    }

    /** Compares publications by their identifiers only. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof StoredEventPublication publication && identifier.equals(publication.identifier);
    }

    @Override
    public int hashCode() {
        return identifier.hashCode();
    }
}
