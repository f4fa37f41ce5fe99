package org.storedb;

/** A point within a {@link Transaction} that it can be rolled back to. Valid only in the transaction that made it. */
public interface Savepoint {}
