package org.storedb.benchmark.repository.storedb;

import org.storedb.benchmark.repository.CustomerRepository;

/** The repository of StoreDB. */
public interface StoreDbCustomers extends CustomerRepository {}
