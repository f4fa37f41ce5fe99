package org.storedb;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts and deletes to be applied together to a {@link Keyspace}. Not safe for use by several threads at once. */
public final class WriteBatch {

    private final List<Operation> operations = new ArrayList<>();
    private int puts;

    /** Creates an empty batch. */
    public WriteBatch() {}

    /** Sets the value of {@code key}. */
    public WriteBatch put(byte[] key, byte[] value) {
        operations.add(new Operation(key.clone(), value.clone()));
        puts++;
        return this;
    }

    /** Removes {@code key} if it exists. */
    public WriteBatch delete(byte[] key) {
        operations.add(new Operation(key.clone(), null));
        return this;
    }

    /** Returns the number of puts and deletes. */
    public int size() {
        return operations.size();
    }

    /** Returns whether it contains no deletes. */
    boolean isPutsOnly() {
        return puts == operations.size();
    }

    List<Operation> operations() {
        return operations;
    }

    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record Operation(byte[] key, byte @Nullable [] value) {}
}
