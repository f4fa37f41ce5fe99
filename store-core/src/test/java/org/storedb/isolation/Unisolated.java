package org.storedb.isolation;

import java.lang.reflect.Proxy;
import org.storedb.Store;
import org.storedb.Transaction;

/** What calls itself a transaction and is none: each operation takes effect by itself, at once. */
final class Unisolated {

    private Unisolated() {}

    static Transaction begin(Store store) {
        return (Transaction) Proxy.newProxyInstance(
                Unisolated.class.getClassLoader(), new Class<?>[] {Transaction.class}, (proxy, method, arguments) -> {
                    return switch (method.getName()) {
                        case "keyspace", "collection" -> method.invoke(store, arguments);
                        case "commit", "close" -> null;
                        default -> throw new UnsupportedOperationException(method.getName());
                    };
                });
    }
}
