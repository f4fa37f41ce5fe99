package org.storedb.internal.view;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.storedb.document.DocumentCodec;
import org.storedb.error.ViewVersionException;
import org.storedb.view.ViewFunction;

/** The views of an open store, as far as their functions have been given. Safe for use by many threads. */
public final class ViewRegistry {

    private final Map<Name, ViewIndex<?>> views = new ConcurrentHashMap<>();

    /**
     * The view of a version, which replaces an older one.
     *
     * @throws ViewVersionException if there is a newer one
     */
    public <T> ViewIndex<?> register(
            String collection, String view, int version, ViewFunction<T> function, DocumentCodec<T> codec) {
        return views.compute(new Name(collection, view), (name, existing) -> {
            if (existing != null && existing.version() > version) {
                throw new ViewVersionException(collection, view, existing.version(), version);
            }
            return existing != null && existing.version() == version
                    ? existing
                    : new ViewIndex<>(view, version, function, codec);
        });
    }

    /** Has all views made anew, since the store does not continue what it was. */
    public void forgetRows() {
        views.values().forEach(ViewIndex::forgetRows);
    }

    private record Name(String collection, String view) {}
}
