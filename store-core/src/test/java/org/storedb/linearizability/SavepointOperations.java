package org.storedb.linearizability;

import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.storedb.Isolation;
import org.storedb.Savepoint;
import org.storedb.Store;
import org.storedb.Transaction;
import org.storedb.TransactionOptions;
import org.storedb.error.TransactionConflictException;

/**
 * Transactions at snapshot isolation that write what they read, so that the first committer wins, and that take back a
 * part of what they did.
 */
@Param(name = "key", gen = IntGen.class, conf = "1:2")
public class SavepointOperations {

    private static final TransactionOptions SNAPSHOT =
            TransactionOptions.defaults().withIsolation(Isolation.SNAPSHOT);

    private final Store store = Stores.inMemory();

    @Operation
    public int increment(@Param(name = "key") int key) {
        while (true) {
            try (Transaction transaction = store.begin(SNAPSHOT)) {
                int next = get(transaction, key) + 1;
                put(transaction, key, next);
                Savepoint savepoint = transaction.savepoint();
                put(transaction, 1, -1);
                put(transaction, 2, -1);
                transaction.rollbackTo(savepoint);
                transaction.commit();
                return next;
            } catch (TransactionConflictException e) {
                // Another one was first.
            }
        }
    }

    @Operation
    public int get(@Param(name = "key") int key) {
        try (Transaction transaction = store.begin(SNAPSHOT.withReadOnly(true))) {
            return get(transaction, key);
        }
    }

    private static int get(Transaction transaction, int key) {
        Integer value = Bytes.toNumber(transaction.keyspace("test").get(Bytes.of(key)));
        return value == null ? 0 : value;
    }

    private static void put(Transaction transaction, int key, int value) {
        transaction.keyspace("test").put(Bytes.of(key), Bytes.of(value));
    }
}
