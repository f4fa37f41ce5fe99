package org.storedb.internal.view;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.storedb.document.DocumentCodec;
import org.storedb.error.ViewVersionException;
import org.storedb.view.ViewFunction;

/** The views of an open store whose functions have been provided. Safe for use by many threads. */
public final class ViewRegistry {

    private final Map<Name, ViewIndex<?>> views = new ConcurrentHashMap<>();

    /**
     * Registers the view of a version, which replaces an older one.
     *
     * @throws ViewVersionException if there is a newer version
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

    /** Makes all views rebuild their rows, since the store does not continue its previous state. */
    public void forgetRows() {
        views.values().forEach(ViewIndex::forgetRows);
    }

    private record Name(String collection, String view) {}
}
