package org.storedb.linearizability;

import java.util.stream.Stream;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jspecify.annotations.Nullable;
import org.storedb.KeyRange;
import org.storedb.KeyValue;
import org.storedb.Keyspace;

/** Single calls on a keyspace. */
@Param(name = "key", gen = IntGen.class, conf = "1:3")
@Param(name = "value", gen = IntGen.class, conf = "1:9")
public class KeyspaceOperations {

    private final Keyspace keyspace = Stores.inMemory().keyspace("test");

    /** The first write creates the keyspace; here it is there already. */
    public KeyspaceOperations() {
        keyspace.put(Bytes.of(1), Bytes.of(1));
    }

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

    @Operation
    public long count() {
        return keyspace.count();
    }

    @Operation
    public int sum() {
        try (Stream<KeyValue> entries = keyspace.scan(KeyRange.all())) {
            return entries.mapToInt(entry -> entry.value()[0]).sum();
        }
    }
}
