package org.storedb.spring.data.core.mapping;

import java.util.List;
import java.util.function.Consumer;
import org.springframework.data.domain.ManagedTypes;

/**
 * The classes of an application that are stored. A bean of its own, so that an application that is processed ahead of time
 * has their names and need not scan for them.
 */
public final class StoreManagedTypes implements ManagedTypes {

    private final List<Class<?>> types;

    private StoreManagedTypes(List<Class<?>> types) {
        this.types = types;
    }

    /** Takes the types now: what is generated ahead of time hands them out only once. */
    public static StoreManagedTypes of(ManagedTypes types) {
        return new StoreManagedTypes(List.copyOf(types.toList()));
    }

    /** Whether there are none. */
    public boolean isEmpty() {
        return types.isEmpty();
    }

    @Override
    public void forEach(Consumer<Class<?>> action) {
        types.forEach(action);
    }
}
