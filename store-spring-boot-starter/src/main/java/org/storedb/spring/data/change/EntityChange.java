package org.storedb.spring.data.change;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.storedb.feed.ChangeKind;

/**
 * A change to one entity by a transaction. Immutable, as far as the entity is.
 *
 * @param kind the kind of change; a delete or an expiry leaves no entity
 * @param id the id of the entity, of the type declared by its class; a composite id is the text of its parts
 * @param entity the entity after the transaction, or {@code null} if it no longer exists
 * @param before the entity before the transaction, or {@code null} if it did not exist or is not known; it is known
 *     only with {@link StoreChangeListener#before()}
 * @param sequence the sequence of the commit; greater than those of all earlier commits
 * @param committedAt the time of the commit by the wall clock of the store
 */
public record EntityChange<T>(
        ChangeKind kind,
        Object id,
        @Nullable T entity,
        @Nullable T before,
        long sequence,
        Instant committedAt) {

    /**
     * Returns the entity after the transaction.
     *
     * @throws IllegalStateException if it no longer exists
     */
    public T requiredEntity() {
        if (entity == null) {
            throw new IllegalStateException("%s of '%s' leaves no entity".formatted(kind, id));
        }
        return entity;
    }

    /** Returns the entity before the transaction, if it existed and is known. */
    public Optional<T> entityBefore() {
        return Optional.ofNullable(before);
    }

    /** Returns whether the entity no longer existed after the transaction. */
    public boolean isRemoval() {
        return kind == ChangeKind.DELETE || kind == ChangeKind.EXPIRE;
    }
}
