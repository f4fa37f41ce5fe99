package org.storedb.spring.data.core;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mapping.MappingException;

/** Limit on how far eager references are followed, so that a cycle ends in a meaningful error. */
final class ReferenceDepth {

    private static final int DEPTH_MAX = 32;

    private final ThreadLocal<Integer> depth = ThreadLocal.withInitial(() -> 0);

    /** Runs {@code load}, which may follow other references. */
    @Nullable
    Object following(Class<?> type, Object documentId, Supplier<@Nullable Object> load) {
        int before = depth.get();
        if (before == DEPTH_MAX) {
            throw new MappingException(
                    "Eager references lead through more than %d entities, at %s with id '%s'; if they form a cycle, make one of them lazy"
                            .formatted(DEPTH_MAX, type.getSimpleName(), documentId));
        }
        depth.set(before + 1);
        try {
            return load.get();
        } finally {
            if (before == 0) {
                depth.remove();
            } else {
                depth.set(before);
            }
        }
    }
}
