package org.storedb;

import org.storedb.internal.transaction.ActiveTransaction;

/** Writes one document in a transaction, and returns it as the caller should see it. */
@FunctionalInterface
interface DocumentWrite<T> {
    T in(ActiveTransaction transaction, Object id, T document);
}
