package org.storedb.spring.data.change;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.storedb.feed.ChangeKind;

/**
 * What a transaction did to one entity. Immutable, as far as the entity is.
 *
 * @param kind what happened; a delete and an expiry leave no entity
 * @param id of the entity, as its class has it; an id of several parts is the text that its parts make up
 * @param entity as it was behind the transaction, or {@code null} if it was not there any more
 * @param before as it was in front of the transaction, or {@code null} if it was not there, or if that is not known; it is
 *     known only with {@link StoreChangeListener#before()}
 * @param sequence of the commit; greater than that of all before
 * @param committedAt by the wall clock of the store
 */
public record EntityChange<T>(
        ChangeKind kind,
        Object id,
        @Nullable T entity,
        @Nullable T before,
        long sequence,
        Instant committedAt) {

    /**
     * The entity behind the transaction.
     *
     * @throws IllegalStateException if it was not there any more
     */
    public T requiredEntity() {
        if (entity == null) {
            throw new IllegalStateException("%s of '%s' leaves no entity".formatted(kind, id));
        }
        return entity;
    }

    /** The entity in front of the transaction, if it was there and is known. */
    public Optional<T> entityBefore() {
        return Optional.ofNullable(before);
    }

    /** Whether there was no entity any more behind the transaction. */
    public boolean isRemoval() {
        return kind == ChangeKind.DELETE || kind == ChangeKind.EXPIRE;
    }
}
