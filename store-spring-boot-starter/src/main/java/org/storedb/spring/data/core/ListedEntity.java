package org.storedb.spring.data.core;

import java.util.function.Supplier;
import org.springframework.data.mapping.MappingException;
import org.storedb.error.DuplicateIdException;
import org.storedb.error.InvalidDocumentException;
import org.storedb.error.LimitExceededException;
import org.storedb.error.RevisionConflictException;
import org.storedb.error.UniqueIndexViolationException;

/**
 * One of several entities that are written together.
 *
 * @param position its position among them, from 0 on
 * @param entity as it was passed in
 */
record ListedEntity<T>(int position, T entity, EntityCollection<T> collection) {

    /** Plans a write of the entity, which is named in the exceptions that it causes. */
    EntityCollection.Write<T> plan(EntityCollection.Planner planner) {
        EntityCollection.Write<T> write = named(() -> planner.plan(collection, entity));
        return new EntityCollection.Write<>(
                collection,
                documents -> named(() -> write.change().apply(documents)),
                write.afterwards(),
                write.severalSteps());
    }

    private <R> R named(Supplier<R> work) {
        try {
            return work.get();
        } catch (InvalidDocumentException
                | DuplicateIdException
                | UniqueIndexViolationException
                | LimitExceededException
                | RevisionConflictException e) {
            e.about(subject());
            throw e;
        } catch (MappingException e) {
            throw new MappingException(subject() + ": " + e.getMessage(), e);
        }
    }

    /** Names the entity by its position and, if it has one, its id. */
    private String subject() {
        Object id = collection.codec().ownId(entity);
        return label(position) + (id == null ? "" : " with id '" + id + "'");
    }

    static String label(int position) {
        return "entities[" + position + "]";
    }
}
