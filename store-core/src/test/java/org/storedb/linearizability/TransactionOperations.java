package org.storedb.linearizability;

import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.storedb.Keyspace;
import org.storedb.Store;
import org.storedb.StoreContext;
import org.storedb.WriteBatch;

/** Serializable transactions over several keys, batches, and snapshots of them. */
@Param(name = "key", gen = IntGen.class, conf = "1:3")
@Param(name = "value", gen = IntGen.class, conf = "1:9")
public class TransactionOperations {

    private final Store store = Stores.inMemory();

    @Operation
    public int add(@Param(name = "key") int key, @Param(name = "value") int value) {
        return store.inTransaction(transaction -> {
            int sum = get(transaction, key) + value;
            put(transaction, key, sum);
            return sum;
        });
    }

    @Operation
    public boolean move(@Param(name = "key") int from, @Param(name = "key") int to) {
        return store.inTransaction(transaction -> {
            int moved = get(transaction, from);
            put(transaction, from, 0);
            put(transaction, to, get(transaction, to) + moved);
            return moved > 0;
        });
    }

    /** Skewed by any engine that does not see what others wrote to what was read. */
    @Operation
    public boolean putIfAllAreZero(@Param(name = "key") int key, @Param(name = "value") int value) {
        return store.inTransaction(transaction -> {
            boolean zero = sum(transaction) == 0;
            if (zero) {
                put(transaction, key, value);
            }
            return zero;
        });
    }

    @Operation
    public void setBoth(@Param(name = "value") int value) {
        keyspace(store).write(new WriteBatch().put(Bytes.of(1), Bytes.of(value)).put(Bytes.of(2), Bytes.of(value)));
    }

    @Operation
    public int sum() {
        return sum(store.snapshot());
    }

    private static int sum(StoreContext context) {
        return get(context, 1) + get(context, 2) + get(context, 3);
    }

    private static int get(StoreContext context, int key) {
        Integer value = Bytes.toNumber(keyspace(context).get(Bytes.of(key)));
        return value == null ? 0 : value;
    }

    private static void put(StoreContext context, int key, int value) {
        keyspace(context).put(Bytes.of(key), Bytes.of(value));
    }

    private static Keyspace keyspace(StoreContext context) {
        return context.keyspace("test");
    }
}
