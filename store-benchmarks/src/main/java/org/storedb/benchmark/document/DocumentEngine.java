package org.storedb.benchmark.document;

import org.jspecify.annotations.Nullable;

/** A store of customers with an index on their city. Safe for use by multiple threads. */
public interface DocumentEngine extends AutoCloseable {

    /** Stores a new customer in a commit of its own. */
    void insert(Customer customer);

    @Nullable
    Customer get(String id);

    @Override
    void close();
}
