package org.storedb.testing;

import java.util.EnumMap;
import java.util.Map;

/** Counts the operations that were done, by kind. Safe for use by many threads. */
public final class IoCounter implements IoInterceptor {

    private final Map<IoOperation.Kind, Long> counts = new EnumMap<>(IoOperation.Kind.class); // guarded by this

    @Override
    public synchronized void after(IoOperation operation) {
        counts.merge(operation.kind(), 1L, Long::sum);
    }

    public synchronized long count(IoOperation.Kind kind) {
        return counts.getOrDefault(kind, 0L);
    }

    public synchronized void reset() {
        counts.clear();
    }
}
