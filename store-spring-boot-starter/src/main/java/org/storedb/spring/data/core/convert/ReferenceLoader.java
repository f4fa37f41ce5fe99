package org.storedb.spring.data.core.convert;

import org.jspecify.annotations.Nullable;

/** Reads what a reference refers to. */
@FunctionalInterface
public interface ReferenceLoader {

    /** The entity with this document id, or {@code null} if there is none. */
    @Nullable
    Object load(Class<?> type, Object documentId);
}
