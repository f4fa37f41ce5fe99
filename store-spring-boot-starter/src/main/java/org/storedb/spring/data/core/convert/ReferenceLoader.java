package org.storedb.spring.data.core.convert;

import org.jspecify.annotations.Nullable;

/** Loader of the entities that references refer to. */
@FunctionalInterface
public interface ReferenceLoader {

    /** Returns the entity with this document id, or {@code null} if there is none. */
    @Nullable
    Object load(Class<?> type, Object documentId);
}
