package org.storedb.spring.data.core.mapping;

import java.util.List;
import java.util.function.Consumer;
import org.springframework.data.domain.ManagedTypes;

/**
 * The stored classes of an application. This is a separate bean, so that an application processed ahead of time has
 * their names and need not scan for them.
 */
public final class StoreManagedTypes implements ManagedTypes {

    private final List<Class<?>> types;

    private StoreManagedTypes(List<Class<?>> types) {
        this.types = types;
    }

    /** Copies the types now: the ones generated ahead of time can be consumed only once. */
    public static StoreManagedTypes of(ManagedTypes types) {
        return new StoreManagedTypes(List.copyOf(types.toList()));
    }

    /** Returns whether there are no types. */
    public boolean isEmpty() {
        return types.isEmpty();
    }

    @Override
    public void forEach(Consumer<Class<?>> action) {
        types.forEach(action);
    }
}
