package org.storedb.linearizability;

import java.util.concurrent.CompletableFuture;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jspecify.annotations.Nullable;
import org.storedb.Keyspace;
import org.storedb.Store;
import org.storedb.maintenance.CompactionResult;
import org.storedb.testing.SteppedTasks;

/** Reads and writes while one thread compacts the log under them. */
@Param(name = "key", gen = IntGen.class, conf = "1:3")
@Param(name = "value", gen = IntGen.class, conf = "1:9")
public class CompactionOperations {

    private final SteppedTasks tasks = new SteppedTasks();
    private final Store store = Stores.inMemory(tasks);
    private final Keyspace keyspace = store.keyspace("test");

    @Operation
    public @Nullable Integer get(@Param(name = "key") int key) {
        return Bytes.toNumber(keyspace.get(Bytes.of(key)));
    }

    @Operation
    public void put(@Param(name = "key") int key, @Param(name = "value") int value) {
        keyspace.put(Bytes.of(key), Bytes.of(value));
    }

    @Operation
    public boolean delete(@Param(name = "key") int key) {
        return keyspace.delete(Bytes.of(key));
    }

    @Operation(nonParallelGroup = "compaction")
    public void compact() {
        CompletableFuture<CompactionResult> result = store.compact();
        tasks.runWaiting();
        result.join();
    }
}
